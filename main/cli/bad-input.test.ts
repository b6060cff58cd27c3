import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWooCommerceSimulator, type WooCommerceSimulator } from '../simulator/woocommerce/start.ts';
import { Desk, quayside } from './testing/quayside-process.ts';

interface Row {
  listingId: string;
  externalId: string;
  productExternalId: string;
  sku: string;
}
interface Rejection {
  listingId: string;
  field: string;
  code: string;
  message: string;
}

let shop: WooCommerceSimulator;
let page: Server;
const desk = new Desk();
let rows: Row[] = [];

beforeAll(async () => {
  shop = await startWooCommerceSimulator({ listings: 60, orders: 8, seed: 9 });
  page = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><h1>Coming soon</h1>');
  }).listen(0, '127.0.0.1');
  await desk.connect(shop);
  ({ rows } = await desk.call<{ rows: Row[] }>('listings.query', {
    limit: 60,
  }));
});
afterAll(async () => {
  await shop.close();
  page.close();
  desk.close();
});

const row = (index: number): Row => rows[index] as Row;
const edit = (changes: readonly { row: Row | string; field: string; value: unknown }[]) =>
  desk.call<{ applied: number; rejected: Rejection[] }>('listings.edit', {
    changes: changes.map(({ row, ...change }) => ({
      listingId: typeof row === 'string' ? row : row.listingId,
      ...change,
    })),
  });

it('names listing and field of every value that cannot be, and applies the others', async () => {
  const before = row(0).sku;
  const result = await edit([
    { row: row(0), field: 'colour', value: 'red' },
    { row: row(1), field: 'price', value: '-5.00' },
    { row: row(2), field: 'price', value: '12,50' },
    { row: row(3), field: 'title', value: 'x'.repeat(300) },
    { row: row(4), field: 'sku', value: before },
    { row: 'nobody', field: 'price', value: '1.00' },
    { row: row(5), field: 'quantity', value: 'many' },
    { row: row(6), field: 'title', value: '' },
    { row: row(7), field: 'price', value: '19.90' },
  ]);
  expect(result.applied).toBe(1);
  const refused = result.rejected.map(({ listingId, field, code }) => ({ listingId, field, code }));
  expect(new Set(refused)).toEqual(
    new Set([
      { listingId: row(0).listingId, field: 'colour', code: 'UNKNOWN_FIELD' },
      { listingId: row(1).listingId, field: 'price', code: 'NEGATIVE_PRICE' },
      { listingId: row(2).listingId, field: 'price', code: 'COMMA_PRICE' },
      { listingId: row(3).listingId, field: 'title', code: 'TITLE_TOO_LONG' },
      { listingId: row(4).listingId, field: 'sku', code: 'SKU_DUPLICATE' },
      { listingId: 'nobody', field: 'price', code: 'NOT_FOUND' },
      { listingId: row(5).listingId, field: 'quantity', code: 'NOT_INTEGER' },
      { listingId: row(6).listingId, field: 'title', code: 'TITLE_EMPTY' },
    ]),
  );
  for (const { message } of result.rejected) expect(message.length).toBeGreaterThan(10);
  expect(await desk.ok(['publish'])).toMatchObject({ sent: 1, verified: 1, rejected: [] });
});

it('reports what only the shop can know, and sends the rest', async () => {
  // Taken in the shop after we last read it.
  const holder = shop.store.sellable(Number(row(10).externalId));
  if (!holder) throw new Error('The shop has no such listing');
  shop.store.touch(holder, { sku: 'TAKEN-MEANWHILE' });
  await edit([
    { row: row(11), field: 'sku', value: 'TAKEN-MEANWHILE' },
    { row: row(11), field: 'price', value: '921.00' },
    { row: row(12), field: 'price', value: '922.00' },
  ]);
  const result = await desk.ok<{ rejected: Rejection[] }>(['publish']);
  expect(result).toMatchObject({ verified: 2 });
  expect(result.rejected).toEqual([
    expect.objectContaining({ listingId: row(11).listingId, field: 'sku', code: 'CHANNEL_INVALID' }),
  ]);
  expect(shop.store.sellable(Number(row(11).externalId))?.regularPrice).toBe('921.00');
  expect(shop.store.sellable(Number(row(12).externalId))?.regularPrice).toBe('922.00');
});

