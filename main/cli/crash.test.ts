import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWooCommerceSimulator, type WooCommerceSimulator } from '../simulator/woocommerce/start.ts';
import { Desk, type Outcome, type RunOptions } from './testing/quayside-process.ts';

interface Row {
  listingId: string;
  externalId: string;
  price: { minor: number } | null;
}

let shop: WooCommerceSimulator;
const desk = new Desk();
const other = new Desk();
let rows: Row[] = [];
let price = 900;

beforeAll(async () => {
  shop = await startWooCommerceSimulator({ listings: 260, orders: 40, seed: 5 });
  await desk.connect(shop);
  ({ rows } = await desk.call<{ rows: Row[] }>('listings.query', { limit: 260 }));
});
afterAll(async () => {
  await shop.close();
  desk.close();
  other.close();
});

/** Changes all prices, breaks the publish off, publishes again; everything has arrived, once. */
async function publishBrokenOff(options: RunOptions): Promise<Outcome> {
  price += 1;
  const value = `${price}.00`;
  await desk.call('listings.edit', {
    changes: rows.map((row) => ({ listingId: row.listingId, field: 'price', value })),
  });
  shop.log.clear();
  shop.store.writes.clear();
  const broken = await desk.run(['publish'], options);
  const again = await desk.ok<{ rejected: unknown[]; conflicts: unknown[]; waiting: unknown[] }>(['publish']);
  expect(again).toMatchObject({ rejected: [], conflicts: [], waiting: [] });
  const stored = rows.map((row) => shop.store.sellable(Number(row.externalId))?.regularPrice);
  expect(new Set(stored)).toEqual(new Set([value]));
  expect(rows.map((row) => shop.store.writes.get(Number(row.externalId)))).toEqual(rows.map(() => 1));
  const { total } = await desk.call<{ total: number }>('outbox.query', {
    states: ['pending', 'needs_verify', 'sent'],
  });
  expect(total).toBe(0);
  return broken;
}

it.each([
  'publish.after-release',
  'publish.after-lease:2',
  'publish.before-send',
  'publish.after-send',
  'publish.after-answer:2',
  'publish.after-read-back',
])('killed at %s, publishing goes on and writes nothing twice', async (point) => {
  expect((await publishBrokenOff({ env: { QUAYSIDE_CRASH_AT: point } })).signal).toBe('SIGKILL');
});

it('killed from outside in the middle of a publish, it goes on and writes nothing twice', async () => {
  let watch: NodeJS.Timeout | undefined;
  const broken = await publishBrokenOff({
    onStart: (kill) => {
      watch = setInterval(() => {
        if (shop.log.find('POST', /\/batch$/).length >= 2) kill('SIGKILL');
      }, 2);
    },
  });
  clearInterval(watch);
  expect(broken.signal).toBe('SIGKILL');
});

it('killed in the middle of the first pull, the next one completes it', async () => {
  await other.create();
  await other.add(shop);
  const broken = await other.run(['pull'], { env: { QUAYSIDE_CRASH_AT: 'pull.after-page' } });
  expect(broken.signal).toBe('SIGKILL');
  expect((await other.run(['pull'], { env: { QUAYSIDE_CRASH_AT: 'pull.after-fetch:2' } })).signal).toBe(
    'SIGKILL',
  );
  await other.ok(['pull']);
  const { total, rows: read } = await other.call<{ total: number; rows: Row[] }>('listings.query', {
    limit: 1_000,
  });
  expect(total).toBe(260);
  expect(new Set(read.map((row) => row.externalId)).size).toBe(260);
  const { total: orders } = await other.call<{ total: number }>('orders.query', {});
  expect(orders).toBe(40);
});

it.each(['ship.before-send', 'ship.after-send'])('killed at %s, the customer is told once', async (point) => {
  const { rows: orders } = await desk.call<{ rows: { orderId: string; externalId: string }[] }>(
    'orders.query',
    {
      states: ['ready'],
      limit: 1,
    },
  );
  const [order] = orders;
  if (!order) throw new Error('There is no order to ship');
  const { orderId } = order;
  await desk.call('orders.pick', { orderId });
  await desk.call('orders.pack', { orderId });
  await desk.call('orders.ship', { orderId, carrier: 'DHL', tracking: `T-${point}` });
  expect((await desk.run(['publish'], { env: { QUAYSIDE_CRASH_AT: point } })).signal).toBe('SIGKILL');
  expect(await desk.ok(['publish'])).toMatchObject({ verified: 1, rejected: [] });
  await desk.ok(['publish']);
  const stored = shop.store.orders.get(Number(order.externalId));
  expect(stored?.status).toBe('completed');
  expect(stored?.notes.filter((note) => note.note.includes(`T-${point}`))).toHaveLength(1);
  expect(shop.log.find('PUT', new RegExp(`orders/${order.externalId}$`))).toHaveLength(1);
});
