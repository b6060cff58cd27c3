import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '#shared/errors/coded-error.ts';
import { backupName, checkBackup } from '../db/backup.ts';
import { lockWorkspace } from '../db/lock.ts';
import { loadMigrations } from '../db/migrate.ts';
import { BACKUP_FOLDER, DATABASE_FILE, defaultMigrationsDir } from '../workspace.ts';

/**
 * Puts a backup in the place of a closed workspace. The backup is checked
 * first, and the present database is moved into the backup folder, not deleted:
 * a restore can be taken back by restoring that file.
 */
export function restoreWorkspace(
  dir: string,
  backup: string,
  nowMs: number,
): { restored: string; kept: string | null } {
  const { schema } = checkBackup(backup);
  const known = loadMigrations(defaultMigrationsDir()).length;
  if (schema > known) {
    throw new CodedError(
      'WORKSPACE_NEWER',
      `${backup} was written by a newer version (schema ${schema}, this program knows ${known}); update Quayside to restore it`,
      { file: backup, found: schema, known },
    );
  }
  mkdirSync(dir, { recursive: true });
  const lock = lockWorkspace(dir);
  try {
    const file = join(dir, DATABASE_FILE);
    const incoming = `${file}.incoming`;
    rmSync(incoming, { force: true });
    copyFileSync(backup, incoming);
    let kept: string | null = null;
    if (existsSync(file)) {
      const folder = join(dir, BACKUP_FOLDER);
      mkdirSync(folder, { recursive: true });
      kept = backupName(folder, 'before-restore', nowMs);
      renameSync(file, kept);
      // The journal beside it belongs to the database that was moved.
      for (const suffix of ['-wal', '-shm']) {
        if (existsSync(file + suffix)) renameSync(file + suffix, kept + suffix);
      }
    }
    renameSync(incoming, file);
    return { restored: backup, kept };
  } finally {
    lock.release();
  }
}
