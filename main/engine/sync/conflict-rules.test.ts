import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SyncWorld } from '../testing/sync-world.ts';
import { fits } from './conflict-rules.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = await new SyncWorld().open(3);
});
afterEach(() => world.close());

/** Both sides change the price of a row. */
async function contest(row: number): Promise<void> {
  await world.edit(row, 'price', '20.00');
  world.shop.edit(String(row), { price: 3_000 });
}

const price = async (row: number): Promise<number | undefined> => {
  const { rows } = await world.call('listings.query', {});
  return rows.find(({ listingId }) => listingId === world.listingIds[row])?.price?.minor;
};

describe('a rule for conflicts', () => {
  it('takes the value of the shop at the next read, tells so, and can be undone', async () => {
    await world.call('conflicts.addRule', { field: 'price', choice: 'theirs' });
    await contest(0);
    await world.call('sync.pull', {});
    expect(await world.call('conflicts.list', {})).toEqual({ conflicts: [] });
    expect(await price(0)).toBe(3_000);
    const { commands } = await world.call('history.list', { limit: 1 });
    expect(commands).toMatchObject([{ actor: 'rule', label: "Take the shop's values by rule" }]);

    await world.call('history.undo', { commandId: commands[0]?.commandId ?? '' });
    expect(await price(0)).toBe(2_000);
    await world.call('sync.pull', {});
    expect(await price(0)).toBe(2_000);
  });

  it('keeps mine inside the publish that found the conflict', async () => {
    await world.call('conflicts.addRule', { field: 'price', choice: 'mine' });
    await contest(0);
    expect(await world.call('publish.run', {})).toMatchObject({ verified: 1, conflicts: [] });
    expect(world.shop.value('0', 'price')).toBe(2_000);
    const { ops } = await world.call('outbox.query', { states: ['verified'] });
    const { steps } = await world.call('outbox.trail', { opId: ops[0]?.opId ?? '' });
    expect(steps).toContainEqual(
      expect.objectContaining({ step: 'rule', text: "The rule for price keeps mine over the shop's value" }),
    );
  });

  it('gives way to a narrower one, decides what waits when it is added, and is forgotten', async () => {
    await contest(0);
    await contest(1);
    await world.call('sync.pull', {});
    await world.call('conflicts.addRule', { field: 'price', skuPattern: 'S1*', choice: 'ask' });
    const added = await world.call('conflicts.addRule', { field: 'price', choice: 'theirs' });
    expect(added).toMatchObject({ resolved: 1, rules: [{}, {}] });
    const { conflicts } = await world.call('conflicts.list', {});
    expect(conflicts.map(({ sku }) => sku)).toEqual(['S1']);

    for (const { ruleId } of added.rules) await world.call('conflicts.removeRule', { ruleId });
    expect(await world.call('conflicts.rules', {})).toEqual({ rules: [] });
    const { ruleId = '' } = added.rules[0] ?? {};
    await expect(world.call('conflicts.removeRule', { ruleId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('fits', () => {
  it.each([
    ['A-*', 'A-1', true],
    ['A-*', 'B-1', false],
    ['*-XL', 'T-XL', true],
    ['A*B*C', 'AxBxC', true],
    ['A*B*C', 'ABxC', true],
    ['A*B*C', 'AxC', false],
    ['AB*BA', 'ABA', false],
    ['.*', 'X', false],
    ['A', 'A', true],
    ['a', 'A', false],
  ])('%s over %s is %s', (pattern, sku, expected) => expect(fits(pattern, sku)).toBe(expected));
});
