import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { failureOfCall, json, testContext } from '../kit/test-context.ts';
import type { RemoteProduct } from '../contract.ts';
import { createWooCommerceConnector } from './connector.ts';
import { TestShop } from './test-shop.ts';

type Pulled = Map<string, RemoteProduct>;

/** Reads until the shop has nothing new; `between` may change the shop before each request. */
async function drain(
  shop: TestShop,
  cursor: string | null,
  options: {
    between?: (request: number) => void;
    answer?: (respond: () => Response, request: number) => Response;
  } = {},
): Promise<{ pulled: Pulled; cursor: string; pages: number; delivered: string[] }> {
  let requests = 0;
  const { context } = testContext((request) => {
    requests += 1;
    options.between?.(requests);
    return options.answer ? options.answer(() => shop.answer(request), requests) : shop.answer(request);
  });
  const connector = createWooCommerceConnector();
  const pulled: Pulled = new Map();
  const delivered: string[] = [];
  let at = cursor;
  for (let pages = 1; pages < 500; pages += 1) {
    const page = await connector.pullProducts(context, at);
    for (const product of page.products) {
      pulled.set(product.externalId, product);
      delivered.push(product.externalId);
    }
    if (!page.done && page.cursor === at) throw new Error('The cursor stands still');
    at = page.cursor;
    if (page.done) return { pulled, cursor: at, pages, delivered };
  }
  throw new Error('The read does not end');
}

function titles(pulled: Pulled): Record<string, unknown> {
  return Object.fromEntries([...pulled].map(([id, product]) => [id, product.fields.title]));
}

function truth(shop: TestShop): Record<string, unknown> {
  return Object.fromEntries(shop.products.map((row) => [String(row.id), row['name']]));
}

/** The shop's clock goes back by an hour at this moment, as in autumn. */
const AUTUMN = Date.parse('2026-10-25T01:00:00Z');
const berlin = (gmt: number): number => (gmt < AUTUMN ? 7_200_000 : 3_600_000);