it('refuses a listing that was deleted in the shop, and sends the rest', async () => {
  const gone = rows.find((entry) => entry.externalId === entry.productExternalId) as Row;
  const kept = rows.find((entry) => entry !== gone && entry !== row(11)) as Row;
  const product = shop.store.products.get(Number(gone.externalId));
  if (!product) throw new Error('The shop has no such product');
  await edit([
    { row: gone, field: 'price', value: '931.00' },
    { row: kept, field: 'price', value: '932.00' },
  ]);
  shop.store.remove(product);
  expect(await desk.ok(['publish'])).toMatchObject({
    sent: 1,
    verified: 1,
    rejected: [{ listingId: gone.listingId, code: 'CHANNEL_GONE' }],
  });
});

it('an order that cannot be read any more holds back neither other orders nor listings', async () => {
  const { rows: orders } = await desk.call<{ rows: { orderId: string; externalId: string }[] }>(
    'orders.query',
    {
      states: ['ready'],
      limit: 2,
    },
  );
  for (const { orderId } of orders) {
    for (const step of ['orders.pick', 'orders.pack']) await desk.call(step, { orderId });
    await desk.call('orders.ship', { orderId, carrier: 'DHL', tracking: `T-${orderId}` });
  }
  const [broken, fine] = orders.map((order) => shop.store.orders.get(Number(order.externalId)));
  if (!broken || !fine) throw new Error('The shop has no two orders to ship');
  // A plugin leaves rubbish behind.
  shop.store.touch(broken, { currency: 'Euro!' });
  await edit([{ row: row(14), field: 'price', value: '951.00' }]);
  expect(await desk.ok(['publish'])).toMatchObject({ sent: 2, verified: 2, waiting: [{ ops: 1 }] });
  expect([broken.status, fine.status]).toEqual(['processing', 'completed']);
  shop.store.touch(broken, { currency: 'EUR' });
  expect(await desk.ok(['publish'])).toMatchObject({ sent: 1, verified: 1, waiting: [] });
  expect([broken.status, broken.notes.filter((note) => note.customerNote).length]).toEqual(['completed', 1]);
});

it('says what is wrong with a call before anything happens', async () => {
  expect(await desk.failure(['call', 'listings.guess', '{}'])).toMatchObject({ code: 'UNKNOWN_METHOD' });
  expect(await desk.failure(['call', 'listings.query', '{"limit":'])).toMatchObject({ code: 'BAD_INPUT' });
  expect(await desk.failure(['call', 'listings.query', '{"limit":-1}'])).toMatchObject({ code: 'BAD_INPUT' });
  const missing = await quayside(['pull', '--workspace', `${desk.folder}/nowhere`]);
  expect([missing.code, JSON.parse(missing.stderr)]).toEqual([
    1,
    expect.objectContaining({ code: 'WORKSPACE_MISSING' }),
  ]);
  const faults = await quayside(['simulate', 'woocommerce', '--faults', 'earthquake']);
  expect([faults.code, JSON.parse(faults.stderr)]).toEqual([
    1,
    expect.objectContaining({ code: 'BAD_INPUT' }),
  ]);
});

it.each([
  [
    'a wrong secret',
    'CHANNEL_AUTH',
    () => ({ ...shop, credentials: { ...shop.credentials, consumerSecret: 'cs_no' } }),
  ],
  [
    'an unknown key',
    'CHANNEL_AUTH',
    () => ({ ...shop, credentials: { ...shop.credentials, consumerKey: 'ck_no' } }),
  ],
  [
    'a page instead of a shop',
    'CHANNEL_INVALID',
    () => ({ ...shop, url: `http://127.0.0.1:${(page.address() as AddressInfo).port}` }),
  ],
])('%s is a coded error of that account', async (_name, code, target) => {
  const lost = new Desk();
  try {
    await lost.create();
    const { accountId } = await lost.add(target());
    expect(await lost.failure(['pull', '--account', accountId])).toMatchObject({ code });
  } finally {
    lost.close();
  }
});

it('a key that may not write refuses the publish and keeps the change', async () => {
  const reader = new Desk();
  try {
    await reader.connect({ url: shop.url, credentials: shop.readOnlyCredentials });
    const { rows: read } = await reader.call<{ rows: Row[] }>('listings.query', { limit: 1 });
    await reader.call('listings.edit', {
      changes: [{ listingId: read[0]?.listingId, field: 'price', value: '41.00' }],
    });
    expect(await reader.failure(['publish'])).toMatchObject({ code: 'CHANNEL_AUTH' });
    const { total } = await reader.call<{ total: number }>('outbox.query', {});
    expect(total).toBe(1);
  } finally {
    reader.close();
  }
});
