import { numberOf, offerAt } from './attribute-values.ts';
import type { Store } from './store.ts';

/** The report of sales and traffic by SKU: visits follow from the SKU, sales from the account's orders. */
export function salesAndTraffic(
  store: Store,
  { dataStartTime = '', dataEndTime = '' }: { dataStartTime?: string; dataEndTime?: string },
): string {
  const { marketplaceId, currency: currencyCode } = store.settings;
  const [from, to] = [dataStartTime.slice(0, 10), dataEndTime.slice(0, 10)];
  const units = new Map<string, number>();
  for (const order of store.orders.values()) {
    for (const item of order.items) units.set(item.sku, (units.get(item.sku) ?? 0) + item.quantity);
  }
  return JSON.stringify({
    reportSpecification: {
      reportType: 'GET_SALES_AND_TRAFFIC_REPORT',
      reportOptions: { dateGranularity: 'DAY', asinGranularity: 'SKU' },
      dataStartTime: from,
      dataEndTime: to,
      marketplaceIds: [marketplaceId],
    },
    salesAndTrafficByDate: [],
    salesAndTrafficByAsin: store.sellable().map((row) => {
      const sold = units.get(row.sku) ?? 0;
      const sessions = 20 + (Number.parseInt(row.asin.slice(-3), 16) % 400) + sold * 10;
      const price = numberOf(offerAt(row, 'our_price')?.['value_with_tax']) ?? 0;
      const share = Math.round((10_000 * sold) / sessions) / 100;
      return {
        parentAsin: row.asin,
        childAsin: row.asin,
        sku: row.sku,
        salesByAsin: {
          unitsOrdered: sold,
          orderedProductSales: { amount: Math.round(price * sold * 100) / 100, currencyCode },
          totalOrderItems: sold,
        },
        trafficByAsin: {
          browserSessions: sessions,
          mobileAppSessions: 0,
          sessions,
          browserSessionPercentage: 1,
          mobileAppSessionPercentage: 0,
          sessionPercentage: 1,
          browserPageViews: sessions * 2,
          mobileAppPageViews: 0,
          pageViews: sessions * 2,
          browserPageViewsPercentage: 1,
          mobileAppPageViewsPercentage: 0,
          pageViewsPercentage: 1,
          buyBoxPercentage: 90,
          unitSessionPercentage: share,
        },
      };
    }),
  });
}
