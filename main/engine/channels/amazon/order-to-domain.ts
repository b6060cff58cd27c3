import type { RemoteAddress, RemoteOrder, RemoteOrderLine } from '../contract.ts';
import { roundToMinor } from '../kit/decimal.ts';
import { explain, orderSchema, type OrderItemRecord, type OrderRecord } from './records.ts';
import type { Mapped } from './to-domain.ts';

/** An order with its items -> one order. `currency` serves orders that name none, such as unpaid ones. */
export function toRemoteOrder(raw: unknown, currency: string): Mapped<RemoteOrder> {
  const parsed = orderSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: explain(parsed.error) };
  const record = parsed.data;
  const named = currencyOf(record) ?? currency;
  const lines: RemoteOrderLine[] = [];
  for (const item of record.orderItems) {
    const unitPriceMinor = unitPrice(item, named);
    if (unitPriceMinor === null)
      return { ok: false, reason: `Item ${item.orderItemId}: its price is no amount` };
    lines.push(toLine(item, unitPriceMinor));
  }
  const total = record.proceeds?.grandTotal;
  const sum = lines.reduce((minor, line) => minor + line.unitPriceMinor * line.quantity, 0);
  const totalMinor = total ? roundToMinor(total.amount, named) : sum;
  if (totalMinor === null)
    return { ok: false, reason: `proceeds: "${total?.amount}" does not fit an amount` };
  return {
    ok: true,
    value: {
      externalId: record.orderId,
      number: record.orderId,
      channelStatus: record.fulfillment?.fulfillmentStatus ?? '',
      disposition: dispositionOf(record),
      currency: named,
      totalMinor,
      placedAtMs: record.createdTime,
      modifiedAtMs: record.lastUpdatedTime,
      note: noteOf(record),
      shippingMethod: record.fulfillment?.fulfillmentServiceLevel ?? '',
      shipTo: shipTo(record),
      lines,
      raw: JSON.stringify(raw),
    },
  };
}

export function dispositionOf({ fulfillment }: OrderRecord): RemoteOrder['disposition'] {
  switch (fulfillment?.fulfillmentStatus) {
    case 'UNSHIPPED':
    case 'PARTIALLY_SHIPPED':
      // What Amazon's own warehouses send is not for the picker.
      return fulfillment.fulfilledBy === 'AMAZON' ? 'on_hold' : null;
    case 'SHIPPED':
      return 'shipped';
    case 'PENDING':
      return 'awaiting_payment';
    case 'PENDING_AVAILABILITY':
      return 'on_hold';
    case 'CANCELLED':
      return 'cancelled';
    default:
      return 'unknown';
  }
}

function currencyOf(record: OrderRecord): string | undefined {
  const item = record.orderItems.find((candidate) => candidate.product.price?.unitPrice);
  return record.proceeds?.grandTotal?.currencyCode ?? item?.product.price?.unitPrice?.currencyCode;
}

/** Unpaid orders have no prices yet: 0. */
function unitPrice({ product, proceeds, quantityOrdered }: OrderItemRecord, currency: string): number | null {
  const stated = product.price?.unitPrice;
  if (stated) return roundToMinor(stated.amount, currency);
  const total = proceeds?.proceedsTotal;
  if (!total) return 0;
  const minor = roundToMinor(total.amount, currency);
  return minor === null ? null : Math.round(minor / Math.max(1, quantityOrdered));
}

function toLine(item: OrderItemRecord, unitPriceMinor: number): RemoteOrderLine {
  const fulfilled = item.fulfillment?.quantityFulfilled;
  const sku = item.product.sellerSku?.trim() ? item.product.sellerSku : null;
  return {
    externalId: item.orderItemId,
    sku,
    title: item.product.title,
    variant: '',
    quantity: item.quantityOrdered,
    ...(fulfilled === undefined ? {} : { fulfilled }),
    unitPriceMinor,
    productExternalId: sku,
    variantExternalId: null,
    image: null,
  };
}

/** What the buyer wants to be done: instructions for the delivery, then gift messages. */
function noteOf(record: OrderRecord): string {
  const wish = record.recipient?.deliveryPreference;
  const gifts = record.orderItems.map((item) => item.fulfillment?.packing?.giftOption?.giftMessage ?? '');
  return [wish?.dropOffLocation ?? '', wish?.addressInstruction ?? '', ...gifts]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n');
}

function shipTo(record: OrderRecord): RemoteAddress {
  const address = record.recipient?.deliveryAddress;
  return {
    name: address?.name || (record.buyer?.buyerName ?? ''),
    company: address?.companyName ?? '',
    line1: address?.addressLine1 ?? '',
    line2: [address?.addressLine2, address?.addressLine3].filter(Boolean).join(', '),
    city: address?.city ?? '',
    region: address?.stateOrRegion || (address?.districtOrCounty ?? ''),
    postcode: address?.postalCode ?? '',
    country: address?.countryCode ?? '',
    phone: address?.phone ?? '',
    email: record.buyer?.buyerEmail ?? '',
  };
}
