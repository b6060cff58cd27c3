import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Engine } from '../engine.ts';
import { connectorFor, requireAccount } from '../sync/accounts.ts';
import type { Call } from '../sync/call.ts';
import {
  actionsOf,
  canTakeBack,
  describeAction,
  insertAction,
  markTakenBack,
  moveAction,
  refundOf,
  requireAction,
  spokenFor,
  type ActionRow,
  type CancelRequest,
  type RefundRequest,
} from './action-rows.ts';
import { addOrderEvent } from './events.ts';
import { readLines, requireOrder, type StoredOrder } from './order-rows.ts';

type Outcome = Result<'orders.cancel'>;

export function listActions(
  engine: Engine,
  { orderId }: ParsedParams<'orders.actions'>,
): Result<'orders.actions'> {
  const order = requireOrder(engine.db, orderId);
  const actions = actionsOf(engine.db, order.rid);
  return {
    abilities: actionsAt(engine, order)?.abilities ?? null,
    canCancel: refusal(engine, order, actions) === null,
    refundable: { minor: Math.max(0, leftOf(order, actions)), currency: order.currency },
    actions: actions.map(describeAction),
  };
}

/** Queues the cancellation; where the channel has no interface for it, a person does it and confirms. */
export function cancelOrder(engine: Engine, input: ParsedParams<'orders.cancel'>, call: Call): Outcome {
  const known = engine.journal.recall<{ result: Outcome }>(call.requestId);
  if (known) return known.result.result;
  const order = requireOrder(engine.db, input.orderId);
  const reason = refusal(engine, order, actionsOf(engine.db, order.rid));
  if (reason !== null) throw new CodedError('INVALID_STATE', reason, { orderId: order.id });
  const { orderId: _order, note, ...rest } = input;
  const request: CancelRequest = { ...rest, note: note ?? '' };
  return record(engine, order, { kind: 'cancel', request, label: `Cancel order ${order.number}` }, call);
}

/** Queues the refund. Lines and amounts that were paid back before, or may have been, are not paid again. */
export function refundOrder(engine: Engine, input: ParsedParams<'orders.refund'>, call: Call): Outcome {
  const known = engine.journal.recall<{ result: Outcome }>(call.requestId);
  if (known) return known.result.result;
  const order = requireOrder(engine.db, input.orderId);
  const before = actionsOf(engine.db, order.rid);
  const left = leftOf(order, before);
  if (input.amountMinor !== undefined && input.amountMinor > left) {
    throw new CodedError('BAD_INPUT', `Only ${left} of order ${order.number} is left to pay back`, {
      orderId: order.id,
      leftMinor: left,
      currency: order.currency,
    });
  }
  const request: RefundRequest = {
    lines: refundLines(engine, order, before, input.lines),
    shipping: input.shipping,
    amountMinor: input.amountMinor ?? null,
    currency: order.currency,
    money: input.money,
    notify: input.notify,
    note: input.note ?? '',
  };
  return record(engine, order, { kind: 'refund', request, label: `Refund order ${order.number}` }, call);
}

export function takeBackAction(
  engine: Engine,
  { actionId }: ParsedParams<'orders.takeBackAction'>,
  call: Call,
): Outcome {
  const row = requireAction(engine.db, actionId);
  if (row.cancelled_at_ms === null && !canTakeBack(row)) {
    throw new CodedError(
      'INVALID_STATE',
      `It has gone to the shop or may have; order ${row.number} can only be changed there now`,
      { actionId, state: row.state },
    );
  }
  return step(
    engine,
    row,
    `Take back the ${row.kind} of order ${row.number}`,
    'action_taken_back',
    call,
    (db, atMs) => markTakenBack(db, row.rid, atMs),
  );
}

export function confirmAction(
  engine: Engine,
  { actionId }: ParsedParams<'orders.confirmAction'>,
  call: Call,
): Outcome {
  const row = requireAction(engine.db, actionId);
  if (row.state !== 'by_hand' || row.cancelled_at_ms !== null) {
    throw new CodedError('INVALID_STATE', 'Nobody has to do this by hand', { actionId, state: row.state });
  }
  const refunded = row.kind === 'refund' ? refundOf(row).amountMinor : null;
  return step(
    engine,
    row,
    `Done by hand: ${row.kind} of order ${row.number}`,
    'action_by_hand',
    call,
    (db, atMs) => moveAction(db, row.rid, 'verified', atMs, { refunded }),
  );
}

