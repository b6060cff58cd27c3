import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { ShortReason } from '#shared/domain/order-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

const lineById = sql<{ id: string }, { sku: string | null; product: number | null; listing: number | null }>(
  `SELECT coalesce(l.sku, g.sku) AS sku, p.rid AS product, g.rid AS listing
   FROM order_line l JOIN sales_order o ON o.rid = l.order_rid
   LEFT JOIN product p ON p.account_rid = o.account_rid AND p.external_id = l.product_external_id
   LEFT JOIN listing g ON g.rid = (
     SELECT x.rid FROM listing x WHERE x.product_rid = p.rid AND x.external_id IS l.variant_external_id LIMIT 1)
   WHERE l.id = :id LIMIT 1`,
);
const binsWith = sql<{ sku: string }, { location: string; bin: string; units: number }>(
  `SELECT w.name AS location, coalesce(b.code, '') AS bin, v.quantity AS units FROM stock_item i
   CROSS JOIN stock_level v ON v.item_rid = i.rid JOIN stock_location w ON w.rid = v.location_rid
   LEFT JOIN stock_bin b ON b.rid = v.bin_rid
   WHERE i.sku = :sku AND v.quantity > 0 AND w.kind = 'warehouse' ORDER BY v.quantity DESC, w.rid, b.code LIMIT 20`,
  { hot: true },
);
/** By the ledger where it knows the article, else by what the shop was last told. */
const variantsOf = sql<
  { product: number; listing: number },
  { sku: string; title: string; variant: string; units: number }
>(
  `SELECT g.sku, p.title, g.variant, coalesce(
     (SELECT sum(v.quantity) FROM stock_item i JOIN stock_level v ON v.item_rid = i.rid
      JOIN stock_location w ON w.rid = v.location_rid WHERE i.sku = g.sku AND w.kind = 'warehouse'), g.quantity, 0) AS units
   FROM listing g JOIN product p ON p.rid = g.product_rid
   WHERE g.product_rid = :product AND g.rid <> :listing AND g.sku IS NOT NULL AND g.removed_at_ms IS NULL
   ORDER BY units DESC, g.position LIMIT 20`,
  { hot: true },
);
const shortRows = sql<
  { from: number; limit: number },
  { at: number; actor: string; orderId: string; number: string; facts: string }
>(
  `SELECT e.at_ms AS at, e.actor, o.id AS orderId, o.number, e.facts FROM order_event e JOIN sales_order o ON o.rid = e.order_rid
   WHERE e.kind = 'missing' AND e.at_ms >= :from ORDER BY e.rid DESC LIMIT :limit`,
);

/** Proposals only: what a buyer gets instead is for a person to agree with the buyer. */
export function substitutes(
  db: Database,
  input: ParsedParams<'waves.substitutes'>,
): Result<'waves.substitutes'> {
  const line = db.get(lineById, { id: input.lineId });
  if (!line)
    throw new CodedError('NOT_FOUND', `There is no order line ${input.lineId}`, { lineId: input.lineId });
  return {
    sku: line.sku,
    bins: line.sku === null ? [] : db.all(binsWith, { sku: line.sku }),
    variants:
      line.product === null || line.listing === null
        ? []
        : db
            .all(variantsOf, { product: line.product, listing: line.listing })
            .filter(({ units }) => units > 0),
  };
}

export function shortPicks(db: Database, input: ParsedParams<'waves.shorts'>): Result<'waves.shorts'> {
  const rows = db.all(shortRows, { from: input.from ?? 0, limit: input.limit ?? 100 });
  return {
    rows: rows.map(({ facts, ...row }) => {
      const told = JSON.parse(facts) as { units: number; sku: string; reason: ShortReason };
      return { ...row, sku: told.sku, units: told.units, reason: told.reason };
    }),
  };
}
