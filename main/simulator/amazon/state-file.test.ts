import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import { startAmazonSimulator, type AmazonSimulator } from './start.ts';
import { contextOf, plainListings, refOf } from './suite-shop.ts';

let dir: string;
let shop: AmazonSimulator | null = null;
let clock: number;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-'));
  clock = Date.UTC(2026, 10, 24, 9);
});
afterEach(async () => {
  await shop?.close();
  shop = null;
  rmSync(dir, { recursive: true, force: true });
});

const path = (): string => join(dir, 'account.ndjson');
const start = async (listings = 40): Promise<AmazonSimulator> => {
  await shop?.close();
  const now = (): number => clock;
  const baseMs = clock - 3_600_000;
  shop = await startAmazonSimulator({
    listings,
    orders: 8,
    seed: 3,
    baseMs,
    now,
    settleMs: 60_000,
    feedMs: 60_000,
    throttles: false,
    stateFile: path(),
  });
  return shop;
};
const shapeOf = ({ store, feeds }: AmazonSimulator): object => ({
  listings: [...store.listings.values()],
  orders: [...store.orders.values()],
  feeds: [...feeds.feeds.values()],
  documents: [...feeds.documents.values()],
});

it('goes on where it was: writes that settle, feeds at work, deletions, parcels, keys and port', async () => {
  const first = await start();
  const connector = createAmazonConnector();
  const context = contextOf(first);
  const [one, two, three] = plainListings(first);
  const order = [...first.store.orders.values()].find((row) => row.status === 'UNSHIPPED');
  if (!one || !two || !three || !order || !connector.bulk) throw new Error('No goods');
  const op = (row: typeof one, quantity: number) => ({
    opId: row.sku,
    ref: refOf(row),
    currency: 'EUR',
    fields: { quantity },
  });
  await connector.pushListings(context, [op(one, 17)]);
  const plan = await connector.bulk.prepare(context, [op(two, 18)]);
  const job = await connector.bulk.start(
    context,
    await connector.bulk.upload(context, plan.document ?? new Uint8Array()),
  );
  await connector.pushShipment(context, {
    opId: '2',
    shipmentId: 's',
    orderExternalId: order.id,
    carrier: 'DHL',
    tracking: 'T-1',
    shippedAtMs: clock,
    lines: order.items.map((item) => ({ externalId: item.id, quantity: item.quantity })),
    complete: true,
  });
  first.store.remove(three);
  const before = shapeOf(first);
  // The shape of the first start wins; the account would be another one otherwise.
  const second = await start(90);
  expect(second.port).toBe(first.port);
  expect(second.credentials).toEqual(first.credentials);
  expect(shapeOf(second)).toEqual(before);
  expect(second.store.orders.get(order.id)?.mails).toEqual(['T-1']);
  // What was on its way goes on: the change shows, and the feed is worked off.
  clock += 120_000;
  const again = contextOf(second, { ...second.credentials });
  await fetch(second.url).catch(() => undefined);
  const fresh = createAmazonConnector();
  expect(await fresh.bulk?.look(again, job, [{ message: 1, fields: new Set(['quantity']) }])).toEqual({
    state: 'done',
    refused: [],
  });
  clock += 120_000;
  const read = await fresh.readListings(again, [refOf(one), refOf(two), refOf(three)]);
  expect(read.map(({ fields }) => fields.quantity)).toEqual([17, 18]);
});

it('drops a line that a crash tore, and keeps what came before it', async () => {
  const first = await start();
  const [one] = plainListings(first);
  if (!one) throw new Error('No goods');
  first.store.touch(one, { ...one.attributes, generic_keyword: [{ value: 'whole' }] });
  const before = shapeOf(first);
  await first.close();
  shop = null;
  appendFileSync(path(), '{"listings":[{"sku":');
  expect(shapeOf(await start())).toEqual(before);
});
