import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editListings } from '../../engine/catalog/edit.ts';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import { addAccount } from '../../engine/sync/manage-accounts.ts';
import { publish, sendReleased } from '../../engine/sync/publish.ts';
import { pull } from '../../engine/sync/pull.ts';
import { testEngine, type TestEngine } from '../../engine/testing/test-engine.ts';
import { numberOf, offerAt, withPrice } from './attribute-values.ts';
import type { ListingRow } from './rows.ts';
import { startAmazonSimulator, type AmazonSimulator } from './start.ts';
import { plainListings } from './suite-shop.ts';

const signal = new AbortController().signal;
const call = { actor: 'test' };
const CHANGED = 12;
const FEED_MS = 900_000;

let test: TestEngine;
let shop: AmazonSimulator;
let crashAt: string | null;
beforeEach(async () => {
  crashAt = null;
  test = await testEngine({
    connectors: [createAmazonConnector({ feedFrom: 10 })],
    fetch: (url, init) => fetch(url, init),
    atPoint: (point) => {
      if (point === crashAt) throw new Error('CRASH');
    },
  });
  const now = (): number => test.clock.now();
  const baseMs = now() - 3_600_000;
  shop = await startAmazonSimulator({
    listings: 40,
    orders: 0,
    seed: 5,
    now,
    baseMs,
    settleMs: 45_000,
    feedMs: FEED_MS,
  });
  await addAccount(
    test.engine,
    { platform: 'amazon', name: 'Quay', baseUrl: shop.url, credentials: { ...shop.credentials } },
    call,
  );
  await pull(test.engine, {}, signal);
  shop.log.clear();
});
afterEach(async () => {
  test.close();
  await shop.close();
});

const rows = (): ListingRow[] => plainListings(shop).slice(0, CHANGED);
const listingOf = (row: ListingRow): string =>
  test.engine.db.getComposed<{ id: string }>(
    'SELECT listing.id FROM listing JOIN product p ON p.rid = product_rid WHERE p.external_id = :sku',
    { sku: row.sku },
  )?.id ?? '';
const editAll = (fields: Record<string, string | number>, of = rows()): void => {
  const changes = of.flatMap((row) =>
    Object.entries(fields).map(([field, value]) => ({ listingId: listingOf(row), field, value })),
  );
  expect(editListings(test.engine.journal, { changes }, call).rejected).toEqual([]);
};
const priceOf = (row: ListingRow): number | null => numberOf(offerAt(row, 'our_price')?.['value_with_tax']);
const states = (): Record<string, number> =>
  Object.fromEntries(
    test.engine.db
      .allComposed<{ state: string; n: number }>('SELECT state, count(*) AS n FROM outbox GROUP BY state', {})
      .map(({ state, n }) => [state, n]),
  );
const jobs = (): string[] => test.engine.db.pluck('SELECT state FROM push_job ORDER BY rid');
const send = (): ReturnType<typeof publish> => sendReleased(test.engine, { refused: [], signal });
/** The process ends at a point and another one opens the workspace. */
const crash = async (point: string): Promise<void> => {
  crashAt = point;
  await publish(test.engine, {}, signal).catch(() => undefined);
  crashAt = null;
  test = await test.restart();
};
/** Lets time pass as the scheduler would, until nothing is open any more. */
const finish = async (): Promise<void> => {
  for (let round = 0; round < 60 && Object.keys(states()).some((state) => state !== 'verified'); round += 1) {
    test.clock.advance(60_000);
    await send();
  }
  expect(states()).toEqual({ verified: CHANGED });
  for (const row of rows()) expect([row.sku, priceOf(row), row.writes]).toEqual([row.sku, 30, 1]);
};

