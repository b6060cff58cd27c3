import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import type { ChannelContext, ListingRef } from '../../engine/channels/contract.ts';
import type { MarketData } from '../../engine/channels/market-data.ts';
import { amazonModels, type AmazonModels } from './model.ts';
import type { AmazonSimulator } from './start.ts';
import { contextOf, openSimulator, plainListings, refOf } from './suite-shop.ts';
import { trafficOf, type WatchedTraffic } from './watched.ts';

const models = amazonModels();

let shop: AmazonSimulator;
let watched: WatchedTraffic;
let context: ChannelContext;
let market: MarketData;
let refs: ListingRef[];
beforeEach(async () => {
  shop = await openSimulator({ listings: 40 });
  watched = trafficOf();
  context = contextOf(shop, { ...shop.credentials }, { fetch: watched.fetch });
  const { marketData } = createAmazonConnector();
  if (!marketData) throw new Error('No market data');
  market = marketData;
  refs = plainListings(shop).slice(0, 8).map(refOf);
});
afterEach(() => shop.close());

describe('figures of the market', () => {
  it('say who is featured at which price, and where one’s own offer would be', async () => {
    const featured = await market.readFigures(context, 'featuredOffer', refs);
    expect(featured).toHaveLength(refs.length);
    const lost = featured.flatMap(({ ref, figure }) =>
      figure.kind === 'featuredOffer' && figure.isMine === false ? [{ ref, figure }] : [],
    );
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length).toBeLessThan(refs.length);
    const targets = await market.readFigures(context, 'targetPrice', refs);
    const beaten = (ref: ListingRef): number | undefined =>
      lost.find((entry) => entry.ref === ref)?.figure.price?.minor;
    // Below the offer that is featured now; where nobody competes there is no such price.
    const isBelow = targets.map(({ ref, figure }) => {
      if (figure.kind !== 'targetPrice') return false;
      const limit = beaten(ref);
      if (limit === undefined) return figure.status === 'NO_COMPETING_OFFERS' && figure.price === null;
      return figure.status === 'VALID_FOEP' && (figure.price?.minor ?? limit) < limit;
    });
    expect(isBelow).toEqual(refs.map(() => true));
  });

  it('estimate the fees at the price that Amazon shows', async () => {
    const [first] = await market.readFigures(context, 'fees', refs);
    if (first?.figure.kind !== 'fees') throw new Error('No fees');
    expect(first.figure.total.minor).toBe(Math.round(first.figure.at.minor * 0.15));
    expect(first.figure.parts).toEqual([{ type: 'ReferralFee', amount: first.figure.total }]);
  });

  it('count visits and sales of thirty complete days', async () => {
    const figures = await market.readFigures(context, 'salesAndTraffic', refs);
    expect(figures).toHaveLength(refs.length);
    const [{ figure, asOfMs } = { figure: null, asOfMs: 0 }] = figures;
    expect(figure).toMatchObject({ kind: 'salesAndTraffic', sales: { currency: 'EUR' } });
    expect(Date.now() - asOfMs).toBeGreaterThan(2 * 86_400_000);
  });

  it('leave out what Amazon does not know', async () => {
    const unknown = [{ productExternalId: 'NOT-THERE', variantExternalId: null }];
    for (const kind of market.kinds) expect(await market.readFigures(context, kind, unknown)).toEqual([]);
  });
});

describe('rules of a product type', () => {
  it('are fetched once and asked after by their checksum', async () => {
    const type = plainListings(shop)[0]?.productType ?? '';
    const rules = await market.readRules(context, type, null);
    expect(JSON.parse(rules?.document ?? '')).toMatchObject({
      groups: [{ title: 'Product Identity' }, { title: 'Product Details' }, { title: 'Safety & Compliance' }],
      schema: { required: ['item_name', 'brand', 'material', 'country_of_origin'] },
    });
    const fetched = (): number => shop.log.find('GET', /product-type-schemas/).length;
    expect(fetched()).toBe(1);
    expect(await market.readRules(context, type, rules?.checksum ?? null)).toBeNull();
    expect(fetched()).toBe(1);
    await expect(market.readRules(context, 'NO_SUCH_TYPE', null)).rejects.toMatchObject({
      code: 'CHANNEL_GONE',
    });
  });
});

describe.runIf(models !== null)('requests and answers about the market', () => {
  const known = models as AmazonModels;

  it('keep to the models of Amazon', async () => {
    for (const kind of market.kinds) await market.readFigures(context, kind, refs);
    await market.readRules(context, plainListings(shop)[0]?.productType ?? '', null);
    expect(watched.traffic.flatMap((entry) => known.deviations(entry))).toEqual([]);
    expect(watched.seen(known)).toEqual([
      'createReport',
      'getCompetitiveSummary',
      'getDefinitionsProductType',
      'getFeaturedOfferExpectedPriceBatch',
      'getMyFeesEstimates',
      'getReport',
      'getReportDocument',
      'searchListingsItems',
    ]);
  });
});
