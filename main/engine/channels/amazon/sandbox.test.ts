import { describe, expect, it } from 'vitest';
import { currencyExponent } from '#shared/domain/money.ts';
import { competitiveSummarySchema, expectedPriceSchema, feesSchema } from './market-records.ts';
import { toRemoteOrder } from './order-to-domain.ts';
import { refusalsOf } from './bulk.ts';
import { definitionSchema } from './product-rules.ts';
import { salesOf } from './sales-report.ts';
import {
  feedReportSchema,
  feedSchema,
  feedsSchema,
  participationsSchema,
  searchOrdersSchema,
  searchSchema,
  submissionSchema,
} from './records.ts';
import { referenceFile, sandboxAnswers } from './test-reference.ts';
import { toRemoteProduct } from './to-domain.ts';

const LISTINGS = 'listings-items-api-model/listingsItems_2021-08-01.json';
const ITEMS = '/listings/2021-08-01/items/{sellerId}';
const ORDERS = 'orders-api-model/orders_2026-01-01.json';

const searches = sandboxAnswers(LISTINGS, ITEMS, 'get');
const items = sandboxAnswers(LISTINGS, `${ITEMS}/{sku}`, 'get');
const submissions = sandboxAnswers(LISTINGS, `${ITEMS}/{sku}`, 'patch');
const orderSearches = sandboxAnswers(ORDERS, '/orders/2026-01-01/orders', 'get');
const orders = sandboxAnswers(ORDERS, '/orders/2026-01-01/orders/{orderId}', 'get');
const sellers = sandboxAnswers(
  'sellers-api-model/sellers.json',
  '/sellers/v1/marketplaceParticipations',
  'get',
);

interface SandboxItem {
  readonly sku: string;
  readonly summaries: {
    marketplaceId: string;
    itemName: string;
    productType: string;
    lastUpdatedDate: string;
  }[];
  readonly offers?: {
    marketplaceId: string;
    offerType: string;
    price: { amount: string; currencyCode: string };
  }[];
  readonly fulfillmentAvailability?: { fulfillmentChannelCode: string; quantity: number }[];
}

interface Money {
  readonly amount: string;
  readonly currencyCode: string;
}

interface SandboxOrder {
  readonly orderId: string;
  readonly createdTime: string;
  readonly buyer?: { buyerEmail?: string };
  readonly recipient?: { deliveryAddress?: Readonly<Record<string, string>> };
  readonly proceeds?: { grandTotal?: Money };
  readonly fulfillment?: { fulfillmentStatus: string };
  readonly orderItems: {
    orderItemId: string;
    quantityOrdered: number;
    product: { title?: string; sellerSku?: string; price?: { unitPrice?: Money } };
  }[];
}

const minorOf = ({ amount, currencyCode }: Money): number =>
  Math.round(Number(amount) * 10 ** currencyExponent(currencyCode));

describe.runIf(searches !== null)('what Amazon’s sandbox answers', () => {
  const everyItem = [
    ...(searches ?? []).flatMap((answer) => searchSchema.parse(answer).items),
    ...(items ?? []),
  ] as SandboxItem[];

  it('has listings that are read without loss in each of their marketplaces', () => {
    expect(everyItem.length).toBeGreaterThan(0);
    for (const item of everyItem) {
      for (const summary of item.summaries) {
        const offer = item.offers?.find(
          (entry) => entry.marketplaceId === summary.marketplaceId && entry.offerType === 'B2C',
        );
        const scope = { marketplaceId: summary.marketplaceId, language: null };
        const mapped = toRemoteProduct(item, scope, offer?.price.currencyCode ?? 'USD');
        if (!mapped.ok) throw new Error(mapped.reason);
        const { value } = mapped;
        expect(value).toMatchObject({
          externalId: item.sku,
          modifiedAtMs: Date.parse(summary.lastUpdatedDate),
          fields: { title: summary.itemName, productType: summary.productType },
        });
        const [variant] = value.variants;
        expect(variant?.fields.price).toBe(offer ? minorOf(offer.price) : null);
        const stock = item.fulfillmentAvailability?.find(
          (entry) => entry.fulfillmentChannelCode === 'DEFAULT',
        );
        expect(variant?.fields.quantity).toBe(stock?.quantity ?? null);
        expect(JSON.parse(value.raw)).toEqual(item);
      }
    }
  });

  it('has orders that are read without loss', () => {
    const everyOrder = [
      ...(orderSearches ?? []).flatMap((answer) => searchOrdersSchema.parse(answer).orders),
      ...(orders ?? []).map((answer) => answer['order']),
    ] as SandboxOrder[];
    expect(everyOrder.length).toBeGreaterThan(2);
    for (const order of everyOrder) {
      const mapped = toRemoteOrder(order, 'USD');
      if (!mapped.ok) throw new Error(`${order.orderId}: ${mapped.reason}`);
      const { value } = mapped;
      const total = order.proceeds?.grandTotal;
      const address = order.recipient?.deliveryAddress;
      expect(value).toMatchObject({
        externalId: order.orderId,
        channelStatus: order.fulfillment?.fulfillmentStatus ?? '',
        placedAtMs: Date.parse(order.createdTime),
        ...(total ? { totalMinor: minorOf(total), currency: total.currencyCode } : {}),
      });
      expect(value.disposition).not.toBe(order.fulfillment ? 'unknown' : null);
      expect(value.shipTo).toMatchObject({
        email: order.buyer?.buyerEmail ?? '',
        line1: address?.['addressLine1'] ?? '',
        city: address?.['city'] ?? '',
        postcode: address?.['postalCode'] ?? '',
        country: address?.['countryCode'] ?? '',
      });
      expect(value.lines).toHaveLength(order.orderItems.length);
      order.orderItems.forEach((item, index) => {
        const unit = item.product.price?.unitPrice;
        expect(value.lines[index]).toMatchObject({
          externalId: item.orderItemId,
          quantity: item.quantityOrdered,
          title: item.product.title ?? '',
          sku: item.product.sellerSku ?? null,
          ...(unit ? { unitPriceMinor: minorOf(unit) } : {}),
        });
      });
      expect(JSON.parse(value.raw)).toEqual(order);
    }
  });

  it('has answers to writes and sellers that are understood', () => {
    const states = (submissions ?? []).map((answer) => submissionSchema.parse(answer).status);
    expect(states.toSorted()).toEqual(['ACCEPTED', 'INVALID', 'VALID']);
    for (const answer of sellers ?? []) expect(participationsSchema.parse(answer).payload).not.toEqual([]);
  });
});

