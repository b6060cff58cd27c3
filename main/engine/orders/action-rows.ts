import type { OrderAction } from '#shared/contract/order-actions.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { OrderCancellation, OrderRefund } from '../channels/order-actions.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

export interface ActionRow {
  rid: number;
  id: string;
  order_rid: number;
  order_id: string;
  number: string;
  currency: string;
  /** Its name, for the history of the order. */
  account: string;
  kind: OrderAction['kind'];
  request: string;
  state: Exclude<OrderAction['state'], 'taken_back'>;
  attempts: number;
  next_attempt_at_ms: number | null;
  code: string | null;
  message: string | null;
  refunded_minor: number | null;
  actor: string;
  created_at_ms: number;
  cancelled_at_ms: number | null;
}

const SELECT = `SELECT x.rid, x.id, x.order_rid, o.id AS order_id, o.number, o.currency, a.name AS account, x.kind, x.request,
    x.state, x.attempts, x.next_attempt_at_ms, x.code, x.message, x.refunded_minor, x.actor, x.created_at_ms, x.cancelled_at_ms
  FROM order_action x JOIN sales_order o ON o.rid = x.order_rid JOIN account a ON a.rid = o.account_rid`;
const ofOrder = sql<{ order: number }, ActionRow>(`${SELECT} WHERE x.order_rid = :order ORDER BY x.rid`);
const byId = sql<{ id: string }, ActionRow>(`${SELECT} WHERE x.id = :id`);
const add = sql<Record<string, string | number>>(
  `INSERT INTO order_action (id, order_rid, kind, request, state, actor, created_at_ms, updated_at_ms)
   VALUES (:id, :order, :kind, :request, :state, :actor, :at, :at)`,
);
const takeBack = sql<{ rid: number; at: number }>(
  'UPDATE order_action SET cancelled_at_ms = :at, updated_at_ms = :at WHERE rid = :rid',
);
const move = sql<Record<string, string | number | null>>(
  `UPDATE order_action SET state = :state, code = :code, message = :message, next_attempt_at_ms = :next,
     attempts = attempts + :attempt, refunded_minor = coalesce(:refunded, refunded_minor), updated_at_ms = :at
   WHERE rid = :rid`,
);

/** What is asked of the channel, as its connector gets it, but for the ids. */
export type CancelRequest = Omit<OrderCancellation, 'cancellationId' | 'orderExternalId'>;
export type RefundRequest = Omit<OrderRefund, 'refundId' | 'orderExternalId'>;

export function actionsOf(db: Database, orderRid: number): ActionRow[] {
  return db.all(ofOrder, { order: orderRid });
}

export function requireAction(db: Database, actionId: string): ActionRow {
  const row = db.get(byId, { id: actionId });
  if (!row) throw new CodedError('NOT_FOUND', `There is no such cancellation or refund`, { actionId });
  return row;
}

export function insertAction(
  db: Database,
  action: {
    readonly id: string;
    readonly order: number;
    readonly kind: OrderAction['kind'];
    readonly request: CancelRequest | RefundRequest;
    readonly state: 'pending' | 'by_hand';
    readonly actor: string;
    readonly at: number;
  },
): void {
  db.run(add, { ...action, request: JSON.stringify(action.request) });
}

export function markTakenBack(db: Database, rid: number, atMs: number): void {
  db.run(takeBack, { rid, at: atMs });
}

/** Moves an action on; `attempt` counts a try that failed. */
export function moveAction(
  db: Database,
  rid: number,
  state: ActionRow['state'],
  atMs: number,
  more: {
    readonly code?: string;
    readonly message?: string;
    readonly next?: number;
    readonly attempt?: boolean;
    readonly refunded?: number | null;
  } = {},
): void {
  db.run(move, {
    rid,
    state,
    at: atMs,
    code: more.code ?? null,
    message: more.message ?? null,
    next: more.next ?? null,
    attempt: more.attempt ? 1 : 0,
    refunded: more.refunded ?? null,
  });
}

/** Minor units that were paid back, or may be: what cannot be known yet counts as asked for. */
export function spokenFor(row: ActionRow): number {
  if (row.cancelled_at_ms !== null || row.kind !== 'refund' || row.state === 'rejected') return 0;
  return row.refunded_minor ?? refundOf(row).amountMinor ?? 0;
}

export function refundOf(row: ActionRow): RefundRequest {
  return JSON.parse(row.request) as RefundRequest;
}

export function cancelOf(row: ActionRow): CancelRequest {
  return JSON.parse(row.request) as CancelRequest;
}

/** Surely not with the channel. */
export function canTakeBack(row: ActionRow): boolean {
  return row.cancelled_at_ms === null && ['pending', 'retry_wait', 'rejected', 'by_hand'].includes(row.state);
}

export function describeAction(row: ActionRow): OrderAction {
  const minor = row.kind === 'refund' ? refundOf(row).amountMinor : null;
  const money = (value: number | null) => (value === null ? null : { minor: value, currency: row.currency });
  return {
    actionId: row.id,
    kind: row.kind,
    state: row.cancelled_at_ms === null ? row.state : 'taken_back',
    code: row.code,
    message: row.message,
    nextAttemptAt: row.next_attempt_at_ms,
    amount: money(minor),
    refunded: money(row.refunded_minor),
    actor: row.actor,
    at: row.created_at_ms,
    canTakeBack: canTakeBack(row),
  };
}
