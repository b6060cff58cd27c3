import { afterAll, beforeAll, expect, it } from 'vitest';
import { FAULT_NAMES } from '../simulator/kit/fault-plan.ts';
import { startWooCommerceSimulator, type WooCommerceSimulator } from '../simulator/woocommerce/start.ts';
import { Desk } from './testing/quayside-process.ts';

interface Row {
  listingId: string;
  externalId: string;
}

const desk = new Desk();
let shop: WooCommerceSimulator;

beforeAll(async () => {
  shop = await startWooCommerceSimulator({
    listings: 160,
    orders: 30,
    seed: 2,
    faults: FAULT_NAMES.filter((name) => name !== 'slow'),
  });
  await desk.create();
  await desk.add(shop);
});
afterAll(async () => {
  await shop.close();
  desk.close();
});

it('gets everything through a shop in which anything goes wrong now and then, once', async () => {
  await untilDone(['pull']);
  const { total, rows } = await desk.call<{ total: number; rows: Row[] }>('listings.query', { limit: 160 });
  expect(total).toBe(160);
  await desk.call('listings.edit', {
    changes: rows.map((row) => ({ listingId: row.listingId, field: 'price', value: '999.00' })),
  });
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
  await untilDone(['publish']);
  expect(shop.log.all.some((request) => request.fault !== null)).toBe(true);
  for (const row of rows) {
    const id = Number(row.externalId);
    expect([id, shop.store.sellable(id)?.regularPrice, shop.store.writes.get(id)]).toEqual([id, '999.00', 1]);
  }
  for (const { orderId, externalId } of orders) {
    const order = shop.store.orders.get(Number(externalId));
    const told = order?.notes.filter((note) => note.note.includes(`T-${orderId}`)).length;
    expect([order?.status, told]).toEqual(['completed', 1]);
  }
});

/** Runs the command as a person would: again while it says that something is left. */
async function untilDone(args: readonly string[]): Promise<void> {
  for (let run = 0; run < 6; run += 1) {
    const { code, stdout, stderr } = await desk.run(args);
    const waiting = stdout === '' ? [] : ((JSON.parse(stdout) as { waiting?: unknown[] }).waiting ?? []);
    if (code === 0 && waiting.length === 0) return;
    // A failure here has to be one that passes.
    if (code !== 0 && !/"code":"CHANNEL_(RATE|TRANSIENT)"/.test(stderr)) throw new Error(stderr);
  }
  throw new Error(`quayside ${args.join(' ')} does not come to an end`);
}
