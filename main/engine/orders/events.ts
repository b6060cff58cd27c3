import type { OrderDetail } from '#shared/contract/orders.ts';
import { sql } from '../db/statement.ts';
import type { Database } from '../db/database.ts';

export type OrderEventKind =
  | 'imported'
  | 'status'
  | 'quantity'
  | 'shipped_elsewhere'
  | 'picked'
  | 'packed'
  | 'shipped'
  | 'unshipped'
  | 'missing'
  | 'purged'
  | 'cancel_asked'
  | 'refund_asked'
  | 'action_taken_back'
  | 'action_by_hand'
  | 'action_done'
  | 'action_refused'
  | 'held'
  | 'released'
  | 'rules_applied'
  | 'split'
  | 'unsplit'
  | 'merged'
  | 'unmerged'
  | 'return_opened'
  | 'return_received'
  | 'undone';

const insert = sql<{ order: number; at: number; actor: string; kind: string; facts: string }>(
  'INSERT INTO order_event (order_rid, at_ms, actor, kind, facts) VALUES (:order, :at, :actor, :kind, :facts)',
);
const list = sql<{ order: number }, { at_ms: number; actor: string; kind: OrderEventKind; facts: string }>(
  'SELECT at_ms, actor, kind, facts FROM order_event WHERE order_rid = :order ORDER BY rid DESC LIMIT 200',
);

export function addOrderEvent(
  db: Database,
  orderRid: number,
  atMs: number,
  actor: string,
  kind: OrderEventKind,
  facts: Record<string, string | number> = {},
): void {
  db.run(insert, { order: orderRid, at: atMs, actor, kind, facts: JSON.stringify(facts) });
}

type Facts = Record<string, string | number>;

/** What happened to an order, newest first: as data for a window, and in English for everybody else. */
export function orderEvents(db: Database, orderRid: number): OrderDetail['events'] {
  return db.all(list, { order: orderRid }).map((row) => {
    const facts = JSON.parse(row.facts) as Facts;
    return { at: row.at_ms, actor: row.actor, kind: row.kind, facts, text: eventText(row.kind, facts) };
  });
}

function eventText(kind: OrderEventKind, facts: Record<string, string | number>): string {
  switch (kind) {
    case 'imported':
      return 'Order came in';
    case 'status':
      return `The shop changed the status from ${facts['from'] ?? ''} to ${facts['to'] ?? ''}`;
    case 'quantity':
      return `The shop changed the quantity of ${facts['sku'] ?? 'a line'} from ${facts['from'] ?? ''} to ${facts['to'] ?? ''}`;
    case 'shipped_elsewhere':
      return 'The shop says that it has been shipped already; it was not shipped here';
    case 'purged':
      return "The buyer's data was destroyed";
    case 'picked':
      return `Picked ${facts['units'] ?? ''}`;
    case 'packed':
      return `Packed ${facts['units'] ?? ''}`;
    case 'shipped':
      return `Shipped ${facts['units'] ?? ''} ${facts['carrier'] ?? ''} ${facts['tracking'] ?? ''}`.trim();
    case 'missing':
      return `${facts['units'] ?? ''} of ${facts['sku'] ?? 'a line'} not picked: ${String(facts['reason'] ?? '').replace('_', ' ')}`;
    case 'unshipped':
      return 'Shipment taken back before it was sent';
    case 'cancel_asked':
      return 'To be cancelled in the shop';
    case 'refund_asked':
      return 'To be refunded through the shop';
    case 'action_taken_back':
      return `The ${facts['kind'] ?? 'request'} was taken back before it was sent`;
    case 'action_by_hand':
      return `A person did the ${facts['kind'] ?? 'request'} in the shop`;
    case 'action_done':
      return `The shop shows the ${facts['kind'] ?? 'request'}: ${facts['message'] ?? ''}`;
    case 'action_refused':
      return `The shop refused the ${facts['kind'] ?? 'request'}: ${facts['message'] ?? ''}`;
    case 'held':
      return `Held here: ${facts['reason'] ?? ''}`;
    case 'released':
      return 'Released';
    case 'rules_applied':
      return `Rules changed ${facts['changes'] ?? ''} things`;
    case 'split':
      return 'Split into packages';
    case 'unsplit':
      return 'The split was taken back';
    case 'merged':
      return `Leaves in one package with others, ${facts['orders'] ?? ''} orders in all`;
    case 'unmerged':
      return 'Leaves on its own again';
    case 'return_opened':
      return `Return ${facts['number'] ?? ''} of ${facts['units'] ?? ''} is expected`;
    case 'return_received':
      return `${facts['units'] ?? ''} came back with return ${facts['number'] ?? ''}, grade ${facts['grade'] ?? ''}`;
    case 'undone':
      return 'A step was undone';
  }
}
