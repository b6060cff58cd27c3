import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelContext, ListingPush, PushResult } from '../../engine/channels/contract.ts';
import { createShopifyConnector } from '../../engine/channels/shopify/connector.ts';
import type { VariantRow } from './rows.ts';
import type { ShopifySimulator } from './start.ts';
import { contextOf, openSimulator } from './suite-shop.ts';

const connector = createShopifyConnector();
let shop: ShopifySimulator;
let context: ChannelContext;
beforeEach(async () => {
  shop = await openSimulator({ listings: 60, orders: 1 });
  context = contextOf(shop);
});
afterEach(() => shop.close());

const location = (): number => shop.store.location.id;
const stocked = (): VariantRow[] =>
  [...shop.store.variants.values()].filter((row) => row.levels.has(location()));
const opOf = (
  variant: VariantRow,
  fields: ListingPush['fields'],
  opId = String(variant.id),
): ListingPush => ({
  opId,
  ref: { productExternalId: String(variant.productId), variantExternalId: String(variant.id) },
  currency: 'EUR',
  fields,
});
const byOp = (results: readonly PushResult[]): Map<string, PushResult> =>
  new Map(results.map((result) => [result.opId, result]));
const calls = (name: string): number =>
  shop.log.all.filter(({ body }) => JSON.stringify(body ?? '').includes(`mutation ${name}(`)).length;

describe('stock', () => {
  it('goes out in one call, and one stale quantity does not hold back the others', async () => {
    const rows = stocked().slice(0, 20);
    const refs = rows.map((row) => opOf(row, {}).ref);
    const read = await connector.readListings(context, refs);
    const [sold] = rows;
    if (sold) shop.store.setAvailable(sold, location(), 1_000);
    const ops = rows.map((row, index) => ({
      ...opOf(row, { quantity: 300 + index }),
      seen: read[index]?.fields ?? {},
    }));
    const results = byOp(await connector.pushListings(context, ops));
    expect(results.get(String(sold?.id))).toMatchObject({
      outcome: 'retry',
      code: 'CHANNEL_CONFLICT',
      field: 'quantity',
    });
    const others = rows.slice(1);
    expect(others.map((row) => results.get(String(row.id))?.outcome)).toEqual(others.map(() => 'accepted'));
    expect(rows.map((row) => row.levels.get(location()))).toEqual(
      rows.map((_row, index) => (index === 0 ? 1_000 : 300 + index)),
    );
    expect(calls('SetQuantities')).toBe(2);
  });

  it('that the shop cannot hold is refused at its own cell', async () => {
    const [first, second] = stocked();
    if (!first || !second) throw new Error('No stock');
    const ops = [opOf(first, { quantity: 2_000_000_000 }), opOf(second, { quantity: 4 })];
    const results = byOp(await connector.pushListings(context, ops));
    expect(results.get(String(first.id))).toMatchObject({ outcome: 'rejected', field: 'quantity' });
    expect(results.get(String(second.id))).toEqual({ opId: String(second.id), outcome: 'accepted' });
  });

  it('of a variant that is not tracked begins with tracking it', async () => {
    const [row] = stocked();
    if (!row) throw new Error('No stock');
    shop.store.touch(row, { tracked: false });
    const results = await connector.pushListings(context, [opOf(row, { quantity: 8 })]);
    expect(results.map((result) => result.outcome)).toEqual(['accepted', 'accepted']);
    expect(row).toMatchObject({ tracked: true });
    expect(row.levels.get(location())).toBe(8);
  });

  it('is refused by a real shop without a key or without an explicit quantity to compare with', () => {
    const [row] = stocked();
    const quantity = {
      inventoryItemId: `gid://shopify/InventoryItem/${row?.itemId}`,
      locationId: `gid://shopify/Location/${location()}`,
      quantity: 1,
    };
    const send = (directive: string, quantities: object[]): object =>
      shop.api.answer({
        query: `mutation M($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) ${directive} { userErrors { code } } }`,
        variables: { input: { name: 'available', reason: 'correction', quantities } },
      });
    const key = '@idempotent(key: "k1")';
    expect(send('', [{ ...quantity, changeFromQuantity: null }])).toHaveProperty('errors');
    expect(send(key, [quantity])).toHaveProperty('errors');
    expect(send(key, [{ ...quantity, changeFromQuantity: null }])).not.toHaveProperty('errors');
    // The same key again changes nothing; with other parameters it is refused.
    if (row) shop.store.setAvailable(row, location(), 55);
    expect(send(key, [{ ...quantity, changeFromQuantity: null }])).not.toHaveProperty('errors');
    expect(row?.levels.get(location())).toBe(55);
    expect(send(key, [{ ...quantity, quantity: 2, changeFromQuantity: null }])).toHaveProperty('errors');
  });
});

