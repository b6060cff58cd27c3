import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProductRow } from './rows.ts';
import { takeOrdersSince } from './seed/new-orders.ts';
import { shopClient, type ShopClient } from './shop-client.ts';
import { startWooCommerceSimulator, type WooCommerceSimulator } from './start.ts';

type Json = Record<string, unknown>;

let shop: WooCommerceSimulator;
let client: ShopClient;
let nowMs = 0;

beforeEach(async () => {
  nowMs = Date.parse('2026-11-24T10:00:00Z');
  shop = await startWooCommerceSimulator({
    listings: 240,
    orders: 30,
    seed: 4,
    baseMs: nowMs,
    now: () => nowMs,
  });
  client = shopClient(shop);
});
afterEach(() => shop.close());

const simple = (index = 0): ProductRow => {
  const found = [...shop.store.products.values()].filter(
    (row) => row.type === 'simple' && row.status === 'publish',
  )[index];
  if (!found) throw new Error('The shop has no such product');
  return found;
};
const put = async (id: number, body: Json): Promise<Json> =>
  (await client.send('PUT', `products/${id}`, body)).body as Json;
const codes = (body: unknown): unknown => (body as Json)['code'];

/** What WordPress 6.8.3 with WooCommerce 10.0.2 was seen to do. */
describe('keys', () => {
  it('only a signature counts without TLS', async () => {
    const url = `${shop.url}/wp-json/wc/v3/products`;
    const basic = Buffer.from(`${shop.credentials.consumerKey}:${shop.credentials.consumerSecret}`).toString(
      'base64',
    );
    const answer = await fetch(url, { headers: { authorization: `Basic ${basic}` } });
    expect([answer.status, codes(await answer.json())]).toEqual([401, 'woocommerce_rest_cannot_view']);
    expect((await client.get('products')).status).toBe(200);
  });

  it.each([
    ['an unknown key', { consumerKey: 'ck_no' }, 'woocommerce_rest_cannot_view'],
    ['a wrong secret', { consumerSecret: 'cs_no' }, 'woocommerce_rest_authentication_error'],
  ])('%s is 401', async (_name, wrong, code) => {
    const stranger = shopClient({ url: shop.url, credentials: { ...shop.credentials, ...wrong } });
    const answer = await stranger.get('products');
    expect([answer.status, codes(answer.body)]).toEqual([401, code]);
  });

  it('a key that may only read is 401 for a write', async () => {
    const reader = shopClient({ url: shop.url, credentials: shop.readOnlyCredentials });
    expect((await reader.get('products')).status).toBe(200);
    const answer = await reader.send('PUT', `products/${simple().id}`, { name: 'x' });
    expect([answer.status, codes(answer.body)]).toEqual([401, 'woocommerce_rest_authentication_error']);
  });
});

describe('lists', () => {
  it('pages carry their counts, and one past the end is empty', async () => {
    const total = shop.store.products.size;
    const answer = await client.get('products?per_page=20&page=2&orderby=id&order=asc');
    expect(answer.headers.get('x-wp-total')).toBe(String(total));
    expect(answer.headers.get('x-wp-totalpages')).toBe(String(Math.ceil(total / 20)));
    expect(answer.headers.get('link')).toMatch(/page=1.*rel="prev".*page=3.*rel="next"/);
    expect((await client.get('products?per_page=100&page=99')).body).toEqual([]);
    const many = await client.get('products?per_page=101');
    expect([many.status, many.body]).toMatchObject([
      400,
      { code: 'rest_invalid_param', data: { details: { per_page: { code: 'rest_out_of_bounds' } } } },
    ]);
  });

  it('modification times are exclusive bounds of whole seconds, and a variation moves its product', async () => {
    nowMs += 60_000;
    const variation = [...shop.store.variations.values()][0];
    if (!variation) throw new Error('The shop has no variation');
    await client.send('PUT', `products/${variation.parent}/variations/${variation.id}`, {
      regular_price: '12.00',
    });
    const changed = 'dates_are_gmt=true&orderby=modified&order=asc&_fields=id';
    const since = await client.get(`products?modified_after=2026-11-24T10:00:59&${changed}`);
    expect(since.body).toEqual([{ id: variation.parent }]);
    expect((await client.get(`products?modified_after=2026-11-24T10:01:00&${changed}`)).body).toEqual([]);
    expect((await client.get('variations')).status).toBe(404);
  });

  it('the trash shows only when asked for', async () => {
    const { id, sku } = simple();
    const gone = await client.send('DELETE', `products/${id}`);
    expect([gone.status, (gone.body as Json)['status']]).toEqual([200, 'publish']);
    expect((await client.get(`products?include=${id}&status=any`)).body).toEqual([]);
    expect((await client.get('products?status=trash&_fields=id,status')).body).toEqual([
      { id, status: 'trash' },
    ]);
    const again = await client.send('POST', 'products', { name: 'New', sku });
    expect([again.status, codes(again.body)]).toEqual([400, 'woocommerce_rest_product_not_created']);
  });
});

