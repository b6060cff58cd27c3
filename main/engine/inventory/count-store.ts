import type { Result } from '#shared/contract/methods.ts';
import type { CountEntry } from '#shared/domain/inventory/counting.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { skuTitle } from './stock-rows.ts';

export interface StoredCount {
  rid: number;
  id: string;
  name: string;
  location_rid: number;
  location_id: string;
  location: string;
  blind: number;
  scope: 'full' | 'list';
  started_at_ms: number;
  finished_at_ms: number | null;
  entries: number;
}

const COLUMNS = `c.rid, c.id, c.name, c.location_rid, l.id AS location_id, l.name AS location, c.blind, c.scope, c.started_at_ms, c.finished_at_ms,
    (SELECT count(*) FROM stock_count_entry e WHERE e.count_rid = c.rid AND e.withdrawn_by_rid IS NULL) AS entries
  FROM stock_count c JOIN stock_location l ON l.rid = c.location_rid`;
const countById = sql<{ id: string }, StoredCount>(`SELECT ${COLUMNS} WHERE c.id = :id`, { hot: true });
const allCounts = sql<Record<string, never>, StoredCount>(
  `SELECT ${COLUMNS} ORDER BY c.finished_at_ms IS NOT NULL, c.rid DESC LIMIT 200`,
);
const entriesOf = sql<{ count: number }, CountEntry>(
  `SELECT id, item_rid AS item, bin_rid AS bin, quantity, counted_at_ms AS at
   FROM stock_count_entry WHERE count_rid = :count AND withdrawn_by_rid IS NULL`,
  { hot: true },
);
const expectedInBin = sql<{ item: number; location: number; bin: number | null; at: number }, { n: number }>(
  `SELECT coalesce(sum(quantity), 0) AS n FROM stock_movement
   WHERE item_rid = :item AND location_rid = :location AND bin_rid IS :bin AND at_ms <= :at`,
  { hot: true },
);
const expectedAnywhere = sql<{ item: number; location: number; at: number }, { n: number }>(
  `SELECT coalesce(sum(quantity), 0) AS n FROM stock_movement
   WHERE item_rid = :item AND location_rid = :location AND at_ms <= :at`,
  { hot: true },
);
const itemsByRid = sql<{ rids: string }, { rid: number; id: string; sku: string; title: string }>(
  `SELECT i.rid, i.id, i.sku, ${skuTitle('i.sku')} AS title
   FROM json_each(:rids) r CROSS JOIN stock_item i ON i.rid = r.value`,
);
const binCodes = sql<{ location: number }, { rid: number; id: string; code: string }>(
  'SELECT rid, id, code FROM stock_bin WHERE location_rid = :location',
  { hot: true },
);
const listed = sql<{ count: number }, { item_rid: number }>(
  'SELECT item_rid FROM stock_count_item WHERE count_rid = :count',
  { hot: true },
);
const stocked = sql<{ location: number }, { item_rid: number }>(
  'SELECT DISTINCT item_rid FROM stock_level WHERE location_rid = :location AND quantity <> 0',
  { hot: true },
);

export function requireCount(db: Database, countId: string): StoredCount {
  const count = db.get(countById, { id: countId });
  if (!count) throw new CodedError('NOT_FOUND', `There is no count ${countId}`, { countId });
  return count;
}

export function requireOpenCount(db: Database, countId: string): StoredCount {
  const count = requireCount(db, countId);
  if (count.finished_at_ms !== null) {
    throw new CodedError('INVALID_STATE', `The count "${count.name}" is finished`, { countId });
  }
  return count;
}

export function countEntries(db: Database, count: Pick<StoredCount, 'rid'>): CountEntry[] {
  return db.all(entriesOf, { count: count.rid });
}

/** Items that the count is about: the listed ones, or all that lie at the location. */
export function countScope(db: Database, count: StoredCount): number[] {
  const rows =
    count.scope === 'list'
      ? db.all(listed, { count: count.rid })
      : db.all(stocked, { location: count.location_rid });
  return rows.map(({ item_rid }) => item_rid);
}

/** What the ledger said at a place at a time; `bin` null = the item's whole stock at the location, 0 = without a bin. */
export function expectedAt(
  db: Database,
  place: { item: number; location: number; bin: number | null },
  at: number,
): number {
  const { item, location, bin } = place;
  const row =
    bin === null
      ? db.get(expectedAnywhere, { item, location, at })
      : db.get(expectedInBin, { item, location, bin: bin === 0 ? null : bin, at });
  return row?.n ?? 0;
}

export function toCount(count: StoredCount): Result<'inventory.counts'>['counts'][number] {
  return {
    countId: count.id,
    name: count.name,
    locationId: count.location_id,
    location: count.location,
    blind: count.blind === 1,
    scope: count.scope,
    startedAt: count.started_at_ms,
    finishedAt: count.finished_at_ms,
    entries: count.entries,
  };
}

export function listCounts(db: Database): Result<'inventory.counts'> {
  return { counts: db.all(allCounts, {}).map(toCount) };
}

export function itemNames(
  db: Database,
  rids: readonly number[],
): Map<number, { rid: number; id: string; sku: string; title: string }> {
  return new Map(db.all(itemsByRid, { rids: JSON.stringify(rids) }).map((row) => [row.rid, row]));
}

export function binNames(db: Database, locationRid: number): Map<number, { id: string; code: string }> {
  return new Map(db.all(binCodes, { location: locationRid }).map(({ rid, id, code }) => [rid, { id, code }]));
}
