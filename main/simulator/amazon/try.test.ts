import { afterEach, beforeEach, expect, it } from 'vitest';
import { editListings } from '../../engine/catalog/edit.ts';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import { addAccount } from '../../engine/sync/manage-accounts.ts';
import { previewPublish, publish } from '../../engine/sync/publish.ts';
import { pull } from '../../engine/sync/pull.ts';
import { tryOnChannel } from '../../engine/sync/try-on-channel.ts';
import { testEngine, type TestEngine } from '../../engine/testing/test-engine.ts';
import { startAmazonSimulator, type AmazonSimulator } from './start.ts';
import { plainListings } from './suite-shop.ts';

const signal = new AbortController().signal;
const call = { actor: 'test' };

let test: TestEngine;
let shop: AmazonSimulator;
let accountId: string;
beforeEach(async () => {
  test = await testEngine({
    connectors: [createAmazonConnector()],
    fetch: (url, init) => fetch(url, init),
  });
  const now = (): number => test.clock.now();
  shop = await startAmazonSimulator({ listings: 40, orders: 0, seed: 5, now, baseMs: now() - 3_600_000 });
  const input = {
    platform: 'amazon',
    name: 'Quay',
    baseUrl: shop.url,
    credentials: { ...shop.credentials },
  } as const;
  ({ accountId } = await addAccount(test.engine, input, call));
  await pull(test.engine, {}, signal);
});
afterEach(async () => {
  test.close();
  await shop.close();
});

const listingAt = (index: number): string =>
  test.engine.db.getComposed<{ id: string }>(
    'SELECT listing.id FROM listing JOIN product p ON p.rid = product_rid WHERE p.external_id = :sku',
    { sku: plainListings(shop)[index]?.sku ?? '' },
  )?.id ?? '';
const edit = (index: number, field: string, value: string): void => {
  const changes = [{ listingId: listingAt(index), field, value }];
  expect(editListings(test.engine.journal, { changes }, call).rejected).toEqual([]);
};
const states = (): string[] => test.engine.db.pluck('SELECT DISTINCT state FROM outbox');
const written = (): number => plainListings(shop).reduce((sum, row) => sum + row.writes, 0);

it('says at the cell what Amazon would refuse, and changes nothing here or there', async () => {
  shop.store.titleLimit = 8;
  edit(0, 'title', 'Far too long a title');
  edit(0, 'price', '31.00');
  edit(1, 'price', '32.00');
  expect(previewPublish(test.engine, {}).canBeTried).toEqual([accountId]);
  const answer = await tryOnChannel(test.engine, {}, signal);
  expect(answer).toMatchObject({ asked: 3, stopped: false, findingsTotal: 1, skipped: [] });
  expect(answer.findings).toEqual([
    {
      listingId: listingAt(0),
      field: 'title',
      code: '90000900',
      message: 'The value of item_name exceeds the maximum length of 8.',
      severity: 'error',
    },
  ]);
  expect(written()).toBe(0);
  expect(states()).toEqual(['pending']);
  expect(shop.log.find('PATCH', /items/).every(({ query }) => query['mode'] === 'VALIDATION_PREVIEW')).toBe(
    true,
  );
  expect(shop.plans.throttled).toBe(0);
  // The very same patches are what a publish sends.
  const sent = await publish(test.engine, {}, signal);
  expect(sent.rejected).toMatchObject([{ listingId: listingAt(0), field: 'title' }]);
});

it('asks about the chosen cells alone', async () => {
  edit(0, 'title', 'Mug');
  edit(0, 'price', '31.00');
  edit(1, 'price', '32.00');
  const scope = { listingIds: [listingAt(0)], fields: ['price' as const] };
  expect(await tryOnChannel(test.engine, scope, signal)).toMatchObject({ asked: 1, findings: [] });
  const [request] = shop.log.find('PATCH', /items/);
  expect(request?.body).toMatchObject({ patches: [{ path: '/attributes/purchasable_offer' }] });
  expect(request?.body).not.toHaveProperty('patches.1');
});

it('tells what it knows when it is stopped, and where Amazon cannot be asked', async () => {
  for (let index = 0; index < 25; index += 1) edit(index, 'price', `4${index}.00`);
  const stop = new AbortController();
  shop.beforeWrite = () => {
    if (shop.log.find('PATCH', /items/).length === 21) stop.abort();
  };
  expect(await tryOnChannel(test.engine, {}, stop.signal)).toMatchObject({ asked: 20, stopped: true });
  shop.beforeWrite = null;
  shop.faults.script({ fault: 'server-error', path: /items/, methods: ['PATCH'], times: 200 });
  const failed = await tryOnChannel(test.engine, {}, signal);
  expect(failed.skipped).toMatchObject([{ accountId, ops: 25, code: 'CHANNEL_TRANSIENT' }]);
});
