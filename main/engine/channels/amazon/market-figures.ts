import { formatMinor } from '#shared/domain/money.ts';
import type { MarketFigure, MarketKind } from '#shared/domain/market-figures.ts';
import type { ListingRef } from '../contract.ts';
import type { ListingFigure } from '../market-data.ts';
import type { AmazonClient } from './client.ts';
import { currencyOf, readItems, scopeOf } from './items.ts';
import {
  competitiveSummarySchema,
  expectedPriceSchema,
  feesSchema,
  type OfferRecord,
} from './market-records.ts';
import { moneyOf, type Money } from './market-money.ts';
import { readSalesAndTraffic } from './sales-report.ts';
import { isAmazonFulfilled } from './stock.ts';
import { readItem, summaryOf } from './to-domain.ts';

/** Items of one call: Amazon's own limits. */
export const MOST_A_CALL: Readonly<Record<MarketKind, number>> = {
  featuredOffer: 20,
  targetPrice: 40,
  fees: 20,
  salesAndTraffic: 100_000,
};
const PRICING = '/products/pricing/2022-05-01';

export async function readFigures(
  client: AmazonClient,
  kind: MarketKind,
  refs: readonly ListingRef[],
): Promise<ListingFigure[]> {
  const refOf = new Map(refs.map((ref) => [ref.productExternalId, ref]));
  const found = await READERS[kind](client, [...refOf.keys()]);
  return found.flatMap(({ sku, ...figure }) => {
    const ref = refOf.get(sku);
    return ref ? [{ ref, ...figure }] : [];
  });
}

interface SkuFigure {
  readonly sku: string;
  readonly figure: MarketFigure;
  readonly asOfMs: number;
  readonly source: string;
}

const READERS: Readonly<
  Record<MarketKind, (client: AmazonClient, skus: readonly string[]) => Promise<SkuFigure[]>>
> = {
  featuredOffer: readFeaturedOffers,
  targetPrice: readTargetPrices,
  fees: readFees,
  salesAndTraffic: async (client, skus) => {
    const wanted = new Set(skus);
    const report = await readSalesAndTraffic(client);
    return report.filter(({ sku }) => wanted.has(sku));
  },
};

async function readFeaturedOffers(client: AmazonClient, skus: readonly string[]): Promise<SkuFigure[]> {
  const asins = await asinsOf(client, skus);
  if (asins.size === 0) return [];
  const { marketplaceId, sellerId } = client.seller;
  const { responses } = await client.read(
    {
      operation: 'getCompetitiveSummary',
      method: 'POST',
      path: `batches${PRICING}/items/competitiveSummary`,
      body: {
        requests: [...asins.keys()].map((asin) => ({
          asin,
          marketplaceId,
          includedData: ['featuredBuyingOptions', 'referencePrices', 'lowestPricedOffers'],
          lowestPricedOffersInputs: [{ itemCondition: 'New', offerType: 'Consumer' }],
          uri: `${PRICING}/items/competitiveSummary`,
          method: 'GET',
        })),
      },
      readOnly: true,
    },
    competitiveSummarySchema,
  );
  const asOfMs = client.context.clock.now();
  return responses.flatMap(({ status, body }) => {
    if (status.statusCode !== 200) return [];
    const [featured] = body.featuredBuyingOptions.flatMap((option) => option.segmentedFeaturedOffers);
    const lowest = body.lowestPricedOffers.flatMap((entry) => entry.offers).map(withShipping);
    const figure: MarketFigure = {
      kind: 'featuredOffer',
      price: featured ? withShipping(featured) : null,
      isMine: featured ? featured.sellerId === sellerId : null,
      lowest: lowest.toSorted((a, b) => a.minor - b.minor)[0] ?? null,
      references: body.referencePrices.map(({ name, price }) => ({ name, price: moneyOf(price) })),
    };
    return (asins.get(body.asin) ?? []).map((sku) => ({
      sku,
      figure,
      asOfMs,
      source: 'getCompetitiveSummary',
    }));
  });
}

