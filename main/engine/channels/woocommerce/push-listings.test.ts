import { describe, expect, test } from 'vitest';
import type { FieldValues, ListingPush } from '../contract.ts';
import { failureOfCall, json, testContext, type SentRequest } from '../kit/test-context.ts';
import { createWooCommerceConnector } from './connector.ts';
import { TestShop } from './test-shop.ts';

function shopOf(products: number): TestShop {
  const shop = new TestShop();
  for (let id = 1; id <= products; id += 1) shop.addProduct(id);
  return shop;
}

function op(opId: string, product: number, fields: FieldValues, variant?: number): ListingPush {
  const ref = {
    productExternalId: String(product),
    variantExternalId: variant === undefined ? null : String(variant),
  };
  return { opId, ref, currency: 'USD', fields };
}

async function push(
  ops: readonly ListingPush[],
  answer: (request: SentRequest) => Response | Promise<Response>,
): Promise<{ results: Record<string, unknown>; sent: SentRequest[]; outcomes: Record<string, string> }> {
  const { context, sent } = testContext(answer);
  const results = await createWooCommerceConnector().pushListings(context, ops);
  expect(results.map((result) => result.opId).toSorted()).toEqual(ops.map((item) => item.opId).toSorted());
  return {
    results: Object.fromEntries(results.map((result) => [result.opId, result])),
    outcomes: Object.fromEntries(results.map((result) => [result.opId, result.outcome])),
    sent,
  };
}

const updates = (request: SentRequest | undefined): unknown[] =>
  (request?.body as { update: unknown[] } | undefined)?.update ?? [];
const path = (request: SentRequest): string => request.url.pathname.replace('/wp-json/wc/v3/', '');

