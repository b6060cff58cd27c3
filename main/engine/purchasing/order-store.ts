import type { PurchaseLine, PurchaseOrderDetail, PurchaseOrderRow } from '#shared/contract/purchasing.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { cheaperLot } from '#shared/domain/purchasing/price-breaks.ts';
import type { LandedSplit } from '#shared/domain/purchasing/landed-cost.ts';
import {
  allowedSteps,
  openUnits,
  purchaseState,
  type PurchaseStage,
  type PurchaseState,
  type PurchaseStep,
} from '#shared/domain/purchasing/purchase-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { skuTitle } from '../inventory/stock-rows.ts';
import { RECEIVED } from './order-sql.ts';
import { findTerms } from './supplier-store.ts';

export interface StoredOrder {
  rid: number;
  id: string;
  number: string;
  supplier_rid: number;
  supplier_id: string;
  supplier: string;
  supplier_minimum: number | null;
  supplier_units: number | null;
  supplier_days: number | null;
  stage: PurchaseStage;
  currency: string;
  location_rid: number;
  location_id: string;
  location: string;
  expected_on: string | null;
  reference: string;
  note: string;
  close_reason: string;
  created_at_ms: number;
  sent_at_ms: number | null;
  confirmed_at_ms: number | null;
  closed_at_ms: number | null;
}

const COLUMNS = `p.rid, p.id, p.number, p.supplier_rid, s.id AS supplier_id, s.name AS supplier, s.minimum_minor AS supplier_minimum,
    s.minimum_units AS supplier_units, s.lead_days AS supplier_days, p.stage, p.currency, p.location_rid, w.id AS location_id,
    w.name AS location, p.expected_on, p.reference, p.note, p.close_reason, p.created_at_ms, p.sent_at_ms, p.confirmed_at_ms, p.closed_at_ms
  FROM purchase_order p JOIN supplier s ON s.rid = p.supplier_rid JOIN stock_location w ON w.rid = p.location_rid`;
const orderById = sql<{ id: string }, StoredOrder>(
  `SELECT ${COLUMNS} WHERE p.id = :id AND p.removed_at_ms IS NULL`,
  { hot: true },
);
const orders = sql<{ supplier: string | null; text: string }, StoredOrder>(
  `SELECT ${COLUMNS} WHERE p.removed_at_ms IS NULL AND (:supplier IS NULL OR s.id = :supplier)
     AND (:text = '' OR instr(lower(p.number || ' ' || s.name || ' ' || p.reference), :text) > 0)
   ORDER BY p.rid DESC`,
);

export interface StoredLine {
  rid: number;
  id: string;
  item_rid: number;
  item_id: string;
  sku: string;
  title: string;
  tracking: 'none' | 'lot' | 'serial';
  quantity: number;
  received: number;
  short: number;
  short_reason: string;
  price_minor: number | null;
  expected_on: string | null;
}

const LINE_COLUMNS = `l.rid, l.id, l.item_rid, i.id AS item_id, i.sku, ${skuTitle('i.sku')} AS title, i.tracking, l.quantity,
    ${RECEIVED} AS received, l.short, l.short_reason, l.price_minor, l.expected_on
  FROM purchase_line l JOIN stock_item i ON i.rid = l.item_rid`;
const linesOf = sql<{ order: number }, StoredLine>(
  `SELECT ${LINE_COLUMNS} WHERE l.order_rid = :order AND l.removed_at_ms IS NULL ORDER BY l.rid`,
  { hot: true },
);
const orderOfLine = sql<{ id: string }, { order_id: string; rid: number }>(
  `SELECT p.id AS order_id, l.rid FROM purchase_line l JOIN purchase_order p ON p.rid = l.order_rid
   WHERE l.id = :id AND l.removed_at_ms IS NULL AND p.removed_at_ms IS NULL`,
  { hot: true },
);
const receiptsOf = sql<
  { order: number },
  {
    rid: number;
    id: string;
    created_at_ms: number;
    reference: string;
    split: LandedSplit;
    freight_minor: number;
    duty_minor: number;
  }
>(
  `SELECT rid, id, created_at_ms, reference, split, freight_minor, duty_minor FROM purchase_receipt
   WHERE order_rid = :order AND removed_at_ms IS NULL ORDER BY rid`,
  { hot: true },
);
const receiptLines = sql<
  { receipt: number },
  {
    line_id: string;
    sku: string;
    quantity: number;
    goods_minor: number | null;
    freight_minor: number;
    duty_minor: number;
    over_reason: string;
  }
>(
  `SELECT l.id AS line_id, i.sku, r.quantity, r.goods_minor, r.freight_minor, r.duty_minor, r.over_reason
   FROM purchase_receipt_line r JOIN purchase_line l ON l.rid = r.line_rid JOIN stock_item i ON i.rid = l.item_rid
   WHERE r.receipt_rid = :receipt AND r.removed_at_ms IS NULL ORDER BY r.rid`,
  { hot: true },
);

export function requireOrder(db: Database, orderId: string): StoredOrder {
  const order = db.get(orderById, { id: orderId });
  if (!order) throw new CodedError('NOT_FOUND', `There is no purchase order ${orderId}`, { orderId });
  return order;
}

