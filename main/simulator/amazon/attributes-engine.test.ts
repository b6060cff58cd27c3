import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import { undo } from '../../engine/journal/undo.ts';
import { editAttributes } from '../../engine/market/edit-attributes.ts';
import { readMarket } from '../../engine/market/read-market.ts';
import { marketAttributes } from '../../engine/market/views.ts';
import { addAccount } from '../../engine/sync/manage-accounts.ts';
import { publish } from '../../engine/sync/publish.ts';
import { pull } from '../../engine/sync/pull.ts';
import { testEngine, type TestEngine } from '../../engine/testing/test-engine.ts';
import { startAmazonSimulator, type AmazonSimulator } from './start.ts';

const signal = new AbortController().signal;
const caller = { actor: 'test' };

let test: TestEngine;
let shop: AmazonSimulator;
let listingId: string;
let sku: string;
beforeEach(async () => {
  test = await testEngine({ connectors: [createAmazonConnector()], fetch: (url, init) => fetch(url, init) });
  const now = (): number => test.clock.now();
  shop = await startAmazonSimulator({ listings: 4, orders: 0, seed: 5, now, baseMs: now() - 3_600_000 });
  await addAccount(
    test.engine,
    { platform: 'amazon', name: 'Quay', baseUrl: shop.url, credentials: { ...shop.credentials } },
    caller,
  );
  await pull(test.engine, {}, signal);
  const first = test.engine.db.getComposed<{ id: string; sku: string }>(
    'SELECT id, sku FROM listing ORDER BY rid LIMIT 1',
  );
  listingId = first?.id ?? '';
  sku = first?.sku ?? '';
});
afterEach(async () => {
  test.close();
  await shop.close();
});

const edit = (changes: { path: string; value: string | number | boolean | null }[]) =>
  editAttributes(test.engine, { listingId, changes }, caller);
const readRules = () => readMarket(test.engine, { listingIds: [listingId], kinds: ['fees'] }, signal);
const shown = () => marketAttributes(test.engine, { listingId });
const row = () => shop.store.sellable().find((candidate) => candidate.sku === sku);
const remote = () => row()?.attributes ?? {};

it('wants the rules before anything is edited', async () => {
  await expect(edit([{ path: '/material/0/value', value: 'Cork' }])).rejects.toMatchObject({
    code: 'INVALID_STATE',
  });
});

it('edits by path offline, refuses by the rules, and is green once Amazon shows it', async () => {
  await readRules();
  const neighbours = remote()['item_name'];
  const outcome = await edit([
    { path: '/material/0/value', value: 'Cork' },
    { path: '/country_of_origin/0/value', value: 'PT' },
    { path: '/number_of_items/0/value', value: 0 },
    { path: '/item_name/0/value', value: 'Mug' },
    { path: '/nothing/0/value', value: 'x' },
  ]);
  expect(outcome).toMatchObject({ applied: 1, rejectedTotal: 3 });
  expect(outcome.rejected.map(({ field, code }) => [field, code])).toEqual([
    ['/number_of_items/0/value', 'ATTRIBUTE_RULE'],
    ['/item_name/0/value', 'HAS_COLUMN'],
    ['/nothing/0/value', 'UNKNOWN_ATTRIBUTE'],
  ]);
  const here = await shown();
  expect(here.cell.state).toBe('dirty');
  const origin = here.attributes.find(({ name }) => name === 'country_of_origin');
  expect(origin).toMatchObject({ values: ['PT'], problems: [] });
  expect(origin?.parts).toMatchObject([{ kind: 'enum', value: 'PT' }]);
  await publish(test.engine, {}, signal);
  expect((await shown()).cell.state).toBe('verified');
  expect(remote()['country_of_origin']).toMatchObject([
    { value: 'PT', marketplace_id: shop.credentials.marketplaceId },
  ]);
  expect(remote()['material']).toMatchObject([{ value: 'Cork' }]);
  expect(remote()['item_name']).toEqual(neighbours);
});

it('takes a sent edit back by undo, new attributes included', async () => {
  await readRules();
  const before = remote()['country_of_origin'];
  const { commandId } = await edit([{ path: '/country_of_origin/0/value', value: 'PT' }]);
  await publish(test.engine, {}, signal);
  undo(test.engine.journal, [], { commandId: commandId ?? '', actor: 'test' });
  await publish(test.engine, {}, signal);
  expect(remote()['country_of_origin']).toEqual(before);
  expect((await shown()).cell.state).toBe('verified');
});

it('asks when somebody changed an attribute at Amazon meanwhile', async () => {
  await readRules();
  await edit([{ path: '/material/0/value', value: 'Cork' }]);
  const target = row();
  if (target) shop.store.touch(target, { ...target.attributes, material: [{ value: 'Glass' }] });
  test.clock.advance(60_000);
  await pull(test.engine, {}, signal);
  expect((await shown()).cell.state).toBe('conflict');
});
