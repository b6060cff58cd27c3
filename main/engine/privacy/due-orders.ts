import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

const DAY_MS = 86_400_000;

/**
 * An order is closed when nobody here has to do anything about it any more:
 * shipped, cancelled or refunded. That happened with its last shipment here,
 * else when the channel last changed it. An order placed after the cutoff
 * cannot be past its time, so an index narrows the search.
 */
const CLOSED = `o.account_rid = :account AND o.state IN ('shipped', 'cancelled', 'refunded') AND o.placed_at_ms < :cutoff
  AND h.sealed IS NOT NULL
  AND coalesce((SELECT max(s.shipped_at_ms) FROM shipment s WHERE s.order_rid = o.rid AND s.cancelled_at_ms IS NULL),
    o.remote_modified_at_ms) < :cutoff`;

type Due = { account: number; cutoff: number };

const count = sql<Due, { n: number }>(
  `SELECT count(*) AS n FROM order_person h CROSS JOIN sales_order o ON o.rid = h.order_rid WHERE ${CLOSED}`,
);
const some = sql<Due & { limit: number }, DueOrder>(
  `SELECT o.rid, o.id FROM order_person h CROSS JOIN sales_order o ON o.rid = h.order_rid WHERE ${CLOSED} LIMIT :limit`,
);

export interface DueOrder {
  readonly rid: number;
  readonly id: string;
}

interface Rule {
  readonly rid: number;
  readonly days: number | null;
}

export function countDue(db: Database, { rid, days }: Rule, nowMs: number): number {
  if (days === null) return 0;
  return db.get(count, { account: rid, cutoff: nowMs - days * DAY_MS })?.n ?? 0;
}

export function dueOrders(db: Database, { rid, days }: Rule, nowMs: number, limit: number): DueOrder[] {
  if (days === null) return [];
  return db.all(some, { account: rid, cutoff: nowMs - days * DAY_MS, limit });
}

const staleQuarantine = sql<{ account: number; cutoff: number }, { rid: number; key: string }>(
  `SELECT rid, 'quarantine:' || account_rid || ':' || coalesce(external_id, '') AS key FROM quarantine
   WHERE account_rid = :account AND resource = 'orders' AND at_ms < :cutoff`,
);

/** Orders that could not be read hold a buyer's data as well; they are past their time like any other. */
export function dueQuarantine(
  db: Database,
  { rid, days }: Rule,
  nowMs: number,
): { rid: number; key: string }[] {
  if (days === null) return [];
  return db.all(staleQuarantine, { account: rid, cutoff: nowMs - days * DAY_MS });
}
