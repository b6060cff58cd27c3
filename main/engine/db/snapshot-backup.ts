import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CodedError } from '#shared/errors/coded-error.ts';
import { Database } from './database.ts';

/** Pages copied before other work gets its turn: about a millisecond. */
const PAGES_A_STEP = 256;

/**
 * A backup of the state at the moment it is made, copied later in small steps.
 * A second, reading connection holds that state: write-ahead logging keeps it
 * readable while the first one goes on writing. The copy is checked table by
 * table and gets its name only when it is whole.
 */
export class SnapshotBackup {
  private readonly file: string;
  private readonly reader: Database;
  private halted = false;

  /** Pins the last committed state of `source`; `run` copies it to `file`. */
  constructor(source: string, file: string) {
    this.file = file;
    this.reader = new Database(source, { readonly: true, mustExist: true });
    try {
      this.reader.exec('BEGIN');
      this.reader.pluck('SELECT count(*) FROM sqlite_schema');
    } catch (error) {
      this.reader.close();
      throw error;
    }
  }

  get stopped(): boolean {
    return this.halted;
  }

  stop(): void {
    this.halted = true;
  }

  async run(): Promise<{ file: string; bytes: number }> {
    const partial = `${this.file}.partial`;
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      rmSync(partial, { force: true });
      await this.reader.backupTo(partial, () => {
        this.assertWanted();
        return PAGES_A_STEP;
      });
      await this.check(partial);
      renameSync(partial, this.file);
      return { file: this.file, bytes: statSync(this.file).size };
    } catch (error) {
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(partial + suffix, { force: true });
      throw error;
    } finally {
      this.reader.close();
    }
  }

  private async check(partial: string): Promise<void> {
    const copy = new Database(partial, { readonly: true, mustExist: true });
    try {
      const tables = copy.pluck<string>(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
      );
      for (const table of tables) {
        this.assertWanted();
        if (copy.pragma(`quick_check("${table}")`) !== 'ok') {
          throw new CodedError('BACKUP_FAILED', `The backup ${this.file} is damaged in ${table}`);
        }
        await setImmediate();
      }
    } finally {
      copy.close();
    }
    for (const suffix of ['-wal', '-shm']) rmSync(partial + suffix, { force: true });
  }

  private assertWanted(): void {
    if (this.halted) throw new CodedError('CANCELLED', 'The backup was stopped');
  }
}
