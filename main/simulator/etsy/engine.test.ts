import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editListings } from '../../engine/catalog/edit.ts';
import { createEtsyConnector } from '../../engine/channels/etsy/connector.ts';
import { getOrder } from '../../engine/orders/order-rows.ts';
import { advance, ship } from '../../engine/orders/steps.ts';
import { listConflicts, resolveConflicts } from '../../engine/sync/conflicts.ts';
import { addAccount } from '../../engine/sync/manage-accounts.ts';
import { publish } from '../../engine/sync/publish.ts';
import { pull } from '../../engine/sync/pull.ts';
import { testEngine, type TestEngine } from '../../engine/testing/test-engine.ts';
import type { InventoryRow, ListingRow, ReceiptRow } from './rows.ts';
import { keyOf } from './suite-shop.ts';
import { startEtsySimulator, type EtsySimulator } from './start.ts';

const signal = new AbortController().signal;
const call = { actor: 'test' };
const WIDE = { perSecond: 1_000, perDay: 1_000_000 };

let test: TestEngine;
let shop: EtsySimulator;

async function open(quota = WIDE): Promise<void> {
  test = await testEngine({ connectors: [createEtsyConnector()], fetch: (url, init) => fetch(url, init) });
  // Both sides live in the same time, so that waiting costs none.
  const now = (): number => test.clock.now();
  shop = await startEtsySimulator({
    listings: 90,
    orders: 12,
    seed: 5,
    now,
    baseMs: now() - 3_600_000,
    quota,
  });
  await addAccount(
    test.engine,
    { platform: 'etsy', name: 'Quay', baseUrl: shop.url, credentials: { ...shop.credentials } },
    call,
  );
  await pull(test.engine, {}, signal);
}
beforeEach(() => open());
afterEach(async () => {
  test.close();
  await shop.close();
});

type Item = readonly [ListingRow, InventoryRow];
const rowOf = ([listing, product]: Item): { id: string; [column: string]: unknown } =>
  test.engine.db.getComposed<{ id: string }>(
    `SELECT listing.*, p.title, p.status FROM listing JOIN product p ON p.rid = product_rid
     WHERE p.external_id = :product AND listing.external_id IS :variant`,
    { product: String(listing.id), variant: keyOf(product) },
  ) ?? { id: '' };
const edit = (item: Item, fields: Record<string, string | number | string[]>): void => {
  const changes = Object.entries(fields).map(([field, value]) => ({
    listingId: rowOf(item).id,
    field,
    value,
  }));
  expect(editListings(test.engine.journal, { changes }, call).rejected).toEqual([]);
};
const onSale = (): ListingRow[] => [...shop.store.listings.values()].filter((row) => row.state === 'active');
const varied = (skip = 0): ListingRow =>
  onSale().filter((row) => row.products.length > 2 && row.priceOn.length > 0)[skip] as ListingRow;
const simple = (skip = 0): ListingRow =>
  onSale().filter((row) => row.products.length === 1)[skip] as ListingRow;
const item = (listing: ListingRow, index = 0): Item => [listing, listing.products[index] as InventoryRow];
const count = (table: string): number =>
  test.engine.db.getComposed<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;