describe('pushListings', () => {
  test('sends only what changed: products together, variations by product, several ops of one object as one', async () => {
    const shop = shopOf(3);
    const [first] = shop.products;
    if (first) shop.addVariations(first, [11, 12]);
    const { outcomes, sent } = await push(
      [
        op('a', 1, { title: 'T' }),
        op('b', 2, { price: 1250, salePrice: null }),
        op('c', 2, { quantity: 7 }),
        op('d', 1, { price: 999 }, 11),
        op('e', 1, { sku: 'N' }, 12),
      ],
      (request) => shop.answer(request),
    );
    expect(new Set(Object.values(outcomes))).toEqual(new Set(['accepted']));
    expect(sent.map((request) => [request.method, path(request), updates(request)])).toEqual([
      [
        'POST',
        'products/batch',
        [
          { id: 1, name: 'T' },
          { id: 2, regular_price: '12.50', sale_price: '', manage_stock: true, stock_quantity: 7 },
        ],
      ],
      [
        'POST',
        'products/1/variations/batch',
        [
          { id: 11, regular_price: '9.99' },
          { id: 12, sku: 'N' },
        ],
      ],
    ]);
  });

  test('200 with errors inside: each op gets its own answer and field', async () => {
    const shop = shopOf(3);
    const { results } = await push(
      [op('taken', 1, { sku: 'SKU-2' }), op('fine', 2, { title: 'New' }), op('gone', 77, { title: 'x' })],
      (request) => shop.answer(request),
    );
    expect(results).toMatchObject({
      taken: {
        outcome: 'rejected',
        code: 'CHANNEL_INVALID',
        field: 'sku',
        message: expect.stringMatching(/belongs to product 2.*product_invalid_sku/) as string,
      },
      fine: { outcome: 'accepted' },
      gone: { outcome: 'rejected', code: 'CHANNEL_GONE', field: null },
    });
    expect(shop.products[1]?.['name']).toBe('New');
  });

  test('one op of an object is at fault: only it is rejected, its neighbour goes again', async () => {
    const shop = shopOf(2);
    const { results } = await push(
      [op('sku', 1, { sku: 'SKU-2' }), op('price', 1, { price: 100 })],
      (request) => shop.answer(request),
    );
    expect(results).toMatchObject({
      sku: { outcome: 'rejected', field: 'sku' },
      price: { outcome: 'retry', field: null },
    });
  });

  test('errors of an item are sorted by code and status, never by text', async () => {
    const errors: Record<number, object> = {
      1: { code: 'internal_server_error', message: 'invalid sku', data: { status: 500 } },
      2: {
        code: 'rest_invalid_param',
        message: 'Invalid',
        data: { status: 400, params: { regular_price: 'regular_price is not of type string.' } },
      },
      3: { code: 'woocommerce_product_image_upload_error', message: 'Error', data: { status: 400 } },
      4: { code: 'woocommerce_rest_cannot_edit', message: 'Sorry', data: { status: 401 } },
      5: { code: 'something_new', message: 'time-out, try again', data: 500 },
    };
    const { results } = await push(
      [1, 2, 3, 4, 5].map((id) => op(String(id), id, { price: 1, images: '[]' })),
      (request) =>
        json({ update: (updates(request) as { id: number }[]).map(({ id }) => ({ id, error: errors[id] })) }),
    );
    expect(results).toMatchObject({
      1: { outcome: 'retry', code: 'CHANNEL_TRANSIENT' },
      2: {
        outcome: 'rejected',
        field: 'price',
        message: expect.stringContaining('not of type string') as string,
      },
      3: { outcome: 'rejected', field: 'images' },
      4: { outcome: 'rejected', code: 'CHANNEL_AUTH' },
      5: { outcome: 'retry', code: 'CHANNEL_TRANSIENT' },
    });
  });

  test('an item without an answer is unknown, one in another place is found', async () => {
    const { outcomes } = await push(
      [op('a', 1, { title: 'a' }), op('b', 2, { title: 'b' }), op('c', 3, { title: 'c' })],
      () => json({ update: [{ id: 3 }, { id: 1 }] }),
    );
    expect(outcomes).toEqual({ a: 'accepted', b: 'unknown', c: 'accepted' });
  });

  test('more than a batch is sent in several', async () => {
    const shop = shopOf(120);
    const { sent, outcomes } = await push(
      shop.products.map((row) => op(String(row.id), row.id, { title: 't' })),
      (request) => shop.answer(request),
    );
    expect(sent.map((request) => updates(request).length)).toEqual([50, 50, 20]);
    expect(Object.values(outcomes).filter((outcome) => outcome === 'accepted')).toHaveLength(120);
  });

  test.each([
    [
      '413',
      () =>
        json(
          { code: 'woocommerce_rest_request_entity_too_large', message: 'x', data: { status: 413 } },
          { status: 413 },
        ),
    ],
    ['a firewall', () => new Response('<html>Forbidden</html>', { status: 403 })],
    [
      'bad JSON',
      () => json({ code: 'rest_invalid_json', message: 'x', data: { status: 400 } }, { status: 400 }),
    ],
  ])('%s: the bad item is found by halves, the others get through', async (_name, refusal) => {
    const shop = shopOf(9);
    const { outcomes, sent } = await push(
      shop.products.map((row) => op(String(row.id), row.id, { title: row.id === 4 ? '<script>' : 'fine' })),
      (request) => (JSON.stringify(request.body).includes('<script>') ? refusal() : shop.answer(request)),
    );
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'accepted')).toEqual([
      ['4', 'rejected'],
    ]);
    expect(sent.length).toBeLessThan(12);
  });

  test.each([
    [
      'a dropped connection',
      () => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } })),
    ],
    ['half an answer', () => Promise.resolve(new Response('{"update":[{"id":1'))],
    ['a web page', () => Promise.resolve(new Response('<html>'))],
    ['a broken server', () => Promise.resolve(json({ code: 'x', message: 'x', data: 500 }, { status: 500 }))],
  ])('%s: every op of the call is unknown', async (_name, answer) => {
    const { outcomes } = await push([op('a', 1, { title: 'a' }), op('b', 2, { price: 1 })], answer);
    expect(outcomes).toEqual({ a: 'unknown', b: 'unknown' });
  });

  test('what surely was not applied is thrown as a whole', async () => {
    const ops = [op('a', 1, { title: 'a' }), op('b', 2, { price: 1 })];
    const fail = (answer: () => Response | Promise<Response>): Promise<unknown> =>
      failureOfCall(createWooCommerceConnector().pushListings(testContext(answer).context, ops));
    expect(
      await fail(() => json({ code: 'x', message: 'x' }, { status: 429, headers: { 'retry-after': '7' } })),
    ).toMatchObject({
      code: 'CHANNEL_RATE',
      details: { applied: 'no', retryAfterMs: 7_000 },
    });
    expect(
      await fail(() =>
        json(
          { code: 'woocommerce_rest_authentication_error', message: 'x', data: { status: 401 } },
          { status: 401 },
        ),
      ),
    ).toMatchObject({ code: 'CHANNEL_AUTH' });
    expect(
      await fail(() => Promise.reject(new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } }))),
    ).toMatchObject({
      code: 'CHANNEL_TRANSIENT',
      details: { network: true, applied: 'no' },
    });
    expect(
      await fail(() => new Response('busy', { status: 503, headers: { 'retry-after': '3' } })),
    ).toMatchObject({
      code: 'CHANNEL_TRANSIENT',
      details: { applied: 'unknown', retryAfterMs: 3_000 },
    });
  });

  test('answers that came are kept when a later request fails; what was not sent goes again', async () => {
    const shop = shopOf(4);
    for (const [index, row] of shop.products.slice(0, 3).entries()) shop.addVariations(row, [100 + index]);
    const { outcomes } = await push(
      [
        op('p', 4, { title: 'T' }),
        op('v1', 1, { price: 1 }, 100),
        op('v2', 2, { price: 1 }, 101),
        op('v3', 3, { price: 1 }, 102),
      ],
      (request) => {
        if (path(request) === 'products/batch') return shop.answer(request);
        if (path(request).startsWith('products/1/'))
          return Promise.reject(new TypeError('fetch failed', { cause: { code: 'UND_ERR_SOCKET' } }));
        return json({ code: 'x', message: 'x' }, { status: 429 });
      },
    );
    expect(outcomes).toEqual({ p: 'accepted', v1: 'unknown', v2: 'retry', v3: 'retry' });
  });

  test('what can never work is refused without a request', async () => {
    const { results, sent } = await push(
      [
        op('cat', 1, { categories: '[]' }),
        op('var', 1, { title: 'x' }, 11),
        op('id', 0, { title: 'x' }),
        op('stock', 2, { quantity: 5, manageStock: 0 }),
      ],
      () => json({}),
    );
    expect(results).toMatchObject({
      cat: { outcome: 'rejected', field: 'categories' },
      var: { outcome: 'rejected', field: 'title' },
      id: { outcome: 'rejected', code: 'CHANNEL_GONE' },
      stock: { outcome: 'rejected', field: 'quantity' },
    });
    expect(sent).toHaveLength(0);
  });
});

