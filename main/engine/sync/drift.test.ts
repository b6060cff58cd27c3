import { afterEach, beforeEach, expect, it } from 'vitest';
import { SyncWorld } from '../testing/sync-world.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = await new SyncWorld().open(3);
  await world.edit(0, 'price', '20.00');
  await world.edit(1, 'title', 'Ours');
  await world.call('publish.run', {});
});
afterEach(() => world.close());

const accountDrift = async (): Promise<number | undefined> =>
  (await world.call('channels.list', {})).accounts[0]?.drifted;

it('a full pull reports verified values that the shop no longer has, and takes them over', async () => {
  world.shop.edit('0', { price: 1_777 });
  world.shop.edit('2', { price: 1_888 });
  expect(await world.call('sync.pull', { full: true })).toMatchObject({
    drift: 1,
    listings: { changed: 2 },
    conflicts: 0,
  });
  expect(await accountDrift()).toBe(1);
  expect(await world.call('channels.drift', { accountId: world.accountId })).toMatchObject({
    total: 1,
    cells: [{ listingId: world.listingIds[0], sku: 'S0', field: 'price', verified: '20.00', found: '17.77' }],
  });
  const { ops } = await world.call('outbox.query', { states: ['superseded'] });
  const { steps } = await world.call('outbox.trail', { opId: ops[0]?.opId ?? '' });
  expect(steps.at(-1)).toMatchObject({ step: 'drift', text: 'The shop has "1777" now' });
});

it('the next full pull begins anew, and an ordinary change is no drift', async () => {
  world.shop.edit('0', { price: 1_777 });
  await world.call('sync.pull', { full: true });
  expect(await world.call('sync.pull', { full: true })).toMatchObject({ drift: 0 });
  expect(await accountDrift()).toBe(0);
  world.shop.edit('1', { title: 'Theirs' });
  expect(await world.call('sync.pull', {})).toMatchObject({ drift: 0, listings: { changed: 1 } });
});

it('a value that waits to be sent is a conflict, not drift', async () => {
  await world.edit(0, 'price', '21.00');
  world.shop.edit('0', { price: 1_777 });
  expect(await world.call('sync.pull', { full: true })).toMatchObject({ drift: 0, conflicts: 1 });
});
