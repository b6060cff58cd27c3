import { expect, it } from 'vitest';
import type { FieldValues, ListingPush } from '../contract.ts';
import { failureOfCall, json, type SentRequest } from '../kit/test-context.ts';
import type { BucketPlan } from '../kit/token-bucket.ts';
import { pushListings } from './push-listings.ts';
import { readListings } from './read-listings.ts';
import { found, listing, refusal, testAccount } from './test-account.ts';

const op = (opId: string, sku: string, fields: FieldValues): ListingPush => ({
  opId,
  ref: { productExternalId: sku, variantExternalId: null },
  currency: 'EUR',
  fields,
});
const accepted = (sku: string): Response => json({ sku, status: 'ACCEPTED', submissionId: 's', issues: [] });
const invalid = (issues: readonly object[]): Response =>
  json({ sku: 'A', status: 'INVALID', submissionId: 's', issues });
const issue = (attributeNames: string[], severity = 'ERROR'): object => ({
  code: '90220',
  message: `About ${attributeNames.join()}.`,
  severity,
  attributeNames,
  categories: [],
});
const bodyOf = (request: SentRequest | undefined): unknown => request?.body;

it('sends content and offer of one SKU in one request', async () => {
  const account = testAccount((request) =>
    request.method === 'PATCH' ? accepted('A') : found(listing('A')),
  );
  const results = await pushListings(account.client, [
    op('1', 'A', { title: 'Cup' }),
    op('2', 'A', { price: 1_200 }),
  ]);
  expect(results).toEqual([
    { opId: '1', outcome: 'accepted' },
    { opId: '2', outcome: 'accepted' },
  ]);
  const patches = account.sent().filter(({ method }) => method === 'PATCH');
  expect(patches).toHaveLength(1);
  expect(patches[0]?.url.pathname).toBe('/listings/2021-08-01/items/SELLER/A');
  expect(bodyOf(patches[0])).toMatchObject({
    productType: 'KITCHEN',
    patches: [{ path: '/attributes/purchasable_offer' }, { path: '/attributes/item_name' }],
  });
});

it('gives the field that an issue names to its op, and lets the neighbour go again', async () => {
  const account = testAccount((request) =>
    request.method === 'PATCH'
      ? invalid([issue(['item_name'], 'WARNING'), issue(['purchasable_offer.our_price'])])
      : found(listing('A')),
  );
  const results = await pushListings(account.client, [
    op('1', 'A', { title: 'Cup' }),
    op('2', 'A', { price: 1_200, quantity: 3 }),
  ]);
  expect(results).toMatchObject([
    { opId: '1', outcome: 'retry' },
    {
      opId: '2',
      outcome: 'rejected',
      field: 'price',
      code: 'CHANNEL_INVALID',
      message: 'About purchasable_offer.our_price. (90220)',
    },
  ]);
});

it('rejects the whole op for an issue about something that was not sent', async () => {
  const account = testAccount((request) =>
    request.method === 'PATCH' ? invalid([issue(['batteries_required'])]) : found(listing('A')),
  );
  const results = await pushListings(account.client, [op('1', 'A', { title: 'Cup' })]);
  expect(results).toMatchObject([{ opId: '1', outcome: 'rejected', field: null }]);
});

it('asks for a SKU with a comma alone, and encodes what an address cannot hold', async () => {
  const skus = ['A,1', 'B/2 ü', '00123'];
  const account = testAccount(({ method, url }) => {
    const one = /items\/SELLER\/(.+)$/.exec(url.pathname)?.[1];
    if (method === 'PATCH') return accepted(decodeURIComponent(one ?? ''));
    if (one !== undefined) return json(listing(decodeURIComponent(one)));
    return found(...(url.searchParams.get('identifiers') ?? '').split(',').map((sku) => listing(sku)));
  });
  const ops = skus.map((sku, index) => op(String(index), sku, { price: 1_100 }));
  expect((await pushListings(account.client, ops)).map(({ outcome }) => outcome)).toEqual([
    'accepted',
    'accepted',
    'accepted',
  ]);
  const paths = account.sent().map(({ method, url }) => `${method} ${url.pathname.split('/SELLER')[1]}`);
  expect(paths.toSorted()).toEqual([
    'GET ',
    'GET /A%2C1',
    'PATCH /00123',
    'PATCH /A%2C1',
    'PATCH /B%2F2%20%C3%BC',
  ]);
  const read = await readListings(
    account.client,
    ops.map(({ ref }) => ref),
  );
  expect(read.map(({ ref }) => ref.productExternalId)).toEqual(skus);
});

it('closes the bucket when Amazon says "too many", for as long as one token takes', async () => {
  const closed: [string, BucketPlan, number][] = [];
  const account = testAccount(
    (request) => (request.method === 'PATCH' ? refusal(429, 'QuotaExceeded') : found(listing('A'))),
    {
      limiter: {
        take: async () => undefined,
        observe: () => undefined,
        close: (...call) => void closed.push(call),
      },
    },
  );
  const error = await failureOfCall(pushListings(account.client, [op('1', 'A', { price: 1_100 })]));
  expect(error).toMatchObject({ code: 'CHANNEL_RATE', retryable: true });
  expect(closed).toEqual([['patchListingsItem', { perSecond: 5, capacity: 5 }, 200]]);
});

