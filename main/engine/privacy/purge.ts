import { createHash } from 'node:crypto';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { PurgeProof } from '#shared/contract/privacy.ts';
import { OPEN_STATES, type OrderState } from '#shared/domain/order-states.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { addOrderEvent } from '../orders/events.ts';
import { indexOrder } from '../orders/index-order.ts';
import type { Call } from '../sync/call.ts';
import { dueOrders, dueQuarantine, type DueOrder } from './due-orders.ts';
import { policies } from './policy.ts';

/** Orders in one command: some milliseconds each step, so that calls come between. */
const SLICE = 500;

const named = sql<{ id: string }, DueOrder & { account: number; state: OrderState; held: number }>(
  `SELECT o.rid, o.id, o.account_rid AS account, o.state, coalesce(h.sealed IS NOT NULL, 0) AS held
   FROM sales_order o LEFT JOIN order_person h ON h.order_rid = o.rid WHERE o.id = :id`,
  { hot: true },
);
const forget = sql<{ rids: string }>(
  `UPDATE order_person SET sealed = NULL, sealed_raw = NULL WHERE order_rid IN (SELECT value FROM json_each(:rids))`,
  { hot: true },
);
const dropQuarantine = sql<{ rids: string }>(
  'DELETE FROM quarantine WHERE rid IN (SELECT value FROM json_each(:rids))',
);
const prove = sql<Record<string, string | number>>(
  `INSERT INTO person_purge (id, account_rid, at_ms, actor, reason, orders, keys_destroyed, digest)
   VALUES (:id, :account, :at, :actor, :reason, :orders, :keys, :digest)`,
);
const listProofs = sql<{ limit: number }, PurgeProof>(
  `SELECT p.id AS proofId, a.id AS accountId, a.name AS accountName, p.at_ms AS at, p.actor, p.reason, p.orders,
     p.keys_destroyed AS keysDestroyed, p.digest
   FROM person_purge p JOIN account a ON a.rid = p.account_rid ORDER BY p.at_ms DESC, p.rid DESC LIMIT :limit`,
);

export function purgeProofs(db: Database, limit: number): PurgeProof[] {
  return db.all(listProofs, { limit });
}

/**
 * Destroys the keys of orders, then what they sealed, and writes the proof. The
 * keys go first: whatever happens after that, nobody can read the data again,
 * and the next run finds the rows and tidies up.
 */
function purgeOrders(
  engine: Engine,
  account: number,
  orders: readonly DueOrder[],
  call: Call & { readonly reason: 'policy' | 'request' },
  method: string,
): number {
  if (orders.length === 0) return 0;
  const { db, journal, ports } = engine;
  const keys = db.sealing.shred(
    orders.map(({ id }) => id),
    ports.clock.now(),
  );
  ports.atPoint?.('privacy:keys-destroyed');
  journal.run(
    {
      method,
      label: `Destroy buyers' data of ${orders.length} orders`,
      actor: call.actor,
      reversible: false,
      keepEmpty: true,
    },
    (scope) => {
      scope.db.run(forget, { rids: JSON.stringify(orders.map(({ rid }) => rid)) });
      for (const { rid } of orders) {
        indexOrder(scope.db, rid);
        addOrderEvent(scope.db, rid, scope.atMs, call.actor, 'purged');
      }
      scope.db.run(prove, {
        id: ports.newId(),
        account,
        at: scope.atMs,
        actor: call.actor,
        reason: call.reason,
        orders: orders.length,
        keys,
        digest: digestOf(orders),
      });
      scope.touch('orders');
      return {};
    },
  );
  return orders.length;
}

/** As anybody can make it from the list of ids: sorted, one a line. */
export function digestOf(orders: readonly { readonly id: string }[]): string {
  const ids = orders.map(({ id }) => id).sort();
  return createHash('sha256').update(ids.join('\n')).digest('hex');
}

/** All that is past its time, of one account or of all; yields between slices. */
export async function purgeDue(
  engine: Engine,
  call: Call,
  options: { readonly accountId?: string | undefined; readonly signal?: AbortSignal } = {},
): Promise<number> {
  let purged = 0;
  for (const policy of policies(engine.db)) {
    if (options.accountId !== undefined && policy.id !== options.accountId) continue;
    const now = engine.ports.clock.now();
    dropUnreadable(engine, dueQuarantine(engine.db, policy, now), now);
    for (;;) {
      if (options.signal?.aborted) return purged;
      const orders = dueOrders(engine.db, policy, now, SLICE);
      purged += purgeOrders(engine, policy.rid, orders, { ...call, reason: 'policy' }, 'privacy.purge');
      if (orders.length < SLICE) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return purged;
}

function dropUnreadable(
  engine: Engine,
  records: readonly { rid: number; key: string }[],
  atMs: number,
): void {
  if (records.length === 0) return;
  engine.db.sealing.shred(
    records.map(({ key }) => key),
    atMs,
  );
  engine.db.run(dropQuarantine, { rids: JSON.stringify(records.map(({ rid }) => rid)) });
}

export async function purge(
  engine: Engine,
  input: ParsedParams<'privacy.purge'>,
  call: Call,
): Promise<Result<'privacy.purge'>> {
  const { db } = engine;
  const before = purgeProofs(db, 1).at(0)?.proofId;
  const kept: Result<'privacy.purge'>['kept'] = [];
  let purged = 0;
  if (input.orderIds) {
    const chosen = new Map<number, DueOrder[]>();
    for (const orderId of new Set(input.orderIds)) {
      const order = db.get(named, { id: orderId });
      if (!order) kept.push({ orderId, reason: 'unknown' });
      else if (order.held === 0) kept.push({ orderId, reason: 'purged' });
      else if ((OPEN_STATES as readonly OrderState[]).includes(order.state))
        kept.push({ orderId, reason: 'open' });
      else chosen.set(order.account, [...(chosen.get(order.account) ?? []), order]);
    }
    for (const [account, orders] of chosen) {
      purged += purgeOrders(engine, account, orders, { ...call, reason: 'request' }, 'privacy.purge');
    }
  } else {
    purged = await purgeDue(engine, call, { accountId: input.accountId });
  }
  const proofs = purgeProofs(db, 1_000);
  const known = proofs.findIndex(({ proofId }) => proofId === before);
  return { purged, kept, proofs: known === -1 ? proofs : proofs.slice(0, known) };
}
