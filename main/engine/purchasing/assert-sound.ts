import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { RecordTable } from '../inventory/record-log.ts';

/** Records that stand on others that do not stand any more; each row says what. */
const broken = sql<Record<string, never>, { what: string }>(
  `SELECT 'lines of ' || p.number AS what FROM purchase_order p JOIN purchase_line l ON l.order_rid = p.rid
     JOIN purchase_receipt_line r ON r.line_rid = l.rid
     WHERE r.removed_at_ms IS NULL AND (l.removed_at_ms IS NOT NULL OR p.removed_at_ms IS NOT NULL OR p.stage IN ('draft', 'cancelled'))
   UNION ALL
   SELECT p.number FROM purchase_order p JOIN supplier s ON s.rid = p.supplier_rid
     WHERE p.removed_at_ms IS NULL AND p.stage IN ('sent', 'confirmed') AND s.removed_at_ms IS NOT NULL
   UNION ALL
   SELECT i.sku FROM stock_item i JOIN supplier_item x ON x.item_rid = i.rid
     WHERE x.removed_at_ms IS NULL GROUP BY x.supplier_rid, x.item_rid HAVING count(*) > 1
   UNION ALL
   SELECT i.sku FROM stock_item i JOIN stock_kit k ON k.item_rid = i.rid
     WHERE k.removed_at_ms IS NULL GROUP BY k.item_rid HAVING count(*) > 1
   UNION ALL
   SELECT s.name FROM supplier s WHERE s.removed_at_ms IS NULL GROUP BY s.name HAVING count(*) > 1
   LIMIT 1`,
);
const archivedWithStock = sql<Record<string, never>, { what: string }>(
  `SELECT w.name AS what FROM stock_location w JOIN stock_level v ON v.location_rid = w.rid
   WHERE w.archived_at_ms IS NOT NULL AND v.quantity <> 0 LIMIT 1`,
);

/** After an undo: refuses one that would take the ground from under a later step. */
export function assertSound(db: Database, tables: ReadonlySet<RecordTable>): void {
  if (tables.size === 0) return;
  const found =
    db.get(broken, {}) ?? (tables.has('stock_location') ? db.get(archivedWithStock, {}) : undefined);
  if (found) {
    throw new CodedError(
      'INVALID_STATE',
      `A later step builds on this one (${found.what}); undo that first`,
      {
        what: found.what,
      },
    );
  }
}