it('takes the rate that Amazon names over the table', async () => {
  const taken: [string, number][] = [];
  const account = testAccount(
    (request) =>
      request.method === 'PATCH'
        ? json(
            { sku: 'A', status: 'ACCEPTED', submissionId: 's' },
            { headers: { 'x-amzn-RateLimit-Limit': '10.0' } },
          )
        : found(listing('A')),
    {
      limiter: {
        take: async (name, plan) => void taken.push([name, plan.perSecond]),
        observe: () => undefined,
        close: () => undefined,
      },
    },
  );
  await pushListings(account.client, [op('1', 'A', { price: 1_100 })]);
  await pushListings(account.client, [op('1', 'A', { price: 1_200 })]);
  expect(taken.filter(([name]) => name === 'patchListingsItem').map(([, rate]) => rate)).toEqual([5, 10]);
});

it('keeps what was answered when a later request breaks, and says which may have arrived', async () => {
  const account = testAccount(({ method, url }) => {
    if (method !== 'PATCH') return found(listing('A'), listing('B'));
    return url.pathname.endsWith('/A') ? accepted('A') : refusal(500, 'InternalFailure');
  });
  const results = await pushListings(account.client, [
    op('1', 'A', { price: 1 }),
    op('2', 'B', { price: 2 }),
  ]);
  expect(results.toSorted((a, b) => a.opId.localeCompare(b.opId))).toMatchObject([
    { opId: '1', outcome: 'accepted' },
    { opId: '2', outcome: 'unknown', code: 'CHANNEL_TRANSIENT' },
  ]);
});

it('does not send what it could not read, and says so', async () => {
  const bad = listing('A', { purchasable_offer: [{ our_price: [{ schedule: [{ value_with_tax: 'x' }] }] }] });
  const account = testAccount(() => found(bad));
  const results = await pushListings(account.client, [
    op('1', 'A', { title: 'x' }),
    op('2', 'B', { title: 'x' }),
  ]);
  expect(results).toMatchObject([
    { opId: '1', outcome: 'rejected', code: 'CHANNEL_INVALID' },
    { opId: '2', outcome: 'rejected', code: 'CHANNEL_GONE' },
  ]);
  expect(account.sent().every(({ method }) => method === 'GET')).toBe(true);
});

const priced = (price: number, sale?: number): object => ({
  purchasable_offer: [
    {
      marketplace_id: 'A1PA6795UKMFR9',
      currency: 'EUR',
      audience: 'ALL',
      our_price: [{ schedule: [{ value_with_tax: price }] }],
      ...(sale === undefined ? {} : { discounted_price: [{ schedule: [{ value_with_tax: sale }] }] }),
    },
  ],
});

/** What Amazon shows at each push, the pushed fields, and the price and sale price that the last push carries. */
it.each<[string, readonly object[], readonly FieldValues[], readonly (number | undefined)[]]>([
  ['still the old price', [priced(10), priced(10)], [{ price: 1_200 }, { salePrice: 900 }], [12, 9]],
  ['the new price', [priced(10), priced(12)], [{ price: 1_200 }, { salePrice: 900 }], [12, 9]],
  ['what somebody else set', [priced(10), priced(15)], [{ price: 1_200 }, { salePrice: 900 }], [15, 9]],
  [
    'one of two changes',
    [priced(10), priced(10), priced(12)],
    [{ price: 1_200 }, { salePrice: 900 }, { price: 1_300 }],
    [13, 9],
  ],
  [
    'a sale that is to end',
    [priced(10, 8), priced(10, 8)],
    [{ salePrice: null }, { price: 1_100 }],
    [11, undefined],
  ],
])('joins a change with %s', async (_what, shown, pushes, carried) => {
  let at = 0;
  const account = testAccount((request) =>
    request.method === 'PATCH' ? accepted('A') : found(listing('A', shown[at])),
  );
  for (const [index, fields] of pushes.entries()) {
    at = index;
    await pushListings(account.client, [op('1', 'A', fields)]);
  }
  const { patches } = bodyOf(account.sent().at(-1)) as { patches: { value: Record<string, unknown>[] }[] };
  const offer = patches[0]?.value[0];
  const valueOf = (name: string): unknown =>
    (offer?.[name] as { schedule: { value_with_tax: number }[] }[] | undefined)?.[0]?.schedule[0]
      ?.value_with_tax;
  expect([valueOf('our_price'), valueOf('discounted_price')]).toEqual(carried);
});

it('forgets what it sent after half an hour', async () => {
  let now = 0;
  const account = testAccount(
    (request) => (request.method === 'PATCH' ? accepted('A') : found(listing('A', priced(10)))),
    { clock: { now: () => now, sleep: async () => undefined } },
  );
  await pushListings(account.client, [op('1', 'A', { price: 1_200 })]);
  now += 31 * 60_000;
  await pushListings(account.client, [op('1', 'A', { salePrice: 900 })]);
  expect(JSON.stringify(account.sent().at(-1)?.body)).toContain(
    '"our_price":[{"schedule":[{"value_with_tax":10}]}]',
  );
});
