import { afterEach, beforeEach, expect, it } from 'vitest';
import { SyncWorld } from '../testing/sync-world.ts';
import { KEPT_FAILURES } from './failures.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = await new SyncWorld().open(1);
});
afterEach(() => world.close());

const health = () => world.call('channels.health', { accountId: world.accountId });

it('keeps the newest failures, each with what was being done', async () => {
  expect((await health()).failures).toEqual([]);
  world.shop.readFaults.push('auth');
  await expect(world.call('sync.pull', { accountId: world.accountId })).rejects.toMatchObject({
    code: 'CHANNEL_AUTH',
  });
  await world.edit(0, 'price', '20.00');
  world.shop.pushFaults.push('auth');
  await world.call('publish.run', {});
  expect((await health()).failures).toMatchObject([
    { activity: 'publish', code: 'CHANNEL_AUTH', message: 'keys refused' },
    { activity: 'pull', code: 'CHANNEL_AUTH', message: 'keys refused' },
  ]);
  for (let attempt = 0; attempt < KEPT_FAILURES + 3; attempt += 1) {
    world.shop.readFaults.push('auth');
    await world.call('sync.pull', { accountId: world.accountId }).catch(() => undefined);
  }
  const { failures } = await health();
  expect(failures).toHaveLength(KEPT_FAILURES);
  expect(new Set(failures.map(({ activity }) => activity))).toEqual(new Set(['pull']));
});

it('tells what is left of each limit, after a restart too', async () => {
  const [account = 0] = world.test.engine.db.pluck<number>('SELECT rid FROM account');
  const plan = { capacity: 100, perSecond: 0.001 };
  await world.test.engine.limiters.of(account).take('day', plan, { cost: 60 });
  world.test.engine.limiters.of(account).close('other', { capacity: 5, perSecond: 1 }, 60_000);
  const wanted = [
    { operation: 'day', left: 40, ...plan, closedUntil: null },
    { operation: 'other', left: 0, capacity: 5, perSecond: 1 },
  ];
  const { quotas } = await health();
  expect(quotas).toMatchObject(wanted);
  expect(quotas[1]?.closedUntil).toBeGreaterThan(world.test.clock.now());
  world.test.engine.limiters.flush();
  world.test = await world.test.restart();
  expect((await health()).quotas).toMatchObject(wanted);
});

it('asks the connector when keys end, and says nothing where it cannot know', async () => {
  expect(await health()).toMatchObject({ expiresAt: null, held: null });
  world.shop.expiresAt = async ({ accountId }) => (accountId === world.accountId ? 1_234_567 : null);
  expect(await health()).toMatchObject({ expiresAt: 1_234_567 });
  await world.test.engine.ports.vault.remove(`account:${world.accountId}`);
  expect(await health()).toMatchObject({ expiresAt: null });
});
