import { sql } from '../db/statement.ts';
import type { UndoHook } from '../journal/undo.ts';
import { refreshOrder } from './steps.ts';
import type { StoredOrder } from './order-rows.ts';

const touchedOrders = sql<{ command: number }, Pick<StoredOrder, 'rid' | 'disposition'>>(
  `SELECT DISTINCT o.rid, o.disposition FROM record_change c JOIN sales_order o ON o.rid = CASE c.entity
     WHEN 'order_mark' THEN (SELECT m.order_rid FROM order_mark m WHERE m.rid = c.entity_rid)
     WHEN 'order_tag' THEN (SELECT t.order_rid FROM order_tag t WHERE t.rid = c.entity_rid)
     WHEN 'order_package' THEN (SELECT p.order_rid FROM order_package p WHERE p.rid = c.entity_rid)
     WHEN 'order_group_member' THEN (SELECT g.order_rid FROM order_group_member g WHERE g.rid = c.entity_rid)
     WHEN 'order_return' THEN (SELECT r.order_rid FROM order_return r WHERE r.rid = c.entity_rid)
     WHEN 'order_return_line' THEN (SELECT r.order_rid FROM order_return_line x JOIN order_return r ON r.rid = x.return_rid
       WHERE x.rid = c.entity_rid) END
   WHERE c.command_rid = :command`,
  { hot: true },
);

/**
 * Holds, packages and returns are taken back with the other records; here the
 * states of their orders follow. The undo's own changes name the orders, so it
 * has to come after the hook that takes records back.
 */
export const orderRecordsHook: UndoHook = {
  entities: [],
  after: (scope) => {
    for (const order of scope.db.all(touchedOrders, { command: scope.rid })) refreshOrder(scope, order);
  },
};
