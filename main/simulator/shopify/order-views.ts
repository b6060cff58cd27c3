import { pageOf, type PageArgs } from './connection.ts';
import { gid, iso } from './gid.ts';
import { centsOf, decimalOf, paidFor, totalOf } from './order-sums.ts';
import { productView, variantView, type View, type ViewContext } from './product-views.ts';
import type { LineRow, OrderRow, ParcelRow, PartRow, RefundRow } from './rows.ts';

export function orderView(context: ViewContext, row: OrderRow): View {
  const money = moneyOf(context);
  return {
    __typename: 'Order',
    id: gid('Order', row.id),
    name: row.name,
    createdAt: iso(row.createdAt),
    processedAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    cancelledAt: row.cancelledAt === null ? null : iso(row.cancelledAt),
    displayFinancialStatus: row.financial,
    displayFulfillmentStatus: fulfilmentStatus(row),
    requiresShipping: row.lines.some((line) => line.requiresShipping),
    currencyCode: context.store.settings.currency,
    note: row.note,
    email: row.email,
    phone: null,
    currentTotalPriceSet: money(totalOf(row)),
    shippingLine: { id: gid('ShippingLine', row.id), title: row.shippingTitle },
    shippingAddress: addressView(row),
    billingAddress: addressView(row),
    lineItems: (args: PageArgs) => pageOf(row.lines, args, (line) => lineView(context, row, line)),
    fulfillments: ({ first }: { first?: number | null }) =>
      row.parcels.slice(0, first ?? row.parcels.length).map((parcel) => parcelView(context, row, parcel)),
    refunds: ({ first }: { first?: number | null }) =>
      row.refunds.slice(0, first ?? row.refunds.length).map((refund) => refundView(context, refund)),
    suggestedRefund: (args: {
      refundLineItems?: readonly RefundItem[] | null;
      refundShipping?: boolean | null;
    }) => suggestion(context, row, args),
    fulfillmentOrders: (args: PageArgs) => pageOf(row.parts, args, (part) => partView(context, row, part)),
  };
}

export function fulfilmentStatus(row: OrderRow): string {
  const lines = row.parts.flatMap((part) => part.lines);
  const open = row.parts.filter((part) => part.lines.some((line) => line.remaining > 0));
  if (row.cancelledAt !== null && row.parcels.length === 0) return 'UNFULFILLED';
  if (open.length === 0) return row.parcels.length > 0 ? 'FULFILLED' : 'RESTOCKED';
  if (open.every((part) => part.status === 'ON_HOLD')) return 'ON_HOLD';
  return lines.some((line) => line.remaining < line.total) ? 'PARTIALLY_FULFILLED' : 'UNFULFILLED';
}

function lineView(context: ViewContext, order: OrderRow, line: LineRow): View {
  const product = context.store.products.get(line.productId);
  const variant = context.store.variants.get(line.variantId);
  const picture = product?.images[0];
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    title: line.title,
    variantTitle: line.variantTitle,
    sku: line.sku === '' ? null : line.sku,
    quantity: line.quantity,
    currentQuantity: line.currentQuantity,
    unfulfilledQuantity: order.parts
      .flatMap((part) => part.lines)
      .reduce((sum, entry) => sum + (entry.lineId === line.id ? entry.remaining : 0), 0),
    requiresShipping: line.requiresShipping,
    discountedUnitPriceSet: moneyOf(context)(centsOf(line.unitPrice)),
    product: product ? productView(context, product) : null,
    variant: variant ? variantView(context, variant) : null,
    image: picture
      ? { id: gid('ImageSource', picture.id), altText: picture.alt, url: `${context.url()}${picture.path}` }
      : null,
  };
}

export function parcelView(context: ViewContext, order: OrderRow, parcel: ParcelRow): View {
  return {
    __typename: 'Fulfillment',
    id: gid('Fulfillment', parcel.id),
    name: parcel.name,
    status: parcel.status,
    createdAt: iso(parcel.createdAt),
    trackingInfo: ({ first }: { first?: number | null }) =>
      parcel.tracking.slice(0, first ?? parcel.tracking.length).map((info) => ({ ...info, url: null })),
    fulfillmentLineItems: (args: PageArgs) =>
      pageOf(parcel.lines, args, (line) => ({
        __typename: 'FulfillmentLineItem',
        id: gid('FulfillmentLineItem', line.id),
        quantity: line.quantity,
        lineItem: lineOf(context, order, line.lineId),
      })),
  };
}

