import { plainTracking } from '#shared/domain/tracking-number.ts';
import type { RemoteOrder } from '../channels/contract.ts';
import { sql } from '../db/statement.ts';
import { syncOrderStock } from '../inventory/order-stock.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import { addOrderEvent } from './events.ts';
import { indexOrder } from './index-order.ts';
import { deriveState, readLines, type StoredLine } from './order-rows.ts';
import { readPerson, writePerson } from './person.ts';
import { rulesOnArrival } from './rules/run-rules.ts';
import { shipBy } from './ship-by.ts';

interface KnownOrder {
  rid: number;
  id: string;
  channel_status: string;
  disposition: string | null;
  remote_modified_at_ms: number;
  person: string | null;
  total_minor: number;
}

const find = sql<{ account: number; external: string }, KnownOrder>(
  `SELECT o.rid, o.id, o.channel_status, o.disposition, o.remote_modified_at_ms, o.total_minor,
     person_open(o.id, h.sealed) AS person
   FROM sales_order o LEFT JOIN order_person h ON h.order_rid = o.rid
   WHERE o.account_rid = :account AND o.external_id = :external`,
  { hot: true },
);
type OrderParams = Record<string, string | number | null>;
const insertOrder = sql<OrderParams>(
  `INSERT INTO sales_order (id, account_rid, external_id, number, state, channel_status, disposition, currency, total_minor, placed_at_ms,
     ship_by_at_ms, remote_modified_at_ms, shipping_method, country, read_at_ms)
   VALUES (:id, :account, :external, :number, 'ready', :status, :disposition, :currency, :total, :placed,
     :shipBy, :modified, :method, :country, :at)`,
);
const updateOrder = sql<OrderParams>(
  `UPDATE sales_order SET number = :number, channel_status = :status, disposition = :disposition, total_minor = :total,
     remote_modified_at_ms = :modified, shipping_method = :method, country = :country, read_at_ms = :at WHERE rid = :rid`,
);
const setState = sql<{ rid: number; state: string }>(
  'UPDATE sales_order SET state = :state WHERE rid = :rid',
);
/** An order whose key was destroyed gets NULL: what was purged does not come back. */
const storePerson = sql<OrderParams>(
  `INSERT INTO order_person (order_rid, sealed, sealed_raw) VALUES (:order, person_seal(:id, :person), person_seal(:id, :raw))
   ON CONFLICT (order_rid) DO UPDATE SET sealed = excluded.sealed, sealed_raw = excluded.sealed_raw`,
);
const insertLine = sql<OrderParams>(
  `INSERT INTO order_line (id, order_rid, external_id, position, sku, title, variant, quantity, unit_price_minor, product_external_id, variant_external_id, image)
   VALUES (:id, :order, :external, :position, :sku, :title, :variant, :quantity, :price, :product, :variation, :image)`,
);
const updateLine = sql<OrderParams>(
  `UPDATE order_line SET position = :position, sku = :sku, title = :title, variant = :variant, quantity = :quantity,
     unit_price_minor = :price, product_external_id = :product, variant_external_id = :variation, image = :image,
     shipped = min(shipped, :quantity), packed = min(packed, :quantity), picked = min(picked, :quantity),
     missing = max(0, min(missing, :quantity - min(picked, :quantity))) WHERE rid = :rid`,
);
const shipAll = sql<{ order: number }>(
  'UPDATE order_line SET picked = quantity, packed = quantity, shipped = quantity, missing = 0 WHERE order_rid = :order',
);
/** What has left cannot be packed again, whoever sent it. */
const shipSome = sql<{ order: number; external: string; units: number }>(
  `UPDATE order_line SET shipped = max(shipped, min(quantity, :units)), packed = max(packed, min(quantity, :units)),
     picked = max(picked, min(quantity, :units)),
     missing = max(0, min(missing, quantity - max(picked, min(quantity, :units))))
   WHERE order_rid = :order AND external_id = :external AND shipped < min(quantity, :units)`,
);
const trackingOf = sql<{ order: number }, { tracking: string }>(
  'SELECT tracking FROM shipment WHERE order_rid = :order',
);
export interface OrderAccount {
  readonly rid: number;
  readonly name: string;
  readonly time_zone: string;
}

/**
 * Takes over a page of orders inside the pull's transaction. Local progress is
 * never overwritten: a line only shrinks to what the shop still wants, and
 * that is written into the order's events.
 */
export function applyRemoteOrders(
  deps: { readonly ports: Pick<Ports, 'newId'> },
  scope: CommandScope,
  account: OrderAccount,
  orders: readonly RemoteOrder[],
): { added: number; changed: number; removed: number } {
  const counts = { added: 0, changed: 0, removed: 0 };
  const arrived: number[] = [];
  for (const order of orders) {
    const known = scope.db.get(find, { account: account.rid, external: order.externalId });
    if (known) {
      if (update(deps, scope, account, known, order)) counts.changed += 1;
    } else {
      arrived.push(create(deps, scope, account, order));
      counts.added += 1;
    }
  }
  rulesOnArrival(scope, deps.ports, arrived);
  return counts;
}

function shared(order: RemoteOrder, atMs: number): OrderParams {
  return {
    number: order.number,
    status: order.channelStatus,
    disposition: order.disposition,
    total: order.totalMinor,
    modified: order.modifiedAtMs,
    method: order.shippingMethod,
    country: order.shipTo.country || null,
    at: atMs,
  };
}

