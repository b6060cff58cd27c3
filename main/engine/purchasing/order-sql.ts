/** Units of a line that came, over the receipts that stand. */
export const RECEIVED = `coalesce((SELECT sum(r.quantity) FROM purchase_receipt_line r WHERE r.line_rid = l.rid AND r.removed_at_ms IS NULL), 0)`;

/** Orders with units still to come: sent, neither closed nor cancelled. */
export const OPEN_ORDERS = `SELECT p.rid, p.supplier_rid FROM purchase_order p
  WHERE p.stage IN ('sent', 'confirmed') AND p.removed_at_ms IS NULL
    AND EXISTS (SELECT 1 FROM purchase_line l WHERE l.order_rid = p.rid AND l.removed_at_ms IS NULL
      AND l.quantity - l.short > ${RECEIVED})`;
