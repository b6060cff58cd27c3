import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { ChannelConnector, ChannelContext, ShipmentPush } from '../channels/contract.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import type { AccountRow } from './accounts.ts';
import type { ExchangeLog } from './exchange-log.ts';
import { settleOp, trail } from './outbox.ts';
import type { PushTally } from './cell-fates.ts';
import { isRetryable, mayHaveApplied, nextDelay, retryAfterMs, retrying, RUN_POLICY } from './retry.ts';

interface ShipRow {
  rid: number;
  entity_rid: number;
  state: string;
  attempts: number;
}

interface ShipmentRow {
  id: string;
  external_id: string;
  carrier: string;
  tracking: string;
  shipped_at_ms: number;
  complete: number;
}

const due = sql<{ account: number; now: number }, ShipRow>(
  `SELECT rid, entity_rid, state, attempts FROM outbox
   WHERE account_rid = :account AND kind = 'ship' AND state IN ('pending', 'retry_wait', 'needs_verify')
     AND state NOT IN ('verified', 'superseded') AND state <> 'cancelled'
     AND released_at_ms IS NOT NULL AND coalesce(next_attempt_at_ms, 0) <= :now
   ORDER BY rid LIMIT 1`,
  { hot: true },
);
const shipment = sql<{ rid: number }, ShipmentRow>(
  `SELECT s.id, o.external_id, s.carrier, s.tracking, s.shipped_at_ms, s.complete
   FROM shipment s JOIN sales_order o ON o.rid = s.order_rid WHERE s.rid = :rid`,
);
const shipmentLines = sql<{ rid: number }, { externalId: string; quantity: number }>(
  `SELECT l.external_id AS externalId, s.quantity FROM shipment_line s JOIN order_line l ON l.rid = s.line_rid
   WHERE s.shipment_rid = :rid`,
);
const countAttempt = sql<{ rid: number }>('UPDATE outbox SET attempts = attempts + 1 WHERE rid = :rid');
/** A wait for a limit moves the op on without being an attempt. */
const discountAttempt = sql<{ rid: number }>('UPDATE outbox SET attempts = attempts - 1 WHERE rid = :rid');
const MAX_ATTEMPTS = 8;

/** Waits for a limit in this run; after some of them the rest waits in the queue. */
interface Run {
  limits: number;
}

/**
 * Confirms shipments one by one. The connector looks before it writes, so a
 * shipment that a crash left in doubt is confirmed once whatever happened.
 */
export async function pushShipments(
  engine: Engine,
  account: AccountRow,
  connector: ChannelConnector,
  context: ChannelContext,
  options: { signal: AbortSignal; tally: PushTally; onProgress: () => void; exchanges: ExchangeLog },
): Promise<void> {
  const run: Run = { limits: 0 };
  for (;;) {
    if (options.signal.aborted) throw new CodedError('CANCELLED', 'Publishing was stopped');
    const op = engine.db.get(due, { account: account.rid, now: engine.ports.clock.now() });
    if (!op) return;
    await pushOne(engine, op, connector, context, { ...options, run });
    engine.bus.emit('orders');
    options.onProgress();
  }
}

