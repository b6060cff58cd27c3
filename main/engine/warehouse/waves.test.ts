import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Params } from '#shared/contract/methods.ts';
import { pullOrdersInto, remoteOrder } from '../orders/order-test-kit.ts';
import { caller, inventoryEngine } from '../testing/inventory-kit.ts';
import { seedListings } from '../testing/seed-listings.ts';
import type { TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
const call = caller(() => test);

/** SKU-00000 in A-02-1 (3) and A-30-1 (9), SKU-00001 in B-03-1, SKU-00002 on a shelf without a map. */
beforeEach(async () => {
  test = await inventoryEngine();
  seedListings(test.engine, 4);
  pullOrdersInto(test.engine, [
    remoteOrder('100', [2, 1]),
    remoteOrder('101', [2]),
    remoteOrder('102', [0, 1, 1]),
  ]);
  const { locationId } = await call('inventory.addLocation', { name: 'Main', kind: 'warehouse' });
  const receive = (code: string, bin: string, quantity: number) =>
    call('inventory.receive', { locationId, lines: [{ code, bin, quantity }] });
  await receive('SKU-00000', 'A-02-1', 3);
  await receive('SKU-00000', 'A-30-1', 2);
  await receive('SKU-00001', 'B-03-1', 5);
  await receive('SKU-00002', 'shelf', 5);
});
afterEach(() => test.close());

const cart: Params<'waves.create'> = { mode: 'multi', totes: 4 };
const firstBatch = async () => {
  const { waves } = await call('waves.list', {});
  return await call('waves.batch', { batchId: waves[0]?.batches[0]?.batchId ?? '' });
};

describe('a wave', () => {
  it('shows before it is made what its rounds cost by every rule, and makes the same', async () => {
    const preview = await call('waves.preview', cart);
    expect(preview).toMatchObject({ orders: 3, units: 7, held: 0, beyond: 0 });
    expect(preview.batches).toHaveLength(1);
    expect(preview.batches[0]?.route.costs.map(({ rule }) => rule).toSorted()).toEqual([
      'combined',
      'largest-gap',
      'return',
      's-shape',
    ]);
    expect(preview.batches[0]?.route.offMap).toEqual(['shelf']);
    expect(preview.metres).toBeLessThan(preview.oneByOne);
    const made = await call('waves.create', { ...cart, name: 'Morning' });
    expect(made).toMatchObject({ orders: 3, batches: 1 });
    const { waves } = await call('waves.list', { open: true });
    expect(waves[0]).toMatchObject({ name: 'Morning', state: 'open', units: 7, metres: preview.metres });
  });

  it('takes units from the next bin where one is not enough, and unknown shelves come last', async () => {
    await call('waves.create', cart);
    const batch = await firstBatch();
    const bins = batch.stops.map(({ bin, units }) => `${bin} ${units}`);
    expect(
      batch.stops.filter(({ bin }) => bin.startsWith('A-')).reduce((sum, { units }) => sum + units, 0),
    ).toBe(4);
    expect(bins.at(-1)).toBe('shelf 1');
    expect(batch.stops.at(-1)?.onMap).toBe(false);
    expect(new Set(batch.stops.map(({ bin }) => bin))).toEqual(
      new Set(['A-02-1', 'A-30-1', 'B-03-1', 'shelf']),
    );
  });

  it('has an order once: a second one finds none, until the first is cancelled; undo holds them again', async () => {
    const first = await call('waves.create', cart);
    await expect(call('waves.create', cart)).rejects.toThrow(/3 that fit are in another open wave/);
    const { released } = await call('waves.cancel', { waveId: first.waveId });
    expect(released).toBe(3);
    await call('history.undo', {});
    await expect(call('waves.create', cart)).rejects.toThrow(/another open wave/);
    await call('waves.close', { waveId: first.waveId });
    const second = await call('waves.create', cart);
    expect(second.orders).toBe(3);
    // Undoing the close would hold orders twice; they stay with the second wave.
    const close = (await call('history.list', {})).commands.find(({ method }) => method === 'waves.close');
    const undone = await call('history.undo', { commandId: close?.commandId ?? '' });
    expect(undone.changedSinceTotal).toBe(3);
    expect((await call('waves.preview', cart)).held).toBe(3);
  });

  it('is on paper in the order of the walk, with a column a tote', async () => {
    await call('waves.create', cart);
    const { batchId } = await firstBatch();
    const { html, title } = await call('waves.sheet', { batchId, locale: 'de' });
    expect(title).toBe('Pickliste Rundgang 1');
    const places = ['A-02-1', 'B-03-1', 'shelf'].map((bin) => html.indexOf(`Fach ${bin}`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(Math.max(...places)).toBe(places[2]);
    expect(html).toContain('nicht auf dem Plan');
    expect(html.match(/<th class="number">Behälter \d<\/th>/g)).toHaveLength(3);
    expect(html).not.toContain('<b>Byron');
  });

  it('is undone as a whole', async () => {
    await call('waves.create', cart);
    await call('history.undo', {});
    expect((await call('waves.list', { open: true })).waves).toEqual([]);
    expect((await call('waves.preview', cart)).orders).toBe(3);
    await call('history.redo', {});
    expect((await call('waves.list', { open: true })).waves[0]?.orders).toBe(3);
  });

  it('chooses by lines, aisles and shipping method', async () => {
    expect((await call('waves.preview', { ...cart, lines: 'single' })).orders).toBe(1);
    expect((await call('waves.preview', { ...cart, lines: 'multi' })).orders).toBe(2);
    expect((await call('waves.preview', { ...cart, aisles: { from: 'A', to: 'A' } })).orders).toBe(1);
    expect((await call('waves.preview', { ...cart, shipping: 'PARCEL' })).orders).toBe(3);
    expect((await call('waves.preview', { ...cart, shipping: 'express' })).orders).toBe(0);
    expect((await call('waves.preview', { ...cart, dueBy: 1 })).orders).toBe(0);
    expect((await call('waves.preview', { ...cart, limit: 2 })).beyond).toBe(1);
  });

  it('by zone sends an order through every zone that it has something in', async () => {
    const { batches } = await call('waves.preview', { ...cart, mode: 'zone' });
    expect(batches.map(({ zone, orders }) => [zone, orders])).toEqual([
      ['A', 2],
      ['B', 2],
      ['', 1],
    ]);
    await call('waves.create', { ...cart, mode: 'zone' });
    const { waves } = await call('waves.list', {});
    expect(waves[0]?.batches.map(({ zone, units }) => [zone, units])).toEqual([
      ['A', 4],
      ['B', 2],
      ['', 1],
    ]);
    expect(waves[0]?.orders).toBe(3);
  });

  it('goes by the layout of its location, which can be set and taken back', async () => {
    const before = await call('waves.layout', {});
    expect(before).toMatchObject({ own: false, bins: 4, offMap: ['shelf'] });
    const layout = { ...before.layout, pattern: '{aisle}-{bay}' };
    await call('waves.setLayout', { locationId: before.locationId ?? '', layout });
    expect(await call('waves.layout', {})).toMatchObject({ own: true, offMapTotal: 4 });
    await call('history.undo', {});
    expect(await call('waves.layout', {})).toMatchObject({ own: false, offMapTotal: 1 });
    await expect(
      call('waves.setLayout', {
        locationId: before.locationId ?? '',
        layout: { ...layout, pattern: '{bay}' },
      }),
    ).rejects.toThrow(/needs \{aisle\} and \{bay\}/);
  });
});

describe('a scan of a round', () => {
  it('fills the totes in turn, says wrong items, counts a repeated scan once, and is undone', async () => {
    await call('waves.create', cart);
    const batch = await firstBatch();
    const { batchId } = batch;
    const scan = (code: string, scanId = v7()) => call('waves.scan', { batchId, code, scanId });
    const totes: (number | null)[] = [];
    for (let unit = 0; unit < 4; unit += 1) totes.push((await scan('sku-00000')).tote);
    expect(totes.filter((tote) => tote === totes[0])).toHaveLength(2);
    expect(new Set(totes).size).toBe(2);
    expect(await scan('SKU-00000')).toMatchObject({ outcome: 'too_many' });
    expect(await scan('SKU-00003')).toMatchObject({ outcome: 'wrong_item', tote: null });
    const id = v7();
    const first = await scan('SKU-00002', id);
    expect(await scan('SKU-00002', id)).toEqual(first);
    expect(await firstBatch()).toMatchObject({ picked: 5, units: 7 });
    await call('history.undo', { commandId: first.commandId ?? '' });
    expect((await firstBatch()).stops.at(-1)).toMatchObject({ bin: 'shelf', done: 0 });
  });

  it('is refused once the wave is closed', async () => {
    const { waveId } = await call('waves.create', cart);
    const { batchId } = await firstBatch();
    await call('waves.close', { waveId });
    await expect(call('waves.scan', { batchId, code: 'SKU-00000', scanId: v7() })).rejects.toThrow(
      /not open/,
    );
  });

  it('leaves missing units with their reason and says where else they are', async () => {
    await call('waves.create', cart);
    const [stop] = (await firstBatch()).stops;
    await call('orders.shortPick', {
      orderId: stop?.orderId ?? '',
      lineId: stop?.lineId ?? '',
      quantity: 1,
      reason: 'damaged',
    });
    expect((await firstBatch()).missing).toBe(1);
    expect((await call('waves.shorts', {})).rows).toMatchObject([
      { units: 1, reason: 'damaged', actor: 'mia' },
    ]);
    expect((await call('waves.substitutes', { lineId: stop?.lineId ?? '' })).bins.length).toBeGreaterThan(0);
  });
});
