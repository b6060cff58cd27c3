import type { RemoteAddress, RemoteOrder, RemoteOrderLine } from '../contract.ts';
import { roundToMinor } from '../kit/decimal.ts';
import { fromGid } from './gid.ts';
import {
  explain,
  lineSchema,
  orderSchema,
  type AddressRecord,
  type LineRecord,
  type OrderRecord,
} from './records.ts';
import type { Mapped } from './to-domain.ts';

/** An order's record and the records of all its lines -> order; amounts in the shop's currency. */
export function toRemoteOrder(raw: unknown, rawLines: readonly unknown[]): Mapped<RemoteOrder> {
  const parsed = orderSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: explain(parsed.error) };
  const record = parsed.data;
  const { amount, currencyCode } = record.currentTotalPriceSet.shopMoney;
  const totalMinor = roundToMinor(amount, currencyCode);
  if (totalMinor === null) return { ok: false, reason: `total: "${amount}" does not fit ${currencyCode}` };
  const lines: RemoteOrderLine[] = [];
  for (const rawLine of rawLines) {
    const line = lineSchema.safeParse(rawLine);
    if (!line.success) return { ok: false, reason: `A line of the order: ${explain(line.error)}` };
    // Gift cards and services never pass the packing table; they stay in the raw record.
    if (line.data.requiresShipping) lines.push(toLine(line.data, currencyCode));
  }
  return {
    ok: true,
    value: {
      externalId: fromGid(record.id),
      number: record.name,
      channelStatus: statusText(record),
      disposition: dispositionOf(record),
      currency: currencyCode,
      totalMinor,
      placedAtMs: record.processedAt,
      modifiedAtMs: record.updatedAt,
      note: record.note ?? '',
      shippingMethod: record.shippingLine?.title ?? '',
      shipTo: shipTo(record),
      lines,
      raw: JSON.stringify({ ...(raw as object), lineItems: { nodes: rawLines } }),
    },
  };
}

type OrderStatus = Pick<
  OrderRecord,
  'cancelledAt' | 'displayFinancialStatus' | 'displayFulfillmentStatus' | 'requiresShipping'
>;

/** Both of Shopify's statuses, as its orders page shows them: "PAID, UNFULFILLED". */
export function statusText(record: OrderStatus): string {
  const financial = record.displayFinancialStatus ?? 'NO_PAYMENT';
  return `${record.cancelledAt ? 'CANCELLED, ' : ''}${financial}, ${record.displayFulfillmentStatus}`;
}

/** What happened to the parcel first, then to the money, then what stands in the way. */
export function dispositionOf(record: OrderStatus): RemoteOrder['disposition'] {
  if (record.cancelledAt) return 'cancelled';
  const parcel = FULFILMENT[record.displayFulfillmentStatus];
  if (parcel === undefined) return 'unknown';
  if (parcel === 'shipped' || parcel === 'cancelled') return parcel;
  const money = MONEY[record.displayFinancialStatus ?? ''];
  if (money === undefined) return 'unknown';
  if (money !== null) return money;
  return record.requiresShipping ? parcel : 'shipped';
}

const FULFILMENT: Readonly<Record<string, RemoteOrder['disposition']>> = {
  UNFULFILLED: null,
  PARTIALLY_FULFILLED: null,
  OPEN: null,
  IN_PROGRESS: null,
  PENDING_FULFILLMENT: null,
  ON_HOLD: 'on_hold',
  SCHEDULED: 'on_hold',
  REQUEST_DECLINED: 'on_hold',
  FULFILLED: 'shipped',
  FULFILLMENT_NOT_REQUIRED: 'shipped',
  RESTOCKED: 'cancelled',
};

const MONEY: Readonly<Record<string, RemoteOrder['disposition']>> = {
  PAID: null,
  PARTIALLY_REFUNDED: null,
  // The money is reserved; shops capture it when the parcel leaves.
  AUTHORIZED: null,
  PENDING: 'awaiting_payment',
  PARTIALLY_PAID: 'awaiting_payment',
  EXPIRED: 'awaiting_payment',
  VOIDED: 'awaiting_payment',
  REFUNDED: 'refunded',
};

function toLine(line: LineRecord, currency: string): RemoteOrderLine {
  const { amount } = line.discountedUnitPriceSet.shopMoney;
  return {
    externalId: fromGid(line.id),
    sku: line.sku || null,
    title: line.title,
    variant: line.variantTitle === 'Default Title' ? '' : (line.variantTitle ?? ''),
    // Without what was refunded or taken out of the order.
    quantity: line.currentQuantity,
    fulfilled: Math.max(0, line.currentQuantity - line.unfulfilledQuantity),
    unitPriceMinor: roundToMinor(amount, currency) ?? 0,
    productExternalId: line.product ? fromGid(line.product.id) : null,
    variantExternalId: line.variant ? fromGid(line.variant.id) : null,
    image: line.image?.url ?? null,
  };
}

/** The billing address serves where no delivery address was given. */
function shipTo(record: OrderRecord): RemoteAddress {
  const target: Partial<AddressRecord> = record.shippingAddress ?? record.billingAddress ?? {};
  return {
    name: target.name ?? '',
    company: target.company ?? '',
    line1: target.address1 ?? '',
    line2: target.address2 ?? '',
    city: target.city ?? '',
    region: target.provinceCode ?? target.province ?? '',
    postcode: target.zip ?? '',
    country: target.countryCodeV2 ?? target.country ?? '',
    phone: target.phone ?? record.phone ?? '',
    email: record.email ?? '',
  };
}
