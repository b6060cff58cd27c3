import type { StockLotRow } from '#shared/contract/inventory-items.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { sellable } from '#shared/domain/inventory/fefo.ts';
import { possibleKits } from '#shared/domain/inventory/kits.ts';
import { addDays, dayOf, daysBetween } from '#shared/domain/purchasing/calendar-day.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { RECEIVED } from '../purchasing/order-sql.ts';
import { itemCost } from './cost.ts';
import { findKit } from './kits.ts';
import { tracking } from './lots.ts';
import { requireItem } from './places.ts';
import { skuTitle, stockRows } from './stock-rows.ts';
import { itemUnits } from './units.ts';

interface StoredLot {
  rid: number;
  id: string;
  item_id: string;
  sku: string;
  title: string;
  code: string;
  expires_on: string | null;
  blocked: number;
  blocked_reason: string;
  quantity: number;
}

const LOTS = `SELECT t.rid, t.id, i.id AS item_id, i.sku, ${skuTitle('i.sku')} AS title, t.code, t.expires_on, t.blocked, t.blocked_reason,
     sum(v.quantity) AS quantity
   FROM stock_lot_level v JOIN stock_lot t ON t.rid = v.lot_rid JOIN stock_item i ON i.rid = t.item_rid`;
const lotsOf = sql<{ item: number }, StoredLot>(
  `${LOTS} WHERE v.item_rid = :item GROUP BY t.rid HAVING sum(v.quantity) <> 0
   ORDER BY t.expires_on IS NULL, t.expires_on, t.rid LIMIT 1000`,
  { hot: true },
);
const expiring = sql<{ until: string }, StoredLot>(
  `${LOTS} WHERE t.expires_on IS NOT NULL AND t.expires_on <= :until GROUP BY t.rid HAVING sum(v.quantity) <> 0
   ORDER BY t.expires_on, t.rid`,
);
const placesOf = sql<{ lot: number }, { location: string; bin: string | null; quantity: number }>(
  `SELECT w.name AS location, b.code AS bin, v.quantity
   FROM stock_lot_level v JOIN stock_location w ON w.rid = v.location_rid LEFT JOIN stock_bin b ON b.rid = v.bin_rid
   WHERE v.lot_rid = :lot AND v.quantity <> 0 ORDER BY w.rid, b.code`,
  { hot: true },
);
const withoutLotOf = sql<{ item: number }, { n: number }>(
  `SELECT coalesce((SELECT sum(quantity) FROM stock_level WHERE item_rid = :item), 0)
     - coalesce((SELECT sum(quantity) FROM stock_lot_level WHERE item_rid = :item), 0) AS n`,
  { hot: true },
);
const partOf = sql<{ item: number }, { item_id: string; sku: string; quantity: number }>(
  `SELECT i.id AS item_id, i.sku, p.quantity FROM stock_kit_part p JOIN stock_kit k ON k.rid = p.kit_rid
   JOIN stock_item i ON i.rid = k.item_rid
   WHERE p.item_rid = :item AND p.removed_at_ms IS NULL AND k.removed_at_ms IS NULL ORDER BY i.sku LIMIT 200`,
  { hot: true },
);
const incomingOf = sql<
  { item: number },
  { order_id: string; number: string; supplier: string; units: number; due: string | null }
>(
  `SELECT p.id AS order_id, p.number, s.name AS supplier, sum(max(0, l.quantity - l.short - ${RECEIVED})) AS units,
     min(coalesce(l.expected_on, p.expected_on)) AS due
   FROM purchase_line l JOIN purchase_order p ON p.rid = l.order_rid JOIN supplier s ON s.rid = p.supplier_rid
   WHERE l.item_rid = :item AND l.removed_at_ms IS NULL AND p.removed_at_ms IS NULL AND p.stage IN ('sent', 'confirmed')
     AND l.quantity - l.short > ${RECEIVED}
   GROUP BY p.rid ORDER BY due IS NULL, due, p.rid LIMIT 200`,
  { hot: true },
);

const toLot = (db: Database, row: StoredLot, today: string): StockLotRow => ({
  lotId: row.id,
  itemId: row.item_id,
  sku: row.sku,
  title: row.title,
  code: row.code,
  expiresOn: row.expires_on,
  expiresInDays: row.expires_on === null ? null : daysBetween(today, row.expires_on),
  blocked: row.blocked === 1,
  blockedReason: row.blocked_reason,
  sellable: sellable({ expiresOn: row.expires_on, blocked: row.blocked === 1 }, today),
  quantity: row.quantity,
  places: db.all(placesOf, { lot: row.rid }),
});

export function getItem(
  db: Database,
  { itemId }: ParsedParams<'inventory.item'>,
  now: number,
): Result<'inventory.item'> {
  const item = requireItem(db, itemId);
  const today = dayOf(now);
  const [row] = stockRows(db, [item.rid], now);
  const kind = tracking(db, item.rid);
  return {
    itemId: item.id,
    sku: item.sku,
    title: row?.title ?? '',
    tracking: kind,
    units: itemUnits(db, item.rid),
    kit: kitDetail(db, item.rid, now),
    partOf: db
      .all(partOf, { item: item.rid })
      .map(({ item_id: id, sku, quantity }) => ({ itemId: id, sku, quantity })),
    lots: db.all(lotsOf, { item: item.rid }).map((lot) => toLot(db, lot, today)),
    withoutLot: kind === 'none' ? 0 : (db.get(withoutLotOf, { item: item.rid })?.n ?? 0),
    incoming: db.all(incomingOf, { item: item.rid }).map((one) => ({
      orderId: one.order_id,
      number: one.number,
      supplier: one.supplier,
      units: one.units,
      expectedOn: one.due,
    })),
    cost: itemCost(db, item.rid),
  };
}

function kitDetail(db: Database, itemRid: number, now: number): Result<'inventory.item'>['kit'] {
  const kit = findKit(db, itemRid);
  if (!kit) return null;
  const rows = new Map(
    stockRows(
      db,
      kit.parts.map(({ item }) => item),
      now,
    ).map((row) => [row.rid, row]),
  );
  const parts = kit.parts.map(({ item, item_id: id, sku, quantity }) => ({
    itemId: id,
    sku,
    title: rows.get(item)?.title ?? '',
    quantity,
    available: rows.get(item)?.available ?? 0,
  }));
  return { kind: kit.kind, possible: possibleKits(parts), parts };
}

const MAX_LOTS = 1_000;
const FOREVER_DAYS = 36_500;

/** Lots in stock by expiry; what has expired already comes first. */
export function expiry(
  db: Database,
  input: ParsedParams<'inventory.expiry'>,
  now: number,
): Result<'inventory.expiry'> {
  const today = dayOf(now);
  const found = db.all(expiring, { until: addDays(today, input.withinDays ?? FOREVER_DAYS) });
  return { lots: found.slice(0, MAX_LOTS).map((lot) => toLot(db, lot, today)), total: found.length };
}

/** How many lots in stock expire within so many days or have expired, and the first of them. */
export function lotsExpiring(
  db: Database,
  withinDays: number,
  now: number,
): {
  readonly count: number;
  readonly first: { readonly sku: string; readonly expiresInDays: number } | null;
} {
  const today = dayOf(now);
  const found = db.all(expiring, { until: addDays(today, withinDays) });
  const first = found[0];
  return {
    count: found.length,
    first: first?.expires_on ? { sku: first.sku, expiresInDays: daysBetween(today, first.expires_on) } : null,
  };
}
