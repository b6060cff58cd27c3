import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MethodName, Params, Result } from '#shared/contract/methods.ts';
import { createShopifyConnector } from '../engine/channels/shopify/connector.ts';
import { createWooCommerceConnector } from '../engine/channels/woocommerce/connector.ts';
import { dispatch } from '../engine/rpc/dispatch.ts';
import { testEngine, type TestEngine } from '../engine/testing/test-engine.ts';
import { startShopifySimulator, type ShopifySimulator } from './shopify/start.ts';
import { startWooCommerceSimulator, type WooCommerceSimulator } from './woocommerce/start.ts';

/** Products of the source; a run of a thousand is asked for by hand. */
const PRODUCTS = Number(process.env['QUAYSIDE_MOVE_PRODUCTS'] ?? 50);

let world: TestEngine;
let from: ShopifySimulator;
let to: WooCommerceSimulator;
let pair: { sourceAccountId: string; targetAccountId: string };
let signal: AbortSignal;

async function call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
  const who = { actor: 'test', requestId: undefined, signal };
  return (await dispatch(world.engine, method, params, who, { checkOutput: true })) as Result<M>;
}

beforeEach(async () => {
  signal = new AbortController().signal;
  world = await testEngine({
    connectors: [createShopifyConnector(), createWooCommerceConnector()],
    fetch: (url, init) => fetch(url, init),
  });
  // WooCommerce compares signatures with the real time; waits still cost none.
  world.clock.advance(Date.now() - world.clock.now());
  const now = (): number => world.clock.now();
  const time = { now, baseMs: now() - 3_600_000 };
  from = await startShopifySimulator({ listings: PRODUCTS * 2, orders: 0, seed: 7, ...time });
  to = await startWooCommerceSimulator({ listings: 4, orders: 0, seed: 8, ...time });
  const add = async (platform: 'shopify' | 'woocommerce', shop: typeof from | typeof to): Promise<string> => {
    const account = { platform, name: platform, baseUrl: shop.url, credentials: { ...shop.credentials } };
    return (await call('channels.add', account)).accountId;
  };
  pair = { sourceAccountId: await add('shopify', from), targetAccountId: await add('woocommerce', to) };
  await call('sync.pull', {});
}, 120_000);
afterEach(async () => {
  world.close();
  await from.close();
  await to.close();
});

test('a shop moves with a word about every loss, exactly once, is compared, and goes back', async () => {
  const before = to.store.products.size;
  const used = new Set([...to.store.variations.values()].map(({ sku }) => sku).filter(Boolean));
  const plan = await call('migration.plan', pair);
  expect(plan).toMatchObject({
    products: from.store.products.size,
    variants: from.store.variants.size,
    moved: 0,
  });
  expect(plan.canCreate).toBe(true);
  // Counted by hand from what the source has stored.
  const vendors = [...from.store.products.values()].filter(({ vendor }) => vendor !== '').length;
  expect(plan.losses.find(({ field }) => field === 'brand')).toMatchObject({
    code: 'FIELD_NOT_THERE',
    count: vendors,
  });

  const first = await call('migration.run', pair);
  // A product whose SKUs the target uses already is refused whole, and nothing of it stays.
  const shared = [...from.store.products.values()].filter(({ id }) =>
    [...from.store.variants.values()].some(({ productId, sku }) => productId === id && used.has(sku ?? '')),
  );
  expect(shared).not.toEqual([]);
  const left = [...from.store.variants.values()].filter((variant) =>
    shared.some(({ id }) => id === variant.productId),
  ).length;
  const moved = plan.products - shared.length;
  expect(first.failed.map(({ code }) => code)).toEqual(shared.map(() => 'CHANNEL_INVALID'));
  expect(first.created).toBe(moved);
  expect(to.store.products.size).toBe(before + moved);
  // Asked for again, and again after everything noted here is lost: nothing is made twice.
  expect(await call('migration.run', pair)).toMatchObject({ created: 0, found: 0 });
  world.engine.db.exec('UPDATE product_transfer SET removed_at_ms = 1 WHERE rid <= 5');
  expect(await call('migration.run', pair)).toMatchObject({ created: 0, found: 5 });
  expect(to.store.products.size).toBe(before + moved);
  world.engine.db.exec('UPDATE product_transfer SET created = 1');

  await call('sync.pull', {});
  const compared = await call('migration.compare', pair);
  expect(compared).toMatchObject({ compared: moved, unread: 0, differences: [] });

  const crosswalk = join(world.dir, 'ids.csv');
  expect(await call('migration.crosswalk', { ...pair, file: crosswalk })).toMatchObject({
    rows: plan.variants - left,
  });
  const redirects = join(world.dir, '301.csv');
  await call('migration.redirects', { ...pair, file: redirects });
  expect(readFileSync(redirects, 'utf8')).toMatch(/^\ufeffRedirect from,Redirect to,Status\r\n/);

  expect(await call('migration.rollback', pair)).toEqual({ removed: moved, failed: 0 });
  expect(to.store.products.size).toBe(before);
  expect((await call('migration.plan', pair)).moved).toBe(0);
}, 600_000);
