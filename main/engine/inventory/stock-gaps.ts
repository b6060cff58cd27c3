import type { StockGap } from '#shared/contract/channel-stock.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { quantityToShow } from '#shared/domain/inventory/allocation.ts';
import { dayOf } from '#shared/domain/purchasing/calendar-day.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { ruleLookup } from './rules.ts';
import { AVAILABLE, RESERVED } from './stock-sql.ts';

interface Shown {
  rid: number;
  id: string;
  account_rid: number;
  account_id: string;
  account: string;
  item: number;
  item_id: string;
  sku: string;
  title: string;
  quantity: number;
  available: number;
  read_at_ms: number | null;
  since_ms: number | null;
}

/**
 * What channels are known to show. A quantity that waits to be published, or
 * is on its way, is no difference yet.
 */
const shown = sql<{ account: string | null; today: string }, Shown>(
  `WITH reserved AS MATERIALIZED (${RESERVED}),
     stock AS MATERIALIZED (SELECT i.rid, i.id, i.sku, ${AVAILABLE} AS available FROM stock_item i)
   SELECT g.rid, g.id, g.account_rid, a.id AS account_id, a.name AS account, s.rid AS item, s.id AS item_id, s.sku, p.title,
     g.quantity, s.available, g.read_at_ms, x.since_ms
   FROM stock s CROSS JOIN listing g ON g.sku = s.sku JOIN account a ON a.rid = g.account_rid JOIN product p ON p.rid = g.product_rid
   LEFT JOIN stock_gap x ON x.listing_rid = g.rid
   WHERE g.removed_at_ms IS NULL AND a.removed_at_ms IS NULL AND a.platform <> 'local' AND g.manage_stock = 1 AND g.quantity IS NOT NULL
     AND (:account IS NULL OR a.id = :account)
     AND NOT EXISTS (SELECT 1 FROM outbox b WHERE b.entity = 'listing' AND b.entity_rid = g.rid AND b.field = 'quantity'
       AND b.state NOT IN ('superseded', 'cancelled') AND b.state NOT IN ('verified', 'rejected'))`,
);
const anyItem = sql<Record<string, never>, { n: number }>('SELECT 1 AS n FROM stock_item LIMIT 1');
const dropGaps = sql<{ account: string; standing: string }>(
  `DELETE FROM stock_gap WHERE listing_rid IN (
     SELECT x.listing_rid FROM stock_gap x JOIN listing g ON g.rid = x.listing_rid JOIN account a ON a.rid = g.account_rid
     WHERE a.id = :account AND x.listing_rid NOT IN (SELECT value FROM json_each(:standing)))`,
);
const addGaps = sql<{ standing: string; at: number }>(
  'INSERT OR IGNORE INTO stock_gap (listing_rid, since_ms) SELECT value, :at FROM json_each(:standing)',
);
const standingGaps = sql<Record<string, never>, { n: number; sku: string | null; since: number | null }>(
  `SELECT count(*) AS n, min(g.sku) AS sku, min(x.since_ms) AS since FROM stock_gap x JOIN listing g ON g.rid = x.listing_rid
   JOIN account a ON a.rid = g.account_rid WHERE g.removed_at_ms IS NULL AND a.removed_at_ms IS NULL`,
);

const MAX_GAPS = 1_000;

interface Gap extends StockGap {
  readonly rid: number;
}

function findGaps(db: Database, account: string | null, now: number): Gap[] {
  if (!db.get(anyItem, {})) return [];
  const rule = ruleLookup(db);
  const gaps = db.all(shown, { account, today: dayOf(now) }).flatMap((row): Gap[] => {
    const ledger = quantityToShow(row.available, rule(row.item, row.account_rid));
    // A channel that shows less than nothing has oversold; the ledger never asks it to show that.
    if (Math.max(0, row.quantity) === ledger) return [];
    return [
      {
        rid: row.rid,
        listingId: row.id,
        itemId: row.item_id,
        accountId: row.account_id,
        account: row.account,
        sku: row.sku,
        title: row.title,
        channel: row.quantity,
        ledger,
        since: row.since_ms,
        readAt: row.read_at_ms,
      },
    ];
  });
  const size = (gap: Gap): number => Math.abs(gap.channel - gap.ledger);
  return gaps.toSorted(
    (a, b) => size(b) - size(a) || (a.sku < b.sku ? -1 : a.sku > b.sku ? 1 : a.rid - b.rid),
  );
}

export function stockGaps(
  db: Database,
  input: ParsedParams<'channelStock.gaps'>,
  now: number,
): Result<'channelStock.gaps'> {
  const found = findGaps(db, input.accountId ?? null, now);
  const units = (sign: 1 | -1): number =>
    found.reduce((sum, { channel, ledger }) => sum + Math.max(0, sign * (channel - ledger)), 0);
  return {
    gaps: found.slice(0, MAX_GAPS).map(({ rid: _rid, ...gap }) => gap),
    total: found.length,
    above: units(1),
    below: units(-1),
  };
}

/**
 * Remembers since when an account's listings differ from the ledger; those
 * that agree again are forgotten. Run after the account was read or written.
 */
export function noteGaps(db: Database, accountId: string, now: number): void {
  const standing = JSON.stringify(findGaps(db, accountId, now).map(({ rid }) => rid));
  db.transaction(() => {
    db.run(dropGaps, { account: accountId, standing });
    db.run(addGaps, { standing, at: now });
  });
}

/** What the last looks at the channels found: how many, the first SKU of them, and since when the oldest stands. */
export function knownGaps(db: Database): {
  readonly n: number;
  readonly sku: string | null;
  readonly since: number | null;
} {
  return db.get(standingGaps, {}) ?? { n: 0, sku: null, since: null };
}