describe('variants and products', () => {
  it('of one product go in one call; a refused one names its cell and leaves the others', async () => {
    const product = [...shop.store.products.values()].find((row) => shop.store.variantsOf(row).length > 3);
    const rows = product ? shop.store.variantsOf(product) : [];
    const ops = rows.map((row, index) =>
      opOf(row, index === 1 ? { sku: 'S'.repeat(256), gtin: '1' } : { sku: `NEW-${index}` }),
    );
    const results = byOp(await connector.pushListings(context, ops));
    expect(calls('UpdateVariants')).toBe(1);
    expect(results.get(String(rows[1]?.id))).toMatchObject({ outcome: 'rejected', field: 'sku' });
    expect(rows.filter((row) => row.sku.startsWith('NEW-'))).toHaveLength(rows.length - 1);
  });

  it('refuses a handle that is taken at the handle, and says that a product is gone', async () => {
    const [one, two, three] = [...shop.store.products.values()];
    if (!one || !two || !three) throw new Error('No products');
    shop.store.removeProduct(three);
    const whole = (id: number, fields: ListingPush['fields']): ListingPush => ({
      opId: String(id),
      ref: { productExternalId: String(id), variantExternalId: null },
      currency: 'EUR',
      fields,
    });
    const results = byOp(
      await connector.pushListings(context, [
        whole(one.id, { title: 'Fine' }),
        whole(two.id, { slug: one.handle }),
        whole(three.id, { title: 'Gone' }),
        { ...whole(0, { title: 'Strange' }), ref: { productExternalId: 'abc', variantExternalId: null } },
      ]),
    );
    expect(results.get(String(one.id))?.outcome).toBe('accepted');
    expect(results.get(String(two.id))).toMatchObject({ outcome: 'rejected', field: 'slug' });
    expect(results.get(String(three.id))).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_GONE' });
    expect(results.get('0')).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_GONE' });
  });

  it('prices in the currency of the shop', async () => {
    const [row] = stocked();
    if (!row) throw new Error('No stock');
    shop.store.touch(row, { compareAtPrice: null });
    await connector.pushListings(context, [{ ...opOf(row, { price: 1_500 }), currency: 'JPY' }]);
    expect(row.price).toBe('1500.00');
  });
});

describe('long lists', () => {
  it('are read to their end: variants of a product, lines of an order', async () => {
    const [product] = shop.store.products.values();
    const [order] = shop.store.orders.values();
    if (!product || !order) throw new Error('No product');
    const [line] = order.lines;
    const many = openMany(product.id, 230, shop);
    for (let index = 0; index < 130; index += 1) {
      if (line) (order.lines as unknown as object[]).push({ ...line, id: shop.store.newId() });
    }
    shop.store.touch(order);
    const found = await readAll(context);
    expect(found.get(String(product.id))).toBe(many);
    const page = await connector.pullOrders(context, null);
    expect(page.orders[0]?.lines.length).toBe(order.lines.length);
    const ids = await connector.pullIds(context, null);
    expect(ids.products.find((row) => row.externalId === String(product.id))?.variants).toHaveLength(many);
  });
});

/** Gives a product variants of its own until it has `count`. */
function openMany(productId: number, count: number, { store }: ShopifySimulator): number {
  const product = store.products.get(productId);
  const [first] = product ? store.variantsOf(product) : [];
  if (!product || !first) throw new Error('No variant');
  for (let position = store.variantsOf(product).length + 1; position <= count; position += 1) {
    store.addVariant({ ...first, id: store.newId(), itemId: store.newId(), position, levels: new Map() });
  }
  return store.variantsOf(product).length;
}

async function readAll(context: ChannelContext): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  let cursor: string | null = null;
  for (;;) {
    const page = await connector.pullProducts(context, cursor);
    for (const product of page.products) found.set(product.externalId, product.variants.length);
    if (page.done) return found;
    cursor = page.cursor;
  }
}
