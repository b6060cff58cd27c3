import type { StockRow } from '#shared/contract/inventory.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { Abc, Xyz } from '#shared/domain/inventory/abc-xyz.ts';
import { dayOf } from '#shared/domain/purchasing/calendar-day.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { AVAILABLE, blockedSum, incomingSum, levelSum, RESERVED, reservedUnits } from './stock-sql.ts';

/** Title of a listing with the SKU that an SQL expression gives. */
export const skuTitle = (sku: string): string =>
  `coalesce((SELECT p.title FROM listing t JOIN product p ON p.rid = t.product_rid WHERE t.sku = ${sku} AND t.removed_at_ms IS NULL LIMIT 1), '')`;

const rowsByRid = sql<
  { rids: string; today: string },
  {
    rid: number;
    id: string;
    sku: string;
    title: string;
    total: number;
    reserved: number;
    available: number;
    transit: number;
    quarantined: number;
    blocked: number;
    incoming: number;
    kit: 'virtual' | 'built' | null;
    tracking: 'none' | 'lot' | 'serial';
  }
>(
  `WITH reserved AS MATERIALIZED (${RESERVED})
   SELECT i.rid, i.id, i.sku, ${skuTitle('i.sku')} AS title, ${levelSum('warehouse')} AS total,
     ${reservedUnits} AS reserved, ${AVAILABLE} AS available,
     ${levelSum('transit')} AS transit, ${levelSum('quarantine')} AS quarantined, ${blockedSum()} AS blocked, ${incomingSum()} AS incoming,
     (SELECT k.kind FROM stock_kit k WHERE k.item_rid = i.rid AND k.removed_at_ms IS NULL) AS kit, i.tracking
   FROM json_each(:rids) n CROSS JOIN stock_item i ON i.rid = n.value ORDER BY n.key`,
);
const levelsByRid = sql<{ rids: string }, { item: number; location: string; quantity: number }>(
  `SELECT v.item_rid AS item, w.id AS location, sum(v.quantity) AS quantity
   FROM json_each(:rids) n CROSS JOIN stock_level v ON v.item_rid = n.value JOIN stock_location w ON w.rid = v.location_rid
   GROUP BY v.item_rid, v.location_rid`,
);
const shownByRid = sql<{ rids: string }, { item: number; account: string; quantity: number }>(
  `SELECT i.rid AS item, a.id AS account, max(g.quantity) AS quantity
   FROM json_each(:rids) n CROSS JOIN stock_item i ON i.rid = n.value CROSS JOIN listing g ON g.sku = i.sku JOIN account a ON a.rid = g.account_rid
   WHERE g.removed_at_ms IS NULL AND a.removed_at_ms IS NULL AND g.quantity IS NOT NULL GROUP BY i.rid, a.rid`,
);
const demandByRid = sql<{ rids: string }, { item: number; daily: number; abc: Abc | null; xyz: Xyz | null }>(
  `SELECT i.rid AS item, f.daily, f.abc, f.xyz FROM json_each(:rids) n CROSS JOIN stock_item i ON i.rid = n.value
   JOIN forecast f ON f.sku = i.sku`,
);
const countItems = sql<Record<string, never>, { n: number }>('SELECT count(*) AS n FROM stock_item');