describe('values', () => {
  it.each([
    [{ regular_price: '12,50' }, { regular_price: '1250' }],
    [{ regular_price: '-5' }, { regular_price: '-5' }],
    [
      { regular_price: '10.00', sale_price: '12.00' },
      { regular_price: '10.00', sale_price: '' },
    ],
    [{ weight: 'abc' }, { weight: '' }],
    [{ name: '' }, { name: 'Product' }],
    [{ name: 'x'.repeat(300) }, { name: 'x'.repeat(300) }],
    [{ slug: 'y'.repeat(300) }, { slug: 'y'.repeat(200) }],
    [
      { manage_stock: true, stock_quantity: 0 },
      { stock_quantity: 0, stock_status: 'outofstock' },
    ],
    [{ manage_stock: false, stock_quantity: 5 }, { stock_quantity: null }],
  ])('%j is stored as %j', async (body, stored) => {
    expect(await put(simple().id, body)).toMatchObject(stored);
  });

  it('a number as a price, bad JSON and a bad choice are refused', async () => {
    const { id } = simple();
    const number = await client.send('PUT', `products/${id}`, { regular_price: 12.5 });
    expect(number.body).toMatchObject({
      code: 'rest_invalid_param',
      data: { status: 400, params: { regular_price: 'regular_price is not of type string.' } },
    });
    expect(codes((await client.send('PUT', `products/${id}`, '{"name":')).body)).toBe('rest_invalid_json');
    expect(codes((await client.send('PUT', `products/${id}`, { status: 'sold' })).body)).toBe(
      'rest_invalid_param',
    );
  });

  it('a taken SKU names its owner and a free one', async () => {
    const owner = simple(0);
    const answer = await client.send('PUT', `products/${simple(1).id}`, { sku: owner.sku });
    expect([answer.status, answer.body]).toMatchObject([
      400,
      { code: 'product_invalid_sku', data: { resource_id: owner.id, unique_sku: `${owner.sku}-1` } },
    ]);
  });

  it('there is no lock: a write that changes nothing moves the time, a stale one wins', async () => {
    const row = simple();
    nowMs += 5_000;
    const before = row.modified;
    await put(row.id, {});
    expect(row.modified).toBe(Math.floor(nowMs / 1_000));
    expect(row.modified).toBeGreaterThan(before);
    await put(row.id, { regular_price: '1.00' });
    await put(row.id, { regular_price: '2.00' });
    expect(row.regularPrice).toBe('2.00');
  });
});

describe('batches', () => {
  it('answer 200 with each error in its place', async () => {
    const [a, b] = [simple(0), simple(1)];
    const answer = await client.send('POST', 'products/batch', {
      update: [
        { id: a.id, regular_price: '9.99' },
        { id: 999_999, name: 'x' },
        { id: b.id, sku: a.sku },
      ],
      create: [{ name: 'Twin', sku: a.sku }],
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      update: [
        { id: a.id, regular_price: '9.99' },
        { id: 999_999, error: { code: 'woocommerce_rest_product_invalid_id' } },
        { id: b.id, error: { code: 'product_invalid_sku', data: { status: 400 } } },
      ],
      create: [{ id: 0, error: { code: 'product_invalid_sku' } }],
    });
  });

  it('more than a hundred items are 413', async () => {
    const update = Array.from({ length: 101 }, (_item, index) => ({ id: index + 1 }));
    const answer = await client.send('POST', 'products/batch', { update });
    expect([answer.status, codes(answer.body)]).toEqual([413, 'woocommerce_rest_request_entity_too_large']);
  });
});

