import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

export type Activity = 'pull' | 'publish' | 'test' | 'sign-in';

export interface AccountFailure {
  readonly at: number;
  readonly activity: Activity;
  readonly code: string;
  readonly message: string;
}

/** So many are kept an account. */
export const KEPT_FAILURES = 50;

const add = sql<{ account: number; at: number; activity: Activity; code: string; message: string }>(
  `INSERT INTO account_failure (account_rid, at_ms, activity, code, message)
   VALUES (:account, :at, :activity, :code, :message)`,
);
const trim = sql<{ account: number; kept: number }>(
  `DELETE FROM account_failure WHERE account_rid = :account AND rid <=
     (SELECT rid FROM account_failure WHERE account_rid = :account ORDER BY rid DESC LIMIT 1 OFFSET :kept)`,
  { hot: true },
);
const newest = sql<{ account: number }, AccountFailure>(
  `SELECT at_ms AS at, activity, code, message FROM account_failure WHERE account_rid = :account ORDER BY rid DESC`,
  { hot: true },
);

/** Adds a failure to the account's trail; the oldest gives way. `message` is redacted already. */
export function recordFailure(db: Database, account: number, failure: AccountFailure): void {
  const message = failure.message.slice(0, 2_000);
  db.run(add, { account, at: failure.at, activity: failure.activity, code: failure.code, message });
  db.run(trim, { account, kept: KEPT_FAILURES });
}

/** Newest first. */
export function failuresOf(db: Database, account: number): AccountFailure[] {
  return db.all(newest, { account });
}
