import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEtsyConnector } from '../../engine/channels/etsy/connector.ts';
import { startEtsySimulator, type EtsySimulator } from './start.ts';
import { contextOf, refOf } from './suite-shop.ts';

let dir: string;
let shop: EtsySimulator | null = null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-'));
});
afterEach(async () => {
  await shop?.close();
  shop = null;
  rmSync(dir, { recursive: true, force: true });
});

const path = (): string => join(dir, 'shop.ndjson');
const start = async (listings = 40): Promise<EtsySimulator> => {
  await shop?.close();
  shop = await startEtsySimulator({ listings, orders: 5, seed: 3, stateFile: path() });
  return shop;
};
const shapeOf = ({ store }: EtsySimulator): object => ({
  listings: [...store.listings.values()],
  receipts: [...store.receipts.values()],
  nextId: store.nextId,
});

it('goes on where it was: writes, deletions, parcels, keys, tokens and port', async () => {
  const first = await start();
  const connector = createEtsyConnector();
  const context = contextOf(first);
  const [one, two] = [...first.store.listings.values()].filter((row) => row.state === 'active');
  const [product] = one?.products ?? [];
  const receipt = [...first.store.receipts.values()].find((row) => row.status === 'paid');
  if (!one || !two || !product || !receipt) throw new Error('No goods');
  const ref = refOf(one, product);
  await connector.pushListings(context, [
    { opId: '0', ref, currency: 'EUR', fields: { quantity: 17 } },
    { opId: '1', ref: { ...ref, variantExternalId: null }, currency: 'EUR', fields: { title: 'Kept' } },
  ]);
  await connector.pushShipment(context, {
    opId: '2',
    shipmentId: 's',
    orderExternalId: String(receipt.id),
    carrier: 'DHL',
    tracking: 'T-1',
    shippedAtMs: Date.now(),
    lines: [],
    complete: true,
  });
  first.store.remove(two);
  const before = shapeOf(first);
  // The shape of the first start wins; the shop would be another one otherwise.
  const second = await start(90);
  expect(second.port).toBe(first.port);
  expect(shapeOf(second)).toEqual(before);
  expect(second.store.listings.get(one.id)).toMatchObject({ title: 'Kept' });
  expect(second.store.receipts.get(receipt.id)?.mails).toEqual(['T-1']);
  // Connections to the shop before are closed; the next call would find one of them.
  await fetch(second.url).catch(() => undefined);
  // The tokens that the account keeps are still those of the shop, without pasting another.
  const again = contextOf(second, context.credentials, { tokens: context.tokens });
  expect(await createEtsyConnector().probe(again)).toMatchObject({ currency: 'EUR' });
});

it('drops a line that a crash tore, and keeps what came before it', async () => {
  const first = await start();
  const [one] = first.store.listings.values();
  if (!one) throw new Error('No goods');
  first.store.touch(one, { title: 'Whole' });
  const before = shapeOf(first);
  await first.close();
  shop = null;
  appendFileSync(path(), '{"listings":[{"id":');
  const second = await start();
  expect(shapeOf(second)).toEqual(before);
});
