import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { ChannelConnector, ChannelContext } from '../channels/contract.ts';
import type { OrderActionResult, OrderActions, RefundProof } from '../channels/order-actions.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { cancelOf, moveAction, refundOf, requireAction, type ActionRow } from '../orders/action-rows.ts';
import { addOrderEvent } from '../orders/events.ts';
import type { AccountRow } from './accounts.ts';
import { isRetryable, mayHaveApplied, nextDelay, retryAfterMs, RUN_POLICY } from './retry.ts';

/**
 * Condition over order_action `x` and its order `o`: it has something to do now.
 * `sent` is what a process left behind that died on the way.
 */
export const DUE_ACTION = `x.cancelled_at_ms IS NULL
  AND x.state IN ('pending', 'retry_wait', 'needs_verify', 'sent', 'accepted') AND coalesce(x.next_attempt_at_ms, 0) <= :now`;
const due = sql<
  { account: number; now: number; after: number },
  { rid: number; id: string; external_id: string }
>(
  `SELECT x.rid, x.id, o.external_id FROM order_action x JOIN sales_order o ON o.rid = x.order_rid
   WHERE o.account_rid = :account AND x.rid > :after AND ${DUE_ACTION} ORDER BY x.rid LIMIT 1`,
);
const open = sql<{ account: number }, { n: number }>(
  `SELECT count(*) AS n FROM order_action x JOIN sales_order o ON o.rid = x.order_rid
   WHERE o.account_rid = :account AND x.cancelled_at_ms IS NULL
     AND x.state IN ('pending', 'retry_wait', 'needs_verify', 'sent', 'accepted')`,
);
/** Between two looks at what the channel accepted and does not show yet. */
const LOOK_MS = 15_000;
const MAX_ATTEMPTS = 8;
/** Accepted, and still not there: a person has to look. */
const MAX_LOOKS = 40;

export function countOpenActions(engine: Engine, account: AccountRow): number {
  return engine.db.get(open, { account: account.rid })?.n ?? 0;
}

/**
 * Sends cancellations and refunds one by one and reads them back. What may have
 * arrived is looked for first, and the connector looks before it writes, so
 * nothing is cancelled or paid back twice.
 */
export async function pushOrderActions(
  engine: Engine,
  account: AccountRow,
  connector: ChannelConnector,
  context: ChannelContext,
  signal: AbortSignal,
): Promise<void> {
  const actions = connector.orderActions;
  if (!actions) return;
  for (let after = 0; ;) {
    if (signal.aborted) throw new CodedError('CANCELLED', 'Publishing was stopped');
    const found = engine.db.get(due, { account: account.rid, now: engine.ports.clock.now(), after });
    if (!found) return;
    after = found.rid;
    await pushOne(engine, requireAction(engine.db, found.id), found.external_id, actions, context);
    engine.bus.emit('orders');
  }
}

async function pushOne(
  engine: Engine,
  row: ActionRow,
  orderExternalId: string,
  actions: OrderActions,
  context: ChannelContext,
): Promise<void> {
  const { db, ports } = engine;
  const now = (): number => ports.clock.now();
  const calls = callsOf(row, orderExternalId, actions, context);
  const doubtful = row.state === 'sent' || row.state === 'needs_verify' || row.state === 'accepted';
  try {
    if (doubtful && (await settled(engine, row, calls))) return;
    if (row.state === 'accepted') {
      if (row.attempts + 1 >= MAX_LOOKS) {
        const message = 'The channel took it and does not show it; look in the shop';
        finish(engine, row, 'rejected', { code: 'CHANNEL_UNKNOWN', message });
      } else moveAction(db, row.rid, 'accepted', now(), { next: now() + LOOK_MS, attempt: true });
      return;
    }
    moveAction(db, row.rid, 'sent', now());
    ports.atPoint?.('action.before-send');
    const result = await calls.send();
    ports.atPoint?.('action.after-send');
    if (result.outcome === 'rejected') {
      finish(engine, row, 'rejected', { code: result.code, message: result.message });
      return;
    }
    if (result.outcome === 'unknown') {
      throw new CodedError('CHANNEL_TRANSIENT', result.message, { applied: 'unknown' }, { retryable: true });
    }
    moveAction(db, row.rid, 'accepted', now(), { next: now() + LOOK_MS });
    await settled(engine, row, calls);
  } catch (error) {
    failed(engine, row, error);
  }
}

interface Calls {
  send(): Promise<OrderActionResult>;
  verify(): Promise<RefundProof>;
}

function callsOf(
  row: ActionRow,
  orderExternalId: string,
  actions: OrderActions,
  context: ChannelContext,
): Calls {
  if (row.kind === 'cancel') {
    const cancellation = { ...cancelOf(row), cancellationId: row.id, orderExternalId };
    return {
      send: () => actions.cancel(context, cancellation),
      verify: async () => ({
        ...(await actions.verifyCancellation(context, cancellation)),
        amountMinor: null,
      }),
    };
  }
  const refund = { ...refundOf(row), refundId: row.id, orderExternalId };
  return {
    send: () => actions.refund(context, refund),
    verify: () => actions.verifyRefund(context, refund),
  };
}

/** Whether the channel shows it; then it is over. */
async function settled(engine: Engine, row: ActionRow, calls: Calls): Promise<boolean> {
  const proof = await calls.verify();
  if (!proof.confirmed) return false;
  finish(engine, row, 'verified', { message: proof.detail, refunded: proof.amountMinor });
  return true;
}

function finish(
  engine: Engine,
  row: ActionRow,
  state: 'verified' | 'rejected',
  more: Parameters<typeof moveAction>[4] = {},
): void {
  const { db, ports } = engine;
  const at = ports.clock.now();
  db.transaction(() => {
    moveAction(db, row.rid, state, at, more);
    const event = state === 'verified' ? 'action_done' : 'action_refused';
    addOrderEvent(db, row.order_rid, at, `channel:${row.account}`, event, {
      kind: row.kind,
      message: more.message ?? '',
    });
  });
}

/** It waits by itself, and the rest goes on, unless the shop cannot be reached or refuses the keys. */
function failed(engine: Engine, row: ActionRow, error: unknown): void {
  const { db, ports } = engine;
  const now = ports.clock.now();
  const { code, message } = toErrorShape(error);
  const wait = retryAfterMs(error) ?? nextDelay(RUN_POLICY, 1_000 * 2 ** row.attempts, ports.random());
  const fresh = row.state === 'pending' || row.state === 'retry_wait';
  const doubtful = !fresh || mayHaveApplied(error) || !(error instanceof CodedError);
  // Waiting for a limit is no attempt.
  const attempt = code !== 'CHANNEL_RATE';
  if (row.state === 'accepted') moveAction(db, row.rid, 'accepted', now, { code, message, next: now + wait });
  else if (doubtful && row.attempts + 1 >= MAX_LOOKS) {
    finish(engine, row, 'rejected', { code, message: `It may have been done; look in the shop. ${message}` });
  } else if (!doubtful && !isRetryable(error)) finish(engine, row, 'rejected', { code, message });
  else if (!doubtful && attempt && row.attempts + 1 >= MAX_ATTEMPTS) {
    finish(engine, row, 'rejected', { code, message: `${message} (after ${row.attempts + 1} attempts)` });
  } else {
    const state = doubtful ? 'needs_verify' : 'retry_wait';
    moveAction(db, row.rid, state, now, { code, message, next: now + wait, attempt });
  }
  const unreachable = error instanceof CodedError && error.details?.['network'] === true;
  if (unreachable || code === 'CHANNEL_AUTH') throw error;
}
