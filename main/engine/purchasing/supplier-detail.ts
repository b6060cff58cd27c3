import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { addDays, dayOf, daysBetween, endOfDay } from '#shared/domain/purchasing/calendar-day.ts';
import { scorecard, type DeliveredLine } from '#shared/domain/purchasing/scorecard.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { RECEIVED } from './order-sql.ts';
import { requireSupplier, supplierItems, supplierNotes, toSupplier } from './supplier-store.ts';

const linesOf = sql<
  { supplier: number },
  {
    rid: number;
    ordered: number;
    sent: number;
    due: string | null;
    done: number;
  }
>(
  `SELECT l.rid, l.quantity AS ordered, p.sent_at_ms AS sent, coalesce(l.expected_on, p.expected_on) AS due,
     CASE WHEN p.stage = 'closed' OR l.quantity - l.short <= ${RECEIVED} THEN 1 ELSE 0 END AS done
   FROM purchase_order p JOIN purchase_line l ON l.order_rid = p.rid
   WHERE p.supplier_rid = :supplier AND p.removed_at_ms IS NULL AND l.removed_at_ms IS NULL
     AND p.stage IN ('sent', 'confirmed', 'closed') AND p.sent_at_ms IS NOT NULL`,
  { hot: true },
);
const receiptsOf = sql<{ line: number }, { at: number; quantity: number }>(
  `SELECT created_at_ms AS at, quantity FROM purchase_receipt_line WHERE line_rid = :line AND removed_at_ms IS NULL`,
  { hot: true },
);
const savings = sql<{ supplier: number; today: string }, { minor: number }>(
  `SELECT coalesce(sum(saving_minor), 0) AS minor FROM supplier_note
   WHERE supplier_rid = :supplier AND removed_at_ms IS NULL AND (valid_until IS NULL OR valid_until >= :today)`,
  { hot: true },
);

/** Lines of orders that were sent, as the scorecard wants them. */
function delivered(db: Database, supplierRid: number): DeliveredLine[] {
  return db.all(linesOf, { supplier: supplierRid }).map(({ rid, ordered, sent, due, done }) => ({
    ordered,
    sentAt: sent,
    dueAt: due === null ? null : endOfDay(due),
    done: done === 1,
    receipts: db.all(receiptsOf, { line: rid }),
  }));
}

export function getSupplier(
  db: Database,
  { supplierId }: ParsedParams<'purchasing.supplier'>,
  now: number,
): Result<'purchasing.supplier'> {
  const supplier = requireSupplier(db, supplierId);
  const today = dayOf(now);
  return {
    supplier: toSupplier(supplier),
    items: supplierItems(db, supplier.rid),
    notes: supplierNotes(db, supplier.rid, today),
    savingMinor: db.get(savings, { supplier: supplier.rid, today })?.minor ?? 0,
    scorecard: scorecard(delivered(db, supplier.rid), now),
  };
}

const endingTerms = sql<
  { until: string },
  { id: string; supplier_id: string; supplier: string; text: string; valid_until: string }
>(
  `SELECT n.id, s.id AS supplier_id, s.name AS supplier, n.text, n.valid_until
   FROM supplier_note n JOIN supplier s ON s.rid = n.supplier_rid
   WHERE n.valid_until IS NOT NULL AND n.valid_until <= :until AND n.removed_at_ms IS NULL AND s.removed_at_ms IS NULL
   ORDER BY n.valid_until, n.rid LIMIT 200`,
);
const overdueOrders = sql<
  { today: string },
  { id: string; number: string; supplier: string; due: string; open: number }
>(
  `SELECT p.id, p.number, s.name AS supplier, min(coalesce(l.expected_on, p.expected_on)) AS due,
     sum(l.quantity - l.short - ${RECEIVED}) AS open
   FROM purchase_order p JOIN supplier s ON s.rid = p.supplier_rid JOIN purchase_line l ON l.order_rid = p.rid
   WHERE p.stage IN ('sent', 'confirmed') AND p.removed_at_ms IS NULL AND l.removed_at_ms IS NULL
     AND coalesce(l.expected_on, p.expected_on) < :today AND l.quantity - l.short > ${RECEIVED}
   GROUP BY p.rid ORDER BY due LIMIT 200`,
);

const SOON_DAYS = 30;

/** What needs a person: agreements that end, and deliveries that should be there. */
export function alerts(
  db: Database,
  input: ParsedParams<'purchasing.alerts'>,
  now: number,
): Result<'purchasing.alerts'> {
  const today = dayOf(now);
  const until = addDays(today, input.withinDays ?? SOON_DAYS);
  return {
    terms: db.all(endingTerms, { until }).map((row) => ({
      noteId: row.id,
      supplierId: row.supplier_id,
      supplier: row.supplier,
      text: row.text,
      validUntil: row.valid_until,
      endsInDays: daysBetween(today, row.valid_until),
    })),
    overdue: db.all(overdueOrders, { today }).map((row) => ({
      orderId: row.id,
      number: row.number,
      supplier: row.supplier,
      expectedOn: row.due,
      daysLate: daysBetween(row.due, today),
      openUnits: row.open,
    })),
  };
}
