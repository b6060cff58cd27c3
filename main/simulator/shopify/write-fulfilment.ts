import { numberOf } from './gid.ts';
import { parcelView } from './order-views.ts';
import type { ViewContext } from './product-views.ts';
import type { OrderRow, ParcelRow, PartRow } from './rows.ts';

interface Tracking {
  readonly company?: string | null;
  readonly number?: string | null;
  readonly numbers?: readonly string[] | null;
}

interface PartInput {
  readonly fulfillmentOrderId: string;
  readonly fulfillmentOrderLineItems?: readonly { readonly id: string; readonly quantity: number }[] | null;
}

interface Taken {
  readonly part: PartRow;
  readonly line: PartRow['lines'][number];
  readonly quantity: number;
}

/** A refusal without a code, as this mutation has none. */
class Refused extends Error {}

export function fulfillmentCreate(
  context: ViewContext,
  {
    fulfillment: input,
  }: {
    fulfillment: {
      readonly lineItemsByFulfillmentOrder: readonly PartInput[];
      readonly notifyCustomer?: boolean | null;
      readonly trackingInfo?: Tracking | null;
    };
  },
): unknown {
  const { store } = context;
  try {
    const { order, taken } = take(context, input.lineItemsByFulfillmentOrder);
    for (const { line, quantity } of taken) line.remaining -= quantity;
    for (const part of new Set(taken.map((entry) => entry.part))) {
      part.status = part.lines.every((line) => line.remaining === 0) ? 'CLOSED' : 'IN_PROGRESS';
    }
    const parcel: ParcelRow = {
      id: store.newId(),
      name: `${order.name}-F${order.parcels.length + 1}`,
      status: 'SUCCESS',
      createdAt: store.now(),
      tracking: trackingRows(input.trackingInfo),
      lines: taken.map(({ line, quantity }) => ({ id: store.newId(), lineId: line.lineId, quantity })),
    };
    order.parcels.push(parcel);
    if (input.notifyCustomer) tell(order, parcel);
    store.touch(order);
    return { fulfillment: parcelView(context, order, parcel), userErrors: [] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { fulfillment: null, userErrors: [{ field: ['fulfillment'], message: error.message }] };
  }
}

function take({ store }: ViewContext, inputs: readonly PartInput[]): { order: OrderRow; taken: Taken[] } {
  let order: OrderRow | undefined;
  let location: number | undefined;
  const taken: Taken[] = [];
  for (const input of inputs) {
    const id = numberOf('FulfillmentOrder', input.fulfillmentOrderId);
    const owner = [...store.orders.values()].find((row) => row.parts.some((part) => part.id === id));
    const part = owner?.parts.find((row) => row.id === id);
    if (!owner || !part) throw new Refused('Fulfillment order does not exist.');
    if (order && order !== owner) throw new Refused('All fulfillment orders must belong to the same order.');
    if (location !== undefined && location !== part.locationId) {
      throw new Refused('All fulfillment orders must be assigned to the same location.');
    }
    if (part.status !== 'OPEN' && part.status !== 'IN_PROGRESS') {
      throw new Refused(
        `Fulfillment order ${part.id} has an unfulfillable status= ${part.status.toLowerCase()}.`,
      );
    }
    order = owner;
    location = part.locationId;
    taken.push(...takeLines(part, input));
  }
  if (!order || taken.length === 0) throw new Refused('At least one line item must be fulfilled.');
  return { order, taken };
}

function takeLines(part: PartRow, input: PartInput): Taken[] {
  const wanted = input.fulfillmentOrderLineItems;
  if (!wanted || wanted.length === 0) {
    return part.lines
      .filter((line) => line.remaining > 0)
      .map((line) => ({ part, line, quantity: line.remaining }));
  }
  return wanted.map(({ id, quantity }) => {
    const line = part.lines.find((row) => row.id === numberOf('FulfillmentOrderLineItem', id));
    if (!line) throw new Refused('Fulfillment order line item does not exist.');
    if (quantity < 1 || quantity > line.remaining) {
      throw new Refused('Invalid fulfillment order line item quantity requested.');
    }
    return { part, line, quantity };
  });
}

function trackingRows(input: Tracking | null | undefined): ParcelRow['tracking'] {
  if (!input) return [];
  const numbers = [...(input.numbers ?? []), ...(input.number ? [input.number] : [])];
  if (numbers.length === 0) return input.company ? [{ company: input.company, number: null }] : [];
  return numbers.map((number) => ({ company: input.company ?? null, number }));
}

function tell(order: OrderRow, parcel: ParcelRow): void {
  order.mails.push(parcel.tracking.map((info) => info.number ?? '').join(', '));
}

export function trackingUpdate(
  context: ViewContext,
  args: { fulfillmentId: string; trackingInfoInput: Tracking; notifyCustomer?: boolean | null },
): unknown {
  const { store } = context;
  const id = numberOf('Fulfillment', args.fulfillmentId);
  for (const order of store.orders.values()) {
    const parcel = order.parcels.find((row) => row.id === id);
    if (!parcel) continue;
    parcel.tracking = trackingRows(args.trackingInfoInput);
    if (args.notifyCustomer) tell(order, parcel);
    store.touch(order);
    return { fulfillment: parcelView(context, order, parcel), userErrors: [] };
  }
  return {
    fulfillment: null,
    userErrors: [{ field: ['fulfillmentId'], message: 'Fulfillment does not exist.' }],
  };
}
