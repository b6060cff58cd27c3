import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelContext, ShipmentPush } from '../../engine/channels/contract.ts';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import { amazonModels, type AmazonModels } from './model.ts';
import type { AmazonSimulator } from './start.ts';
import { contextOf, openSimulator, plainListings, refOf } from './suite-shop.ts';
import { trafficOf, type WatchedTraffic } from './watched.ts';

const models = amazonModels();

let simulator: AmazonSimulator;
let line: WatchedTraffic;
beforeEach(async () => {
  line = trafficOf();
  simulator = await openSimulator();
});
afterEach(() => simulator.close());

/** A context that writes down what goes over the line to the API itself. */
function watched(overrides: Partial<ChannelContext> = {}): ChannelContext {
  return contextOf(simulator, { ...simulator.credentials }, { fetch: line.fetch, ...overrides });
}

describe.runIf(models !== null)('requests and answers keep to the models of Amazon', () => {
  const known = models as AmazonModels;

  it('from the first look to the last shipment', async () => {
    const connector = createAmazonConnector();
    const context = watched();
    const { store } = simulator;
    const [first, second, third] = plainListings(simulator);
    if (!first || !second || !third) throw new Error('The account has too few listings');
    store.listings.set('A,B', { ...first, sku: 'A,B' });
    await connector.probe(context);
    for (let cursor: string | null = null; ;) {
      const page = await connector.pullProducts(context, cursor);
      cursor = page.cursor;
      if (page.done) break;
    }
    await connector.pullIds(context, null);
    const { orders } = await connector.pullOrders(context, null);
    const pushes = [
      { price: 1_999, salePrice: 1_499, saleFrom: Date.UTC(2026, 0, 1), saleTo: Date.UTC(2027, 0, 1) },
      {
        quantity: 7,
        title: 'Mug',
        bullets: 'One\nTwo',
        description: 'Text',
        searchTerms: 'mug',
        images: '[]',
      },
      { title: 'T'.repeat(201) },
    ];
    const results = await connector.pushListings(
      context,
      [first, second, third].map((row, index) => ({
        opId: String(index),
        ref: refOf(row),
        currency: 'EUR',
        fields: pushes[index] ?? {},
      })),
    );
    expect(results.map((result) => result.outcome)).toEqual(['accepted', 'accepted', 'rejected']);
    const tried = { opId: '0', ref: refOf(third), currency: 'EUR', fields: { title: 'T'.repeat(201) } };
    expect(await connector.tryListings?.(context, [tried])).toMatchObject([
      { field: 'title', severity: 'error' },
    ]);
    expect(
      await connector.readListings(context, [refOf({ ...first, sku: 'A,B' }), refOf(second)]),
    ).toHaveLength(2);
    const open = orders.find((order) => order.disposition === null);
    if (!open) throw new Error('The account has no open order');
    const shipment: ShipmentPush = {
      opId: 'ship',
      shipmentId: 's-1',
      orderExternalId: open.externalId,
      carrier: 'Harbour Express',
      tracking: 'T1',
      shippedAtMs: open.placedAtMs + 60_000,
      lines: open.lines.map(({ externalId, quantity }) => ({ externalId, quantity })),
      complete: true,
    };
    expect(await connector.pushShipment(context, shipment)).toMatchObject({ outcome: 'accepted' });
    expect(await connector.verifyShipment(context, shipment)).toMatchObject({ confirmed: true });
    await connector.verifyShipment(context, { ...shipment, orderExternalId: '000-0-0' });

    expect(line.traffic.flatMap((entry) => known.deviations(entry))).toEqual([]);
    expect(line.seen(known)).toEqual([
      'confirmShipment',
      'getListingsItem',
      'getMarketplaceParticipations',
      'getOrder',
      'patchListingsItem',
      'searchListingsItems',
      'searchOrders',
    ]);
  });

  it('where a report names the SKUs, and where tokens are refused', async () => {
    await simulator.close();
    simulator = await openSimulator({ listings: 1_050 });
    const connector = createAmazonConnector();
    const context = watched();
    await connector.pullProducts(context, null);
    simulator.access.endTokens();
    const { cursor } = await connector.pullProducts(context, null);
    const waited = await connector.pullProducts(context, cursor);
    await connector.pullProducts(context, waited.cursor);
    expect(line.traffic.flatMap((entry) => known.deviations(entry))).toEqual([]);
    expect(line.seen(known)).toEqual([
      'createReport',
      'getReport',
      'getReportDocument',
      'searchListingsItems',
    ]);
    expect(line.traffic.map((entry) => entry.status)).toContain(403);
  });

  it('where changes go as a feed, the documents to and fro as well', async () => {
    const connector = createAmazonConnector();
    const { bulk } = connector;
    if (!bulk) throw new Error('No feeds');
    simulator.feeds.feedMs = 60_000;
    const context = watched();
    const plan = await bulk.prepare(
      context,
      plainListings(simulator)
        .slice(0, 3)
        .map((row, index) => ({
          opId: String(index),
          ref: refOf(row),
          currency: 'EUR',
          fields: index === 2 ? { title: 'T'.repeat(201) } : { price: 2_100 + index, quantity: 3 },
        })),
    );
    expect(plan.messages).toEqual([0, 1, 2].map((index) => ({ message: index + 1, opId: String(index) })));
    const feed: unknown = JSON.parse(Buffer.from(plan.document ?? []).toString('utf8'));
    expect(known.deviationsOfDocument('listings-feed-schema-v2', feed)).toEqual([]);
    const documentId = await bulk.upload(context, plan.document ?? new Uint8Array());
    const at = Date.now();
    const job = await bulk.start(context, documentId);
    expect(await bulk.list(context, at - 60_000, at + 60_000, documentId)).toEqual([job]);
    const messages = plan.messages.map(({ message }) => ({
      message,
      fields: new Set(['title', 'price'] as const),
    }));
    expect(await bulk.look(context, job, messages)).toEqual({ state: 'waiting' });
    const another = await bulk.start(context, documentId);
    await bulk.cancel?.(context, another);
    expect(await bulk.look(context, another, messages)).toMatchObject({ state: 'failed' });
    simulator.feeds.feeds.forEach((row) => Object.assign(row, { doneAt: 0 }));
    expect(await bulk.look(context, job, messages)).toMatchObject({
      state: 'done',
      refused: [{ message: 3, field: 'title', code: 'CHANNEL_INVALID' }],
    });
    const report: unknown = JSON.parse(simulator.feeds.feeds.get(job)?.report ?? '');
    expect(known.deviationsOfDocument('listings-feed-processing-report-schema-v2', report)).toEqual([]);
    expect(line.traffic.flatMap((entry) => known.deviations(entry))).toEqual([]);
    expect(line.seen(known)).toEqual([
      'cancelFeed',
      'createFeed',
      'createFeedDocument',
      'getFeed',
      'getFeedDocument',
      'getFeeds',
      'searchListingsItems',
    ]);
  });

  it('notices what is not in them', () => {
    const url = new URL(
      'http://127.0.0.1/listings/2021-08-01/items/S?marketplaceIds=A&pageSize=21&nextToken=x',
    );
    const bad = { method: 'GET', url, body: undefined, status: 200, answer: { items: [{ id: 1 }] } };
    expect(known.deviations(bad).length).toBeGreaterThan(3);
  });
});
