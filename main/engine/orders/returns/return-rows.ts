import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { returnState, type ReturnGrade, type ReturnReason } from '#shared/domain/order-marks.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';

export interface StoredReturn {
  rid: number;
  id: string;
  number: string;
  order_id: string;
  order_number: string;
  currency: string;
  closed_at_ms: number | null;
  created_at_ms: number;
}

export interface ReturnLineRow {
  rid: number;
  id: string;
  line_id: string;
  sku: string | null;
  title: string;
  quantity: number;
  received: number;
  reason: ReturnReason;
  unit_price_minor: number;
}

const COLUMNS = `r.rid, r.id, r.number, o.id AS order_id, o.number AS order_number, o.currency, r.closed_at_ms, r.created_at_ms
  FROM order_return r JOIN sales_order o ON o.rid = r.order_rid`;
const byId = sql<{ id: string }, StoredReturn>(
  `SELECT ${COLUMNS} WHERE r.id = :id AND r.removed_at_ms IS NULL`,
  {
    hot: true,
  },
);
const newest = sql<{ limit: number }, StoredReturn>(
  `SELECT ${COLUMNS} WHERE r.removed_at_ms IS NULL ORDER BY r.rid DESC LIMIT :limit`,
);
const ofOrder = sql<{ order: string }, StoredReturn>(
  `SELECT ${COLUMNS} WHERE o.id = :order AND r.removed_at_ms IS NULL ORDER BY r.rid DESC`,
);
const linesOf = sql<{ return: number }, ReturnLineRow>(
  `SELECT x.rid, x.id, l.id AS line_id, coalesce(l.sku, g.sku) AS sku, l.title, x.quantity, x.received, x.reason, l.unit_price_minor
   FROM order_return_line x JOIN order_line l ON l.rid = x.line_rid JOIN sales_order o ON o.rid = l.order_rid
   LEFT JOIN product p ON l.sku IS NULL AND p.account_rid = o.account_rid AND p.external_id = l.product_external_id
   LEFT JOIN listing g ON g.rid = (
     SELECT v.rid FROM listing v WHERE v.product_rid = p.rid AND v.external_id IS l.variant_external_id LIMIT 1)
   WHERE x.return_rid = :return AND x.removed_at_ms IS NULL ORDER BY x.rid`,
  { hot: true },
);
const receiptsOf = sql<{ line: number }, { grade: ReturnGrade; quantity: number; at: number; actor: string }>(
  `SELECT grade, quantity, created_at_ms AS at, actor FROM order_return_receipt
   WHERE line_rid = :line AND removed_at_ms IS NULL ORDER BY rid`,
);
/** What a closed return did not receive is not expected any more. */
const announcedOf = sql<{ line: number }, { units: number }>(
  `SELECT coalesce(sum(CASE WHEN r.closed_at_ms IS NULL THEN x.quantity ELSE x.received END), 0) AS units
   FROM order_return_line x JOIN order_return r ON r.rid = x.return_rid
   WHERE x.line_rid = :line AND x.removed_at_ms IS NULL AND r.removed_at_ms IS NULL`,
);

export function requireReturn(db: Database, returnId: string): StoredReturn {
  const row = db.get(byId, { id: returnId });
  if (!row) throw new CodedError('NOT_FOUND', 'There is no such return', { returnId });
  return row;
}

export function readReturnLines(db: Database, returnRid: number): ReturnLineRow[] {
  return db.all(linesOf, { return: returnRid });
}

/** Units of an order's line that came back or are expected to. */
export function announced(db: Database, lineRid: number): number {
  return db.get(announcedOf, { line: lineRid })?.units ?? 0;
}

export function listReturns(
  db: Database,
  { orderId, states, limit }: ParsedParams<'returns.list'>,
): Result<'returns.list'> {
  const rows =
    orderId === undefined ? db.all(newest, { limit: limit ?? 200 }) : db.all(ofOrder, { order: orderId });
  const returns = rows.map((row) => toRow(row, readReturnLines(db, row.rid)));
  return { returns: returns.filter(({ state }) => !states || states.includes(state)) };
}

export function getReturn(db: Database, returnId: string): Result<'returns.get'> {
  const row = requireReturn(db, returnId);
  const lines = readReturnLines(db, row.rid);
  return {
    ...toRow(row, lines),
    lines: lines.map((line) => ({
      returnLineId: line.id,
      lineId: line.line_id,
      sku: line.sku,
      title: line.title,
      quantity: line.quantity,
      received: line.received,
      reason: line.reason,
      unitPrice: { minor: line.unit_price_minor, currency: row.currency },
      receipts: db.all(receiptsOf, { line: line.rid }),
    })),
  };
}

function toRow(
  row: StoredReturn,
  lines: readonly ReturnLineRow[],
): Result<'returns.list'>['returns'][number] {
  return {
    returnId: row.id,
    number: row.number,
    orderId: row.order_id,
    orderNumber: row.order_number,
    state: returnState(row.closed_at_ms !== null, lines),
    expected: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    received: lines.reduce((sum, { received }) => sum + received, 0),
    at: row.created_at_ms,
  };
}