export function partView(context: ViewContext, order: OrderRow, part: PartRow): View {
  const location = context.store.locations.find((row) => row.id === part.locationId);
  return {
    __typename: 'FulfillmentOrder',
    id: gid('FulfillmentOrder', part.id),
    status: part.status,
    assignedLocation: {
      name: location?.name ?? '',
      location: location
        ? {
            __typename: 'Location',
            id: gid('Location', location.id),
            name: location.name,
            isActive: location.active,
          }
        : null,
    },
    supportedActions: actionsOf(part).map((action) => ({ action })),
    lineItems: (args: PageArgs) =>
      pageOf(part.lines, args, (line) => ({
        __typename: 'FulfillmentOrderLineItem',
        id: gid('FulfillmentOrderLineItem', line.id),
        totalQuantity: line.total,
        remainingQuantity: line.remaining,
        lineItem: lineOf(context, order, line.lineId),
      })),
  };
}

function actionsOf(part: PartRow): string[] {
  if (part.status === 'OPEN' || part.status === 'IN_PROGRESS') return ['CREATE_FULFILLMENT', 'HOLD'];
  return part.status === 'ON_HOLD' ? ['RELEASE_HOLD'] : [];
}

function lineOf(context: ViewContext, order: OrderRow, lineId: number): View | null {
  const line = order.lines.find((row) => row.id === lineId);
  return line ? lineView(context, order, line) : null;
}

export function moneyOf(context: ViewContext): (cents: number) => object {
  const money = (cents: number): object => ({
    amount: decimalOf(cents),
    currencyCode: context.store.settings.currency,
  });
  return (cents) => ({ shopMoney: money(cents), presentmentMoney: money(cents) });
}

export interface RefundItem {
  readonly lineItemId: string;
  readonly quantity: number;
  readonly restockType?: string | null;
}

export function refundView(context: ViewContext, refund: RefundRow): View {
  return {
    __typename: 'Refund',
    id: gid('Refund', refund.id),
    note: refund.note,
    totalRefundedSet: moneyOf(context)(refund.cents),
  };
}

function suggestion(
  context: ViewContext,
  order: OrderRow,
  args: { refundLineItems?: readonly RefundItem[] | null; refundShipping?: boolean | null },
): object {
  const goods = (args.refundLineItems ?? []).reduce((sum, item) => {
    const line = order.lines.find((row) => gid('LineItem', row.id) === item.lineItemId);
    return sum + (line ? centsOf(line.unitPrice) * Math.min(item.quantity, line.currentQuantity) : 0);
  }, 0);
  const amountSet = moneyOf(context)(goods + (args.refundShipping ? centsOf(order.shippingPrice) : 0));
  const paid = {
    __typename: 'OrderTransaction',
    id: gid('OrderTransaction', order.id),
    gateway: 'shopify_payments',
    kind: 'SALE',
    amountSet: moneyOf(context)(totalOf(order)),
  };
  const back = order.refunds.reduce((sum, refund) => sum + refund.cents, 0);
  const maximumRefundableSet = moneyOf(context)(Math.max(0, paidFor(order) - back));
  const transaction = {
    gateway: 'shopify_payments',
    amountSet,
    maximumRefundableSet,
    parentTransaction: paid,
  };
  return { amountSet, suggestedTransactions: [transaction] };
}

function addressView(row: OrderRow): View {
  const { address } = row;
  return {
    __typename: 'MailingAddress',
    id: gid('MailingAddress', row.id),
    name: address.name,
    company: address.company || null,
    address1: address.address1,
    address2: address.address2 || null,
    city: address.city,
    province: null,
    provinceCode: null,
    zip: address.zip,
    country: address.countryCode,
    countryCodeV2: address.countryCode,
    phone: address.phone || null,
  };
}
