import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelContext, ShipmentPush } from '../../engine/channels/contract.ts';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import { amazonModels, type AmazonModels, type Traffic } from './model.ts';
import type { AmazonSimulator } from './start.ts';
import { contextOf, openSimulator, plainListings, refOf } from './suite-shop.ts';

const models = amazonModels();

let simulator: AmazonSimulator;
let traffic: Traffic[] = [];
beforeEach(async () => {
  traffic = [];
  simulator = await openSimulator();
});
afterEach(() => simulator.close());

/** A context that writes down what goes over the line to the API itself. */
function watched(overrides: Partial<ChannelContext> = {}): ChannelContext {
  const fetchIt: ChannelContext['fetch'] = async (address, init) => {
    const response = await fetch(address, init);
    const url = new URL(address);
    if (url.pathname.startsWith('/auth/') || url.pathname.startsWith('/documents/')) return response;
    const text = await response.clone().text();
    traffic.push({
      method: init.method ?? 'GET',
      url,
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
      status: response.status,
      answer: text === '' ? undefined : (JSON.parse(text) as unknown),
    });
    return response;
  };
  return contextOf(simulator, { ...simulator.credentials }, { fetch: fetchIt, ...overrides });
}

function seen(known: AmazonModels): string[] {
  const names = traffic.map(({ method, url }) => known.operationOf(method, url.pathname) ?? '?');
  return [...new Set(names)].toSorted();
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

    expect(traffic.flatMap((entry) => known.deviations(entry))).toEqual([]);
    expect(seen(known)).toEqual([
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
    expect(traffic.flatMap((entry) => known.deviations(entry))).toEqual([]);
    expect(seen(known)).toEqual(['createReport', 'getReport', 'getReportDocument', 'searchListingsItems']);
    expect(traffic.map((entry) => entry.status)).toContain(403);
  });

  it('notices what is not in them', () => {
    const url = new URL(
      'http://127.0.0.1/listings/2021-08-01/items/S?marketplaceIds=A&pageSize=21&nextToken=x',
    );
    const bad = { method: 'GET', url, body: undefined, status: 200, answer: { items: [{ id: 1 }] } };
    expect(known.deviations(bad).length).toBeGreaterThan(3);
  });
});