describe('an Etsy shop and the engine', () => {
  it('is read in full, in all its states', () => {
    const variants = [...shop.store.listings.values()].reduce((sum, row) => sum + row.products.length, 0);
    expect(count('listing')).toBe(variants);
    expect(count('sales_order')).toBe(12);
    const states = test.engine.db.pluck<string>('SELECT DISTINCT status FROM product ORDER BY status');
    expect(states).toEqual(['draft', 'expired', 'inactive', 'publish', 'sold_out']);
  });

  it('takes edits of every kind and shows them: published is verified, the other variants stay', async () => {
    const listing = varied();
    const before = listing.products.map(({ sku, price, quantity }) => ({ sku, price, quantity }));
    const numbers = listing.products.map((product) => product.productId);
    edit(item(listing, 1), {
      title: 'Harbour mug',
      description: 'Thrown & glazed by hand.',
      tags: ['mug', 'blue'],
      price: '30.00',
      quantity: 77,
      sku: 'NEW-1',
      weight: '0.4',
    });
    const result = await publish(test.engine, {}, signal);
    expect(result).toMatchObject({ sent: 7, verified: 7, rejected: [], conflicts: [] });
    expect(listing).toMatchObject({
      title: 'Harbour mug',
      tags: ['mug', 'blue'],
      weight: 400,
      weightUnit: 'g',
    });
    expect(listing.products.map(({ sku, price, quantity }) => ({ sku, price, quantity }))).toEqual(
      before.with(1, { sku: 'NEW-1', price: 3_000, quantity: 77 }),
    );
    expect(listing.products.some((product) => numbers.includes(product.productId))).toBe(false);
    // Renumbered variants are still the same listings.
    const known = count('listing');
    await pull(test.engine, {}, signal);
    expect(count('listing')).toBe(known);
    expect(rowOf(item(listing, 1))).toMatchObject({ price_minor: 3_000, quantity: 77, removed_at_ms: null });
  });

  it('writes several variants of a listing in one request', async () => {
    const listing = varied(1);
    for (const [index] of listing.products.entries()) edit(item(listing, index), { quantity: 40 + index });
    shop.log.clear();
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: listing.products.length });
    expect(shop.log.find('PUT', /inventory$/)).toHaveLength(1);
    expect(listing.products.map((product) => product.quantity)).toEqual(
      listing.products.map((_product, index) => 40 + index),
    );
  });

  it('finds a change, a variant that is gone and a listing that is gone', async () => {
    const changed = simple();
    const [lost, gone] = [varied(2), simple(1)];
    const removedVariant = item(lost, 2);
    test.clock.advance(3_600_000);
    shop.store.touchProduct(...item(changed), { price: 1_234 });
    shop.store.touch(lost, { products: lost.products.slice(0, 2) });
    shop.store.remove(gone);
    expect(await pull(test.engine, {}, signal)).toMatchObject({ listings: { removed: 2 } });
    expect(rowOf(item(changed))).toMatchObject({ price_minor: 1_234 });
    expect(rowOf(removedVariant)['removed_at_ms']).not.toBeNull();
    expect(rowOf(item(gone))['removed_at_ms']).not.toBeNull();
  });

  it('does not take a listing for deleted that changes its state while the states are read', async () => {
    const sold = [...shop.store.listings.values()].find((row) => row.state === 'sold_out') as ListingRow;
    test.clock.advance(3_600_000);
    let lists = 0;
    const engine = test.engine;
    const original = engine.ports.fetch;
    Object.assign(engine.ports, {
      fetch: async (...args: Parameters<typeof original>) => {
        const answer = await original(...args);
        const url = new URL(args[0]);
        // Renewed after the active ones were listed, before the sold-out ones are.
        const inSweep = url.searchParams.get('includes') === 'Inventory';
        if (inSweep && url.searchParams.get('state') === 'active') lists += 1;
        if (inSweep && url.searchParams.get('state') === 'draft' && lists === 1)
          shop.store.touch(sold, { state: 'active' });
        return answer;
      },
    });
    expect(await pull(engine, {}, signal)).toMatchObject({ listings: { removed: 0 } });
    expect(lists).toBe(2);
    expect(rowOf(item(sold))['removed_at_ms']).toBeNull();
  });

  it('never overwrites stock that was sold between the look and the write', async () => {
    const listing = varied();
    const [, product] = item(listing);
    const before = product.quantity;
    edit(item(listing), { quantity: before + 10 });
    // The sale happens after the engine has read, before the inventory is read to be merged.
    const original = test.engine.ports.fetch;
    let sold = false;
    Object.assign(test.engine.ports, {
      fetch: async (...args: Parameters<typeof original>) => {
        if (!sold && /listings\/\d+\/inventory$/.test(new URL(args[0]).pathname)) {
          sold = true;
          shop.store.touchProduct(listing, product, { quantity: before - 1 });
        }
        return original(...args);
      },
    });
    const result = await publish(test.engine, {}, signal);
    expect(listing.products[0]?.quantity).toBe(before - 1);
    expect(result.conflicts).toMatchObject([{ field: 'quantity' }]);
    expect(listConflicts(test.engine).conflicts).toMatchObject([{ field: 'quantity', theirs: before - 1 }]);
    resolveConflicts(test.engine, { choice: 'mine' }, call);
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: 1 });
    expect(listing.products[0]?.quantity).toBe(before + 10);
  });

  it('shows a conflict when somebody in the shop changed the same title', async () => {
    const listing = simple(2);
    edit(item(listing), { title: 'Mine' });
    test.clock.advance(60_000);
    shop.store.touch(listing, { title: 'Theirs' });
    const result = await publish(test.engine, {}, signal);
    expect(result.conflicts).toMatchObject([{ field: 'title', theirs: 'Theirs', mine: 'Mine' }]);
    expect(listing.title).toBe('Theirs');
  });

  it.each(['timeout-after-apply', 'server-error', 'drop', 'rate-limit', 'html'] as const)(
    'ships once and mails the buyer once although %s strikes',
    async (fault) => {
      const receipt = [...shop.store.receipts.values()].find(
        (row) => row.status === 'paid' && row.lines.length > 1,
      ) as ReceiptRow;
      const { engine } = test;
      const { id } = engine.db.getComposed<{ id: string }>(
        'SELECT id FROM sales_order WHERE external_id = :id',
        { id: String(receipt.id) },
      ) as { id: string };
      expect(getOrder(engine.db, id, test.clock.now()).items).toHaveLength(receipt.lines.length);
      for (const step of ['pick', 'pack'] as const) advance(engine, step, { orderId: id }, call);
      ship(engine, { orderId: id, carrier: 'DHL', tracking: 'PARCEL-1' }, call);
      shop.faults.script({ fault, path: /tracking$/, delayMs: 5, retryAfter: 1 });
      for (let run = 0; run < 4; run += 1) {
        await publish(engine, {}, signal).catch(() => undefined);
        test.clock.advance(120_000);
      }
      expect(shop.faults.pending).toBe(0);
      expect(receipt.parcels.map((parcel) => [parcel.carrier, parcel.code])).toEqual([['dhl', 'PARCEL-1']]);
      expect(receipt.mails).toEqual(['PARCEL-1']);
      const states = engine.db.pluck<string>("SELECT DISTINCT state FROM outbox WHERE kind = 'ship'");
      expect(states).toEqual(['verified']);
    },
  );

  it('goes on with a new token when the old one ends in the middle, and later with the rotated one', async () => {
    const listing = simple(3);
    edit(item(listing), { price: '44.00' });
    shop.beforeWrite = () => {
      shop.beforeWrite = null;
      shop.access.endTokens();
    };
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: 1 });
    test.clock.advance(2 * 3_600_000);
    shop.store.touchProduct(...item(listing), { price: 4_500 });
    await pull(test.engine, {}, signal);
    expect(rowOf(item(listing))).toMatchObject({ price_minor: 4_500 });
    expect(shop.access.issued).toBe(3);
  });
});

