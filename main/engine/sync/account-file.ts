import type { Table } from '../channels/contract.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

const read = sql<{ account: number }, { cells: string; at_ms: number }>(
  "SELECT cells, at_ms FROM account_file WHERE account_rid = :account AND kind = 'listings'",
);
const write = sql<{ account: number; name: string; hash: string; at: number; cells: string }>(
  `INSERT INTO account_file (account_rid, kind, name, hash, at_ms, cells)
   VALUES (:account, 'listings', :name, :hash, :at, :cells)
   ON CONFLICT (account_rid, kind) DO UPDATE SET name = excluded.name, hash = excluded.hash,
     at_ms = excluded.at_ms, cells = excluded.cells`,
);

export interface AccountFile {
  readonly table: Table;
  /** When it was brought in, epoch ms. */
  readonly atMs: number;
}

/** The newest download of an account by files; null before the first. */
export function readAccountFile(db: Database, accountRid: number): AccountFile | null {
  const row = db.get(read, { account: accountRid });
  return row ? { table: { rows: JSON.parse(row.cells) as string[][] }, atMs: row.at_ms } : null;
}

export function keepAccountFile(
  db: Database,
  accountRid: number,
  file: { readonly name: string; readonly hash: string; readonly table: Table; readonly atMs: number },
): void {
  db.run(write, {
    account: accountRid,
    name: file.name,
    hash: file.hash,
    at: file.atMs,
    cells: JSON.stringify(file.table.rows),
  });
}