describe('orders', () => {
  const order = async (product: ProductRow, body: Json = {}): Promise<Json> =>
    (await client.send('POST', 'orders', { line_items: [{ product_id: product.id, quantity: 2 }], ...body }))
      .body as Json;
  const stocked = (): ProductRow => {
    const found = [...shop.store.products.values()].find(
      (row) => row.type === 'simple' && (row.stock ?? 0) > 5,
    );
    if (!found) throw new Error('Nothing is in stock');
    return found;
  };

  it('take stock when paid, give it back when cancelled, and oversell without a word', async () => {
    const product = stocked();
    const stock = product.stock ?? 0;
    nowMs += 10_000;
    const paid = await order(product, { set_paid: true });
    expect([paid['status'], product.stock]).toEqual(['processing', stock - 2]);
    expect(product.modified).toBe(Math.floor(nowMs / 1_000));
    await client.send('PUT', `orders/${String(paid['id'])}`, { status: 'cancelled' });
    expect(product.stock).toBe(stock);
    await order(product, { set_paid: true, line_items: [{ product_id: product.id, quantity: stock + 3 }] });
    expect([product.stock, product.stockStatus]).toEqual([-3, 'outofstock']);
  });

  it('are made twice when they are sent twice', async () => {
    const product = stocked();
    const [first, second] = [
      await order(product, { transaction_id: 't' }),
      await order(product, { transaction_id: 't' }),
    ];
    expect(first['id']).not.toBe(second['id']);
  });

  it('refunds put pieces back once, and too large a refund answers with a plain number', async () => {
    const product = stocked();
    const stock = product.stock ?? 0;
    const paid = await order(product, { set_paid: true });
    const id = String(paid['id']);
    const [line] = paid['line_items'] as Json[];
    await client.send('POST', `orders/${id}/refunds`, {
      api_refund: false,
      api_restock: true,
      line_items: [{ id: line?.['id'], quantity: 1, refund_total: 1 }],
    });
    expect(product.stock).toBe(stock - 1);
    await client.send('PUT', `orders/${id}`, { status: 'cancelled' });
    expect(product.stock).toBe(stock);
    const large = await client.send('POST', `orders/${id}/refunds`, { amount: '99999' });
    expect([large.status, large.body]).toMatchObject([
      500,
      { code: 'woocommerce_rest_cannot_create_order_refund', data: 500 },
    ]);
  });

  it('completing writes an internal note and the time; notes to the customer are told apart', async () => {
    const paid = await order(stocked(), { set_paid: true });
    const id = String(paid['id']);
    await client.send('PUT', `orders/${id}`, {
      status: 'completed',
      meta_data: [{ key: '_mine', value: [{ a: 1 }] }],
    });
    await client.send('POST', `orders/${id}/notes`, { note: 'On its way', customer_note: true });
    const read = (await client.get(`orders/${id}`)).body as Json;
    expect(read).toMatchObject({ status: 'completed', meta_data: [{ key: '_mine', value: [{ a: 1 }] }] });
    expect(read['date_completed_gmt']).not.toBeNull();
    expect((await client.get(`orders/${id}/notes?type=customer`)).body).toMatchObject([
      { note: 'On its way' },
    ]);
    expect(((await client.get(`orders/${id}/notes`)).body as Json[]).length).toBeGreaterThan(1);
  });
});

it('the same seed is the same shop, and its orders keep the warehouse busy today', async () => {
  const other = await startWooCommerceSimulator({
    listings: 240,
    orders: 30,
    seed: 4,
    baseMs: nowMs,
    now: () => nowMs,
  });
  const twin = shopClient(other);
  const path =
    'products?per_page=100&orderby=id&order=asc&_fields=id,sku,name,regular_price,date_modified_gmt';
  expect((await twin.get(path)).body).toEqual((await client.get(path)).body);
  expect((await twin.get('orders?_fields=id,total,status,date_created')).body).toEqual(
    (await client.get('orders?_fields=id,total,status,date_created')).body,
  );
  await other.close();
  const open = [...shop.store.orders.values()].filter((row) => row.status === 'processing');
  expect(open.length).toBeGreaterThan(5);
  const yesterday = nowMs / 1_000 - 86_400 * 1.5;
  expect(open.some((row) => row.created < yesterday)).toBe(true);
  expect(open.some((row) => row.created > yesterday)).toBe(true);
});

it('goes on taking orders while it is closed, each of them once', () => {
  expect(takeOrdersSince(shop.store, 4)).toBe(0);
  const before = shop.store.orders.size;
  nowMs += 4 * 86_400_000;
  const added = takeOrdersSince(shop.store, 4);
  expect(added).toBeGreaterThan(5);
  expect(shop.store.orders.size).toBe(before + added);
  const waiting = [...shop.store.orders.values()].filter((row) => row.status === 'processing');
  expect(waiting.filter((row) => row.created > nowMs / 1_000 - 4 * 86_400).length).toBeGreaterThan(2);
  expect(takeOrdersSince(shop.store, 4)).toBe(0);
});