describe('a mass change', () => {
  it('is one feed, stays accepted while Amazon works it off, and is verified by reading', async () => {
    editAll({ price: '30.00' });
    const first = await publish(test.engine, {}, signal);
    expect(first).toMatchObject({ sent: CHANGED, verified: 0, rejected: [] });
    expect(states()).toEqual({ accepted: CHANGED });
    test = await test.restart();
    expect(states()).toEqual({ accepted: CHANGED });
    await finish();
    expect(jobs()).toEqual(['done']);
    expect(shop.log.find('PATCH', /items/)).toEqual([]);
    expect(shop.feeds.feeds.size).toBe(1);
    expect(shop.plans.throttled).toBe(0);
  });

  it('lets nothing else of its products leave meanwhile, and sends a later change afterwards', async () => {
    editAll({ price: '30.00' });
    await publish(test.engine, {}, signal);
    const [row] = rows();
    if (!row) throw new Error('No listing');
    editAll({ price: '31.00', title: 'Harbour mug' }, [row]);
    await publish(test.engine, {}, signal);
    expect(row.writes).toBe(0);
    test.clock.advance(FEED_MS);
    for (let round = 0; round < 6; round += 1) {
      await send();
      test.clock.advance(60_000);
    }
    expect(states()).toEqual({ superseded: 1, verified: CHANGED + 1 });
    expect(priceOf(row)).toBe(31);
  });

  it('shows what Amazon refuses at the cell that it names and sends the neighbour again', async () => {
    editAll({ price: '30.00' });
    const [row] = rows();
    if (!row) throw new Error('No listing');
    editAll({ title: 'Harbour mug' }, [row]);
    // Its limit is lower here than what is known in advance.
    shop.store.titleLimit = 5;
    await publish(test.engine, {}, signal);
    test.clock.advance(FEED_MS);
    const later = await send();
    expect(later.rejected).toMatchObject([{ code: 'CHANNEL_INVALID', field: 'title' }]);
    expect(later.rejected[0]?.message).toContain('maximum length');
    for (let round = 0; round < 4; round += 1) {
      test.clock.advance(60_000);
      await send();
    }
    expect(states()).toEqual({ rejected: 1, verified: CHANGED });
    expect(priceOf(row)).toBe(30);
    expect(shop.log.find('PATCH', /items/)).toHaveLength(1);
  });

  it.each([
    ['after it was made', 'publish.before-send', 1],
    ['before it was asked for', 'publish.before-job', 1],
    ['before its id was stored', 'publish.after-job', 1],
  ])('is neither lost nor sent twice when the program ends %s', async (_name, point, feeds) => {
    editAll({ price: '30.00' });
    await crash(point);
    await finish();
    expect(shop.feeds.feeds.size).toBe(feeds);
  });

  it('is looked for when the connection broke before an answer came', async () => {
    editAll({ price: '30.00' });
    shop.faults.script({ fault: 'drop', path: /\/feeds$/, methods: ['POST'] });
    await publish(test.engine, {}, signal);
    await finish();
    expect(shop.feeds.feeds.size).toBe(1);
    expect(shop.log.find('GET', /\/feeds$/)).toHaveLength(1);
  });

  it('is found when it arrived and only its answer was lost', async () => {
    editAll({ price: '30.00' });
    shop.faults.script({ fault: 'timeout-after-apply', path: /\/feeds$/, methods: ['POST'], delayMs: 1 });
    await publish(test.engine, {}, signal);
    await finish();
    expect(shop.feeds.feeds.size).toBe(1);
    expect(jobs()).toEqual(['done']);
  });

  it('goes SKU by SKU when Amazon ends the feed or its limit is used up', async () => {
    editAll({ price: '30.00' });
    shop.feeds.failing = 1;
    await publish(test.engine, {}, signal);
    expect(jobs()).toEqual(['failed']);
    await finish();
    expect(shop.log.find('PATCH', /items/)).toHaveLength(CHANGED);
  });

  it('takes a feed back that Amazon has not begun after a day, and goes SKU by SKU', async () => {
    editAll({ price: '30.00' });
    shop.feeds.feedMs = 7 * 86_400_000;
    await publish(test.engine, {}, signal);
    test.clock.advance(25 * 3_600_000);
    await finish();
    expect([...shop.feeds.feeds.values()].map((feed) => feed.status)).toEqual(['CANCELLED']);
    expect(jobs()).toEqual(['failed']);
    expect(shop.log.find('PATCH', /items/)).toHaveLength(CHANGED);
  });

  it('waits for no limit of feeds', async () => {
    editAll({ price: '30.00' });
    shop.faults.script({ fault: 'rate-limit', path: /\/feeds$/, methods: ['POST'] });
    await publish(test.engine, {}, signal);
    await finish();
    expect(shop.log.find('PATCH', /items/)).toHaveLength(CHANGED);
    expect(jobs()).toEqual(['dropped']);
  });

  it('takes nothing along that somebody changed in Seller Central meanwhile', async () => {
    editAll({ price: '30.00' });
    const [row] = rows();
    if (!row) throw new Error('No listing');
    test.clock.advance(60_000);
    shop.store.touch(row, withPrice(row, 77));
    const result = await publish(test.engine, {}, signal);
    expect(result.conflicts).toHaveLength(1);
    expect(states()).toEqual({ accepted: CHANGED - 1, conflict: 1 });
  });
});
