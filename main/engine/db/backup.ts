import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CodedError } from '#shared/errors/coded-error.ts';
import { Database } from './database.ts';

export interface BackupResult {
  readonly file: string;
  readonly bytes: number;
  readonly listings: number;
  readonly orders: number;
}

const KEEP = 14;

/**
 * Copies the database while it is in use, opens the copy, checks it, and only
 * then gives it its name: a file with the final name is a good backup.
 */
export async function backupDatabase(db: Database, file: string): Promise<BackupResult> {
  const partial = `${file}.partial`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    rmSync(partial, { force: true });
    await db.backupTo(partial);
    const { listings, orders } = checkBackup(partial);
    renameSync(partial, file);
    return { file, bytes: statSync(file).size, listings, orders };
  } catch (error) {
    discard(partial);
    if (error instanceof CodedError && error.code === 'DISK_FULL') throw error;
    throw new CodedError(
      'BACKUP_FAILED',
      `The backup to ${file} failed: ${error instanceof Error ? error.message : String(error)}`,
      { file },
      { cause: error },
    );
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // Where nothing can be removed nothing was written either.
  }
}

/** Opens a backup and reads it through; throws RESTORE_FAILED when it is not whole. */
export function checkBackup(file: string): { listings: number; orders: number; schema: number } {
  if (!existsSync(file)) throw new CodedError('FILE_UNREADABLE', `There is no file ${file}`, { file });
  let copy: Database | undefined;
  try {
    copy = new Database(file, { mustExist: true, readonly: true });
    if (copy.pragma('quick_check') !== 'ok') throw new Error('quick_check found damage');
    const row = copy.getComposed<{ listings: number; orders: number }>(
      'SELECT (SELECT count(*) FROM listing WHERE removed_at_ms IS NULL) AS listings, (SELECT count(*) FROM sales_order) AS orders',
    );
    return {
      listings: row?.listings ?? 0,
      orders: row?.orders ?? 0,
      schema: Number(copy.pragma('user_version')),
    };
  } catch (error) {
    throw new CodedError(
      'RESTORE_FAILED',
      `${file} is not a usable Quayside backup`,
      { file },
      { cause: error },
    );
  } finally {
    copy?.close();
    for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  }
}

export function backupName(dir: string, reason: string, atMs: number): string {
  const stamp = new Date(atMs).toISOString().replace(/[:.]/g, '-');
  return join(dir, `${stamp}-${reason}.db`);
}

/** Keeps the newest backups of each reason. */
export function rotateBackups(dir: string): void {
  if (!existsSync(dir)) return;
  const byReason = new Map<string, string[]>();
  for (const file of readdirSync(dir)
    .filter((name) => name.endsWith('.db'))
    .sort()
    .reverse()) {
    const reason = /Z-(.+)\.db$/.exec(basename(file))?.[1] ?? 'other';
    const list = byReason.get(reason) ?? [];
    list.push(file);
    byReason.set(reason, list);
  }
  for (const list of byReason.values())
    for (const file of list.slice(KEEP)) rmSync(join(dir, file), { force: true });
}
