import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import { addDocument, type StockDocument } from './documents.ts';
import { post } from './ledger.ts';
import { spreadPostings } from './levels.ts';
import { findItem, locations, mainLocation, type StockItem } from './places.ts';

const documentOf = sql<{ shipment: number }, StockDocument>(
  'SELECT rid, id FROM stock_document WHERE shipment_rid = :shipment',
  { hot: true },
);
/** What left, by SKU; a virtual kit is its parts. */
const standing = sql<{ shipment: number }, { sku: string; quantity: number }>(
  `WITH s AS MATERIALIZED (SELECT coalesce(l.sku, g.sku) AS sku, sum(s.quantity) AS quantity
   FROM shipment h JOIN shipment_line s ON s.shipment_rid = h.rid JOIN order_line l ON l.rid = s.line_rid
   JOIN sales_order o ON o.rid = h.order_rid
   LEFT JOIN product p ON l.sku IS NULL AND p.account_rid = o.account_rid AND p.external_id = l.product_external_id
   LEFT JOIN listing g ON g.rid = (
     SELECT x.rid FROM listing x WHERE x.product_rid = p.rid AND x.external_id IS l.variant_external_id LIMIT 1)
   WHERE h.rid = :shipment AND h.cancelled_at_ms IS NULL AND coalesce(l.sku, g.sku) IS NOT NULL
   GROUP BY 1)
   SELECT sku, sum(quantity) AS quantity FROM (
     SELECT s.sku, s.quantity FROM s WHERE NOT EXISTS (
       SELECT 1 FROM stock_item k CROSS JOIN stock_kit_leaf f ON f.item_rid = k.rid WHERE k.sku = s.sku)
     UNION ALL
     SELECT i.sku, s.quantity * f.quantity FROM s CROSS JOIN stock_item k ON k.sku = s.sku
       CROSS JOIN stock_kit_leaf f ON f.item_rid = k.rid CROSS JOIN stock_item i ON i.rid = f.part_rid)
   GROUP BY sku ORDER BY sku`,
  { hot: true },
);
const posted = sql<
  { document: number },
  { item: number; sku: string; id: string; location: number; quantity: number }
>(
  `SELECT i.rid AS item, i.sku, i.id, m.location_rid AS location, sum(m.quantity) AS quantity
   FROM stock_movement m JOIN stock_item i ON i.rid = m.item_rid
   WHERE m.document_rid = :document GROUP BY i.rid, m.location_rid`,
  { hot: true },
);

/**
 * Makes the ledger agree with a shipment: what stands of it has left the
 * shelves, what was taken back is there again. Posts only the difference to
 * what its document says already, so calling it again changes nothing. Items
 * that the ledger does not keep are left alone.
 */
export function syncShipmentStock(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  shipmentRid: number,
): void {
  const known = scope.db.get(documentOf, { shipment: shipmentRid });
  const main = mainLocation(scope.db);
  const wanted = main
    ? scope.db.all(standing, { shipment: shipmentRid }).flatMap(({ sku, quantity }) => {
        const item = findItem(scope.db, sku);
        return item ? [{ item, quantity }] : [];
      })
    : [];
  if (!known && wanted.length === 0) return;
  const document = known ?? addDocument(scope, ports, 'shipment', { shipmentRid });
  const before = known ? scope.db.all(posted, { document: known.rid }) : [];
  const places = new Map(locations(scope.db).map((location) => [location.rid, location]));
  const settle = (item: StockItem, locationRid: number, delta: number): void => {
    const location = places.get(locationRid);
    if (!location || delta === 0) return;
    post(
      scope,
      document,
      spreadPostings(scope, item, location, delta, { reason: delta < 0 ? 'sale' : 'undo' }),
    );
  };
  for (const { item, quantity } of wanted) {
    const sold = before.filter((row) => row.item === item.rid).reduce((sum, row) => sum + row.quantity, 0);
    if (main) settle(item, main.rid, -quantity - sold);
  }
  for (const row of before) {
    if (!wanted.some(({ item }) => item.rid === row.item)) {
      settle({ rid: row.item, id: row.id, sku: row.sku }, row.location, -row.quantity);
    }
  }
}