describe('reading what changed', () => {
  test('everything once, in small pages, then only what is new', async () => {
    const shop = new TestShop();
    shop.cap = 3;
    for (let id = 1; id <= 20; id += 1) {
      shop.nowMs += 90_000;
      shop.addProduct(id);
    }
    const first = await drain(shop, null);
    expect(titles(first.pulled)).toEqual(truth(shop));
    expect(first.delivered).toHaveLength(20);
    shop.nowMs += 3_600_000;
    shop.touch(shop.products[4] ?? shop.addProduct(99), { name: 'New name' });
    const second = await drain(shop, first.cursor);
    // The newest one of the first read is in the overlap and comes again.
    expect(second.delivered.toSorted()).toEqual(['20', '5']);
    expect(second.pulled.get('5')?.fields.title).toBe('New name');
  });

  test('a change within the second that was read last is not missed', async () => {
    const shop = new TestShop();
    shop.addProduct(1);
    const first = await drain(shop, null);
    shop.touch(shop.products[0] ?? shop.addProduct(9), { name: 'Same second' });
    expect((await drain(shop, first.cursor)).pulled.get('1')?.fields.title).toBe('Same second');
  });

  test('thousands imported in one second are all read', async () => {
    const shop = new TestShop();
    shop.cap = 7;
    for (let id = 1; id <= 60; id += 1) shop.addProduct(id);
    shop.nowMs += 1_000;
    for (let id = 61; id <= 65; id += 1) shop.addProduct(id);
    const read = await drain(shop, null);
    expect(titles(read.pulled)).toEqual(truth(shop));
    expect(read.delivered).toHaveLength(65);
  });

  test('the hour that comes twice in autumn hides nothing', async () => {
    const shop = new TestShop();
    shop.shiftAt = berlin;
    shop.cap = 4;
    for (let id = 1; id <= 40; id += 1) {
      shop.nowMs = AUTUMN - 3_600_000 + ((id * 997) % 120) * 60_000;
      shop.addProduct(id);
    }
    const read = await drain(shop, null);
    expect(titles(read.pulled)).toEqual(truth(shop));
  });

  test('nothing is lost or left old while the shop works on', async () => {
    const action = fc.record({
      at: fc.integer({ min: 1, max: 30 }),
      what: fc.constantFrom('edit', 'add', 'remove'),
      which: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
      // Half of the time within the second that was read last.
      gapMs: fc.oneof(fc.constant(0), fc.integer({ min: 1_000, max: 5_400_000 })),
    });
    const model = fc.record({
      gaps: fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000_000 })), {
        minLength: 1,
        maxLength: 30,
      }),
      actions: fc.array(action, { maxLength: 12 }),
      cap: fc.integer({ min: 2, max: 6 }),
      start: fc.constantFrom(AUTUMN - 5_000_000, AUTUMN + 86_400_000),
    });
    await fc.assert(
      fc.asyncProperty(model, async ({ gaps, actions, cap, start }) => {
        const shop = new TestShop();
        shop.shiftAt = berlin;
        shop.cap = cap;
        shop.nowMs = start;
        gaps.forEach((gap, index) => {
          shop.nowMs += gap;
          shop.addProduct(index + 1);
        });
        let version = 0;
        const removed = new Set<string>();
        const between = (request: number): void => {
          for (const { what, which, gapMs } of actions.filter((item) => item.at === request)) {
            shop.nowMs += gapMs;
            for (const at of which) {
              version += 1;
              const row = shop.products[at % Math.max(1, shop.products.length)];
              if (what === 'add' || !row) {
                shop.addProduct(100 + version);
              } else if (what === 'remove') {
                removed.add(String(row.id));
                shop.remove(row.id);
              } else {
                shop.touch(row, { name: `Version ${version}` });
              }
            }
          }
        };
        const first = await drain(shop, null, { between });
        const second = await drain(shop, first.cursor);
        const known = new Map([...first.pulled, ...second.pulled]);
        for (const id of removed) known.delete(id);
        expect(titles(known)).toEqual(truth(shop));
      }),
      { numRuns: 150 },
    );
  });

  test('a cursor of another version or a broken one starts over', async () => {
    const shop = new TestShop();
    shop.addProduct(1);
    for (const cursor of ['', 'null', '{"v":2}', '{"v":1,"since":"x"}']) {
      expect((await drain(shop, cursor)).delivered).toEqual(['1']);
    }
  });

  test('old pages from a cache are asked for again, and never for ever', async () => {
    const shop = new TestShop();
    shop.cap = 3;
    for (let id = 1; id <= 12; id += 1) {
      shop.nowMs += 60_000;
      shop.addProduct(id);
    }
    let kept: unknown[] = [];
    const once = await drain(shop, null, {
      answer: (respond, request) =>
        request === 3 ? json(kept, { headers: { 'x-wp-total': '9' } }) : respond(),
      between: (request) => {
        if (request === 2) kept = shop.products.slice(0, 3).map((row) => ({ ...row }));
      },
    });
    expect(titles(once.pulled)).toEqual(truth(shop));
    const first = shop.products.slice(0, 3).map((row) => ({ ...row }));
    const stuck = drain(shop, null, { answer: () => json(first, { headers: { 'x-wp-total': '12' } }) });
    expect(await failureOfCall(stuck)).toMatchObject({ code: 'CHANNEL_UNKNOWN' });
  });

  test('a page in disorder is put in order', async () => {
    const shop = new TestShop();
    shop.cap = 5;
    for (let id = 1; id <= 17; id += 1) {
      shop.nowMs += 60_000;
      shop.addProduct(id);
    }
    const { context } = testContext(async (request) => {
      const answer = shop.answer(request);
      const rows = (await answer.json()) as unknown[];
      return json(rows.toReversed(), { headers: { 'x-wp-total': answer.headers.get('x-wp-total') ?? '' } });
    });
    const connector = createWooCommerceConnector();
    const delivered: string[] = [];
    let cursor: string | null = null;
    for (let done = false; !done;) {
      const page = await connector.pullProducts(context, cursor);
      delivered.push(...page.products.map((product) => product.externalId));
      ({ cursor, done } = page);
    }
    expect(delivered).toEqual(shop.products.map((row) => String(row.id)));
  });
});

