import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editListings } from '../../engine/catalog/edit.ts';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import { getOrder } from '../../engine/orders/order-rows.ts';
import { advance, ship } from '../../engine/orders/steps.ts';
import { resolveConflicts } from '../../engine/sync/conflicts.ts';
import { addAccount } from '../../engine/sync/manage-accounts.ts';
import { publish } from '../../engine/sync/publish.ts';
import { pull } from '../../engine/sync/pull.ts';
import { testEngine, type TestEngine } from '../../engine/testing/test-engine.ts';
import { entriesAt, numberOf, offerAt, withPrice } from './attribute-values.ts';
import type { ListingRow, OrderRow } from './rows.ts';
import { startAmazonSimulator, type AmazonSimulator } from './start.ts';
import { plainListings } from './suite-shop.ts';

const signal = new AbortController().signal;
const call = { actor: 'test' };

let test: TestEngine;
let shop: AmazonSimulator;
beforeEach(async () => {
  test = await testEngine({
    connectors: [createAmazonConnector()],
    fetch: (url, init) => fetch(url, init),
  });
  // Both sides live in the same time, so that waiting costs none.
  const now = (): number => test.clock.now();
  shop = await startAmazonSimulator({
    listings: 60,
    orders: 12,
    seed: 5,
    now,
    baseMs: now() - 3_600_000,
    settleMs: 45_000,
  });
  await addAccount(
    test.engine,
    { platform: 'amazon', name: 'Quay', baseUrl: shop.url, credentials: { ...shop.credentials } },
    call,
  );
  await pull(test.engine, {}, signal);
});
afterEach(async () => {
  test.close();
  await shop.close();
});

const listingOf = (row: ListingRow): string =>
  test.engine.db.getComposed<{ id: string }>(
    'SELECT listing.id FROM listing JOIN product p ON p.rid = product_rid WHERE p.external_id = :sku',
    { sku: row.sku },
  )?.id ?? '';
const edit = (row: ListingRow, fields: Record<string, string | number>): void => {
  const changes = Object.entries(fields).map(([field, value]) => ({
    listingId: listingOf(row),
    field,
    value,
  }));
  expect(editListings(test.engine.journal, { changes }, call).rejected).toEqual([]);
};
const rowAt = (index: number): ListingRow => plainListings(shop)[index] as ListingRow;
const priceOf = (row: ListingRow): number | null => numberOf(offerAt(row, 'our_price')?.['value_with_tax']);
const titleOf = (row: ListingRow): unknown => entriesAt(row, 'item_name')[0]?.['value'];

