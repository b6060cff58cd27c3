import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SyncWorld } from '../testing/sync-world.ts';
import { Scheduler } from './scheduler.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = await new SyncWorld().open(4);
});
afterEach(() => world.close());

describe('a paused SKU', () => {
  it('stays in the queue and says why, while the others leave', async () => {
    await world.edit(0, 'price', '20.00');
    await world.edit(0, 'title', 'Not yet');
    await world.edit(1, 'price', '21.00');
    const reason = 'wrong photo';
    expect(await world.call('publish.pause', { sku: 'S0', reason })).toMatchObject({
      paused: [{ kind: 'sku', value: 'S0', reason, actor: 'test' }],
    });

    const outcome = await world.call('publish.run', {});
    expect(outcome).toMatchObject({ sent: 1, verified: 1, rejected: [] });
    expect(outcome.waiting).toMatchObject([{ ops: 2, code: 'INVALID_STATE' }]);
    expect(world.shop.applied.map(({ id }) => id)).toEqual(['1']);

    const { ops } = await world.call('outbox.query', { states: ['pending'] });
    expect(ops.map(({ sku, released, held }) => [sku, released, held])).toEqual([
      ['S0', true, 'SKU S0 is paused: wrong photo'],
      ['S0', true, 'SKU S0 is paused: wrong photo'],
    ]);

    expect(await world.call('publish.resume', { sku: 'S0' })).toEqual({ paused: [] });
    expect(await world.call('publish.run', {})).toMatchObject({ sent: 2, verified: 2, waiting: [] });
    expect(world.shop.value('0', 'title')).toBe('Not yet');
  });

  it('does not keep a scheduler busy', async () => {
    await world.edit(0, 'price', '20.00');
    await world.call('publish.pause', { sku: 'S0' });
    await world.call('publish.run', {});
    const jobs = (): number =>
      world.test.engine.db.pluck<number>("SELECT count(*) FROM job WHERE kind = 'publish'")[0] ?? 0;
    const before = jobs();
    const scheduler = new Scheduler(world.test.engine, { pullEveryMs: 1e12, tickMs: 1_000 });
    scheduler.start();
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    await scheduler.stop();
    expect(jobs()).toBe(before);
  });

  it('still has read back what was on its way', async () => {
    world.shop.pushFaults.push('drop-after');
    // The first read is fine ("coerce" concerns writes), the one after the lost answer fails.
    world.shop.readFaults.push('coerce', 'auth');
    await world.edit(0, 'price', '20.00');
    await world.call('publish.run', {});
    expect(await world.call('outbox.query', { states: ['needs_verify'] })).toMatchObject({ total: 1 });
    await world.call('publish.pause', { sku: 'S0' });
    await world.call('publish.run', {});
    expect(await world.call('outbox.query', { states: ['verified'] })).toMatchObject({ total: 1 });
    expect(world.shop.applied).toHaveLength(1);
  });
});

describe('a paused channel', () => {
  it('sends nothing of any of its accounts until it is resumed', async () => {
    await world.edit(0, 'price', '20.00');
    await world.call('publish.pause', { platform: 'woocommerce', reason: 'holidays' });
    const held = 'The channel woocommerce is paused: holidays';
    expect(await world.call('publish.run', {})).toMatchObject({
      sent: 0,
      waiting: [{ ops: 1, code: 'INVALID_STATE', message: held }],
    });
    expect(await world.call('channels.health', { accountId: world.accountId })).toMatchObject({ held });
    const { ops } = await world.call('outbox.query', {});
    expect(ops).toMatchObject([{ held }]);
    await world.call('publish.resume', { platform: 'woocommerce' });
    expect(await world.call('publish.run', {})).toMatchObject({ sent: 1, verified: 1, waiting: [] });
  });

  it.each([{}, { sku: 'S0', platform: 'woocommerce' as const }])('needs one target: %j', async (input) => {
    await expect(world.call('publish.pause', input)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});

it('a paused account says so at each of its ops', async () => {
  await world.edit(0, 'price', '20.00');
  await world.call('channels.update', { accountId: world.accountId, paused: true });
  const { ops } = await world.call('outbox.query', {});
  expect(ops).toMatchObject([{ held: '"Shop" is paused' }]);
});