const FEEDS = 'feeds-api-model/feeds_2021-06-30.json';
const feeds = sandboxAnswers(FEEDS, '/feeds/2021-06-30/feeds/{feedId}', 'get');
const feedLists = sandboxAnswers(FEEDS, '/feeds/2021-06-30/feeds', 'get');
const feedReport = referenceFile('feeds/listings-feed-processing-report-schema-v2.example.json');

describe.runIf(feeds !== null)('feeds of the sandbox', () => {
  it('are read with their state, list and report', () => {
    expect(feeds).not.toEqual([]);
    for (const feed of feeds ?? []) expect(feedSchema.parse(feed)).toMatchObject({ feedId: feed['feedId'] });
    for (const list of feedLists ?? []) {
      const wanted = list['feeds'] as { feedId: string }[];
      expect(feedsSchema.parse(list).feeds.map((feed) => feed.feedId)).toEqual(
        wanted.map((feed) => feed.feedId),
      );
    }
    const { issues, summary } = feedReportSchema.parse(feedReport);
    expect(summary).toEqual({ messagesProcessed: 4, messagesInvalid: 2 });
    const messages = [4, 5].map((message) => ({ message, fields: new Set(['price', 'title'] as const) }));
    expect(refusalsOf(issues, messages)).toMatchObject([
      { message: 4, field: null, text: expect.stringContaining('batteries_required') as string },
      { message: 5, field: 'price', text: expect.stringContaining('99022') as string },
    ]);
  });
});

const PRICING = 'product-pricing-api-model/productPricing_2022-05-01.json';
const BATCHES = '/batches/products/pricing/2022-05-01';
const summaries = sandboxAnswers(PRICING, `${BATCHES}/items/competitiveSummary`, 'post');
const targets = sandboxAnswers(PRICING, `${BATCHES}/offer/featuredOfferExpectedPrice`, 'post');
const fees = sandboxAnswers(
  'product-fees-api-model/productFeesV0.json',
  '/products/fees/v0/feesEstimate',
  'post',
);
const definitions = sandboxAnswers(
  'product-type-definitions-api-model/definitionsProductTypes_2020-09-01.json',
  '/definitions/2020-09-01/productTypes/{productType}',
  'get',
);
const sales = referenceFile('reports/sellerSalesAndTrafficReport.json') as { examples: unknown[] } | null;

describe.runIf(summaries !== null)('prices, fees, rules and visits of the sandbox', () => {
  it('are read', () => {
    const [summary] = (summaries ?? []).map((answer) => competitiveSummarySchema.parse(answer).responses[0]);
    expect(summary?.body.featuredBuyingOptions[0]?.segmentedFeaturedOffers[0]).toMatchObject({
      sellerId: 'A3DJR8M9Y3OUPG',
      listingPrice: { amount: 18.11, currencyCode: 'USD' },
    });
    const [answer] = (targets ?? []).map((entry) => expectedPriceSchema.parse(entry).responses);
    expect(
      answer?.slice(0, 2).map((entry) => entry.body?.featuredOfferExpectedPriceResults[0]),
    ).toMatchObject([
      { resultStatus: 'VALID_FOEP', featuredOfferExpectedPrice: { listingPrice: { amount: 10 } } },
      { resultStatus: 'NO_COMPETING_OFFERS' },
    ]);
    expect(feesSchema.parse(fees?.[0])[0]).toMatchObject({
      Status: 'Success',
      FeesEstimate: { TotalFeesEstimate: { Amount: 3, CurrencyCode: 'USD' } },
    });
    expect(definitionSchema.parse(definitions?.[0])).toMatchObject({
      productType: 'LUGGAGE',
      productTypeVersion: { version: 'UHqSqmb4FNUk=' },
    });
    const skus = (sales?.examples ?? []).flatMap((example) => salesOf(example));
    expect(skus.length).toBeGreaterThan(0);
    expect(skus[0]).toMatchObject({
      figure: { kind: 'salesAndTraffic', from: '2021-06-11', to: '2021-06-14' },
    });
  });
});
