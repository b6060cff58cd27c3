import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../db/statement.ts';
import { syncShipmentStock } from '../inventory/shipment-stock.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { UndoHook } from '../journal/undo.ts';
import { addOrderEvent } from './events.ts';
import { requireOrder, type StoredOrder } from './order-rows.ts';
import { reopenPackage } from './packages.ts';
import { outcome, refreshOrder, type OrdersDeps, type StepCall } from './steps.ts';

interface ShipmentOp {
  shipment: number;
  order_id: string;
  number: string;
  op: number;
  state: string;
}

const byShipment = sql<{ id: string }, ShipmentOp>(
  `SELECT s.rid AS shipment, o.id AS order_id, o.number, b.rid AS op, b.state
   FROM shipment s JOIN sales_order o ON o.rid = s.order_rid
   JOIN outbox b ON b.entity = 'shipment' AND b.entity_rid = s.rid AND b.state NOT IN ('superseded', 'cancelled')
   WHERE s.id = :id AND s.cancelled_at_ms IS NULL`,
);
const byCommand = sql<{ command: number }, ShipmentOp>(
  `SELECT s.rid AS shipment, o.id AS order_id, o.number, b.rid AS op, b.state
   FROM change c JOIN shipment s ON s.rid = c.entity_rid JOIN sales_order o ON o.rid = s.order_rid
   JOIN outbox b ON b.entity = 'shipment' AND b.entity_rid = s.rid AND b.state NOT IN ('superseded', 'cancelled')
   WHERE c.command_rid = :command AND c.entity = 'shipment'`,
);
const linesOf = sql<{ shipment: number }, { rid: number; shipped: number; quantity: number }>(
  'SELECT l.rid, l.shipped, s.quantity FROM shipment_line s JOIN order_line l ON l.rid = s.line_rid WHERE s.shipment_rid = :shipment',
);
const cancelOp = sql<{ rid: number; at: number }>(
  "UPDATE outbox SET state = 'cancelled', updated_at_ms = :at WHERE rid = :rid AND state IN ('pending', 'retry_wait', 'rejected')",
);
const reviveOp = sql<{ account: number; shipment: number; command: number; at: number }>(
  `INSERT INTO outbox (account_rid, kind, lane, entity, entity_rid, field, state, released_at_ms, command_rid, created_at_ms, updated_at_ms)
   VALUES (:account, 'ship', 0, 'shipment', :shipment, 'shipment', 'pending', :at, :command, :at, :at)`,
);
const ordersOfLines = sql<{ rids: string }, StoredOrder>(
  `SELECT DISTINCT o.rid, o.id, o.disposition, o.account_rid FROM json_each(:rids) r CROSS JOIN order_line l JOIN sales_order o ON o.rid = l.order_rid
   WHERE l.rid = r.value`,
);
const cancelledShipments = sql<
  { rids: string },
  { rid: number; account_rid: number; cancelled_at_ms: number | null; open: number }
>(
  `SELECT s.rid, o.account_rid, s.cancelled_at_ms,
     (SELECT count(*) FROM outbox b WHERE b.entity = 'shipment' AND b.entity_rid = s.rid AND b.state NOT IN ('superseded', 'cancelled')) AS open
   FROM json_each(:rids) r CROSS JOIN shipment s JOIN sales_order o ON o.rid = s.order_rid WHERE s.rid = r.value`,
);
/** Also those with fewer shipped units than standing shipments hold: the undo took back what a later shipment sent. */
const brokenLines = sql<{ rids: string }, { n: number }>(
  `SELECT count(*) AS n FROM json_each(:rids) r CROSS JOIN order_line l
   WHERE l.rid = r.value AND (l.packed > l.picked OR l.shipped > l.packed OR l.picked > l.quantity
     OR l.shipped < min(l.quantity, (SELECT coalesce(sum(x.quantity), 0)
       FROM shipment s JOIN shipment_line x ON x.shipment_rid = s.rid AND x.line_rid = l.rid
       WHERE s.order_rid = l.order_rid AND s.cancelled_at_ms IS NULL)))`,
);
const liveOpOf = sql<{ shipment: number }, { rid: number }>(
  "SELECT rid FROM outbox WHERE entity = 'shipment' AND entity_rid = :shipment AND state NOT IN ('superseded', 'cancelled')",
);

