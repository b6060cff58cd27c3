import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startWooCommerceSimulator, type WooCommerceSimulator } from '../simulator/woocommerce/start.ts';
import { Desk, quayside } from './testing/quayside-process.ts';

interface Row {
  listingId: string;
  accountId: string;
  externalId: string;
  productExternalId: string;
  sku: string | null;
  title: string;
  price: { minor: number; currency: string } | null;
  quantity: number | null;
  status: string;
  state: string;
}
interface Published {
  sent: number;
  verified: number;
  rejected: { listingId: string; field: string; code: string; message: string }[];
  conflicts: { listingId: string; field: string }[];
}
interface Order {
  orderId: string;
  externalId: string;
  state: string;
  shipmentState: string | null;
}

const desk = new Desk();
let shop: WooCommerceSimulator;
let accountId = '';
let rows: Row[] = [];

beforeAll(async () => {
  shop = await startWooCommerceSimulator({ listings: 520, orders: 60, seed: 11 });
});
afterAll(async () => {
  await shop.close();
  desk.close();
});

const listings = (query: object = { limit: 1_000 }): Promise<{ total: number; rows: Row[] }> =>
  desk.call('listings.query', query);
const publish = (): Promise<Published> => desk.ok<Published>(['publish']);
const regularPrice = (row: Row): string => shop.store.sellable(Number(row.externalId))?.regularPrice ?? '';

it('connects a shop and reads all of it', async () => {
  await desk.create();
  ({ accountId } = await desk.add(shop));
  expect(accountId).toMatch(/^[0-9a-f-]{36}$/);
  expect(await desk.ok(['pull'])).toMatchObject({
    listings: { added: 520, changed: 0, removed: 0 },
    orders: { added: 60, changed: 0, removed: 0 },
    quarantined: 0,
  });
  const answer = await listings();
  rows = answer.rows;
  expect(answer.total).toBe(520);
  expect(new Set(rows.map((row) => row.state))).toEqual(new Set(['clean']));
  for (const row of rows) {
    expect(row.price).toEqual({ minor: Math.round(Number(regularPrice(row)) * 100), currency: 'EUR' });
  }
  expect(await desk.ok(['pull'])).toMatchObject({
    listings: { added: 0, changed: 0, removed: 0 },
    orders: { added: 0, changed: 0, removed: 0 },
  });
});

it('changes five hundred prices, shows what would be sent, sends it and proves it', async () => {
  const changes = rows
    .slice(0, 500)
    .map((row, index) => ({ listingId: row.listingId, field: 'price', value: `${900 + index}.50` }));
  const edited = await desk.call<{ commandId: string; applied: number; rejected: unknown[] }>(
    'listings.edit',
    {
      label: 'New prices',
      changes,
    },
  );
  expect(edited).toMatchObject({ applied: 500, rejected: [] });
  const before = shop.log.find('POST', /batch/).length;
  const preview = await desk.ok<{ total: number }>(['publish', '--preview']);
  expect(preview).toMatchObject({ total: 500, sent: 0, verified: 0, rejected: [], conflicts: [] });
  expect(shop.log.find('POST', /batch/)).toHaveLength(before);
  expect(await publish()).toMatchObject({ sent: 500, verified: 500, rejected: [], conflicts: [] });
  expect(rows.slice(0, 500).map(regularPrice)).toEqual(changes.map((change) => change.value));
  // Nothing left to do, and nothing is written again.
  const writes = shop.log.find('POST', /batch/).length;
  expect(await publish()).toMatchObject({ sent: 0, verified: 0 });
  expect(shop.log.find('POST', /batch/)).toHaveLength(writes);
  const verified = (await listings()).rows.filter((row) => row.state === 'verified' || row.state === 'clean');
  expect(verified).toHaveLength(520);
});

it('takes a change back after it was sent, and makes it again', async () => {
  const row = rows[0] as Row;
  const was = regularPrice(row);
  await desk.call('listings.edit', {
    changes: [{ listingId: row.listingId, field: 'price', value: '977.00' }],
  });
  await publish();
  expect(regularPrice(row)).toBe('977.00');
  await desk.call('history.undo');
  expect(await publish()).toMatchObject({ sent: 1, verified: 1 });
  expect(regularPrice(row)).toBe(was);
  await desk.call('history.redo');
  expect(await publish()).toMatchObject({ sent: 1, verified: 1 });
  expect(regularPrice(row)).toBe('977.00');
  const { commands } = await desk.call<{ commands: { method: string }[] }>('history.list', { limit: 5 });
  expect(commands.length).toBeGreaterThanOrEqual(3);
});