describe('readListings', () => {
  test('reads products and variations, each with all its fields; what is gone is left out', async () => {
    const shop = shopOf(3);
    const [first, second, third] = shop.products;
    if (first) shop.addVariations(first, [11, 12]);
    if (second) shop.touch(second, { name: 'Bad', regular_price: 'free' });
    if (third) shop.touch(third, { status: 'trash' });
    shop.addProduct(4, { description: '<p>x</p>' });
    const { context, sent } = testContext((request) => shop.answer(request));
    const refs = [
      { productExternalId: '1', variantExternalId: null },
      { productExternalId: '1', variantExternalId: '12' },
      { productExternalId: '1', variantExternalId: '99' },
      { productExternalId: '2', variantExternalId: null },
      { productExternalId: '3', variantExternalId: null },
      { productExternalId: '4', variantExternalId: null },
    ];
    const read = await createWooCommerceConnector().readListings(context, refs);
    expect(read.map((item) => item.ref)).toEqual([refs[0], refs[1], refs[5]]);
    expect(read[0]?.fields).not.toHaveProperty('price');
    expect(read[1]?.fields).toMatchObject({ title: 'Product 1', sku: 'SKU-12', price: 300 });
    expect(read[2]?.fields).toMatchObject({ description: '<p>x</p>', price: 1000, quantity: 5 });
    expect(read[2]?.modifiedAtMs).toBe(shop.nowMs);
    expect(sent).toHaveLength(2);
  });
});