/** Only what surely has not left can be taken back. */
function assertUnsent(op: ShipmentOp): void {
  if (op.state === 'pending' || op.state === 'retry_wait' || op.state === 'rejected') return;
  throw new CodedError(
    'INVALID_STATE',
    `The shipment of order ${op.number} has been sent to the shop; take it back there (the buyer may have been told) and pull again`,
    { orderId: op.order_id, state: op.state },
  );
}

export function unship(
  deps: OrdersDeps,
  input: ParsedParams<'orders.unship'>,
  call: StepCall,
): Result<'orders.unship'> {
  const { journal, ports } = deps;
  const { result } = journal.run(
    {
      method: 'orders.unship',
      label: 'Take a shipment back',
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
    },
    (scope) => {
      const op = scope.db.get(byShipment, { id: input.shipmentId });
      if (!op)
        throw new CodedError('NOT_FOUND', `There is no open shipment ${input.shipmentId}`, {
          shipmentId: input.shipmentId,
        });
      assertUnsent(op);
      const order = requireOrder(scope.db, op.order_id);
      scope.write(
        'order_line',
        'shipped',
        scope.db
          .all(linesOf, { shipment: op.shipment })
          // The shop may have lowered the order's quantity since.
          .map((line) => ({ rid: line.rid, value: Math.max(0, line.shipped - line.quantity) })),
      );
      scope.write('shipment', 'cancelledAt', [{ rid: op.shipment, value: scope.atMs }]);
      scope.db.run(cancelOp, { rid: op.op, at: scope.atMs });
      reopenPackage(scope, op.shipment);
      syncShipmentStock(scope, ports, op.shipment);
      addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'unshipped');
      scope.touch('outbox');
      return outcome(scope, order);
    },
  );
  return result;
}

/** Keeps orders and the queue true when history.undo or redo changes lines and shipments. */
export const orderUndoHook: UndoHook = {
  entities: ['order_line', 'shipment'],
  before: (scope, commandRid) => {
    for (const op of scope.db.all(byCommand, { command: commandRid })) assertUnsent(op);
  },
  after: (scope, touched) => {
    const lines = JSON.stringify(touched.get('order_line') ?? []);
    if ((scope.db.get(brokenLines, { rids: lines })?.n ?? 0) > 0) {
      throw new CodedError('INVALID_STATE', 'A later step builds on this one; undo that first');
    }
    for (const shipment of scope.db.all(cancelledShipments, {
      rids: JSON.stringify(touched.get('shipment') ?? []),
    })) {
      syncOp(scope, shipment);
    }
    for (const order of scope.db.all(ordersOfLines, { rids: lines })) {
      addOrderEvent(scope.db, order.rid, scope.atMs, 'undo', 'undone');
      refreshOrder(scope, order);
    }
  },
};

/** A cancelled shipment has no op, a standing one has one. */
function syncOp(
  scope: CommandScope,
  shipment: { rid: number; account_rid: number; cancelled_at_ms: number | null; open: number },
): void {
  const op = scope.db.get(liveOpOf, { shipment: shipment.rid });
  if (shipment.cancelled_at_ms !== null && op) scope.db.run(cancelOp, { rid: op.rid, at: scope.atMs });
  if (shipment.cancelled_at_ms === null && !op) {
    scope.db.run(reviveOp, {
      account: shipment.account_rid,
      shipment: shipment.rid,
      command: scope.rid,
      at: scope.atMs,
    });
  }
  scope.touch('outbox');
}
