import BetterSqlite from 'better-sqlite3';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CodedError } from '#shared/errors/coded-error.ts';
import { assertBinding } from './binding.ts';

/**
 * One engine per workspace. The lock is SQLite's own file lock on a file of
 * its own, so the operating system releases it however the process ends.
 */
export function lockWorkspace(dir: string): { release(): void } {
  assertBinding();
  const file = join(dir, 'lock');
  const note = join(dir, 'lock.json');
  let handle: BetterSqlite.Database;
  try {
    handle = new BetterSqlite(file, { timeout: 0 });
  } catch (error) {
    throw new CodedError(
      'WORKSPACE_UNWRITABLE',
      `The workspace folder ${dir} cannot be written`,
      { dir },
      { cause: error },
    );
  }
  try {
    handle.pragma('journal_mode = DELETE');
    handle.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    handle.close();
    throw new CodedError(
      'WORKSPACE_IN_USE',
      `The workspace ${dir} is in use by another process${holder(note)}; close it there and try again`,
      { dir },
      { cause: error, retryable: true },
    );
  }
  writeFileSync(note, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  return {
    release: () => {
      if (!handle.open) return;
      handle.exec('ROLLBACK');
      handle.close();
    },
  };
}

function holder(note: string): string {
  try {
    const parsed: unknown = JSON.parse(readFileSync(note, 'utf8'));
    if (typeof parsed === 'object' && parsed !== null && 'pid' in parsed)
      return ` (process ${String(parsed.pid)})`;
  } catch {
    // The note is a courtesy; the lock itself decides.
  }
  return '';
}
