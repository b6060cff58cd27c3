import { afterEach, beforeEach, expect, it } from 'vitest';
import { editListings } from '../../engine/catalog/edit.ts';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import { addAccount } from '../../engine/sync/manage-accounts.ts';
import { publish, sendReleased } from '../../engine/sync/publish.ts';
import { pull } from '../../engine/sync/pull.ts';
import { testEngine, type TestEngine } from '../../engine/testing/test-engine.ts';
import type { ListingRow } from './rows.ts';
import { startAmazonSimulator, type AmazonSimulator } from './start.ts';
import { plainListings } from './suite-shop.ts';

const signal = new AbortController().signal;
const call = { actor: 'test' };

let test: TestEngine;
let shop: AmazonSimulator;
beforeEach(async () => {
  test = await testEngine({
    connectors: [createAmazonConnector()],
    fetch: (url, init) => fetch(url, init),
  });
  const now = (): number => test.clock.now();
  shop = await startAmazonSimulator({ listings: 20, orders: 0, seed: 5, now, baseMs: now() - 3_600_000 });
  await addAccount(
    test.engine,
    { platform: 'amazon', name: 'Quay', baseUrl: shop.url, credentials: { ...shop.credentials } },
    call,
  );
  await pull(test.engine, {}, signal);
});
afterEach(async () => {
  test.close();
  await shop.close();
});

const row = (): ListingRow => plainListings(shop)[0] as ListingRow;
const edit = (fields: Record<string, string>): void => {
  const listingId =
    test.engine.db.getComposed<{ id: string }>(
      'SELECT listing.id FROM listing JOIN product p ON p.rid = product_rid WHERE p.external_id = :sku',
      { sku: row().sku },
    )?.id ?? '';
  const changes = Object.entries(fields).map(([field, value]) => ({ listingId, field, value }));
  expect(editListings(test.engine.journal, { changes }, call).rejected).toEqual([]);
};
const stateOf = (field: string): { state: string; code: string | null; message: string | null } | undefined =>
  test.engine.db.getComposed(
    "SELECT state, code, message FROM outbox WHERE field = :field AND state NOT IN ('superseded', 'cancelled') ORDER BY rid DESC LIMIT 1",
    { field },
  );
const refused = {
  state: 'rejected',
  code: 'CHANNEL_ISSUE',
  message: 'The title may not contain "guarantee". (99300)',
};
const later = async (minutes: number): Promise<void> => {
  test.clock.advance(minutes * 60_000);
  await sendReleased(test.engine, { refused: [], signal });
};

it('rejects what Amazon took and finds fault with afterwards, and nothing beside it', async () => {
  shop.store.bannedWords.add('guarantee');
  edit({ title: 'Mug with a guarantee', price: '31.00' });
  expect(await publish(test.engine, {}, signal)).toMatchObject({ sent: 2, verified: 1 });
  expect(stateOf('title')).toMatchObject({ state: 'accepted' });
  await later(4);
  expect(stateOf('title')).toEqual(refused);
  expect(stateOf('price')).toMatchObject({ state: 'verified' });
  // Sending the same again makes it no better, and is not done.
  const patches = shop.log.find('PATCH', /items/).length;
  test.engine.db.runComposed("UPDATE outbox SET state = 'pending' WHERE state = 'rejected'", {});
  await publish(test.engine, {}, signal);
  expect(stateOf('title')).toEqual(refused);
  expect(shop.log.find('PATCH', /items/)).toHaveLength(patches);
  // Reading the listing does not take it for verified either.
  await pull(test.engine, { full: true }, signal);
  expect(stateOf('title')).toEqual(refused);
  edit({ title: 'Mug' });
  await publish(test.engine, {}, signal);
  await later(1);
  expect(stateOf('title')).toMatchObject({ state: 'verified' });
});

it('does not blame a new value for the fault of the one before', async () => {
  edit({ title: 'Mug with a guarantee' });
  await publish(test.engine, {}, signal);
  shop.store.bannedWords.add('guarantee');
  shop.store.settleMs = 100_000;
  edit({ title: 'Mug' });
  await publish(test.engine, {}, signal);
  expect(stateOf('title')).toMatchObject({ state: 'accepted' });
  await later(1);
  expect(stateOf('title')).toMatchObject({ state: 'verified' });
});

it('takes verified back when the fault is found days later, and gives it again once it is gone', async () => {
  edit({ title: 'Mug with a guarantee' });
  await publish(test.engine, {}, signal);
  await later(1);
  expect(stateOf('title')).toMatchObject({ state: 'verified' });
  test.clock.advance(3 * 86_400_000);
  shop.store.bannedWords.add('guarantee');
  shop.store.touch(row(), row().attributes);
  await pull(test.engine, {}, signal);
  expect(stateOf('title')).toEqual(refused);
  shop.store.bannedWords.clear();
  test.clock.advance(600_000);
  shop.store.touch(row(), row().attributes);
  await pull(test.engine, {}, signal);
  expect(stateOf('title')).toMatchObject({ state: 'verified' });
});
