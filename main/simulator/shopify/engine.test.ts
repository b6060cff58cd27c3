import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editListings } from '../../engine/catalog/edit.ts';
import { createShopifyConnector } from '../../engine/channels/shopify/connector.ts';
import { getOrder } from '../../engine/orders/order-rows.ts';
import { advance, ship } from '../../engine/orders/steps.ts';
import { listConflicts, resolveConflicts } from '../../engine/sync/conflicts.ts';
import { addAccount } from '../../engine/sync/manage-accounts.ts';
import { publish } from '../../engine/sync/publish.ts';
import { pull } from '../../engine/sync/pull.ts';
import { testEngine, type TestEngine } from '../../engine/testing/test-engine.ts';
import type { OrderRow, VariantRow } from './rows.ts';
import { startShopifySimulator, type ShopifySimulator } from './start.ts';

const signal = new AbortController().signal;
const call = { actor: 'test' };

let test: TestEngine;
let shop: ShopifySimulator;
beforeEach(async () => {
  test = await testEngine({
    connectors: [createShopifyConnector()],
    fetch: (url, init) => fetch(url, init),
  });
  // Both sides live in the same time, so that waiting costs none.
  const now = (): number => test.clock.now();
  shop = await startShopifySimulator({ listings: 60, orders: 12, seed: 5, now, baseMs: now() - 3_600_000 });
  await addAccount(
    test.engine,
    { platform: 'shopify', name: 'Quay', baseUrl: shop.url, credentials: { ...shop.credentials } },
    call,
  );
  await pull(test.engine, {}, signal);
});
afterEach(async () => {
  test.close();
  await shop.close();
});

const listingOf = (variant: VariantRow): string =>
  test.engine.db.getComposed<{ id: string }>('SELECT id FROM listing WHERE external_id = :id', {
    id: String(variant.id),
  })?.id ?? '';
const cell = (variant: VariantRow, column: string): unknown =>
  test.engine.db.getComposed<{ value: unknown }>(
    `SELECT ${column} AS value FROM listing JOIN product p ON p.rid = product_rid WHERE listing.external_id = :id`,
    { id: String(variant.id) },
  )?.value;
const edit = (variant: VariantRow, fields: Record<string, string | number>): void => {
  const changes = Object.entries(fields).map(([field, value]) => ({
    listingId: listingOf(variant),
    field,
    value,
  }));
  expect(editListings(test.engine.journal, { changes }, call).rejected).toEqual([]);
};
const stocked = (): VariantRow[] =>
  [...shop.store.variants.values()].filter(
    (row) => row.compareAtPrice === null && row.levels.has(shop.store.location.id),
  );
const variantAt = (index: number): VariantRow => stocked()[index] as VariantRow;
const available = (variant: VariantRow): number => variant.levels.get(shop.store.location.id) ?? Number.NaN;
const throttled = (): number => shop.api.throttled;

