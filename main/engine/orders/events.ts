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

export function orderEvents(db: Database, orderRid: number): { at: number; actor: string; text: string }[] {
  return db.all(list, { order: orderRid }).map((row) => ({
    at: row.at_ms,
    actor: row.actor,
    text: eventText(row.kind, JSON.parse(row.facts) as Record<string, string | number>),
  }));
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
    case 'picked':
      return `Picked ${facts['units'] ?? ''}`;
    case 'packed':
      return `Packed ${facts['units'] ?? ''}`;
    case 'shipped':
      return `Shipped ${facts['units'] ?? ''} ${facts['carrier'] ?? ''} ${facts['tracking'] ?? ''}`.trim();
    case 'unshipped':
      return 'Shipment taken back before it was sent';
    case 'undone':
      return 'A step was undone';
  }
}
