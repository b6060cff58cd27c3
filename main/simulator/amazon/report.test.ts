import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import type { ChannelContext, RemoteOrder } from '../../engine/channels/contract.ts';
import { withPrice } from './attribute-values.ts';
import { startAmazonSimulator, type AmazonSimulator } from './start.ts';
import { contextOf, plainListings } from './suite-shop.ts';

const LISTINGS = 1_130;
const DAY = 86_400_000;

let clock: number;
let amazon: AmazonSimulator;
beforeEach(async () => {
  clock = Date.UTC(2026, 10, 24, 9);
  amazon = await startAmazonSimulator({
    listings: LISTINGS,
    orders: 230,
    seed: 3,
    baseMs: clock - 3_600_000,
    now: () => clock,
    reportMs: 40_000,
    settleMs: 0,
    throttles: false,
  });
});
afterEach(() => amazon.close());

/** Both sides live in the same time, which passes only by waiting. */
const context = (): ChannelContext =>
  contextOf(
    amazon,
    { ...amazon.credentials },
    {
      clock: {
        now: () => clock,
        sleep: async (ms) => {
          clock += ms;
        },
      },
    },
  );

async function readAll(
  from: string | null,
  step: (page: number) => void = () => undefined,
): Promise<{ skus: string[]; cursor: string }> {
  let connector = createAmazonConnector();
  const skus: string[] = [];
  let cursor = from;
  for (let page = 0; page < 500; page += 1) {
    const answer = await connector.pullProducts(context(), cursor);
    skus.push(...answer.products.map((product) => product.externalId));
    cursor = answer.cursor;
    if (answer.done) return { skus, cursor };
    // Nothing that the connector knows by itself survives: as after a restart.
    connector = createAmazonConnector();
    step(page);
  }
  throw new Error('Reading does not come to an end');
}

describe('an account with more listings than a search shows', () => {
  it('is read in full by a report, although the program starts anew with every page', async () => {
    const { skus, cursor } = await readAll(null);
    expect(new Set(skus).size).toBe(LISTINGS);
    expect(skus).toHaveLength(LISTINGS);
    expect(amazon.log.find('POST', /\/reports$/)).toHaveLength(1);
    // From then on a search is enough again.
    const [changed] = plainListings(amazon);
    clock += 600_000;
    if (changed) amazon.store.touch(changed, withPrice(changed, 33));
    const next = await readAll(cursor);
    expect(next.skus).toEqual([changed?.sku]);
    expect(amazon.log.find('POST', /\/reports$/)).toHaveLength(1);
  });

  it('finds what changed while the report was read', async () => {
    const row = plainListings(amazon)[5];
    const first = await readAll(null, (page) => {
      if (page === 8 && row) amazon.store.touch(row, withPrice(row, 44));
    });
    const { skus } = await readAll(first.cursor);
    expect(skus).toContain(row?.sku);
  });

  it('asks for another report when Amazon could not make one, and gives up after three', async () => {
    amazon.reports.failing = 1;
    expect((await readAll(null)).skus).toHaveLength(LISTINGS);
    amazon.reports.failing = 9;
    await expect(readAll(null)).rejects.toMatchObject({ code: 'CHANNEL_UNKNOWN', retryable: false });
  });

  it('names all SKUs for the search for deletions, new ones too', async () => {
    const connector = createAmazonConnector();
    const [gone, model] = plainListings(amazon);
    if (!gone || !model) throw new Error('The account has too few listings');
    const ids: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 200; page += 1) {
      const answer = await connector.pullIds(context(), cursor);
      ids.push(...answer.products.map((product) => product.externalId));
      cursor = answer.cursor;
      // Listed after the report was made: it has to be among the ids all the same.
      if (page === 0) amazon.store.listings.set('NEW-1', { ...model, sku: 'NEW-1', createdAt: clock });
      if (answer.done) break;
    }
    expect(new Set(ids).size).toBeGreaterThanOrEqual(LISTINGS + 1);
    expect(ids).toContain('NEW-1');
    amazon.store.remove(gone);
    clock += 3_600_000;
    const later = await createAmazonConnector().pullIds(context(), null);
    expect(later.products.some((product) => product.externalId === gone.sku)).toBe(false);
  });
});

describe('orders', () => {
  it('come a hundred at a time, each once, and only what changed comes again', async () => {
    const connector = createAmazonConnector();
    const orders: RemoteOrder[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < 3; page += 1) {
      const answer = await connector.pullOrders(context(), cursor);
      orders.push(...answer.orders);
      cursor = answer.cursor;
      expect(answer.done).toBe(page === 2);
    }
    expect(new Set(orders.map((order) => order.externalId)).size).toBe(230);
    clock += 10 * 60_000;
    const [row] = amazon.store.orders.values();
    if (row) amazon.store.touchOrder(row, { status: 'CANCELLED' });
    clock += 10 * 60_000;
    const next = await connector.pullOrders(context(), cursor);
    expect(next.orders.map((order) => [order.externalId, order.disposition])).toEqual([
      [row?.id, 'cancelled'],
    ]);
  });

  it('go on after a day without using a token that has ended', async () => {
    const connector = createAmazonConnector();
    const first = await connector.pullOrders(context(), null);
    clock += DAY;
    amazon.log.clear();
    const again = await connector.pullOrders(context(), first.cursor);
    expect(again.orders[0]?.externalId).toBe(first.orders[0]?.externalId);
    expect(amazon.log.all.some((entry) => 'paginationToken' in entry.query)).toBe(false);
  });

  it('read the list anew when Amazon no longer knows the token', async () => {
    const connector = createAmazonConnector();
    const first = await connector.pullOrders(context(), null);
    const broken = JSON.stringify({ ...(JSON.parse(first.cursor) as object), token: 'gone' });
    const again = await connector.pullOrders(context(), broken);
    expect(again.orders).toHaveLength(100);
    expect(amazon.log.find('GET', /\/orders$/).map((entry) => entry.status)).toEqual([200, 400, 200]);
  });
});