describe('a Shopify shop and the engine', () => {
  it('is read in full, and pays for it without ever being throttled', () => {
    const count = test.engine.db.getComposed<{ n: number }>('SELECT count(*) AS n FROM listing')?.n;
    expect(count).toBe(shop.store.variants.size);
    const orders = test.engine.db.getComposed<{ n: number }>('SELECT count(*) AS n FROM sales_order')?.n;
    expect(orders).toBe(12);
    expect(throttled()).toBe(0);
  });

  it('learns of a deleted product from its event, long before ids are compared', async () => {
    const variant = variantAt(6);
    const product = shop.store.products.get(variant.productId);
    edit(variant, { price: '99.00' });
    test.clock.advance(3_600_000);
    if (product) shop.store.removeProduct(product);
    // In a large shop ids are compared twice a day only.
    const deletions = shop.log.all.filter(({ body }) => JSON.stringify(body).includes('Deletions')).length;
    shop.faults.script({ fault: 'unavailable', path: /ProductIds$/, times: 50, retryAfter: 3_600 });
    await pull(test.engine, {}, signal).catch(() => undefined);
    shop.faults.clear();
    const rows = test.engine.db.getComposed<{ n: number }>(
      `SELECT count(*) AS n FROM listing l JOIN product p ON p.rid = l.product_rid
       WHERE p.external_id = :id AND l.removed_at_ms IS NULL`,
      { id: String(variant.productId) },
    );
    expect(rows?.n).toBe(0);
    expect(test.engine.db.pluck('SELECT code FROM outbox')).toEqual(['CHANNEL_GONE']);
    expect(shop.log.all.filter(({ body }) => JSON.stringify(body).includes('Deletions')).length).toBe(
      deletions + 1,
    );
  });

  it('finds a deleted variant missing in its product', async () => {
    const variant = [...shop.store.variants.values()].find((row) => row.position === 2) as VariantRow;
    test.clock.advance(3_600_000);
    shop.store.removeVariant(variant);
    expect(await pull(test.engine, {}, signal)).toMatchObject({ listings: { removed: 1 } });
  });

  it('takes edits of every kind and shows them: published is verified', async () => {
    const variant = variantAt(0);
    edit(variant, {
      title: 'Harbour mug',
      brand: 'Quay',
      price: '30.00',
      salePrice: '24.50',
      quantity: 77,
      weight: '0.4',
      gtin: '4006381333931',
    });
    const result = await publish(test.engine, {}, signal);
    expect(result).toMatchObject({ sent: 7, verified: 7, rejected: [], conflicts: [] });
    expect(variant).toMatchObject({ price: '24.50', compareAtPrice: '30.00', barcode: '4006381333931' });
    expect(available(variant)).toBe(77);
    expect(shop.store.products.get(variant.productId)).toMatchObject({
      title: 'Harbour mug',
      vendor: 'Quay',
    });
    await pull(test.engine, {}, signal);
    expect([cell(variant, 'price_minor'), cell(variant, 'sale_price_minor')]).toEqual([3_000, 2_450]);
  });

  it('ends a sale by taking the sale price away, and never starts one by lowering a price', async () => {
    const onSale = [...shop.store.variants.values()].find((row) => row.compareAtPrice !== null) as VariantRow;
    const regular = Math.round(Number(onSale.compareAtPrice) * 100);
    expect(cell(onSale, 'price_minor')).toBe(regular);
    edit(onSale, { salePrice: '' });
    await publish(test.engine, {}, signal);
    expect(onSale).toMatchObject({ price: (regular / 100).toFixed(2), compareAtPrice: null });
    // A compare-at price that is no higher than the price is no sale; it must not become one.
    const variant = variantAt(2);
    shop.store.touch(variant, { price: '20.00', compareAtPrice: '20.00' });
    await pull(test.engine, {}, signal);
    edit(variant, { price: '15.00' });
    await publish(test.engine, {}, signal);
    expect(variant).toMatchObject({ price: '15.00', compareAtPrice: null });
  });

  it('never overwrites stock that was sold between the look and the write', async () => {
    const variant = variantAt(1);
    const before = available(variant);
    edit(variant, { quantity: before + 10 });
    // The sale happens after the engine has read, just before the write arrives.
    shop.beforeMutation = (name) => {
      if (name !== 'SetQuantities') return;
      shop.beforeMutation = null;
      shop.store.setAvailable(variant, shop.store.location.id, before - 1);
    };
    const result = await publish(test.engine, {}, signal);
    expect(available(variant)).toBe(before - 1);
    expect(result.conflicts).toMatchObject([{ field: 'quantity' }]);
    const [conflict] = listConflicts(test.engine).conflicts;
    expect(conflict).toMatchObject({ field: 'quantity', theirs: before - 1 });
    resolveConflicts(test.engine, { choice: 'mine' }, call);
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: 1 });
    expect(available(variant)).toBe(before + 10);
  });

  it('begins to stock an item that the location has never had', async () => {
    const elsewhere = [...shop.store.variants.values()].find(
      (row) => !row.levels.has(shop.store.location.id),
    );
    const variant = elsewhere ?? variantAt(3);
    variant.levels.delete(shop.store.location.id);
    shop.store.touch(variant);
    await pull(test.engine, {}, signal);
    expect(cell(variant, 'quantity')).toBeNull();
    edit(variant, { quantity: 4 });
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: 1, rejected: [] });
    expect(available(variant)).toBe(4);
  });

  it('shows a conflict when somebody in the shop changed the same title', async () => {
    const variant = variantAt(4);
    const product = shop.store.products.get(variant.productId);
    edit(variant, { title: 'Mine' });
    test.clock.advance(60_000);
    if (product) shop.store.touch(product, { title: 'Theirs' });
    const result = await publish(test.engine, {}, signal);
    expect(result.conflicts).toMatchObject([{ field: 'title', theirs: 'Theirs', mine: 'Mine' }]);
    expect(product?.title).toBe('Theirs');
  });

  it.each(['timeout-after-apply', 'server-error', 'drop', 'rate-limit', 'html'] as const)(
    'ships once and tells the customer once although %s strikes',
    async (fault) => {
      const order = [...shop.store.orders.values()].find(
        (row) => row.financial === 'PAID' && row.parcels.length === 0 && row.lines.length > 1,
      ) as OrderRow;
      const { id } = test.engine.db.getComposed<{ id: string }>(
        'SELECT id FROM sales_order WHERE external_id = :id',
        { id: String(order.id) },
      ) as { id: string };
      const engine = test.engine;
      const { items: lines } = getOrder(engine.db, id, test.clock.now());
      const [first, ...others] = lines.map(({ lineId }) => ({ lineId }));
      const some = first ? [first] : [];
      for (const step of ['pick', 'pack'] as const) advance(engine, step, { orderId: id }, call);
      ship(engine, { orderId: id, lines: some, carrier: 'DHL', tracking: 'PART-1' }, call);
      ship(engine, { orderId: id, lines: others, carrier: 'DHL', tracking: 'PART-2' }, call);
      shop.faults.script({ fault, path: /CreateFulfilment$/, delayMs: 5, retryAfter: 1 });
      for (let run = 0; run < 4; run += 1) {
        await publish(engine, {}, signal).catch(() => undefined);
        test.clock.advance(120_000);
      }
      expect(order.parcels.map((parcel) => parcel.tracking[0]?.number ?? '').toSorted()).toEqual([
        'PART-1',
        'PART-2',
      ]);
      expect(shop.faults.pending).toBe(0);
      expect(order.mails.toSorted()).toEqual(['PART-1', 'PART-2']);
      expect(order.parts.every((part) => part.lines.every((line) => line.remaining === 0))).toBe(true);
      const states = engine.db.pluck<string>("SELECT DISTINCT state FROM outbox WHERE kind = 'ship'");
      expect(states).toEqual(['verified']);
    },
  );

  it('packs only what has not left already, when somebody in the shop sent a part', async () => {
    const order = [...shop.store.orders.values()].find(
      (row) => row.financial === 'PAID' && row.parcels.length === 0 && row.lines.length > 1,
    ) as OrderRow;
    const [part] = order.parts;
    const [line] = part?.lines ?? [];
    if (!part || !line) throw new Error('No line');
    test.clock.advance(60_000);
    line.remaining = 0;
    order.parcels.push({
      id: shop.store.newId(),
      name: 'F1',
      status: 'SUCCESS',
      createdAt: shop.store.now(),
      tracking: [{ company: 'DHL', number: 'BY-HAND' }],
      lines: [{ id: shop.store.newId(), lineId: line.lineId, quantity: line.total }],
    });
    shop.store.touch(order);
    await pull(test.engine, {}, signal);
    const { id } = test.engine.db.getComposed<{ id: string }>(
      'SELECT id FROM sales_order WHERE external_id = :id',
      { id: String(order.id) },
    ) as { id: string };
    const { items } = getOrder(test.engine.db, id, test.clock.now());
    expect(items.map((item) => item.quantity - item.shipped)).toEqual(
      part.lines.map((entry) => entry.remaining),
    );
    for (const step of ['pick', 'pack'] as const) advance(test.engine, step, { orderId: id }, call);
    ship(test.engine, { orderId: id, carrier: 'DHL', tracking: 'REST' }, call);
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: 1, rejected: [] });
    expect(order.parcels.map((parcel) => parcel.tracking[0]?.number)).toEqual(['BY-HAND', 'REST']);
  });

  it('goes on with a new token when the old one ends in the middle', async () => {
    const variant = variantAt(5);
    edit(variant, { price: '44.00' });
    shop.beforeMutation = () => {
      shop.beforeMutation = null;
      shop.access.endTokens();
    };
    expect(await publish(test.engine, {}, signal)).toMatchObject({ verified: 1 });
    test.clock.advance(25 * 3_600_000);
    shop.store.touch(variant, { price: '45.00' });
    await pull(test.engine, {}, signal);
    expect(cell(variant, 'price_minor')).toBe(4_500);
    expect(shop.access.issued).toBe(3);
  });

  it('uses nearly all of what the shop allows and is never throttled', async () => {
    const round = async (price: number): Promise<number> => {
      for (const variant of stocked()) edit(variant, { price: price.toFixed(2), quantity: price });
      const { sent, verified } = await publish(test.engine, {}, signal);
      expect(verified).toBe(sent);
      return sent;
    };
    // The first round empties the bucket; from then on only the rate counts.
    await round(10);
    const [started, charged] = [test.clock.now(), shop.api.charged];
    let sent = 0;
    for (let price = 11; price < 19; price += 1) sent += await round(price);
    expect(sent).toBeGreaterThan(500);
    const seconds = (test.clock.now() - started) / 1_000;
    const needed = (shop.api.charged - charged) / 100;
    expect(seconds).toBeLessThan(needed * 1.02);
    expect(throttled()).toBe(0);
  });
});
