import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createShopifyConnector } from '../../engine/channels/shopify/connector.ts';
import { startShopifySimulator, type ShopifySimulator } from './start.ts';
import { contextOf } from './suite-shop.ts';

let dir: string;
let shop: ShopifySimulator | null = null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-'));
});
afterEach(async () => {
  await shop?.close();
  shop = null;
  rmSync(dir, { recursive: true, force: true });
});

const path = (): string => join(dir, 'shop.ndjson');
const start = async (listings = 40): Promise<ShopifySimulator> => {
  await shop?.close();
  shop = await startShopifySimulator({ listings, orders: 5, seed: 3, stateFile: path() });
  return shop;
};
const shapeOf = ({ store }: ShopifySimulator): object => ({
  products: [...store.products.values()],
  variants: [...store.variants.values()].map((row) => ({ ...row, levels: [...row.levels] })),
  orders: [...store.orders.values()],
  events: store.events,
});

it('goes on where it was: writes, deletions, parcels, keys and port', async () => {
  const first = await start();
  const connector = createShopifyConnector();
  const context = contextOf(first);
  const [one, two] = [...first.store.products.values()];
  const [variant] = one ? first.store.variantsOf(one) : [];
  if (!one || !two || !variant) throw new Error('No goods');
  const ref = { productExternalId: String(one.id), variantExternalId: String(variant.id) };
  await connector.pushListings(context, [
    { opId: '1', ref, currency: 'EUR', fields: { sku: 'KEPT', price: 7_700, salePrice: null, quantity: 3 } },
    { opId: '2', ref: { ...ref, variantExternalId: null }, currency: 'EUR', fields: { title: 'Kept' } },
  ]);
  first.store.removeProduct(two);
  const page = await connector.pullOrders(context, null);
  const order = page.orders.find((row) => row.disposition === null);
  await connector.pushShipment(context, {
    opId: '3',
    shipmentId: 's',
    orderExternalId: order?.externalId ?? '',
    carrier: 'DHL',
    tracking: 'T1',
    shippedAtMs: Date.now(),
    lines: (order?.lines ?? []).map(({ externalId, quantity }) => ({ externalId, quantity })),
    complete: true,
  });
  const before = shapeOf(first);
  const { url, credentials } = first;
  // Another wish is not what the file was begun with, and a torn line was never answered.
  await first.close();
  shop = null;
  appendFileSync(path(), '{"rows":[{"kind":"prod');
  const second = await start(10);
  expect(shapeOf(second)).toEqual(before);
  expect({ url: second.url, credentials: second.credentials }).toEqual({ url, credentials });
  const third = await start();
  expect(shapeOf(third)).toEqual(before);
});
