import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { allows } from '#shared/domain/order-machine.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { createRecord, removeRecord } from '../inventory/record-log.ts';
import { addOrderEvent } from './events.ts';
import { readLines, requireOrder, type StoredOrder } from './order-rows.ts';
import { sameAddress } from './same-buyer.ts';
import { insertShipment } from './shipments.ts';
import { assertOpen } from './assert-open.ts';
import { chooseLines, refreshOrder, unitsOf, writeTakes, type OrdersDeps, type StepCall } from './steps.ts';

interface Member {
  rid: number;
  group_id: string;
  order_id: string;
}

const groupOf = sql<{ order: number }, { group_id: string }>(
  'SELECT group_id FROM order_group_member WHERE order_rid = :order AND removed_at_ms IS NULL',
);
const membersOf = sql<{ group: string }, Member>(
  `SELECT g.rid, g.group_id, o.id AS order_id FROM order_group_member g JOIN sales_order o ON o.rid = g.order_rid
   WHERE g.group_id = :group AND g.removed_at_ms IS NULL ORDER BY g.rid`,
);

/** The group that an order leaves with, and all orders in it; null when it leaves alone. */
export function mergedWith(
  db: Database,
  orderRid: number,
): { groupId: string; orders: StoredOrder[] } | null {
  const group = db.get(groupOf, { order: orderRid });
  if (!group) return null;
  const members = db.all(membersOf, { group: group.group_id });
  return { groupId: group.group_id, orders: members.map(({ order_id }) => requireOrder(db, order_id)) };
}

export function mergeOrders(
  { journal, ports }: OrdersDeps,
  input: ParsedParams<'orders.merge'>,
  call: StepCall,
): Result<'orders.merge'> {
  const orders = [...new Set(input.orderIds)].map((id) => requireOrder(journal.db, id));
  const { result } = journal.run(
    {
      method: 'orders.merge',
      label: `Merge orders ${orders.map(({ number }) => number).join(', ')}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const [first, ...others] = orders;
      if (!first || others.length === 0)
        throw new CodedError('BAD_INPUT', 'Name at least two different orders');
      for (const order of orders) assertMergeable(scope.db, first, order);
      const groupId = ports.newId();
      for (const order of orders) {
        createRecord(scope, ports, 'order_group_member', { group_id: groupId, order_rid: order.rid });
        addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'merged', { orders: orders.length });
      }
      scope.touch(
        'orders',
        orders.map(({ rid }) => rid),
      );
      return { groupId, commandId: scope.id };
    },
  );
  return result;
}

function assertMergeable(db: Database, first: StoredOrder, order: StoredOrder): void {
  const refuse = (why: string): never => {
    throw new CodedError('INVALID_STATE', `Order ${order.number} ${why}`, { orderId: order.id });
  };
  assertOpen(order, 'pack');
  if (order.merged === 1) refuse('is in a merged package already');
  if (order.packages > 0) refuse('is split; take the split back first');
  if (readLines(db, order.rid).some(({ shipped }) => shipped > 0)) refuse('has left in part already');
  if (order.account_rid !== first.account_rid) refuse('is of another account');
  if (order.rid !== first.rid && !sameAddress(first, order)) refuse('goes to another buyer or address');
}

export function unmergeOrders(
  { journal }: OrdersDeps,
  { groupId }: ParsedParams<'orders.unmerge'>,
  call: StepCall,
): Result<'orders.unmerge'> {
  const { result } = journal.run(
    {
      method: 'orders.unmerge',
      label: 'Let merged orders leave on their own',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const members = requireMembers(scope.db, groupId);
      for (const member of members) {
        const order = requireOrder(scope.db, member.order_id);
        removeRecord(scope, 'order_group_member', member.rid);
        addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'unmerged');
        scope.touch('orders', [order.rid]);
      }
      return { commandId: scope.id };
    },
  );
  return result;
}

function requireMembers(db: Database, groupId: string): Member[] {
  const members = db.all(membersOf, { group: groupId });
  if (members.length === 0) throw new CodedError('NOT_FOUND', 'There is no such merged package', { groupId });
  return members;
}

/** All or nothing: every order is packed, and each gets its own confirmation with the same tracking number. */
export function shipMerged(
  { journal, ports }: OrdersDeps,
  input: ParsedParams<'orders.shipMerged'>,
  call: StepCall,
): Result<'orders.shipMerged'> {
  const { result } = journal.run(
    {
      method: 'orders.shipMerged',
      label: 'Ship merged orders',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const carrier = input.carrier?.trim() ?? '';
      const tracking = input.tracking?.trim() ?? '';
      const shipmentIds: string[] = [];
      for (const { order_id } of requireMembers(scope.db, input.groupId)) {
        const order = requireOrder(scope.db, order_id);
        assertOpen(order, 'ship');
        const lines = readLines(scope.db, order.rid);
        if (lines.some((line) => line.packed < line.quantity)) {
          throw new CodedError('INVALID_STATE', `Order ${order.number} is not packed yet`, {
            orderId: order.id,
          });
        }
        const takes = chooseLines('ship', order, lines, undefined);
        writeTakes(scope, 'ship', takes);
        shipmentIds.push(insertShipment(scope, ports, order, { carrier, tracking, complete: true, takes }));
        addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'shipped', {
          units: unitsOf(takes),
          carrier,
          tracking,
        });
        refreshOrder(scope, order);
      }
      return { commandId: scope.id, shipmentIds };
    },
  );
  return result;
}

/** Open, whole and alone: it may still be put together with another. */
export const isMergeable = (order: StoredOrder): boolean =>
  allows(order.state, 'pack') && order.merged === 0 && order.packages === 0;