export function stockRows(db: Database, rids: readonly number[], now: number): StockRow[] {
  const wanted = { rids: JSON.stringify(rids) };
  const places = new Map<number, Record<string, number>>();
  for (const { item, location, quantity } of db.all(levelsByRid, wanted)) {
    const row = places.get(item) ?? {};
    row[location] = quantity;
    places.set(item, row);
  }
  const shown = new Map<number, Record<string, number>>();
  for (const { item, account, quantity } of db.all(shownByRid, wanted)) {
    shown.set(item, { ...shown.get(item), [account]: quantity });
  }
  const demand = new Map(db.all(demandByRid, wanted).map((row) => [row.item, row]));
  return db.all(rowsByRid, { ...wanted, today: dayOf(now) }).map((row) => ({
    rid: row.rid,
    itemId: row.id,
    sku: row.sku,
    title: row.title,
    onHand: places.get(row.rid) ?? {},
    total: row.total,
    reserved: row.reserved,
    available: row.available,
    inTransit: row.transit,
    quarantined: row.quarantined,
    blocked: row.blocked,
    incoming: row.incoming,
    kit: row.kit,
    tracking: row.tracking,
    shown: shown.get(row.rid) ?? {},
    daily: demand.get(row.rid)?.daily ?? null,
    abc: demand.get(row.rid)?.abc ?? null,
    xyz: demand.get(row.rid)?.xyz ?? null,
  }));
}

const DEFAULT_LOW = 5;
/** Days of forecast demand beyond which stock is too much, and days without a sale after which it is dead. */
const OVER_DAYS = 182;
const DEAD_DAYS = 90;
const DAY_MS = 86_400_000;
const SORTS = {
  sku: 'sku COLLATE NOCASE',
  title: 'title COLLATE NOCASE',
  total: 'total',
  reserved: 'reserved',
  available: 'available',
  inTransit: 'transit',
  quarantined: 'quarantined',
  incoming: 'incoming',
} as const;

export function openStock(
  db: Database,
  input: ParsedParams<'inventory.open'>,
  rev: number,
  now: number,
): Result<'inventory.open'> {
  const where: string[] = [];
  const params: Record<string, string | number> = { today: dayOf(now) };
  const text = input.text?.trim() ?? '';
  if (text !== '') {
    where.push("(sku LIKE :text ESCAPE '\\' OR title LIKE :text ESCAPE '\\')");
    params['text'] = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  }
  if (input.filter === 'low') {
    where.push('available BETWEEN 1 AND :low');
    params['low'] = input.lowAt ?? DEFAULT_LOW;
  }
  if (input.filter === 'out') where.push('available <= 0');
  if (input.filter === 'negative') {
    where.push(
      '(available < 0 OR EXISTS (SELECT 1 FROM stock_level v WHERE v.item_rid = rows.rid AND v.quantity < 0))',
    );
  }
  if (input.filter === 'over') {
    where.push(
      'EXISTS (SELECT 1 FROM forecast f WHERE f.sku = rows.sku AND f.daily > 0 AND available > f.daily * :days)',
    );
    params['days'] = OVER_DAYS;
  }
  if (input.filter === 'dead') {
    where.push(`total > 0 AND EXISTS (SELECT 1 FROM stock_item n WHERE n.rid = rows.rid AND n.created_at_ms < :since)
      AND NOT EXISTS (SELECT 1 FROM order_line l JOIN sales_order o ON o.rid = l.order_rid
        WHERE l.sku = rows.sku AND o.placed_at_ms >= :since AND o.state NOT IN ('cancelled', 'refunded'))`);
    params['since'] = now - DEAD_DAYS * DAY_MS;
  }
  const order = input.sort
    ? `${SORTS[input.sort.key]} ${input.sort.direction === 'desc' ? 'DESC' : 'ASC'}, sku COLLATE NOCASE`
    : 'sku COLLATE NOCASE';
  const ids = db.pluck<number>(
    `WITH reserved AS MATERIALIZED (${RESERVED}),
       rows AS (
         SELECT i.rid, i.sku, ${skuTitle('i.sku')} AS title, ${levelSum('warehouse')} AS total,
           ${reservedUnits} AS reserved, ${AVAILABLE} AS available,
           ${levelSum('transit')} AS transit, ${levelSum('quarantine')} AS quarantined, ${incomingSum()} AS incoming
         FROM stock_item i)
     SELECT rid FROM rows ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${order}, rid`,
    params,
  );
  return { ids: Int32Array.from(ids), items: db.get(countItems, {})?.n ?? 0, rev };
}
