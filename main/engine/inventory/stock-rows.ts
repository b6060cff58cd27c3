import type { StockRow } from '#shared/contract/inventory.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { OPEN_STATES } from '#shared/domain/order-states.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

/** Title of a listing with the SKU that an SQL expression gives. */
export const skuTitle = (sku: string): string =>
  `coalesce((SELECT p.title FROM listing t JOIN product p ON p.rid = t.product_rid WHERE t.sku = ${sku} AND t.removed_at_ms IS NULL LIMIT 1), '')`;

/** Orders that hold units: to be fulfilled, or held back by the shop but paid. */
const HOLDING = [...OPEN_STATES, 'on_hold'].map((state) => `'${state}'`).join(', ');

/** Units that open orders still need, by SKU: beginning with the open orders, of which there are few among all. */
const RESERVED_LINES = `SELECT coalesce(l.sku, g.sku) AS sku, sum(max(0, l.quantity - l.shipped)) AS units
  FROM sales_order o CROSS JOIN order_line l ON l.order_rid = o.rid
  LEFT JOIN product p ON l.sku IS NULL AND p.account_rid = o.account_rid AND p.external_id = l.product_external_id
  LEFT JOIN listing g ON g.rid = (
    SELECT x.rid FROM listing x WHERE x.product_rid = p.rid AND x.external_id IS l.variant_external_id LIMIT 1)
  WHERE o.state IN (${HOLDING})`;
export const RESERVED = `${RESERVED_LINES} GROUP BY 1`;
/** The same of one account's orders. */
export const RESERVED_OF_ACCOUNT = `${RESERVED_LINES} AND o.account_rid = :account GROUP BY 1`;

export const levelSum = (kind: string): string =>
  `coalesce((SELECT sum(v.quantity) FROM stock_level v JOIN stock_location w ON w.rid = v.location_rid
    WHERE v.item_rid = i.rid AND w.kind = '${kind}'), 0)`;

const rowsByRid = sql<
  { rids: string },
  {
    rid: number;
    id: string;
    sku: string;
    title: string;
    total: number;
    reserved: number;
    transit: number;
    quarantined: number;
  }
>(
  `WITH reserved AS MATERIALIZED (${RESERVED})
   SELECT i.rid, i.id, i.sku, ${skuTitle('i.sku')} AS title, ${levelSum('warehouse')} AS total,
     coalesce((SELECT units FROM reserved r WHERE r.sku = i.sku), 0) AS reserved,
     ${levelSum('transit')} AS transit, ${levelSum('quarantine')} AS quarantined
   FROM json_each(:rids) n CROSS JOIN stock_item i ON i.rid = n.value ORDER BY n.key`,
);
const levelsByRid = sql<{ rids: string }, { item: number; location: string; quantity: number }>(
  `SELECT v.item_rid AS item, w.id AS location, sum(v.quantity) AS quantity
   FROM json_each(:rids) n CROSS JOIN stock_level v ON v.item_rid = n.value JOIN stock_location w ON w.rid = v.location_rid
   GROUP BY v.item_rid, v.location_rid`,
);
const countItems = sql<Record<string, never>, { n: number }>('SELECT count(*) AS n FROM stock_item');

export function stockRows(db: Database, rids: readonly number[]): StockRow[] {
  const wanted = { rids: JSON.stringify(rids) };
  const places = new Map<number, Record<string, number>>();
  for (const { item, location, quantity } of db.all(levelsByRid, wanted)) {
    const row = places.get(item) ?? {};
    row[location] = quantity;
    places.set(item, row);
  }
  return db.all(rowsByRid, wanted).map((row) => ({
    rid: row.rid,
    itemId: row.id,
    sku: row.sku,
    title: row.title,
    onHand: places.get(row.rid) ?? {},
    total: row.total,
    reserved: row.reserved,
    available: row.total - row.reserved,
    inTransit: row.transit,
    quarantined: row.quarantined,
  }));
}

const DEFAULT_LOW = 5;
const SORTS = {
  sku: 'sku COLLATE NOCASE',
  title: 'title COLLATE NOCASE',
  total: 'total',
  reserved: 'reserved',
  available: 'total - reserved',
  inTransit: 'transit',
  quarantined: 'quarantined',
} as const;

export function openStock(
  db: Database,
  input: ParsedParams<'inventory.open'>,
  rev: number,
): Result<'inventory.open'> {
  const where: string[] = [];
  const params: Record<string, string | number> = {};
  const text = input.text?.trim() ?? '';
  if (text !== '') {
    where.push("(sku LIKE :text ESCAPE '\\' OR title LIKE :text ESCAPE '\\')");
    params['text'] = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  }
  if (input.filter === 'low') {
    where.push('total - reserved BETWEEN 1 AND :low');
    params['low'] = input.lowAt ?? DEFAULT_LOW;
  }
  if (input.filter === 'out') where.push('total - reserved <= 0');
  if (input.filter === 'negative') {
    where.push(
      '(total - reserved < 0 OR EXISTS (SELECT 1 FROM stock_level v WHERE v.item_rid = rows.rid AND v.quantity < 0))',
    );
  }
  const order = input.sort
    ? `${SORTS[input.sort.key]} ${input.sort.direction === 'desc' ? 'DESC' : 'ASC'}, sku COLLATE NOCASE`
    : 'sku COLLATE NOCASE';
  const ids = db.pluck<number>(
    `WITH reserved AS MATERIALIZED (${RESERVED}),
       rows AS (
         SELECT i.rid, i.sku, ${skuTitle('i.sku')} AS title, ${levelSum('warehouse')} AS total,
           coalesce((SELECT units FROM reserved r WHERE r.sku = i.sku), 0) AS reserved,
           ${levelSum('transit')} AS transit, ${levelSum('quarantine')} AS quarantined
         FROM stock_item i)
     SELECT rid FROM rows ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${order}, rid`,
    params,
  );
  return { ids: Int32Array.from(ids), items: db.get(countItems, {})?.n ?? 0, rev };
}
