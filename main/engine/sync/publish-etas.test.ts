import { afterEach, beforeEach, expect, it } from 'vitest';
import { SyncWorld } from '../testing/sync-world.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = await new SyncWorld().open(2);
  await world.edit(0, 'price', '20.00');
});
afterEach(() => world.close());

const eta = async () => (await world.call('publish.preview', {})).etaMs[0]?.ms ?? 0;
const plan = { capacity: 5, perSecond: 1 };
const limiter = () => world.test.engine.limiters.of(1);

it('grows by the time that the channel asked to wait, and shrinks as it passes', async () => {
  const work = await eta();
  expect(work).toBeGreaterThan(0);
  limiter().close('requests', plan, 90_000);
  const waiting = await eta();
  expect(waiting).toBeGreaterThan(work + 80_000);
  world.test.clock.advance(60_000);
  expect(await eta()).toBeLessThan(waiting - 50_000);
  world.test.clock.advance(40_000);
  expect(await eta()).toBe(work);
});

it('leaves limits out that a publish does not need', async () => {
  const work = await eta();
  Object.assign(world.shop.capabilities, { publishLimits: ['patch'] });
  limiter().close('searchOrders', plan, 90_000);
  expect(await eta()).toBe(work);
  limiter().close('patch', plan, 90_000);
  expect(await eta()).toBeGreaterThan(work + 80_000);
});

it('counts from the moment that a change was put off to', async () => {
  const work = await eta();
  const at = world.test.clock.now() + 120_000;
  world.test.engine.db.runComposed("UPDATE outbox SET state = 'retry_wait', next_attempt_at_ms = :at", {
    at,
  });
  expect(await eta()).toBeGreaterThan(work + 110_000);
});