it('asks when the shop changed the same price meanwhile, and sends nothing', async () => {
  const row = rows[501] as Row;
  const sold = shop.store.sellable(Number(row.externalId));
  if (!sold) throw new Error('The shop has no such listing');
  await desk.call('listings.edit', {
    changes: [{ listingId: row.listingId, field: 'price', value: '955.00' }],
  });
  shop.store.touch(sold, { regularPrice: '944.00', salePrice: '' });
  const result = await publish();
  expect(result).toMatchObject({
    sent: 0,
    verified: 0,
    conflicts: [{ listingId: row.listingId, field: 'price' }],
  });
  expect(sold.regularPrice).toBe('944.00');
});

it('picks, packs and ships an order, and tells the shop exactly once', async () => {
  const { rows: orders } = await desk.call<{ rows: Order[] }>('orders.query', {
    states: ['ready'],
    limit: 5,
  });
  const order = orders[0] as Order;
  const { orderId } = order;
  expect(await desk.call('orders.pick', { orderId })).toMatchObject({ state: 'picked' });
  expect(await desk.call('orders.pack', { orderId })).toMatchObject({ state: 'packed' });
  const shipped = await desk.call('orders.ship', {
    orderId,
    carrier: 'DHL',
    tracking: '00340434161094021501',
  });
  expect(shipped).toMatchObject({ state: 'shipped' });
  expect(await publish()).toMatchObject({ sent: 1, verified: 1, rejected: [] });
  await publish();
  await desk.ok(['pull']);
  await publish();
  const stored = shop.store.orders.get(Number(order.externalId));
  expect(stored?.status).toBe('completed');
  const told = stored?.notes.filter(
    (note) => note.customerNote && note.note.includes('00340434161094021501'),
  );
  expect(told).toHaveLength(1);
  expect(shop.log.find('PUT', new RegExp(`orders/${order.externalId}$`))).toHaveLength(1);
  expect(shop.log.find('POST', new RegExp(`orders/${order.externalId}/notes`))).toHaveLength(1);
});

it('exports, imports, backs up, verifies and restores', async () => {
  const file = join(desk.folder, 'listings.csv');
  await desk.ok(['export', file, '--format', 'woocommerce']);
  expect(readFileSync(file, 'utf8').split('\n').length).toBeGreaterThan(520);
  const again = await desk.ok(['import', file, '--format', 'woocommerce', '--account', accountId]);
  expect(again).toMatchObject({ created: 0, changed: 0, unchanged: 520 });
  const generic = join(desk.folder, 'prices.csv');
  const row = rows[510] as Row;
  writeFileSync(generic, `sku,price,title\n${row.sku},961.20,\n`);
  await desk.ok(['import', generic, '--format', 'generic', '--account', accountId]);
  const changed = (await listings({ text: row.sku ?? '' })).rows.find(
    (entry) => entry.listingId === row.listingId,
  );
  expect(changed).toMatchObject({ price: { minor: 96120 }, title: row.title });
  const backup = join(desk.folder, 'backup.db');
  await desk.ok(['backup', backup]);
  await desk.call('listings.edit', {
    changes: [{ listingId: row.listingId, field: 'price', value: '1.00' }],
  });
  expect(await desk.ok(['restore', backup])).toMatchObject({ listings: 520 });
  const back = (await listings({ text: row.sku ?? '' })).rows.find(
    (entry) => entry.listingId === row.listingId,
  );
  expect(back).toMatchObject({ price: { minor: 96120 } });
  expect(await desk.ok(['verify'])).toMatchObject({ ok: true });
});

it('describes every method, and simulates a shop until it is told to stop', async () => {
  const contract = JSON.parse((await quayside(['contract'])).stdout) as { methods: Record<string, unknown> };
  expect(Object.keys(contract.methods)).toEqual(expect.arrayContaining(['listings.edit', 'publish.run']));
  const options = '--listings 20 --orders 5 --seed 3 --faults slow,rate-limit'.split(' ');
  const child = spawn(process.execPath, ['scripts/quayside.mjs', 'simulate', 'woocommerce', ...options]);
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  const line = JSON.parse(chunk.toString()) as { url: string; credentials: Record<string, string> };
  expect(line.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(Object.keys(line.credentials)).toEqual(['consumerKey', 'consumerSecret']);
  expect((await fetch(`${line.url}/wp-json/`)).status).toBeLessThan(600);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
