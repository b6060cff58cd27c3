import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Limiter } from '../contract.ts';
import { failureOfCall, json, memoryTokens, testContext, type SentRequest } from '../kit/test-context.ts';
import { ShopifyClient } from './client.ts';
import { SHOP, UPDATE_PRODUCT } from './documents.ts';
import { newShopMemory } from './memory.ts';

const shape = z.object({ fine: z.boolean() });
const DATA = { data: { fine: true } };

interface Calls {
  readonly take: unknown[];
  readonly refund: unknown[];
  readonly observe: unknown[];
  readonly close: unknown[];
}

function setup(
  answers: readonly (() => Response)[],
  credentials: Record<string, string> = { accessToken: 'shpat_1' },
): { client: ShopifyClient; sent: SentRequest[]; calls: Calls } {
  const calls: Calls = { take: [], refund: [], observe: [], close: [] };
  const limiter: Limiter = {
    take: async (_operation, plan, options) => void calls.take.push([plan.capacity, options?.cost]),
    refund: (_operation, plan, cost) => void calls.refund.push([plan.capacity, cost]),
    observe: (_operation, plan, remaining) => void calls.observe.push([plan.perSecond, remaining]),
    close: (_operation, _plan, ms) => void calls.close.push(ms),
  };
  const { context, sent } = testContext(() => answers[sent.length - 1]?.() ?? json(DATA), {
    credentials,
    limiter,
    tokens: memoryTokens(),
  });
  return { client: new ShopifyClient(context, newShopMemory()), sent, calls };
}

const costing = (requested: number, actual: number | null, available: number): object => ({
  extensions: {
    cost: {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: available, restoreRate: 100 },
    },
  },
});
const failing =
  (code: string, more: object = {}): (() => Response) =>
  () =>
    json({ data: null, errors: [{ message: 'No.', extensions: { code } }], ...more });

test('one address, the version, the token in its header', async () => {
  const { client, sent } = setup([]);
  expect(await client.send(SHOP, {}, shape)).toEqual({ fine: true });
  expect(sent[0]?.url.href).toBe('https://shop.test/admin/api/2026-10/graphql.json');
  expect(sent[0]?.headers.get('x-shopify-access-token')).toBe('shpat_1');
  expect(sent[0]?.body).toMatchObject({ operationName: 'Shop', variables: {} });
});

describe('cost', () => {
  test('is taken in advance as the shop stated it last, and what was not used goes back', async () => {
    const { client, calls } = setup([
      () => json({ ...DATA, ...costing(800, 90, 1_910) }),
      () => json({ ...DATA, ...costing(800, 100, 1_800) }),
    ]);
    await client.send(SHOP, {}, shape);
    await client.send(SHOP, {}, shape);
    expect(calls.take).toEqual([
      [1_000, 500],
      [2_000, 800],
    ]);
    expect(calls.refund).toEqual([
      [2_000, 410],
      [2_000, 700],
    ]);
    expect(calls.observe).toEqual([
      [100, 1_910],
      [100, 1_800],
    ]);
  });

  test('THROTTLED inside a 200 waits exactly until the bucket holds enough, and nothing was applied', async () => {
    const { client, calls } = setup([failing('THROTTLED', costing(500, null, 120))]);
    expect(await failureOfCall(client.send(UPDATE_PRODUCT, {}, shape))).toMatchObject({
      code: 'CHANNEL_RATE',
      retryable: true,
      details: { retryAfterMs: 3_800, applied: 'no' },
    });
    expect(calls.close).toEqual([3_800]);
    expect(calls.refund).toEqual([[2_000, 10]]);
  });

  test('so does a 429', async () => {
    const { client, calls } = setup([
      () => json({ errors: 'Slow down' }, { status: 429, headers: { 'retry-after': '2.0' } }),
    ]);
    const details = { retryAfterMs: 2_000 };
    expect(await failureOfCall(client.send(SHOP, {}, shape))).toMatchObject({
      code: 'CHANNEL_RATE',
      details,
    });
    expect(calls.close).toEqual([2_000]);
  });

  test('a query that is too expensive is asked in smaller pages, up to a point', async () => {
    const { client } = setup(Array.from({ length: 9 }, () => failing('MAX_COST_EXCEEDED')));
    expect(client.sized(8)).toBe(8);
    const codes: string[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const failure = (await failureOfCall(client.send(SHOP, {}, shape))) as { code: string };
      codes.push(failure.code);
    }
    expect(codes).toEqual([...Array<string>(4).fill('CHANNEL_TRANSIENT'), 'CHANNEL_INVALID']);
    expect([client.sized(8), client.sized(100)]).toEqual([1, 6]);
  });
});