describe('completing products', () => {
  function variableShop(): TestShop {
    const shop = new TestShop();
    for (let id = 1; id <= 4; id += 1) {
      shop.nowMs += 60_000;
      shop.addVariations(shop.addProduct(id), [id * 10, id * 10 + 1]);
    }
    return shop;
  }

  test('each variable product comes with its variations', async () => {
    const read = await drain(variableShop(), null);
    expect(
      [...read.pulled.values()].map((product) => product.variants.map((variant) => variant.externalId)),
    ).toEqual([
      ['10', '11'],
      ['20', '21'],
      ['30', '31'],
      ['40', '41'],
    ]);
  });

  test('more variations than a page, and one that the paging missed', async () => {
    const shop = new TestShop();
    shop.cap = 4;
    const ids = Array.from({ length: 11 }, (_, index) => 100 + index);
    shop.addVariations(shop.addProduct(1), ids);
    let dropped = false;
    const { context } = testContext(async (request) => {
      const answer = shop.answer(request);
      if (!request.url.pathname.endsWith('/variations') || request.url.searchParams.has('include') || dropped)
        return answer;
      dropped = true;
      const rows = (await answer.json()) as unknown[];
      return json([...rows.slice(1), rows.at(-1)], { headers: { 'x-wp-total': '11' } });
    });
    const page = await createWooCommerceConnector().pullProducts(context, null);
    expect(
      page.products[0]?.variants.map((variant) => Number(variant.externalId)).toSorted((a, b) => a - b),
    ).toEqual(ids);
  });

  test('a throttled shop is read in small steps: what is complete is delivered', async () => {
    const shop = variableShop();
    let allowance = 3;
    const { context } = testContext((request) => {
      if (allowance === 0)
        return json({ code: 'x', message: 'slow' }, { status: 429, headers: { 'retry-after': '5' } });
      allowance -= 1;
      return shop.answer(request);
    });
    const connector = createWooCommerceConnector();
    const delivered: string[] = [];
    let cursor: string | null = null;
    const failures: unknown[] = [];
    let waits = 0;
    for (let done = false; !done && waits < 20;) {
      try {
        const page = await connector.pullProducts(context, cursor);
        delivered.push(...page.products.map((product) => product.externalId));
        ({ cursor, done } = page);
      } catch (error) {
        failures.push(error);
        waits += 1;
        allowance = 3;
      }
    }
    expect(delivered).toEqual(['1', '2', '3', '4']);
    expect(failures).toEqual(
      failures.map(
        () =>
          expect.objectContaining({
            code: 'CHANNEL_RATE',
            details: expect.objectContaining({ retryAfterMs: 5_000 }) as object,
          }) as object,
      ),
    );
  });

  test('one unreadable record is set aside with its reason, the others come', async () => {
    const shop = variableShop();
    shop.touch(shop.products[1] ?? shop.addProduct(9), { regular_price: 'free' });
    const { context } = testContext(async (request) => {
      const answer = shop.answer(request);
      const rows = (await answer.json()) as unknown[];
      return request.url.pathname.endsWith('/products')
        ? json([...rows, { name: 'no id' }], { headers: { 'x-wp-total': '5' } })
        : json(rows);
    });
    const page = await createWooCommerceConnector().pullProducts(context, null);
    expect(page.products.map((product) => product.externalId)).toEqual(['1', '3', '4']);
    expect(page.quarantined).toEqual([
      { externalId: null, reason: 'The record has no id', raw: '{"name":"no id"}' },
      {
        externalId: '2',
        reason: expect.stringContaining('regular_price') as string,
        raw: expect.stringContaining('"free"') as string,
      },
    ]);
    expect(page.done).toBe(true);
  });

  test('a product that is deleted while it is read is left out', async () => {
    const shop = variableShop();
    const { context } = testContext((request) => {
      const answer = shop.answer(request);
      if (request.url.pathname.endsWith('/products')) shop.remove(2);
      return answer;
    });
    const page = await createWooCommerceConnector().pullProducts(context, null);
    expect(page.products.map((product) => product.externalId)).toEqual(['1', '3', '4']);
  });

  test('an overwhelmed shop gets smaller pages', async () => {
    const shop = variableShop();
    const sizes: number[] = [];
    const { context } = testContext((request) => {
      const size = Number(request.url.searchParams.get('per_page'));
      if (request.url.pathname.endsWith('/products')) sizes.push(size);
      return size > 30
        ? new Response('<html>Gateway time-out</html>', { status: 504 })
        : shop.answer(request);
    });
    const connector = createWooCommerceConnector();
    for (let i = 0; i < 2; i += 1) {
      expect(await failureOfCall(connector.pullProducts(context, null))).toMatchObject({
        code: 'CHANNEL_TRANSIENT',
      });
    }
    expect((await connector.pullProducts(context, null)).products).toHaveLength(4);
    expect(sizes).toEqual([100, 50, 25]);
  });
});

describe('ids', () => {
  async function readIds(
    shop: TestShop,
    between: (request: number) => void,
  ): Promise<Map<string, readonly string[]>> {
    let requests = 0;
    const { context } = testContext((request) => {
      between((requests += 1));
      return shop.answer(request);
    });
    const connector = createWooCommerceConnector();
    const ids = new Map<string, readonly string[]>();
    for (let cursor: string | null = null, done = false; !done;) {
      const page: Awaited<ReturnType<typeof connector.pullIds>> = await connector.pullIds(context, cursor);
      for (const product of page.products) ids.set(product.externalId, product.variants);
      ({ cursor, done } = page);
    }
    return ids;
  }

  test('all of them, with their variations, without the trash', async () => {
    const shop = new TestShop();
    shop.cap = 3;
    for (let id = 1; id <= 10; id += 1) shop.addProduct(id);
    shop.addVariations(shop.products[3] ?? shop.addProduct(99), [41, 42]);
    shop.touch(shop.products[5] ?? shop.addProduct(99), { status: 'trash' });
    const ids = await readIds(shop, () => undefined);
    expect([...ids.keys()].map(Number)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 10]);
    expect(ids.get('4')).toEqual(['41', '42']);
  });

  test('nothing that exists is ever missing, whatever is deleted or added meanwhile', async () => {
    const changes = fc.array(
      fc.record({
        at: fc.integer({ min: 2, max: 6 }),
        remove: fc.integer({ min: 1, max: 20 }),
        add: fc.boolean(),
      }),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(changes, fc.integer({ min: 2, max: 5 }), async (plan, cap) => {
        const shop = new TestShop();
        shop.cap = cap;
        for (let id = 1; id <= 20; id += 1) shop.addProduct(id);
        let added = 100;
        const ids = await readIds(shop, (request) => {
          for (const change of plan.filter((item) => item.at === request)) {
            shop.remove(change.remove);
            if (change.add) shop.addProduct((added += 1));
          }
        });
        expect(shop.products.filter((row) => !ids.has(String(row.id)))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
