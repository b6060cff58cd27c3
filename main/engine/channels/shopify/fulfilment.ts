import { z } from 'zod';
import { callFailed } from '../kit/failures.ts';
import type { ShopifyClient } from './client.ts';
import { ORDER_FULFILMENT, PARCEL_LINES, PART_LINES } from './documents.ts';
import { fromGid, isNumericId, toGid } from './gid.ts';
import { connectionSchema, pageInfoSchema } from './records.ts';
import { restOf } from './rest-pages.ts';

/** Sizes whose product stays below the 1,000 points that one query may cost. */
const PARCELS = 20;
const LINES_A_PARCEL = 10;
const PARTS_A_PAGE = 5;
const LINES_A_PART = 15;
const LINES_A_PAGE = 100;
const MOST_PAGES = 20;

const line = z.object({ id: z.string() });
const parcelSchema = z.object({
  id: z.string(),
  status: z.string(),
  createdAt: z.string(),
  trackingInfo: z.array(z.object({ company: z.string().nullish(), number: z.string().nullish() })),
  fulfillmentLineItems: connectionSchema,
});
const parcelLines = z.array(z.object({ quantity: z.number().nullish(), lineItem: line }));
const partSchema = z.object({
  id: z.string(),
  status: z.string(),
  assignedLocation: z.object({ location: line.nullish() }).nullish(),
  supportedActions: z.array(z.object({ action: z.string() })),
  lineItems: connectionSchema,
});
const partLines = z.array(z.object({ id: z.string(), remainingQuantity: z.number(), lineItem: line }));
const schema = z.object({
  order: z
    .object({
      name: z.string(),
      cancelledAt: z.string().nullish(),
      displayFulfillmentStatus: z.string(),
      fulfillments: z.array(parcelSchema),
      fulfillmentOrders: z.object({ nodes: z.array(partSchema), pageInfo: pageInfoSchema }),
    })
    .nullable(),
});
type OrderAnswer = z.output<typeof schema>;

/** A parcel that has left, as the shop knows it. */
export interface Parcel {
  readonly id: string;
  readonly createdAtMs: number;
  readonly numbers: readonly string[];
  /** Units by the order line's id. */
  readonly units: ReadonlyMap<string, number>;
}

/** A part of an order that is packed at one place ("fulfillment order"). */
export interface OrderPart {
  readonly id: string;
  readonly location: string;
  /** Whether this app may tell that it has left. */
  readonly open: boolean;
  readonly status: string;
  readonly lines: readonly { readonly id: string; readonly lineId: string; readonly remaining: number }[];
}

export interface Fulfilment {
  readonly number: string;
  readonly cancelled: boolean;
  readonly status: string;
  readonly parcels: readonly Parcel[];
  readonly parts: readonly OrderPart[];
}

/** Parcels that were called back or failed never left. */
const LEFT = new Set(['SUCCESS', 'OPEN', 'PENDING']);

/** What has left of an order and what can still leave; null when the shop has no such order. */
export async function readFulfilment(client: ShopifyClient, orderId: string): Promise<Fulfilment | null> {
  if (!isNumericId(orderId)) return null;
  const parts: OrderPart[] = [];
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer: OrderAnswer = await client.send(ORDER_FULFILMENT, pageOf(client, orderId, after), schema);
    const { order } = answer;
    if (order === null) return null;
    for (const node of order.fulfillmentOrders.nodes) parts.push(await toPart(client, node));
    if (!order.fulfillmentOrders.pageInfo.hasNextPage) {
      // This list has no pages: a full one may be cut off, and a missing parcel would be sent twice.
      if (order.fulfillments.length >= PARCELS) throw tooLarge(order.name);
      const parcels: Parcel[] = [];
      for (const parcel of order.fulfillments) {
        if (LEFT.has(parcel.status)) parcels.push(await toParcel(client, parcel));
      }
      const { name: number, displayFulfillmentStatus: status } = order;
      return { number, cancelled: Boolean(order.cancelledAt), status, parcels, parts };
    }
    after = order.fulfillmentOrders.pageInfo.endCursor;
  }
  throw tooLarge(orderId);
}

function pageOf(client: ShopifyClient, orderId: string, after: string | null): Record<string, unknown> {
  return {
    id: toGid('Order', orderId),
    parcels: PARCELS,
    parcelLines: client.sized(LINES_A_PARCEL),
    orders: client.sized(PARTS_A_PAGE),
    lines: client.sized(LINES_A_PART),
    after,
  };
}

async function toParcel(client: ShopifyClient, parcel: z.output<typeof parcelSchema>): Promise<Parcel> {
  const variables = { id: parcel.id, first: LINES_A_PAGE };
  const pick = { record: 'fulfillment', list: 'fulfillmentLineItems' };
  const nodes = await restOf(client, parcel.fulfillmentLineItems, PARCEL_LINES, variables, pick);
  const units = new Map<string, number>();
  for (const node of parcelLines.parse(nodes ?? [])) {
    const id = fromGid(node.lineItem.id);
    units.set(id, (units.get(id) ?? 0) + (node.quantity ?? 0));
  }
  return {
    id: parcel.id,
    createdAtMs: Date.parse(parcel.createdAt) || 0,
    numbers: parcel.trackingInfo.flatMap((info) => info.number?.trim() || []),
    units,
  };
}

async function toPart(client: ShopifyClient, part: z.output<typeof partSchema>): Promise<OrderPart> {
  const variables = { id: part.id, first: LINES_A_PAGE };
  const pick = { record: 'fulfillmentOrder', list: 'lineItems' };
  const nodes = await restOf(client, part.lineItems, PART_LINES, variables, pick);
  return {
    id: part.id,
    location: part.assignedLocation?.location?.id ?? '',
    open: part.supportedActions.some(({ action }) => action === 'CREATE_FULFILLMENT'),
    status: part.status,
    lines: partLines.parse(nodes ?? []).map((node) => ({
      id: node.id,
      lineId: fromGid(node.lineItem.id),
      remaining: node.remainingQuantity,
    })),
  };
}

function tooLarge(number: string): Error {
  const message = `Order ${number} has more parcels than can be read at once; confirm its shipments in Shopify`;
  return callFailed('CHANNEL_INVALID', message, { method: 'POST', path: ORDER_FULFILMENT.name });
}