describe('an account of Amazon and the engine', () => {
  it('is read in full without being sent away', () => {
    const listings = test.engine.db.getComposed<{ n: number }>('SELECT count(*) AS n FROM listing')?.n;
    expect(listings).toBe(60);
    const orders = test.engine.db.getComposed<{ n: number }>('SELECT count(*) AS n FROM sales_order')?.n;
    expect(orders).toBe(12);
    expect(shop.plans.throttled).toBe(0);
  });

  it('takes edits of every kind, shows them later, and then they are verified', async () => {
    const row = rowAt(0);
    const before = entriesAt(row, 'purchasable_offer')[0];
    edit(row, {
      title: 'Harbour mug',
      price: '30.00',
      salePrice: '24.50',
      saleFrom: '2026-11-01',
      saleTo: '2026-12-24',
      quantity: 77,
      bullets: 'Made of stoneware\nHolds a third of a litre\nStands firmly',
      searchTerms: 'mug harbour',
      description: 'A mug.<br>For coffee.',
    });
    const result = await publish(test.engine, {}, signal);
    expect(result).toMatchObject({ sent: 9, verified: 9, rejected: [], conflicts: [] });
    expect([titleOf(row), priceOf(row)]).toEqual(['Harbour mug', 30]);
    expect(offerAt(row, 'discounted_price')).toMatchObject({ value_with_tax: 24.5 });
    // What Quayside has no field for is still there.
    expect(entriesAt(row, 'fulfillment_availability')).toEqual([
      { fulfillment_channel_code: 'DEFAULT', quantity: 77, lead_time_to_ship_max_days: 2 },
    ]);
    expect(entriesAt(row, 'purchasable_offer')[0]).toMatchObject({
      minimum_seller_allowed_price: before?.['minimum_seller_allowed_price'],
      audience: 'ALL',
    });
    expect(shop.plans.throttled).toBe(0);
  });

  it('does not take an accepted price back while Amazon still shows the old one', async () => {
    const row = rowAt(1);
    const before = priceOf(row);
    shop.store.settleMs = 600_000;
    edit(row, { price: '41.00' });
    await publish(test.engine, {}, signal);
    expect(priceOf(row)).toBe(before);
    edit(row, { salePrice: '39.00', saleFrom: '2026-11-01', saleTo: '2026-12-24' });
    await publish(test.engine, {}, signal);
    test.clock.advance(660_000);
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: 4, rejected: [] });
    expect(priceOf(row)).toBe(41);
    expect(offerAt(row, 'discounted_price')).toMatchObject({ value_with_tax: 39 });
  });

  it('never writes the stock of a listing that Amazon sends', async () => {
    const row = shop.store
      .sellable()
      .find((candidate) =>
        String(entriesAt(candidate, 'fulfillment_availability')[0]?.['fulfillment_channel_code']).startsWith(
          'AMAZON_',
        ),
      ) as ListingRow;
    const stock = entriesAt(row, 'fulfillment_availability');
    edit(row, { quantity: 500, price: '12.00' });
    const result = await publish(test.engine, {}, signal);
    expect(result.rejected).toMatchObject([{ field: 'quantity', code: 'FBA_STOCK_READ_ONLY' }]);
    expect(entriesAt(row, 'fulfillment_availability')).toEqual(stock);
    // The price does not suffer from its neighbour.
    expect(priceOf(row)).toBe(12);
  });

  it('says which field Amazon refused', async () => {
    const row = rowAt(2);
    edit(row, { price: '0.00', title: 'A fine mug' });
    const result = await publish(test.engine, {}, signal);
    expect(result.rejected).toMatchObject([{ field: 'price', code: 'CHANNEL_INVALID' }]);
    expect(titleOf(row)).toBe('A fine mug');
  });

  it('shows a conflict when somebody in Seller Central changed the same price', async () => {
    const row = rowAt(3);
    edit(row, { price: '15.00' });
    test.clock.advance(60_000);
    shop.store.touch(row, withPrice(row, 16));
    const result = await publish(test.engine, {}, signal);
    expect(result.conflicts).toMatchObject([{ field: 'price', theirs: '16.00', mine: '15.00' }]);
    expect(priceOf(row)).toBe(16);
    resolveConflicts(test.engine, { choice: 'mine' }, call);
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: 1 });
    expect(priceOf(row)).toBe(15);
  });

  it.each(['timeout-after-apply', 'server-error', 'drop', 'rate-limit', 'html'] as const)(
    'ships in parts, once each, although %s strikes',
    async (fault) => {
      const order = [...shop.store.orders.values()].find(
        (row) => row.status === 'UNSHIPPED' && row.items.length > 1,
      ) as OrderRow;
      const { id } = test.engine.db.getComposed<{ id: string }>(
        'SELECT id FROM sales_order WHERE external_id = :id',
        { id: order.id },
      ) as { id: string };
      const engine = test.engine;
      const { items: lines } = getOrder(engine.db, id, test.clock.now());
      const [first, ...others] = lines.map(({ lineId }) => ({ lineId }));
      for (const step of ['pick', 'pack'] as const) advance(engine, step, { orderId: id }, call);
      ship(engine, { orderId: id, lines: first ? [first] : [], carrier: 'DHL', tracking: 'PART-1' }, call);
      ship(engine, { orderId: id, lines: others, carrier: 'DHL', tracking: 'PART-2' }, call);
      shop.faults.script({ fault, path: /shipmentConfirmation$/, delayMs: 5, retryAfter: 1 });
      for (let run = 0; run < 4; run += 1) {
        await publish(engine, {}, signal).catch(() => undefined);
        test.clock.advance(120_000);
      }
      expect(order.packages.map((entry) => entry.tracking).toSorted()).toEqual(['PART-1', 'PART-2']);
      expect(order.mails.toSorted()).toEqual(['PART-1', 'PART-2']);
      expect([order.status, shop.faults.pending]).toEqual(['SHIPPED', 0]);
      const states = engine.db.pluck<string>("SELECT DISTINCT state FROM outbox WHERE kind = 'ship'");
      expect(states).toEqual(['verified']);
      // Reading the order again finds nothing that is not known.
      test.clock.advance(600_000);
      await pull(engine, {}, signal);
      expect(getOrder(engine.db, id, test.clock.now()).state).toBe('shipped');
      expect(engine.db.pluck<number>("SELECT count(*) FROM outbox WHERE kind = 'ship'")).toEqual([2]);
    },
  );

  it('counts what somebody confirmed in Seller Central', async () => {
    const order = [...shop.store.orders.values()].find(
      (row) => row.status === 'UNSHIPPED' && row.items.length > 1,
    ) as OrderRow;
    const [item] = order.items;
    if (item) item.shipped = item.quantity;
    shop.store.touchOrder(order, { status: 'PARTIALLY_SHIPPED' });
    test.clock.advance(600_000);
    await pull(test.engine, {}, signal);
    const { id } = test.engine.db.getComposed<{ id: string }>(
      'SELECT id FROM sales_order WHERE external_id = :id',
      { id: order.id },
    ) as { id: string };
    const { items } = getOrder(test.engine.db, id, test.clock.now());
    const open = (lines: readonly { quantity: number; shipped: number }[]): number[] =>
      lines.map((line) => line.quantity - line.shipped).toSorted((x, y) => x - y);
    expect(open(items)).toEqual(open(order.items));
  });

  it('goes on with a new token when the old one ends in the middle', async () => {
    const row = rowAt(4);
    edit(row, { price: '44.00' });
    shop.beforeWrite = (path) => {
      if (!path.startsWith('/listings/')) return;
      shop.beforeWrite = null;
      shop.access.endTokens();
    };
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: 1 });
    expect(shop.access.issued).toBe(2);
  });

  it('uses nearly all of what Amazon allows and is never sent away', async () => {
    shop.store.settleMs = 0;
    const rows = plainListings(shop);
    const round = async (price: number): Promise<number> => {
      for (const row of rows) edit(row, { price: price.toFixed(2), quantity: price });
      const { sent, verified } = await publish(test.engine, {}, signal);
      expect(verified).toBe(sent);
      return rows.length;
    };
    await round(10);
    const patches = (): number => shop.log.find('PATCH', /./).length;
    const [started, before] = [test.clock.now(), patches()];
    for (let price = 11; price < 15; price += 1) await round(price);
    expect(patches() - before).toBe(rows.length * 4);
    expect(shop.plans.throttled).toBe(0);
    // Five a second; the look after each round is the only other wait.
    const needed = (patches() - before) / 5 + 4 * 20;
    expect((test.clock.now() - started) / 1_000).toBeLessThan(needed * 1.05);
  });
});