function create(
  deps: { readonly ports: Pick<Ports, 'newId'> },
  scope: CommandScope,
  account: OrderAccount,
  order: RemoteOrder,
): number {
  const { db, atMs } = scope;
  const id = deps.ports.newId();
  const { rid } = db.run(insertOrder, {
    ...shared(order, atMs),
    id,
    account: account.rid,
    external: order.externalId,
    currency: order.currency,
    placed: order.placedAtMs,
    shipBy: shipBy(order.placedAtMs, account.time_zone),
  });
  writeParts(deps, scope, { rid, id }, order, []);
  takeFulfilled(scope, rid, order);
  addOrderEvent(db, rid, atMs, `channel:${account.name}`, 'imported');
  if (order.disposition === 'shipped') db.run(shipAll, { order: rid });
  refreshState(scope, rid, order.disposition);
  syncOrderStock(scope, deps.ports, rid, { fresh: true });
  return rid;
}

function update(
  deps: { readonly ports: Pick<Ports, 'newId'> },
  scope: CommandScope,
  account: OrderAccount,
  known: KnownOrder,
  order: RemoteOrder,
): boolean {
  const { db, atMs } = scope;
  const actor = `channel:${account.name}`;
  const before = readLines(db, known.rid);
  const changed =
    known.remote_modified_at_ms !== order.modifiedAtMs ||
    known.channel_status !== order.channelStatus ||
    known.total_minor !== order.totalMinor ||
    (known.person !== null && readPerson(known.person).note !== order.note);
  if (known.channel_status !== order.channelStatus) {
    addOrderEvent(db, known.rid, atMs, actor, 'status', {
      from: known.channel_status,
      to: order.channelStatus,
    });
  }
  for (const line of order.lines) {
    const old = before.find((candidate) => candidate.external_id === line.externalId);
    if (old && old.quantity !== line.quantity) {
      addOrderEvent(db, known.rid, atMs, actor, 'quantity', {
        sku: old.sku ?? old.title,
        from: old.quantity,
        to: line.quantity,
      });
    }
  }
  // Lines that the shop added count as open, so they have to be known first.
  writeParts(deps, scope, known, order, before);
  const disposition = isOwnMark(scope, known.rid, order) ? null : order.disposition;
  db.run(updateOrder, { ...shared(order, atMs), disposition, rid: known.rid });
  if (takeFulfilled(scope, known.rid, order) && disposition !== 'shipped') {
    addOrderEvent(db, known.rid, atMs, actor, 'shipped_elsewhere');
  }
  if (disposition === 'shipped' && known.disposition !== 'shipped') {
    // Our own confirmation coming back is no news; anybody else's means that nothing more may be sent.
    if (readLines(db, known.rid).some((line) => line.shipped < line.quantity)) {
      addOrderEvent(db, known.rid, atMs, actor, 'shipped_elsewhere');
      db.run(shipAll, { order: known.rid });
    }
  }
  refreshState(scope, known.rid, disposition);
  syncOrderStock(scope, deps.ports, known.rid, { fresh: false });
  return changed;
}

function writeParts(
  deps: { readonly ports: Pick<Ports, 'newId'> },
  scope: CommandScope,
  { rid: orderRid, id }: { readonly rid: number; readonly id: string },
  order: RemoteOrder,
  before: readonly StoredLine[],
): void {
  const { db } = scope;
  db.run(storePerson, {
    order: orderRid,
    id,
    person: writePerson(order.shipTo, order.note),
    raw: order.raw,
  });
  const gone = new Set(before.map((line) => line.external_id));
  order.lines.forEach((line, position) => {
    gone.delete(line.externalId);
    const old = before.find((candidate) => candidate.external_id === line.externalId);
    const params = {
      position,
      sku: line.sku,
      title: line.title,
      variant: line.variant,
      quantity: line.quantity,
      price: line.unitPriceMinor,
      product: line.productExternalId,
      variation: line.variantExternalId,
      image: line.image,
    };
    if (old) db.run(updateLine, { ...params, rid: old.rid });
    else
      db.run(insertLine, { ...params, id: deps.ports.newId(), order: orderRid, external: line.externalId });
  });
  // A line that the shop took out keeps its history with nothing left to do.
  for (const line of before) {
    if (!gone.has(line.external_id)) continue;
    db.run(updateLine, {
      rid: line.rid,
      position: 9_999,
      sku: line.sku,
      title: line.title,
      variant: line.variant,
      quantity: 0,
      price: line.unit_price_minor,
      product: null,
      variation: null,
      image: line.image,
    });
  }
  indexOrder(db, orderRid);
}

/**
 * Whether the channel calls the order shipped only because of parcels that
 * left here while lines are still to be sent. A number that is not ours, or
 * none at all, means that somebody else dealt with the order.
 */
function isOwnMark(scope: CommandScope, orderRid: number, order: RemoteOrder): boolean {
  const { disposition, parcels = [] } = order;
  if (disposition !== 'shipped' || parcels.length === 0) return false;
  if (readLines(scope.db, orderRid).every((line) => line.shipped >= line.quantity)) return false;
  // Shipments taken back count: their number may have arrived before.
  const own = new Set(
    scope.db.all(trackingOf, { order: orderRid }).map(({ tracking }) => plainTracking(tracking)),
  );
  return parcels.map(plainTracking).every((number) => number !== '' && own.has(number));
}

/** Raises lines to what the channel says has left; true when that was more than was known here. */
function takeFulfilled(scope: CommandScope, orderRid: number, order: RemoteOrder): boolean {
  let raised = false;
  for (const line of order.lines) {
    if (!line.fulfilled) continue;
    const params = { order: orderRid, external: line.externalId, units: line.fulfilled };
    if (scope.db.run(shipSome, params).changes > 0) raised = true;
  }
  return raised;
}

function refreshState(scope: CommandScope, orderRid: number, disposition: RemoteOrder['disposition']): void {
  scope.db.run(setState, { rid: orderRid, state: deriveState(scope.db, { rid: orderRid, disposition }) });
}