describe('the quota of an Etsy app', () => {
  beforeEach(async () => {
    test.close();
    await shop.close();
    await open({ perSecond: 10, perDay: 1_000 });
  });

  it('is used nearly up within each second and hardly ever overdrawn', async () => {
    for (const listing of onSale())
      for (const [index] of listing.products.entries()) edit(item(listing, index), { quantity: 9 });
    const [started, before] = [test.clock.now(), shop.log.total];
    const { sent, verified } = await publish(test.engine, {}, signal);
    expect(verified).toBe(sent);
    const calls = shop.log.total - before;
    expect(calls).toBeGreaterThan(40);
    expect((test.clock.now() - started) / 1_000).toBeLessThan((calls / 10) * 1.5);
    // Calls that overtake each other on their way can meet in one second.
    expect(shop.meter.refused).toBeLessThan(calls * 0.06);
  });

  it('keeps its last fifth for stock: content waits, stock goes out', async () => {
    const [stock, content] = [simple(), simple(1)];
    edit(item(stock), { quantity: 21 });
    edit(item(content), { title: 'Later' });
    shop.meter.use(850 - shop.log.total);
    // The first answer says how little is left.
    await publish(test.engine, {}, signal).catch(() => undefined);
    expect(stock.products[0]?.quantity).toBe(21);
    expect(content.title).not.toBe('Later');
    const [waiting] = test.engine.db.pluck<string>("SELECT state FROM outbox WHERE field = 'title'");
    expect(waiting).toBe('retry_wait');
    expect(shop.meter.refused).toBe(0);
    test.clock.advance(25 * 3_600_000);
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: 1 });
    expect(content.title).toBe('Later');
  });

  it('reads orders although the catalogue has to wait, and goes on with it later', async () => {
    const listing = simple();
    const receipt = [...shop.store.receipts.values()].find((row) => row.status === 'paid') as ReceiptRow;
    shop.meter.use(850 - shop.log.total);
    test.clock.advance(60_000);
    shop.store.touchProduct(...item(listing), { price: 4_321 });
    shop.store.touchReceipt(receipt, { status: 'canceled' });
    // The first pull learns how little is left, the second one has to do with it.
    for (const _pull of [1, 2]) await pull(test.engine, {}, signal).catch(() => undefined);
    shop.store.touchProduct(...item(listing), { price: 5_432 });
    await pull(test.engine, {}, signal).catch(() => undefined);
    expect(rowOf(item(listing))['price_minor']).not.toBe(5_432);
    const disposition = test.engine.db.getComposed<{ disposition: string }>(
      'SELECT disposition FROM sales_order WHERE external_id = :id',
      { id: String(receipt.id) },
    );
    expect(disposition).toEqual({ disposition: 'cancelled' });
    expect(shop.meter.refused).toBe(0);
    test.clock.advance(25 * 3_600_000);
    await pull(test.engine, {}, signal);
    expect(rowOf(item(listing))['price_minor']).toBe(5_432);
  });
});
