import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SyncWorld } from '../testing/sync-world.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = await new SyncWorld().open(3);
});
afterEach(() => world.close());

const labels = async (filter: Parameters<typeof world.call<'history.list'>>[1]): Promise<string[]> =>
  (await world.call('history.list', filter)).commands.map(({ label }) => label);
const named = (row: number, value: string, label: string) =>
  world.call('listings.edit', {
    changes: [{ listingId: world.listingIds[row] ?? '', field: 'price', value }],
    label,
  });

describe('the list of commands', () => {
  it('goes on page by page beyond any number of commands, each once', async () => {
    for (let turn = 0; turn < 25; turn += 1) await named(0, `${10 + turn}.50`, `Edit ${turn}`);
    const seen: string[] = [];
    for (let olderThan: string | undefined; ;) {
      const { commands } = await world.call('history.list', {
        limit: 10,
        ...(olderThan === undefined ? {} : { olderThan }),
      });
      seen.push(...commands.map(({ label }) => label));
      olderThan = commands.at(-1)?.commandId;
      if (commands.length < 10) break;
    }
    expect(seen.slice(0, 25)).toEqual(Array.from({ length: 25 }, (_, turn) => `Edit ${24 - turn}`));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('is narrowed by who, by area, by words of the name and by a SKU, which are taken literally', async () => {
    world.shop.edit('2', { weight: '7' });
    await world.call('sync.pull', {});
    await named(0, '20.00', 'Summer 50% off');
    await named(1, '20.00', 'Winter prices');
    await world.call('history.undo', {});
    expect(await labels({ text: 'summer' })).toEqual(['Summer 50% off']);
    expect(await labels({ text: '50% o' })).toEqual(['Summer 50% off']);
    expect(await labels({ text: '5_% o' })).toEqual([]);
    expect(await labels({ text: 'S1', areas: ['listings'] })).toEqual(['Winter prices']);
    expect(await labels({ text: 'S1' })).toHaveLength(2);
    expect(await labels({ areas: ['history'] })).toEqual(['Winter prices']);
    expect(await labels({ actors: ['channel'] })).toEqual(['Changes in Shop']);
    expect(await labels({ actors: ['nobody'] })).toEqual([]);
    expect(await labels({ actors: ['test'], areas: ['listings'] })).toEqual([
      'Winter prices',
      'Summer 50% off',
    ]);
    expect(await world.call('history.facets', {})).toEqual({
      actors: ['channel', 'test'],
      areas: ['channels', 'history', 'listings', 'sync'],
    });
  });
});
