/**
 * SQL for the code of the bin to pick a SKU from: the fullest bin of the first
 * warehouse, which is also where a shipment is taken from after loose stock.
 * NULL where the ledger knows none.
 */
export function pickBin(sku: string): string {
  return `(SELECT b.code FROM stock_item i JOIN stock_level v ON v.item_rid = i.rid JOIN stock_bin b ON b.rid = v.bin_rid
    WHERE i.sku = ${sku} AND v.quantity > 0
      AND v.location_rid = (SELECT min(w.rid) FROM stock_location w WHERE w.kind = 'warehouse' AND w.archived_at_ms IS NULL)
    ORDER BY v.quantity DESC, b.code LIMIT 1)`;
}