export function orderLines(db: Database, order: Pick<StoredOrder, 'rid'>): StoredLine[] {
  return db.all(linesOf, { order: order.rid });
}

/** The order that a line belongs to, and the line. */
export function requireLine(
  db: Database,
  lineId: string,
): { readonly orderId: string; readonly rid: number } {
  const found = db.get(orderOfLine, { id: lineId });
  if (!found) {
    throw new CodedError('NOT_FOUND', `There is no line ${lineId} of a purchase order`, { lineId });
  }
  return { orderId: found.order_id, rid: found.rid };
}

export function stateOf(db: Database, order: StoredOrder): PurchaseState {
  return purchaseState(order.stage, orderLines(db, order));
}

/** Refuses a step that the order's state does not allow; names what can be done instead. */
export function assertStep(db: Database, order: StoredOrder, step: PurchaseStep): void {
  const state = stateOf(db, order);
  const allowed = allowedSteps(state);
  if (allowed.includes(step)) return;
  const instead = allowed.length > 0 ? `it can be: ${allowed.join(', ')}` : 'nothing changes any more';
  throw new CodedError(
    'INVALID_STATE',
    `${order.number} is ${state.replace('_', ' ')}, so ${step} is not possible; ${instead}`,
    { orderId: order.id, state, step, allowed: [...allowed] },
  );
}

function toRow(order: StoredOrder, lines: readonly StoredLine[]): PurchaseOrderRow {
  const state = purchaseState(order.stage, lines);
  const live = state !== 'closed' && state !== 'cancelled';
  return {
    orderId: order.id,
    number: order.number,
    supplierId: order.supplier_id,
    supplier: order.supplier,
    state,
    currency: order.currency,
    totalMinor: lines.reduce((sum, line) => sum + (line.price_minor ?? 0) * line.quantity, 0),
    unpriced: lines.filter((line) => line.price_minor === null).length,
    lines: lines.length,
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    openUnits: live ? lines.reduce((sum, line) => sum + openUnits(line), 0) : 0,
    expectedOn: order.expected_on,
    createdAt: order.created_at_ms,
    sentAt: order.sent_at_ms,
  };
}

const MAX_ORDERS = 1_000;

export function listOrders(
  db: Database,
  input: ParsedParams<'purchasing.orders'>,
): Result<'purchasing.orders'> {
  const states = input.states && new Set(input.states);
  const rows = db
    .all(orders, { supplier: input.supplierId ?? null, text: input.text?.trim().toLowerCase() ?? '' })
    .map((order) => toRow(order, orderLines(db, order)))
    .filter(({ state }) => states?.has(state) ?? true);
  return { orders: rows.slice(0, MAX_ORDERS), total: rows.length };
}

function toLine(db: Database, order: StoredOrder, line: StoredLine): PurchaseLine {
  const terms = findTerms(
    db,
    { rid: order.supplier_rid, minimum_units: order.supplier_units, lead_days: order.supplier_days },
    line.item_rid,
  );
  const cheaper = order.stage === 'draft' && terms ? cheaperLot(terms.breaks, line.quantity, terms) : null;
  return {
    rid: line.rid,
    lineId: line.id,
    itemId: line.item_id,
    sku: line.sku,
    title: line.title,
    supplierCode: terms?.code ?? '',
    pack: terms?.pack ?? 1,
    quantity: line.quantity,
    received: line.received,
    short: line.short,
    shortReason: line.short_reason,
    open: openUnits(line),
    priceMinor: line.price_minor,
    expectedOn: line.expected_on,
    tracking: line.tracking,
    cheaper: cheaper && { quantity: cheaper.quantity, savesMinor: cheaper.saves },
  };
}

export function getOrder(db: Database, orderId: string): PurchaseOrderDetail {
  const order = requireOrder(db, orderId);
  const lines = orderLines(db, order);
  const row = toRow(order, lines);
  return {
    order: {
      ...row,
      locationId: order.location_id,
      location: order.location,
      reference: order.reference,
      note: order.note,
      closeReason: order.close_reason,
      confirmedAt: order.confirmed_at_ms,
      closedAt: order.closed_at_ms,
      steps: [...allowedSteps(row.state)],
      belowMinimumMinor: Math.max(0, (order.supplier_minimum ?? 0) - row.totalMinor),
    },
    lines: lines.map((line) => toLine(db, order, line)),
    receipts: db.all(receiptsOf, { order: order.rid }).map((receipt) => ({
      receiptId: receipt.id,
      at: receipt.created_at_ms,
      reference: receipt.reference,
      split: receipt.split,
      freightMinor: receipt.freight_minor,
      dutyMinor: receipt.duty_minor,
      lines: db.all(receiptLines, { receipt: receipt.rid }).map((line) => ({
        lineId: line.line_id,
        sku: line.sku,
        quantity: line.quantity,
        goodsMinor: line.goods_minor,
        freightMinor: line.freight_minor,
        dutyMinor: line.duty_minor,
        overReason: line.over_reason,
      })),
    })),
  };
}
