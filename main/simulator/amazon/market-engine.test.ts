import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import { readMarket } from '../../engine/market/read-market.ts';
import { openTypeRules } from '../../engine/market/type-rules.ts';
import { marketAttributes, marketFigures } from '../../engine/market/views.ts';
import { addAccount } from '../../engine/sync/manage-accounts.ts';
import { pull } from '../../engine/sync/pull.ts';
import { testEngine, type TestEngine } from '../../engine/testing/test-engine.ts';
import { productTypeSchema } from './product-type-schema.ts';
import { startAmazonSimulator, type AmazonSimulator } from './start.ts';

const signal = new AbortController().signal;

let test: TestEngine;
let shop: AmazonSimulator;
let listingIds: string[];
beforeEach(async () => {
  test = await testEngine({
    connectors: [createAmazonConnector()],
    fetch: (url, init) => fetch(url, init),
  });
  const now = (): number => test.clock.now();
  shop = await startAmazonSimulator({ listings: 50, orders: 5, seed: 5, now, baseMs: now() - 3_600_000 });
  const keys = { ...shop.credentials };
  await addAccount(
    test.engine,
    { platform: 'amazon', name: 'Quay', baseUrl: shop.url, credentials: keys },
    { actor: 'test' },
  );
  await pull(test.engine, {}, signal);
  listingIds = test.engine.db.pluck<string>('SELECT id FROM listing ORDER BY rid LIMIT 30');
});
afterEach(async () => {
  test.close();
  await shop.close();
});

const first = (): { listingId: string } => ({ listingId: listingIds[0] ?? '' });

it('keeps figures and rules for when nobody can be reached, with their age and source', async () => {
  const before = await marketAttributes(test.engine, first());
  expect(before).toMatchObject({ canRead: true, rules: null });
  expect(before.attributes.map(({ name }) => name)).toContain('material');
  const read = await readMarket(test.engine, { listingIds }, signal);
  expect(read).toMatchObject({ stopped: false, skipped: [] });
  expect(read.figures).toBe(4 * listingIds.length);
  expect(shop.plans.throttled).toBe(0);
  await shop.close();
  test = await test.restart();
  const { canRead, figures } = marketFigures(test.engine, first());
  expect(canRead).toBe(true);
  expect(figures.map(({ figure, source }) => [figure.kind, source])).toEqual([
    ['featuredOffer', 'getCompetitiveSummary'],
    ['fees', 'getMyFeesEstimates'],
    ['salesAndTraffic', 'GET_SALES_AND_TRAFFIC_REPORT'],
    ['targetPrice', 'getFeaturedOfferExpectedPriceBatch'],
  ]);
  const sales = figures.find(({ figure }) => figure.kind === 'salesAndTraffic');
  expect((sales?.readAt ?? 0) - (sales?.asOf ?? 0)).toBeGreaterThan(2 * 86_400_000);
  const { rules, attributes } = await marketAttributes(test.engine, first());
  expect(rules).toMatchObject({ version: 'SIM1' });
  const of = (name: string) => attributes.find((attribute) => attribute.name === name);
  expect(of('material')).toMatchObject({
    title: 'Material',
    group: 'Product Details',
    required: 'always',
    values: ['Stoneware'],
    problems: [],
  });
  expect(of('country_of_origin')).toMatchObject({
    required: 'always',
    values: [],
    problems: ['is required'],
  });
  expect(of('batteries_included')).toMatchObject({ required: 'sometimes', problems: [] });
});

it('fetches rules again only when they changed, and replaces figures', async () => {
  const fetched = (): number => shop.log.find('GET', /product-type-schemas/).length;
  await readMarket(test.engine, { listingIds, kinds: ['fees'] }, signal);
  const types = fetched();
  expect(types).toBeGreaterThan(0);
  test.clock.advance(86_400_000);
  await readMarket(test.engine, { listingIds, kinds: ['fees'] }, signal);
  expect(fetched()).toBe(types);
  const { rules } = await marketAttributes(test.engine, first());
  expect((rules?.checkedAt ?? 0) - (rules?.fetchedAt ?? 0)).toBeGreaterThan(86_000_000);
  expect(marketFigures(test.engine, first()).figures).toHaveLength(1);
});

it('tells of an account that could not be asked and keeps what it has', async () => {
  await readMarket(test.engine, { listingIds, kinds: ['fees'], rules: false }, signal);
  shop.faults.script({ fault: 'server-error', path: /fees/, methods: ['POST'], times: 50 });
  const failed = await readMarket(test.engine, { listingIds, kinds: ['fees'], rules: false }, signal);
  expect(failed).toMatchObject({ figures: 0, skipped: [{ code: 'CHANNEL_TRANSIENT' }] });
  expect(marketFigures(test.engine, first()).figures).toHaveLength(1);
});

it('checks attributes by the channel’s own vocabulary and conditions', () => {
  const schema = productTypeSchema();
  const properties = schema['properties'] as Record<string, object>;
  const brand = { ...properties['brand'], items: { properties: { value: { maxUtf8ByteLength: 4 } } } };
  const document = JSON.stringify({
    displayName: 'Mug',
    groups: [],
    schema: { ...schema, properties: { ...properties, brand } },
  });
  const rules = openTypeRules(document);
  const value = (...values: unknown[]): object[] => values.map((item) => ({ value: item }));
  const good = {
    item_name: value('Mug'),
    brand: value('Kai'),
    material: value('Stoneware', 'Cork'),
    country_of_origin: value('PT'),
  };
  expect(rules.check(good).size).toBe(0);
  expect(
    Object.fromEntries(
      rules.check({
        ...good,
        brand: value('Käii'),
        material: value('a', 'b', 'c', 'd'),
        country_of_origin: value('XX'),
        number_of_items: value(0),
        batteries_required: value(true),
      }),
    ),
  ).toMatchObject({
    brand: ['must not have more than 4 bytes'],
    material: ['must not have more than 3 values'],
    country_of_origin: ['must be equal to one of the allowed values: DE, PT, CN'],
    number_of_items: ['must be >= 1'],
    batteries_included: ['is required'],
  });
});