async function readTargetPrices(client: AmazonClient, skus: readonly string[]): Promise<SkuFigure[]> {
  const { marketplaceId } = client.seller;
  const uri = `${PRICING}/offer/featuredOfferExpectedPrice`;
  const { responses } = await client.read(
    {
      operation: 'getFeaturedOfferExpectedPriceBatch',
      method: 'POST',
      path: `batches${uri}`,
      body: { requests: skus.map((sku) => ({ marketplaceId, sku, method: 'GET', uri })) },
      readOnly: true,
    },
    expectedPriceSchema,
  );
  const asOfMs = client.context.clock.now();
  return responses.flatMap(({ request, status, body }) => {
    const sku = request?.sku ?? body?.offerIdentifier?.sku;
    const [result] = body?.featuredOfferExpectedPriceResults ?? [];
    if (status.statusCode !== 200 || sku === undefined || !result) return [];
    const price = result.featuredOfferExpectedPrice?.listingPrice;
    const figure: MarketFigure = {
      kind: 'targetPrice',
      status: result.resultStatus,
      price: price ? moneyOf(price) : null,
    };
    return [{ sku, figure, asOfMs, source: 'getFeaturedOfferExpectedPriceBatch' }];
  });
}

async function readFees(client: AmazonClient, skus: readonly string[]): Promise<SkuFigure[]> {
  const scope = scopeOf(client);
  const currency = currencyOf(client);
  const items = await readItems(client, skus);
  const asked = [...items].flatMap(([sku, raw]) => {
    const item = readItem(raw, scope, currency);
    const minor = item.ok ? item.value.offer.price : null;
    if (!item.ok || typeof minor !== 'number' || minor <= 0) return [];
    return [{ sku, minor, isAmazon: isAmazonFulfilled(item.value.record) }];
  });
  if (asked.length === 0) return [];
  const answer = await client.read(
    {
      operation: 'getMyFeesEstimates',
      method: 'POST',
      path: 'products/fees/v0/feesEstimate',
      body: asked.map(({ sku, minor, isAmazon }, index) => ({
        FeesEstimateRequest: {
          MarketplaceId: client.seller.marketplaceId,
          IsAmazonFulfilled: isAmazon,
          PriceToEstimateFees: {
            ListingPrice: { CurrencyCode: currency, Amount: amountOf({ minor, currency }) },
          },
          Identifier: String(index),
        },
        IdType: 'SellerSKU',
        IdValue: sku,
      })),
      readOnly: true,
    },
    feesSchema,
  );
  const asOfMs = client.context.clock.now();
  return answer.flatMap(({ Status, FeesEstimateIdentifier, FeesEstimate }) => {
    const about = asked[Number(FeesEstimateIdentifier?.SellerInputIdentifier)];
    const total = FeesEstimate?.TotalFeesEstimate;
    if (Status !== 'Success' || !about || !total) return [];
    const figure: MarketFigure = {
      kind: 'fees',
      at: { minor: about.minor, currency },
      total: feeOf(total),
      parts: FeesEstimate.FeeDetailList.map(({ FeeType, FinalFee }) => ({
        type: FeeType,
        amount: feeOf(FinalFee),
      })),
    };
    return [{ sku: about.sku, figure, asOfMs, source: 'getMyFeesEstimates' }];
  });
}

/** SKUs by the page that they are sold on. */
async function asinsOf(client: AmazonClient, skus: readonly string[]): Promise<Map<string, string[]>> {
  const scope = scopeOf(client);
  const asins = new Map<string, string[]>();
  for (const [sku, raw] of await readItems(client, skus)) {
    const item = readItem(raw, scope, currencyOf(client));
    const asin = item.ok ? summaryOf(item.value.record, scope)?.asin : undefined;
    if (asin !== undefined) asins.set(asin, [...(asins.get(asin) ?? []), sku]);
  }
  return asins;
}

function withShipping({ listingPrice, shippingOptions }: OfferRecord): Money {
  const price = moneyOf(listingPrice);
  const shipping = shippingOptions[0]?.price;
  return shipping ? { ...price, minor: price.minor + moneyOf(shipping).minor } : price;
}

function feeOf(money: { readonly Amount: number; readonly CurrencyCode: string }): Money {
  return moneyOf({ amount: money.Amount, currencyCode: money.CurrencyCode });
}

function amountOf({ minor, currency }: Money): number {
  return Number(formatMinor(minor, currency));
}