async function pushOne(
  engine: Engine,
  op: ShipRow,
  connector: ChannelConnector,
  context: ChannelContext,
  {
    signal,
    tally,
    exchanges,
    run,
  }: { signal: AbortSignal; tally: PushTally; exchanges: ExchangeLog; run: Run },
): Promise<void> {
  const { db, ports } = engine;
  const now = (): number => ports.clock.now();
  const push = readShipment(engine, op);
  db.transaction(() => {
    settleOp(db, op.rid, 'leased', now(), null, null);
    settleOp(db, op.rid, 'sent', now(), null, null);
    trail(
      db,
      op.rid,
      now(),
      'sent',
      `Confirming with ${push.carrier || 'no carrier'} ${push.tracking || 'without tracking'}`,
    );
  });
  exchanges.clear();
  ports.atPoint?.('ship.before-send');
  try {
    const result = await connector.pushShipment(context, push);
    ports.atPoint?.('ship.after-send');
    if (result.outcome === 'rejected') {
      settleOp(db, op.rid, 'rejected', now(), result.code, result.message);
      trail(db, op.rid, now(), 'rejected', `${result.code}: ${result.message}`);
      tally.settled.add(op.rid);
      return;
    }
    if (result.outcome !== 'accepted') {
      throw new CodedError(
        'CHANNEL_TRANSIENT',
        result.message,
        { applied: result.outcome === 'unknown' ? 'unknown' : 'no' },
        { retryable: true },
      );
    }
    settleOp(db, op.rid, 'accepted', now(), null, null);
    trail(db, op.rid, now(), 'accepted', `The shop took it: ${exchanges.text() || 'it was there already'}`);
    tally.sent += 1;
    const proof = await retrying(ports, signal, () => connector.verifyShipment(context, push));
    trail(db, op.rid, now(), 'read back', proof.detail);
    if (!proof.confirmed) {
      throw new CodedError('CHANNEL_TRANSIENT', proof.detail, { applied: 'unknown' }, { retryable: true });
    }
    settleOp(db, op.rid, 'verified', now(), null, null);
    trail(db, op.rid, now(), 'verified', 'The shop and its customer know');
    db.runComposed('UPDATE account SET last_push_at_ms = :at, last_verified_at_ms = :at WHERE id = :id', {
      at: now(),
      id: context.accountId,
    });
    tally.settled.add(op.rid);
    tally.verified += 1;
  } catch (error) {
    await shipmentFailed(engine, op, error, signal, run);
  }
}

async function shipmentFailed(
  engine: Engine,
  op: ShipRow,
  error: unknown,
  signal: AbortSignal,
  run: Run,
): Promise<void> {
  const { db, ports } = engine;
  const { code, message } = toErrorShape(error);
  const now = ports.clock.now();
  trail(db, op.rid, now, 'error', message);
  const wait = retryAfterMs(error) ?? nextDelay(RUN_POLICY, 300 * 2 ** op.attempts, ports.random());
  const own = concernsOrderOnly(error);
  const doubtful = mayHaveApplied(error) || !(error instanceof CodedError);
  // From 'accepted' an op can only be looked at again; the connector's look-first makes a resend harmless.
  settleOp(db, op.rid, 'needs_verify', now, code, message, own ? now + wait : null);
  const limited = code === 'CHANNEL_RATE';
  if (!doubtful || own) {
    if (!limited && op.attempts + 1 >= MAX_ATTEMPTS)
      settleOp(db, op.rid, 'rejected', now, code, `${message} (after ${op.attempts + 1} attempts)`);
    else if (doubtful) db.run(countAttempt, { rid: op.rid });
    else {
      settleOp(db, op.rid, 'retry_wait', now, code, message, now + wait);
      if (limited) db.run(discountAttempt, { rid: op.rid });
    }
  }
  // It waits by itself; the other orders and the listings go on.
  if (own) return;
  if (!isRetryable(error) || (error instanceof CodedError && error.details?.['network'] === true))
    throw error;
  if (limited) run.limits += 1;
  if ((limited ? run.limits : op.attempts + 1) >= RUN_POLICY.attempts) throw error;
  await ports.clock.sleep(Math.min(wait, 20_000), signal);
  db.runComposed(
    "UPDATE outbox SET next_attempt_at_ms = NULL, attempts = attempts + (state = 'needs_verify') WHERE rid = :rid",
    { rid: op.rid },
  );
}

const ORDER_CODES = new Set(['CHANNEL_UNKNOWN', 'CHANNEL_INVALID', 'CHANNEL_CONFLICT', 'CHANNEL_GONE']);

/** What is wrong with this one order, as opposed to the way to the shop (which has a `reason`). */
function concernsOrderOnly(error: unknown): boolean {
  if (!(error instanceof CodedError) || !ORDER_CODES.has(error.code)) return false;
  return error.details?.['reason'] === undefined && error.details?.['channelCode'] !== 'rest_no_route';
}

function readShipment(engine: Engine, op: ShipRow): ShipmentPush {
  const row = engine.db.get(shipment, { rid: op.entity_rid });
  if (!row) throw new Error(`Outbox op ${op.rid} has no shipment`);
  return {
    opId: String(op.rid),
    shipmentId: row.id,
    orderExternalId: row.external_id,
    carrier: row.carrier,
    tracking: row.tracking,
    shippedAtMs: row.shipped_at_ms,
    lines: engine.db.all(shipmentLines, { rid: op.entity_rid }),
    complete: row.complete === 1,
  };
}
