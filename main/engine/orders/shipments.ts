import { sql } from '../db/statement.ts';
import { syncShipmentStock } from '../inventory/shipment-stock.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import type { StoredLine, StoredOrder } from './order-rows.ts';

const addShipment = sql<{
  id: string;
  order: number;
  carrier: string;
  tracking: string;
  at: number;
  complete: number;
}>(
  `INSERT INTO shipment (id, order_rid, carrier, tracking, shipped_at_ms, complete)
   VALUES (:id, :order, :carrier, :tracking, :at, :complete)`,
);
const addLine = sql<{ shipment: number; line: number; quantity: number }>(
  'INSERT INTO shipment_line (shipment_rid, line_rid, quantity) VALUES (:shipment, :line, :quantity)',
);
const queueShipment = sql<{ account: number; shipment: number; command: number; at: number }>(
  `INSERT INTO outbox (account_rid, kind, lane, entity, entity_rid, field, state, released_at_ms, command_rid, created_at_ms, updated_at_ms)
   VALUES (:account, 'ship', 0, 'shipment', :shipment, 'shipment', 'pending', :at, :command, :at, :at)`,
);

export interface NewShipment {
  readonly carrier: string;
  readonly tracking: string;
  /** True when nothing of the order is left to be shipped after it. */
  readonly complete: boolean;
  readonly takes: readonly { readonly line: StoredLine; readonly quantity: number }[];
}

/** Writes a shipment and queues its confirmation; both stand or fall with the command. Gives its public id. */
export function insertShipment(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  order: Pick<StoredOrder, 'rid' | 'account_rid'>,
  shipment: NewShipment,
): string {
  const id = ports.newId();
  const { rid } = scope.db.run(addShipment, {
    id,
    order: order.rid,
    carrier: shipment.carrier,
    tracking: shipment.tracking,
    at: scope.atMs,
    complete: shipment.complete ? 1 : 0,
  });
  for (const { line, quantity } of shipment.takes)
    scope.db.run(addLine, { shipment: rid, line: line.rid, quantity });
  // Created standing; undoing the command cancels it.
  scope.log('shipment', 'cancelledAt', rid, scope.atMs, null);
  scope.db.run(queueShipment, {
    account: order.account_rid,
    shipment: rid,
    command: scope.rid,
    at: scope.atMs,
  });
  syncShipmentStock(scope, ports, rid);
  scope.touch('outbox');
  return id;
}
