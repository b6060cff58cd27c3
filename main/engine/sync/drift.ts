import type { Result } from '#shared/contract/methods.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { listingField, type StoredValue } from '#shared/domain/listing-fields.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

export interface DriftedCell {
  readonly account: number;
  readonly entity: 'product' | 'listing';
  readonly rid: number;
  readonly field: string;
  readonly verified: StoredValue;
  readonly found: StoredValue;
  readonly verifiedAt: number;
  readonly at: number;
}

interface DriftRow {
  listingId: string | null;
  sku: string | null;
  title: string | null;
  field: string;
  verified: StoredValue;
  verifiedAt: number;
  found: StoredValue;
  at: number;
}

const insert = sql<Record<string, StoredValue>>(
  `INSERT INTO drift (account_rid, entity, entity_rid, field, verified, found, verified_at_ms, at_ms)
   VALUES (:account, :entity, :rid, :field, :verified, :found, :verifiedAt, :at)`,
);
const clear = sql<{ account: number }>('DELETE FROM drift WHERE account_rid = :account', { hot: true });
const count = sql<{ account: number }, { n: number }>(
  'SELECT count(*) AS n FROM drift WHERE account_rid = :account',
  { hot: true },
);
const newest = sql<{ account: number; limit: number }, DriftRow>(
  `SELECT l.id AS listingId, l.sku, p.title, d.field, d.verified, d.verified_at_ms AS verifiedAt, d.found, d.at_ms AS at
   FROM drift d
   LEFT JOIN listing l ON l.rid = CASE d.entity
     WHEN 'listing' THEN d.entity_rid
     ELSE (SELECT min(x.rid) FROM listing x WHERE x.product_rid = d.entity_rid) END
   LEFT JOIN product p ON p.rid = l.product_rid
   WHERE d.account_rid = :account ORDER BY d.rid DESC LIMIT :limit`,
  { hot: true },
);

/** The shop has another value than the one that was seen there after the last push. */
export function noteDrift(db: Database, cell: DriftedCell): void {
  db.run(insert, { ...cell });
}

/** A full read begins: what the one before found is history. */
export function clearDrift(db: Database, account: number): void {
  db.run(clear, { account });
}

export function driftCount(db: Database, account: number): number {
  return db.get(count, { account })?.n ?? 0;
}

export function listDrift(
  db: Database,
  account: { readonly rid: number; readonly currency: string | null },
  limit = 200,
): Result<'channels.drift'> {
  const currency = account.currency ?? 'EUR';
  const rows = db.all(newest, { account: account.rid, limit });
  return {
    total: driftCount(db, account.rid),
    cells: rows.flatMap(({ listingId, field: name, verified, found, ...row }) => {
      const field = listingField(name);
      if (!field || listingId === null) return [];
      return {
        ...row,
        listingId,
        title: row.title ?? '',
        field: field.name,
        verified: toWireValue(field, verified, currency),
        found: toWireValue(field, found, currency),
      };
    }),
  };
}
