import type { OrderDetail, OrderLine, OrderRow } from '#shared/contract/orders.ts';
import type { HoldReason } from '#shared/domain/order-marks.ts';
import { OPEN_STATES, orderState, type BlockedState, type OrderState } from '#shared/domain/order-states.ts';
import type { OutboxState } from '#shared/domain/outbox-states.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { z } from 'zod';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { pickBin } from '../inventory/pick-bin.ts';
import { orderEvents } from './events.ts';
import { calledBy, readPerson } from './person.ts';
import { dueWord } from './ship-by.ts';

export interface StoredOrder {
  rid: number;
  id: string;
  account_rid: number;
  account: string;
  account_name: string;
  time_zone: string;
  platform: AccountPlatform;
  external_id: string;
  number: string;
  state: OrderState;
  channel_status: string;
  disposition: BlockedState | 'shipped' | null;
  currency: string;
  total_minor: number;
  placed_at_ms: number;
  ship_by_at_ms: number | null;
  shipping_method: string;
  /** The buyer as `readPerson` takes it; null once purged, or while the keys are out of reach. */
  person: string | null;
  /** 1 while the buyer's data is stored. */
  held: number;
  country: string | null;
  read_at_ms: number;
  units: number;
  lines: number;
  missing: number;
  shipment_state: OutboxState | null;
  hold: HoldReason | null;
  priority: number;
  tags: string;
  /** 1 while it is one of several orders in a package. */
  merged: number;
  /** Packages that have not left. */
  packages: number;
}

export interface StoredLine {
  rid: number;
  id: string;
  external_id: string;
  sku: string | null;
  title: string;
  variant: string;
  quantity: number;
  picked: number;
  packed: number;
  shipped: number;
  missing: number;
  returned: number;
  unit_price_minor: number;
  image: string | null;
  listing: string | null;
  listing_sku: string | null;
  gtin: string | null;
  bin: string | null;
}

const COLUMNS = `o.rid, o.id, o.account_rid, a.id AS account, a.name AS account_name, a.time_zone, a.platform, o.external_id, o.number, o.state,
    o.channel_status, o.disposition, o.currency, o.total_minor, o.placed_at_ms, o.ship_by_at_ms, o.shipping_method,
    person_open(o.id, h.sealed) AS person, h.sealed IS NOT NULL AS held, o.country, o.read_at_ms,
    (SELECT coalesce(sum(quantity), 0) FROM order_line l WHERE l.order_rid = o.rid) AS units,
    (SELECT count(*) FROM order_line l WHERE l.order_rid = o.rid AND l.quantity > 0) AS lines,
    (SELECT coalesce(sum(missing), 0) FROM order_line l WHERE l.order_rid = o.rid) AS missing,
    (SELECT b.state FROM shipment s JOIN outbox b ON b.entity = 'shipment' AND b.entity_rid = s.rid AND b.state NOT IN ('superseded', 'cancelled')
      WHERE s.order_rid = o.rid AND s.cancelled_at_ms IS NULL ORDER BY s.rid DESC LIMIT 1) AS shipment_state,
    m.hold, coalesce(m.priority, 0) AS priority,
    (SELECT json_group_array(t.tag ORDER BY t.tag) FROM order_tag t WHERE t.order_rid = o.rid AND t.removed_at_ms IS NULL) AS tags,
    EXISTS (SELECT 1 FROM order_group_member g WHERE g.order_rid = o.rid AND g.removed_at_ms IS NULL) AS merged,
    (SELECT count(*) FROM order_package k WHERE k.order_rid = o.rid AND k.removed_at_ms IS NULL AND k.shipment_rid IS NULL) AS packages`;

const orderById = sql<{ id: string }, StoredOrder>(
  `SELECT ${COLUMNS} FROM sales_order o JOIN account a ON a.rid = o.account_rid LEFT JOIN order_person h ON h.order_rid = o.rid
   LEFT JOIN order_mark m ON m.order_rid = o.rid WHERE o.id = :id`,
  { hot: true },
);
const ordersByRid = sql<{ rids: string }, StoredOrder>(
  `SELECT ${COLUMNS} FROM json_each(:rids) r CROSS JOIN sales_order o ON o.rid = r.value JOIN account a ON a.rid = o.account_rid
   LEFT JOIN order_person h ON h.order_rid = o.rid LEFT JOIN order_mark m ON m.order_rid = o.rid ORDER BY r.key`,
);
const linesOf = sql<{ order: number }, StoredLine>(
  `SELECT l.rid, l.id, l.external_id, l.sku, l.title, l.variant, l.quantity, l.picked, l.packed, l.shipped, l.missing, l.unit_price_minor, l.image,
     coalesce((SELECT sum(x.received) FROM order_return_line x WHERE x.line_rid = l.rid AND x.removed_at_ms IS NULL), 0) AS returned,
     g.id AS listing, g.sku AS listing_sku, g.gtin, ${pickBin('coalesce(l.sku, g.sku)')} AS bin
   FROM order_line l JOIN sales_order o ON o.rid = l.order_rid
   LEFT JOIN product p ON p.account_rid = o.account_rid AND p.external_id = l.product_external_id
   LEFT JOIN listing g ON g.rid = (
     SELECT x.rid FROM listing x WHERE x.product_rid = p.rid AND x.external_id IS l.variant_external_id LIMIT 1)
   WHERE l.order_rid = :order ORDER BY l.position, l.rid`,
  { hot: true },
);
const shipmentsOf = sql<
  { order: number },
  {
    rid: number;
    id: string;
    carrier: string;
    tracking: string;
    shipped_at_ms: number;
    op: number;
    state: OutboxState;
    code: string | null;
    message: string | null;
  }
