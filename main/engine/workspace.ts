import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CodedError } from '#shared/errors/coded-error.ts';
import { backupDatabase, backupName, rotateBackups } from './db/backup.ts';
import { Database } from './db/database.ts';
import { lockWorkspace } from './db/lock.ts';
import { loadMigrations, migrate } from './db/migrate.ts';
import { openSealing } from './db/sealing/open-sealing.ts';
import type { Sealing } from './db/sealing/sealing.ts';
import type { Clock, Logger, Vault } from './ports.ts';

export const DATABASE_FILE = 'quayside.db';
export const BACKUP_FOLDER = 'backups';

export interface OpenWorkspace {
  readonly dir: string;
  readonly id: string;
  readonly db: Database;
  close(): void;
}

export interface OpenOptions {
  readonly create: boolean;
  readonly clock: Clock;
  readonly log: Logger;
  readonly newId: () => string;
  /** Holds the key of buyers' data. */
  readonly vault: Vault;
  /** Folder with NNNN-name.sql files. */
  readonly migrationsDir?: string;
}

/** Migrations lie beside the code: in the source tree, and beside the bundle. */
export function defaultMigrationsDir(): string {
  const beside = fileURLToPath(new URL('./migrations', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('./db/migrations', import.meta.url));
}

/** Makes a new workspace folder; refuses a folder that holds something else. */
export function assertCreatable(dir: string): void {
  if (existsSync(join(dir, DATABASE_FILE))) {
    throw new CodedError('WORKSPACE_EXISTS', `${dir} already holds a workspace`, { dir });
  }
  if (existsSync(dir) && readdirSync(dir).length > 0) {
    throw new CodedError('WORKSPACE_EXISTS', `${dir} is not empty; choose a new or empty folder`, { dir });
  }
}

/**
 * Locks the folder, opens the database, brings it to the newest schema (after
 * a verified backup) and hands it out. Nothing is created unless asked for.
 */
export async function openWorkspace(dir: string, options: OpenOptions): Promise<OpenWorkspace> {
  const file = join(dir, DATABASE_FILE);
  if (!existsSync(file) && !options.create) {
    throw new CodedError(
      'WORKSPACE_MISSING',
      `There is no workspace in ${dir}; create one with: quayside workspace create ${dir}`,
      { dir },
    );
  }
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new CodedError(
      'WORKSPACE_UNWRITABLE',
      `The folder ${dir} cannot be created`,
      { dir },
      { cause: error },
    );
  }
  const lock = lockWorkspace(dir);
  let db: Database | undefined;
  let sealing: Sealing | undefined;
  try {
    const seals = await openSealing(dir, options.vault, options.log);
    sealing = seals;
    const opened = new Database(file, {
      sealing: seals,
      onSlow: (text, ms) =>
        options.log.warn('slow statement', { ms: Math.round(ms), sql: text.slice(0, 500) }),
    });
    db = opened;
    const { from, to } = await migrate(
      opened,
      loadMigrations(options.migrationsDir ?? defaultMigrationsDir()),
      async () => {
        const folder = join(dir, BACKUP_FOLDER);
        await backupDatabase(opened, backupName(folder, 'before-update', options.clock.now()));
        rotateBackups(folder);
      },
      () => options.clock.now(),
    );
    // What a step moved or dropped stays readable in free pages until they are written anew.
    if (from > 0 && to > from) opened.exec('VACUUM');
    const id = identify(opened, options.newId);
    return {
      dir,
      id,
      db: opened,
      close: () => {
        try {
          // Whoever still reads may keep the log; closing does not wait for them. No statistics
          // are gathered: they age with the session, and tests hold the plans without them.
          opened.exec('PRAGMA busy_timeout = 0');
          opened.exec('PRAGMA wal_checkpoint(TRUNCATE)');
        } catch (error) {
          // This is a service: on a damaged file or a full disk closing must still work.
          options.log.warn('the workspace was closed without tidying up', {
            message: error instanceof Error ? error.message : String(error),
          });
        } finally {
          opened.close();
          seals.close();
          lock.release();
        }
      },
    };
  } catch (error) {
    db?.close();
    sealing?.close();
    lock.release();
    throw error;
  }
}

function identify(db: Database, newId: () => string): string {
  db.runComposed("INSERT OR IGNORE INTO workspace (key, value) VALUES ('id', :id)", { id: newId() });
  return readSetting(db, 'id') ?? '';
}

export function readSetting(db: Database, key: string): string | null {
  return (
    db.getComposed<{ value: string }>('SELECT value FROM workspace WHERE key = :key', { key })?.value ?? null
  );
}

export function writeSetting(db: Database, key: string, value: string): void {
  db.runComposed(
    'INSERT INTO workspace (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    { key, value },
  );
}
