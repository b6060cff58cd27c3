import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChannelContext, RemoteProduct } from '../../engine/channels/contract.ts';
import { PART_BYTES } from '../../engine/channels/shopify/bulk-read.ts';
import { createShopifyConnector } from '../../engine/channels/shopify/connector.ts';
import type { ShopifySimulator } from './start.ts';
import { contextOf, openSimulator } from './suite-shop.ts';

const connector = createShopifyConnector();
let shop: ShopifySimulator;
let context: ChannelContext;
beforeAll(async () => {
  shop = await openSimulator({ listings: 9_000, orders: 0 });
  context = contextOf(shop);
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.log.clear();
  shop.faults.clear();
  shop.api.bulk.broken = false;
});

/** Reads to the end; `at` is called before every page. */
async function readAll(from: string | null, at: (page: number) => void = () => undefined) {
  const products = new Map<string, RemoteProduct>();
  const quarantined: string[] = [];
  let cursor = from;
  let failures = 0;
  for (let page = 0; ; page += 1) {
    at(page);
    try {
      const answer = await connector.pullProducts(context, cursor);
      for (const product of answer.products) products.set(product.externalId, product);
      quarantined.push(...answer.quarantined.map((poison) => poison.externalId ?? ''));
      expect(answer.done || answer.cursor !== cursor).toBe(true);
      cursor = answer.cursor;
      if (answer.done) return { products, quarantined, cursor, failures };
    } catch (error) {
      failures += 1;
      if (failures > 10) throw error;
    }
  }
}
const files = (): number => shop.log.all.filter(({ path }) => path.startsWith('/bulk/')).length;
const without = (product: RemoteProduct): object => {
  const { raw: _raw, variants, ...rest } = product;
  return { ...rest, variants: variants.map(({ raw: _rawVariant, ...variant }) => variant) };
};

describe('the first read of a large shop', () => {
  it('comes as one file in parts, and says the same as the pages do', async () => {
    const bulk = await readAll(null);
    expect(bulk.products.size).toBe(shop.store.products.size);
    expect(files()).toBeGreaterThan(1);
    expect(files()).toBeLessThan(5);
    const requests = shop.log.all.length;
    shop.log.clear();
    shop.api.bulk.broken = true;
    const pages = await readAll(null);
    expect(files()).toBe(0);
    expect(requests).toBeLessThan(shop.log.all.length / 20);
    expect(pages.products.size).toBe(bulk.products.size);
    // Pages carry six pictures at most, and these products have one.
    for (const [id, product] of pages.products) {
      expect(without(bulk.products.get(id) as RemoteProduct)).toEqual(without(product));
    }
  });

  it('meets afterwards what changed while the file was written', async () => {
    const [product] = shop.store.products.values();
    const { products } = await readAll(null, (page) => {
      if (page === 3 && product) shop.store.touch(product, { title: 'Changed meanwhile' });
    });
    expect(products.get(String(product?.id))?.fields.title).toBe('Changed meanwhile');
  });

  it.each(['drop', 'truncated', 'unavailable'] as const)(
    'survives %s in the middle of the file',
    async (fault) => {
      shop.faults.script({ fault, path: /^\/bulk\//, skip: 1, delayMs: 5 });
      const { products, failures } = await readAll(null);
      expect(failures).toBe(1);
      expect(products.size).toBe(shop.store.products.size);
    },
  );

  it('sets aside what cannot be read, and does not start a file for what changed since', async () => {
    const [, product] = shop.store.products.values();
    const [variant] = product ? shop.store.variantsOf(product) : [];
    if (!variant) throw new Error('No variant');
    const { price } = variant;
    variant.price = 'ask';
    const { quarantined, cursor } = await readAll(null);
    variant.price = price;
    expect(quarantined).toEqual([String(product?.id)]);
    shop.log.clear();
    await readAll(cursor);
    expect(shop.log.all.some(({ body }) => JSON.stringify(body ?? '').includes('RunBulkQuery'))).toBe(false);
    expect(PART_BYTES).toBeGreaterThan(1_000_000);
  });
});