>(
  `SELECT s.rid, s.id, s.carrier, s.tracking, s.shipped_at_ms, b.rid AS op, b.state, b.code, b.message
   FROM shipment s JOIN outbox b ON b.entity = 'shipment' AND b.entity_rid = s.rid AND b.state NOT IN ('superseded', 'cancelled')
   WHERE s.order_rid = :order AND s.cancelled_at_ms IS NULL ORDER BY s.rid`,
);
const shipmentLines = sql<{ shipment: number }, { lineId: string; quantity: number }>(
  `SELECT l.id AS lineId, s.quantity FROM shipment_line s JOIN order_line l ON l.rid = s.line_rid WHERE s.shipment_rid = :shipment`,
);

export function requireOrder(db: Database, orderId: string): StoredOrder {
  const order = db.get(orderById, { id: orderId });
  if (!order) throw new CodedError('NOT_FOUND', `There is no order ${orderId}`, { orderId });
  return order;
}

/** Rows of the queue in the order of `rids`. */
export function readOrders(db: Database, rids: readonly number[], nowMs: number): OrderRow[] {
  return db.all(ordersByRid, { rids: JSON.stringify(rids) }).map((order) => toOrderRow(order, nowMs));
}

export function readLines(db: Database, orderRid: number): StoredLine[] {
  return db.all(linesOf, { order: orderRid });
}

export function toOrderLine(line: StoredLine, currency: string): OrderLine {
  return {
    lineId: line.id,
    externalId: line.external_id,
    sku: line.sku ?? line.listing_sku,
    title: line.title,
    variant: line.variant,
    quantity: line.quantity,
    picked: line.picked,
    packed: line.packed,
    shipped: line.shipped,
    missing: line.missing,
    unitPrice: { minor: line.unit_price_minor, currency },
    listingId: line.listing,
    gtin: line.gtin,
    image: line.image,
    bin: line.bin,
  };
}

export function toOrderRow(order: StoredOrder, nowMs: number): OrderRow {
  const open = (OPEN_STATES as readonly OrderState[]).includes(order.state);
  const due =
    open && order.ship_by_at_ms !== null ? dueWord(order.ship_by_at_ms, nowMs, order.time_zone) : null;
  return {
    orderId: order.id,
    accountId: order.account,
    accountName: order.account_name,
    platform: order.platform,
    externalId: order.external_id,
    number: order.number,
    state: order.state,
    channelStatus: order.channel_status,
    customerName: calledBy(readPerson(order.person)),
    buyer: order.person !== null ? 'known' : order.held === 1 ? 'sealed' : 'purged',
    country: order.country,
    total: { minor: order.total_minor, currency: order.currency },
    units: order.units,
    lines: order.lines,
    placedAt: order.placed_at_ms,
    shipBy: order.ship_by_at_ms,
    late: due === 'late',
    due,
    missing: order.missing,
    readAt: order.read_at_ms,
    shipmentState: order.shipment_state,
    hold: order.hold,
    priority: order.priority,
    tags: z.array(z.string()).parse(JSON.parse(order.tags)),
    merged: order.merged === 1,
    packages: order.packages,
  };
}

const holdOf = sql<{ order: number }, { hold: HoldReason | null }>(
  'SELECT hold FROM order_mark WHERE order_rid = :order',
  { hot: true },
);

/** State of an order from what the channel says, our own hold and its lines; the one place where they meet. */
export function deriveState(db: Database, order: Pick<StoredOrder, 'rid' | 'disposition'>): OrderState {
  const blocked = order.disposition === 'shipped' ? null : order.disposition;
  const held = (db.get(holdOf, { order: order.rid })?.hold ?? null) === null ? null : 'on_hold';
  return orderState(blocked ?? held, readLines(db, order.rid));
}

export function getOrder(db: Database, orderId: string, nowMs: number): OrderDetail {
  const order = requireOrder(db, orderId);
  const { note, ...shipTo } = readPerson(order.person);
  return {
    ...toOrderRow(order, nowMs),
    shipTo,
    note,
    shippingMethod: order.shipping_method,
    items: readLines(db, order.rid).map((line) => toOrderLine(line, order.currency)),
    shipments: db.all(shipmentsOf, { order: order.rid }).map((shipment) => ({
      shipmentId: shipment.id,
      opId: String(shipment.op),
      carrier: shipment.carrier,
      tracking: shipment.tracking,
      shippedAt: shipment.shipped_at_ms,
      state: shipment.state,
      code: shipment.code,
      message: shipment.message,
      lines: db.all(shipmentLines, { shipment: shipment.rid }),
    })),
    events: orderEvents(db, order.rid),
  };
}
