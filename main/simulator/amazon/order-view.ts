import type { OrderRow } from './rows.ts';
import type { Store } from './store.ts';

/** An order as Orders 2026-01-01 answers it, with the data sets that were asked for. */
export function orderView(row: OrderRow, store: Store, included: readonly string[]): Record<string, unknown> {
  const { settings } = store;
  const has = (name: string): boolean => included.includes(name);
  const money = (amount: number): { amount: string; currencyCode: string } => ({
    amount: amount.toFixed(2),
    currencyCode: settings.currency,
  });
  // An order that is not paid yet shows neither prices nor the buyer.
  const open = row.status !== 'PENDING';
  const total = row.items.reduce((sum, item) => sum + Number(item.unitPrice) * item.quantity, 0);
  const { address } = row;
  return {
    orderId: row.id,
    createdTime: new Date(row.createdAt).toISOString(),
    lastUpdatedTime: new Date(row.updatedAt).toISOString(),
    programs: [],
    salesChannel: {
      channelName: 'AMAZON',
      marketplaceId: settings.marketplaceId,
      marketplaceName: settings.marketplaceName,
    },
    ...(has('BUYER') && open ? { buyer: { buyerName: address.name, buyerEmail: row.buyerEmail } } : {}),
    ...(has('RECIPIENT') && open
      ? {
          recipient: {
            deliveryAddress: {
              name: address.name,
              companyName: address.company,
              addressLine1: address.line1,
              addressLine2: address.line2,
              city: address.city,
              postalCode: address.postcode,
              countryCode: address.country,
              phone: address.phone,
              addressType: 'RESIDENTIAL',
            },
          },
        }
      : {}),
    ...(has('PROCEEDS') && open ? { proceeds: { grandTotal: money(total) } } : {}),
    ...(has('FULFILLMENT')
      ? {
          fulfillment: {
            fulfillmentStatus: row.status,
            fulfilledBy: row.fulfilledBy,
            fulfillmentServiceLevel: row.serviceLevel,
          },
        }
      : {}),
    orderItems: row.items.map((item) => ({
      orderItemId: item.id,
      quantityOrdered: item.quantity,
      product: {
        asin: item.asin,
        title: item.title,
        sellerSku: item.sku,
        ...(open ? { price: { unitPrice: money(Number(item.unitPrice)) } } : {}),
      },
      ...(has('FULFILLMENT')
        ? {
            fulfillment: {
              quantityFulfilled: item.shipped,
              quantityUnfulfilled: item.quantity - item.shipped,
              ...(item.giftMessage === null
                ? {}
                : { packing: { giftOption: { giftMessage: item.giftMessage, giftWrapLevel: 'Classic' } } }),
            },
          }
        : {}),
    })),
    ...(has('PACKAGES')
      ? {
          packages: row.packages.map((entry) => ({
            packageReferenceId: entry.reference,
            createdTime: new Date(entry.createdAt).toISOString(),
            packageStatus: { status: 'SHIPPED' },
            carrier: entry.carrier,
            shipTime: entry.shipTime,
            trackingNumber: entry.tracking,
            packageItems: entry.items,
          })),
        }
      : {}),
  };
}