function actionsAt(engine: Engine, order: StoredOrder) {
  const connector = connectorFor(engine, requireAccount(engine.db, order.account));
  return connector.byHand ? undefined : connector.orderActions;
}

/** Why an order cannot be cancelled, in words; null when it can. */
function refusal(engine: Engine, order: StoredOrder, actions: readonly ActionRow[]): string | null {
  const name = `Order ${order.number}`;
  if (order.state === 'cancelled' || order.state === 'refunded') return `${name} is ${order.state} already`;
  if (order.state === 'shipped' || order.state === 'returned' || order.disposition === 'shipped')
    return `${name} has been shipped; refund it instead`;
  if (readLines(engine.db, order.rid).some(({ shipped }) => shipped > 0))
    return `A part of order ${order.number} has been shipped; take the shipment back first, or refund the rest`;
  const open = actions.some(
    ({ kind, state, cancelled_at_ms }) =>
      kind === 'cancel' && cancelled_at_ms === null && state !== 'rejected',
  );
  return open ? `${name} is being cancelled already` : null;
}

function leftOf(order: StoredOrder, actions: readonly ActionRow[]): number {
  return order.total_minor - actions.reduce((sum, row) => sum + spokenFor(row), 0);
}

function refundLines(
  engine: Engine,
  order: StoredOrder,
  before: readonly ActionRow[],
  wanted: ParsedParams<'orders.refund'>['lines'],
): RefundRequest['lines'] {
  const lines = readLines(engine.db, order.rid);
  const gone = new Map<string, number>();
  for (const row of before) {
    if (row.kind !== 'refund' || row.cancelled_at_ms !== null || row.state === 'rejected') continue;
    for (const { externalId, quantity } of refundOf(row).lines)
      gone.set(externalId, (gone.get(externalId) ?? 0) + quantity);
  }
  return wanted.map(({ lineId, quantity, restock }) => {
    const line = lines.find(({ id }) => id === lineId);
    if (!line) throw new CodedError('NOT_FOUND', `Order ${order.number} has no such line`, { lineId });
    const left = line.quantity - (gone.get(line.external_id) ?? 0);
    if (quantity > left) {
      throw new CodedError('BAD_INPUT', `Only ${left} of ${line.title} is left to refund`, { lineId, left });
    }
    // The same line named twice counts twice.
    gone.set(line.external_id, (gone.get(line.external_id) ?? 0) + quantity);
    return { externalId: line.external_id, quantity, restock };
  });
}

function record(
  engine: Engine,
  order: StoredOrder,
  action: {
    readonly kind: ActionRow['kind'];
    readonly request: CancelRequest | RefundRequest;
    readonly label: string;
  },
  call: Call,
): Outcome {
  const { kind, request, label } = action;
  const id = engine.ports.newId();
  const state = actionsAt(engine, order) ? 'pending' : 'by_hand';
  const { result } = engine.journal.run(
    {
      method: `orders.${kind}`,
      label,
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
      keepEmpty: true,
    },
    (scope) => {
      insertAction(scope.db, {
        id,
        order: order.rid,
        kind,
        request,
        state,
        actor: call.actor,
        at: scope.atMs,
      });
      addOrderEvent(
        scope.db,
        order.rid,
        scope.atMs,
        call.actor,
        kind === 'cancel' ? 'cancel_asked' : 'refund_asked',
      );
      scope.touch('orders');
      scope.touch('outbox');
      return { actionId: id, actions: actionsOf(scope.db, order.rid).map(describeAction) };
    },
  );
  return result;
}

function step(
  engine: Engine,
  row: ActionRow,
  label: string,
  event: 'action_taken_back' | 'action_by_hand',
  call: Call,
  write: (db: Engine['db'], atMs: number) => void,
): Outcome {
  const { result } = engine.journal.run(
    {
      method: event === 'action_by_hand' ? 'orders.confirmAction' : 'orders.takeBackAction',
      label,
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
      keepEmpty: true,
    },
    (scope) => {
      write(scope.db, scope.atMs);
      addOrderEvent(scope.db, row.order_rid, scope.atMs, call.actor, event, { kind: row.kind });
      scope.touch('orders');
      return { actionId: row.id, actions: actionsOf(scope.db, row.order_rid).map(describeAction) };
    },
  );
  return result;
}
