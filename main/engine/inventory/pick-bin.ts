/**
 * SQL for where to pick a SKU from: the bin of the lot that expires first where
 * the item is kept by lot, with that lot, else the fullest bin of the first
 * warehouse, which is also where a shipment is taken from after loose stock.
 * NULL where the ledger knows none.
 */
export function pickBin(sku: string): string {
  const main = `(SELECT min(w.rid) FROM stock_location w WHERE w.kind = 'warehouse' AND w.archived_at_ms IS NULL)`;
  return `coalesce(
    (SELECT coalesce(b.code || ' · ', '') || t.code FROM stock_item i JOIN stock_lot_level v ON v.item_rid = i.rid
      JOIN stock_lot t ON t.rid = v.lot_rid LEFT JOIN stock_bin b ON b.rid = v.bin_rid
      WHERE i.sku = ${sku} AND i.tracking <> 'none' AND v.quantity > 0 AND v.location_rid = ${main}
        AND t.blocked = 0 AND (t.expires_on IS NULL OR t.expires_on >= date('now', 'localtime'))
      ORDER BY t.expires_on IS NULL, t.expires_on, t.rid, v.quantity DESC LIMIT 1),
    (SELECT b.code FROM stock_item i JOIN stock_level v ON v.item_rid = i.rid JOIN stock_bin b ON b.rid = v.bin_rid
      WHERE i.sku = ${sku} AND v.quantity > 0 AND v.location_rid = ${main}
      ORDER BY v.quantity DESC, b.code LIMIT 1))`;
}
