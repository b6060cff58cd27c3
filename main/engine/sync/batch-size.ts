import type { PushResult } from '../channels/contract.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { AccountRow } from './accounts.ts';

const START = 40;
const SMALLEST = 1;
/** A batch slower than this is made smaller, a quick one larger. */
const SLOW_MS = 8_000;
const QUICK_MS = 3_000;

const save = sql<{ rid: number; size: number }>('UPDATE account SET batch_size = :size WHERE rid = :rid');

/** How many entities one push carries, learned from how the shop bears it and kept with the account. */
export class BatchSize {
  private readonly db: Database;
  private readonly account: number;
  private readonly most: number;
  private current: number;

  constructor(db: Database, account: AccountRow, most: number) {
    this.db = db;
    this.account = account.rid;
    this.most = most;
    this.current = Math.min(account.batch_size ?? START, most);
  }

  get size(): number {
    return this.current;
  }

  adapt(ms: number, results: readonly PushResult[]): void {
    if (results.some((result) => result.outcome === 'unknown') || ms > SLOW_MS) this.shrink();
    else if (ms < QUICK_MS) this.resize(this.current + 10);
  }

  shrink(): void {
    this.resize(Math.floor(this.current / 2));
  }

  private resize(size: number): void {
    const next = Math.max(SMALLEST, Math.min(this.most, size));
    if (next === this.current) return;
    this.current = next;
    this.db.run(save, { rid: this.account, size: next });
  }
}
