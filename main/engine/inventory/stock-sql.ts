import { OPEN_STATES } from '#shared/domain/order-states.ts';
import { RECEIVED } from '../purchasing/order-sql.ts';

/** Orders that hold units: to be fulfilled, or held back by the shop but paid. */
const HOLDING = [...OPEN_STATES, 'on_hold'].map((state) => `'${state}'`).join(', ');

/** Units that open orders still need, by SKU: beginning with the open orders, of which there are few among all. */
const RESERVED_LINES = `SELECT coalesce(l.sku, g.sku) AS sku, sum(max(0, l.quantity - l.shipped)) AS units
  FROM sales_order o CROSS JOIN order_line l ON l.order_rid = o.rid
  LEFT JOIN product p ON l.sku IS NULL AND p.account_rid = o.account_rid AND p.external_id = l.product_external_id
  LEFT JOIN listing g ON g.rid = (
    SELECT x.rid FROM listing x WHERE x.product_rid = p.rid AND x.external_id IS l.variant_external_id LIMIT 1)
  WHERE o.state IN (${HOLDING})`;

/** Adds what the virtual kits among them take from their parts; the kits keep their own units. */
const withParts = (lines: string): string => `WITH ordered AS MATERIALIZED (${lines})
  SELECT sku, sum(units) AS units FROM (
    SELECT sku, units FROM ordered
    UNION ALL
    SELECT i.sku, s.units * f.quantity FROM ordered s CROSS JOIN stock_item k ON k.sku = s.sku
      CROSS JOIN stock_kit_leaf f ON f.item_rid = k.rid CROSS JOIN stock_item i ON i.rid = f.part_rid)
  GROUP BY sku`;

export const RESERVED = withParts(`${RESERVED_LINES} GROUP BY 1`);
/** The same of one account's orders. */
export const RESERVED_OF_ACCOUNT = withParts(`${RESERVED_LINES} AND o.account_rid = :account GROUP BY 1`);

/** Units of the item with the row `item` at places of a kind. */
export const levelSum = (kind: string, item = 'i.rid'): string =>
  `coalesce((SELECT sum(v.quantity) FROM stock_level v JOIN stock_location w ON w.rid = v.location_rid
    WHERE v.item_rid = ${item} AND w.kind = '${kind}'), 0)`;

/** Units at warehouses whose lot is blocked or has expired by `:today`. */
export const blockedSum = (item = 'i.rid'): string =>
  `coalesce((SELECT sum(max(0, v.quantity)) FROM stock_lot_level v JOIN stock_location w ON w.rid = v.location_rid
    JOIN stock_lot t ON t.rid = v.lot_rid
    WHERE v.item_rid = ${item} AND w.kind = 'warehouse' AND (t.blocked = 1 OR t.expires_on < :today)), 0)`;

/** Units of purchase orders that were sent and have not come yet. */
export const incomingSum = (item = 'i.rid'): string =>
  `coalesce((SELECT sum(max(0, l.quantity - l.short - ${RECEIVED})) FROM purchase_line l JOIN purchase_order p ON p.rid = l.order_rid
    WHERE l.item_rid = ${item} AND l.removed_at_ms IS NULL AND p.removed_at_ms IS NULL AND p.stage IN ('sent', 'confirmed')), 0)`;

/** Needs `reserved` as a common table. */
const reservedOf = (sku: string): string =>
  `coalesce((SELECT units FROM reserved r WHERE r.sku = ${sku}), 0)`;
export const reservedUnits = reservedOf('i.sku');

/**
 * What can be promised of the item `i`: on hand at warehouses, less what may
 * not be sold, less what open orders need; of a virtual kit what its parts are
 * enough for. Needs `reserved` as a common table and `:today`.
 */
export const AVAILABLE = `coalesce(
  (SELECT min(max(0, ${levelSum('warehouse', 'q.rid')} - ${blockedSum('q.rid')} - ${reservedOf('q.sku')}) / f.quantity)
   FROM stock_kit_leaf f CROSS JOIN stock_item q ON q.rid = f.part_rid WHERE f.item_rid = i.rid),
  ${levelSum('warehouse')} - ${blockedSum()} - ${reservedUnits})`;
