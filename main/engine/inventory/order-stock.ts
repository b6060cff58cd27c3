import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import { addDocument, type StockDocument } from './documents.ts';
import { post } from './ledger.ts';
import { spreadPostings } from './levels.ts';
import { findItem, locations, mainLocation, type StockItem, type StockLocation } from './places.ts';

interface FollowedOrder {
  number: string;
  placed_at_ms: number;
  modified_at_ms: number;
  since_ms: number | null;
  /** Goods of the whole order are back, or never left. */
  back: number;
}

interface FollowedLine {
  rid: number;
  sku: string | null;
  /** Units that left without a shipment of this program. */
  gone: number;
  base: number;
  posted: number;
}

const orderOf = sql<{ order: number }, FollowedOrder>(
  `SELECT o.number, o.placed_at_ms, o.remote_modified_at_ms AS modified_at_ms, r.since_ms,
     o.disposition = 'cancelled' OR (o.disposition = 'refunded' AND r.restock = 1) AS back
   FROM sales_order o JOIN stock_sales_rule r ON r.account_rid = o.account_rid AND r.removed_at_ms IS NULL
   WHERE o.rid = :order`,
  { hot: true },
);
const linesOf = sql<{ order: number }, FollowedLine>(
  `SELECT l.rid, coalesce(l.sku, g.sku) AS sku,
     max(0, l.shipped - coalesce((SELECT sum(s.quantity) FROM shipment h JOIN shipment_line s ON s.shipment_rid = h.rid AND s.line_rid = l.rid
       WHERE h.order_rid = l.order_rid AND h.cancelled_at_ms IS NULL), 0)) AS gone,
     coalesce(x.base, 0) AS base, coalesce(x.posted, 0) AS posted
   FROM order_line l JOIN sales_order o ON o.rid = l.order_rid LEFT JOIN stock_sale_line x ON x.line_rid = l.rid
   LEFT JOIN product p ON l.sku IS NULL AND p.account_rid = o.account_rid AND p.external_id = l.product_external_id
   LEFT JOIN listing g ON g.rid = (
     SELECT v.rid FROM listing v WHERE v.product_rid = p.rid AND v.external_id IS l.variant_external_id LIMIT 1)
   WHERE l.order_rid = :order ORDER BY l.position, l.rid`,
  { hot: true },
);
const keep = sql<{ line: number; base: number; posted: number }>(
  `INSERT INTO stock_sale_line (line_rid, base, posted) VALUES (:line, :base, :posted)
   ON CONFLICT (line_rid) DO UPDATE SET base = excluded.base, posted = excluded.posted`,
);
const lastCounted = sql<{ item: number }, { at: number | null }>(
  `SELECT max(at) AS at FROM (
     SELECT max(counted_at_ms) AS at FROM stock_count_entry WHERE item_rid = :item AND withdrawn_by_rid IS NULL
     UNION ALL
     SELECT max(m.at_ms) FROM stock_movement m JOIN stock_document d ON d.rid = m.document_rid
     WHERE m.item_rid = :item AND d.kind = 'opening')`,
  { hot: true },
);
const documentOf = sql<{ order: number }, StockDocument>(
  'SELECT d.rid, d.id FROM stock_order_sale s JOIN stock_document d ON d.rid = s.document_rid WHERE s.order_rid = :order',
  { hot: true },
);
const bindDocument = sql<{ order: number; document: number }>(
  'INSERT INTO stock_order_sale (order_rid, document_rid) VALUES (:order, :document)',
);
const leaves = sql<{ item: number }, { rid: number; id: string; sku: string; quantity: number }>(
  `SELECT i.rid, i.id, i.sku, f.quantity FROM stock_kit_leaf f JOIN stock_item i ON i.rid = f.part_rid
   WHERE f.item_rid = :item ORDER BY i.rid`,
  { hot: true },
);

/** The place that sales leave from; read once for many orders. */
export interface SalePlaces {
  readonly main: StockLocation | null;
}

export function salePlaces(scope: Pick<CommandScope, 'db'>): SalePlaces {
  return { main: locations(scope.db).length === 0 ? null : mainLocation(scope.db) };
}

/**
 * Makes the ledger agree with what a shop says has left for an order besides
 * the shipments of this program. Posts only the difference to what stands
 * already, so reading an order again changes nothing, and an order that is
 * cancelled, or loses units, gives them back. Units that left before the
 * account was followed, before the item was in the ledger, or before the item
 * was last counted are in a count already: they are remembered and never
 * posted. `fresh` = the order is read for the first time. Returns the number
 * of movements.
 */
export function syncOrderStock(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  orderRid: number,
  { fresh, places = salePlaces(scope) }: { readonly fresh: boolean; readonly places?: SalePlaces },
): number {
  const order = scope.db.get(orderOf, { order: orderRid });
  if (!order || order.since_ms === null) return 0;
  const early = fresh && order.placed_at_ms < order.since_ms;
  let posted = 0;
  for (const line of scope.db.all(linesOf, { order: orderRid })) {
    const gone = order.back === 1 ? 0 : line.gone;
    const rise = Math.max(0, gone - line.base) - line.posted;
    if (rise === 0) continue;
    const item = line.sku === null || !places.main ? null : findItem(scope.db, line.sku);
    const counted = !item || early || (rise > 0 && countedSince(scope, item, order.modified_at_ms));
    if (!item || !places.main || (counted && rise > 0)) {
      if (rise > 0) scope.db.run(keep, { line: line.rid, base: line.base + rise, posted: line.posted });
      continue;
    }
    scope.db.run(keep, { line: line.rid, base: line.base, posted: line.posted + rise });
    const document = documentFor(scope, ports, orderRid, order.number);
    for (const part of partsOf(scope, item)) {
      // Posted one by one: two lines may take from the same bin, and each has to see what the one before left.
      posted += post(
        scope,
        document,
        spreadPostings(scope, part.item, places.main, -rise * part.quantity, {
          reason: rise > 0 ? 'sale' : 'returned',
        }),
      );
    }
  }
  return posted;
}

function countedSince(scope: CommandScope, item: StockItem, modifiedAtMs: number): boolean {
  const at = scope.db.get(lastCounted, { item: item.rid })?.at ?? null;
  return at !== null && modifiedAtMs <= at;
}

function partsOf(scope: CommandScope, item: StockItem): { item: StockItem; quantity: number }[] {
  const parts = scope.db.all(leaves, { item: item.rid });
  if (parts.length === 0) return [{ item, quantity: 1 }];
  return parts.map(({ quantity, ...part }) => ({ item: part, quantity }));
}

function documentFor(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  orderRid: number,
  number: string,
): StockDocument {
  const known = scope.db.get(documentOf, { order: orderRid });
  if (known) return known;
  const document = addDocument(scope, ports, 'shipment', { reference: number });
  scope.db.run(bindDocument, { order: orderRid, document: document.rid });
  return document;
}