describe('an account with more orders than Amazon shows at once', () => {
  it('reads on where its twenty looks ended, and is never sent away', async () => {
    const now = (): number => test.clock.now();
    const busy = await startAmazonSimulator({ listings: 20, orders: 2_150, seed: 9, now, baseMs: now() });
    const added = await addAccount(
      test.engine,
      { platform: 'amazon', name: 'Busy', baseUrl: busy.url, credentials: { ...busy.credentials } },
      call,
    );
    const stored = (): number =>
      test.engine.db.getComposed<{ n: number }>(
        'SELECT count(*) AS n FROM sales_order o JOIN account a ON a.rid = o.account_rid WHERE a.id = :id',
        { id: added.accountId },
      )?.n ?? 0;
    // All of them changed yesterday.
    for (const row of busy.store.orders.values()) row.updatedAt = now() - 86_400_000;
    await expect(pull(test.engine, { accountId: added.accountId }, signal)).rejects.toMatchObject({
      code: 'CHANNEL_RATE',
    });
    expect(stored()).toBe(2_000);
    test.clock.advance(400_000);
    await pull(test.engine, { accountId: added.accountId }, signal).catch(() => undefined);
    test.clock.advance(400_000);
    await pull(test.engine, { accountId: added.accountId }, signal);
    expect(stored()).toBe(2_150);
    expect(busy.plans.throttled).toBe(0);
    await busy.close();
  });
});
