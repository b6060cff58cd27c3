import { join } from 'node:path';
import { backupName, rotateBackups } from '../db/backup.ts';
import type { Database } from '../db/database.ts';
import { SnapshotBackup } from '../db/snapshot-backup.ts';
import { sql } from '../db/statement.ts';
import type { Clock, Logger } from '../ports.ts';
import { BACKUP_FOLDER } from '../workspace.ts';

/** A command that changes more rows than this is preceded by a backup. */
export const BULK_ROWS = 1_000;
/** Bulk commands close together share the backup from before the first of them; the journal knows the steps between. */
const BULK_SPACING_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

const newest = sql<{ reason: string | null }, { at: number | null }>(
  'SELECT max(at_ms) AS at FROM backup WHERE :reason IS NULL OR reason = :reason',
);
const note = sql<{ file: string; at: number; bytes: number; reason: string }>(
  'INSERT INTO backup (file, at_ms, bytes, reason) VALUES (:file, :at, :bytes, :reason)',
);

/**
 * Backups that nobody has to think of: one a day, and one from before a change
 * of many rows. The state is pinned at once, which costs about a millisecond,
 * and copied and checked beside the work that goes on, so that a change of a
 * hundred thousand rows does not wait for a copy of the workspace.
 */
export class SafetyBackups {
  private readonly db: Database;
  private readonly dir: string;
  private readonly clock: Clock;
  private readonly log: Logger;
  private current: { readonly backup: SnapshotBackup; readonly done: Promise<void> } | null = null;
  private lastBulkAt = Number.NEGATIVE_INFINITY;

  constructor(parts: { db: Database; dir: string; clock: Clock; log: Logger }) {
    this.db = parts.db;
    this.dir = join(parts.dir, BACKUP_FOLDER);
    this.clock = parts.clock;
    this.log = parts.log;
  }

  /** Told before a command commits: the backup holds what was there before it. */
  beforeBulk(rows: number): void {
    const now = this.clock.now();
    // A clock that was set back must not put this off.
    const since = Math.abs(now - this.lastBulkAt);
    if (rows <= BULK_ROWS || this.current !== null || since < BULK_SPACING_MS) return;
    this.lastBulkAt = now;
    this.begin('before-change', now);
  }

  /** Starts the day's backup when the last one of any kind is older than a day. */
  daily(): void {
    const now = this.clock.now();
    const last = this.db.get(newest, { reason: null })?.at ?? null;
    if (this.current === null && (last === null || Math.abs(now - last) >= DAY_MS)) this.begin('daily', now);
  }

  private begin(reason: string, at: number): void {
    const file = backupName(this.dir, reason, at);
    try {
      const backup = new SnapshotBackup(this.db.file, file);
      this.current = { backup, done: this.finish(backup, reason, at) };
    } catch (error) {
      this.warn(reason, error);
    }
  }

  private async finish(backup: SnapshotBackup, reason: string, at: number): Promise<void> {
    try {
      const { file, bytes } = await backup.run();
      this.db.run(note, { file, at, bytes, reason });
      rotateBackups(this.dir);
    } catch (error) {
      // The command itself stands on the journal; without a copy it is still undoable.
      if (!backup.stopped) this.warn(reason, error);
    } finally {
      this.current = null;
    }
  }

  private warn(reason: string, error: unknown): void {
    this.log.warn('a backup was not made', {
      reason,
      message: error instanceof Error ? error.message : String(error),
    });
  }

  /** Resolves when no backup is being made. */
  async settled(): Promise<void> {
    await this.current?.done;
  }

  /** Gives up a copy that is not finished: closing does not wait for it. */
  async stop(): Promise<void> {
    this.current?.backup.stop();
    await this.settled();
  }
}