describe('errors', () => {
  test.each([
    ['ACCESS_DENIED', 'CHANNEL_AUTH', 'no'],
    ['INTERNAL_SERVER_ERROR', 'CHANNEL_TRANSIENT', 'unknown'],
    ['undefinedField', 'CHANNEL_INVALID', 'no'],
    ['', 'CHANNEL_UNKNOWN', 'unknown'],
  ])('code "%s" is %s, applied: %s', async (code, kind, applied) => {
    const { client } = setup([failing(code), failing(code)]);
    const details = { applied };
    expect(await failureOfCall(client.send(UPDATE_PRODUCT, {}, shape))).toMatchObject({
      code: kind,
      details,
    });
    const read = (await failureOfCall(client.send(SHOP, {}, shape))) as { details: object };
    expect(read.details).not.toHaveProperty('applied');
  });

  test.each([
    [401, 'CHANNEL_AUTH'],
    [402, 'CHANNEL_AUTH'],
    [403, 'CHANNEL_AUTH'],
    [404, 'CHANNEL_INVALID'],
    [423, 'CHANNEL_AUTH'],
    [503, 'CHANNEL_TRANSIENT'],
  ])('status %i is %s: never a listing that is gone', async (status, code) => {
    const { client } = setup([() => json({ errors: 'No.' }, { status })]);
    expect(await failureOfCall(client.send(SHOP, {}, shape))).toMatchObject({ code });
  });

  test('an answer in another shape is not taken for an empty one', async () => {
    const { client } = setup([() => json({ data: { fine: 'yes' } })]);
    const details = { applied: 'unknown' };
    expect(await failureOfCall(client.send(UPDATE_PRODUCT, {}, shape))).toMatchObject({
      code: 'CHANNEL_UNKNOWN',
      details,
    });
  });

  test('customers’ data that is withheld does not hold back the orders; a list that is withheld does', async () => {
    const denied = (path: unknown[]): object => ({
      message: 'This app is not approved to use the email object.',
      path,
      extensions: { code: 'ACCESS_DENIED' },
    });
    const answer = (path: unknown[]) => (): Response => json({ ...DATA, errors: [denied(path)] });
    const { client } = setup([
      answer(['orders', 'nodes', 0, 'email']),
      answer(['orders']),
      answer(['orders', 'nodes', 0, 'email']),
    ]);
    expect(await client.send(SHOP, {}, shape)).toEqual({ fine: true });
    expect(await failureOfCall(client.send(SHOP, {}, shape))).toMatchObject({ code: 'CHANNEL_AUTH' });
    // A mutation is never half a success.
    expect(await failureOfCall(client.send(UPDATE_PRODUCT, {}, shape))).toMatchObject({
      code: 'CHANNEL_AUTH',
    });
  });

  test('a token that ended in the middle is replaced once and the call repeated', async () => {
    const refuse = (): Response => json({ errors: '[API] Invalid API key' }, { status: 401 });
    const token = (name: string) => (): Response => json({ access_token: name, expires_in: 86_399 });
    const app = { clientId: 'app', clientSecret: 'secret' };
    const { client, sent } = setup([token('t1'), refuse, token('t2')], app);
    expect(await client.send(SHOP, {}, shape)).toEqual({ fine: true });
    expect(sent.map((request) => request.headers.get('x-shopify-access-token'))).toEqual([
      null,
      't1',
      null,
      't2',
    ]);
    const again = setup([token('t1'), refuse, token('t2'), refuse], app);
    expect(await failureOfCall(again.client.send(SHOP, {}, shape))).toMatchObject({ code: 'CHANNEL_AUTH' });
    expect(again.sent).toHaveLength(4);
  });
});

test('keys of idempotency differ although clock and chance stand still', () => {
  const { client } = setup([]);
  const keys = Array.from({ length: 50 }, () => client.newKey('same'));
  expect(new Set(keys).size).toBe(50);
  for (const key of keys)
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});
