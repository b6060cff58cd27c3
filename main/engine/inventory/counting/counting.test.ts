import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accountOf, caller, inventoryEngine } from '../../testing/inventory-kit.ts';
import { seedListings } from '../../testing/seed-listings.ts';
import type { TestEngine } from '../../testing/test-engine.ts';

const DAY = 86_400_000;
let here: TestEngine;
let there: TestEngine;
let folder: string;
const call = caller(() => here);
const far = caller(() => there);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-count-'));
  [here, there] = await Promise.all([inventoryEngine(), inventoryEngine()]);
  for (const test of [here, there]) {
    seedListings(test.engine, 7);
    await caller(() => test)('inventory.takeOpening', { accountId: accountOf(test) });
  }
});
afterEach(() => {
  here.close();
  there.close();
  rmSync(folder, { recursive: true, force: true });
});

const main = async () => (await call('inventory.locations', {})).locations[0]?.locationId ?? '';
const start = async (codes?: string[]) =>
  (
    await call('inventory.startCount', {
      name: 'Friday',
      locationId: await main(),
      blind: true,
      ...(codes ? { codes } : {}),
    })
  ).countId;
const enter = (on: typeof call, countId: string, code: string, quantity: number) =>
  on('inventory.recordCount', { countId, entries: [{ entryId: v7(), code, quantity }] });
const lines = async (on: typeof call, countId: string) =>
  (await on('inventory.getCount', { countId })).lines.flatMap(({ sku, counted }) =>
    counted === null ? [] : [`${sku} ${counted}`],
  );

describe('a count on two machines', () => {
  it('joins on either of them, whatever order and however often the files come', async () => {
    const countId = await start(['SKU-00001', 'SKU-00002']);
    const first = join(folder, 'start.json');
    await call('counting.export', { countId, file: first });
    expect(await far('counting.import', { file: first })).toMatchObject({ countId, recorded: 0 });
    await enter(call, countId, 'SKU-00001', 3);
    await enter(far, countId, 'SKU-00001', 4);
    const taken = await enter(far, countId, 'SKU-00002', 9);
    const before = join(folder, 'before.json');
    await far('counting.export', { countId, file: before });
    // Taken back on the other machine after this one read it: it goes here too.
    expect(await call('counting.import', { file: before })).toMatchObject({ recorded: 2, repeated: 0 });
    expect(await lines(call, countId)).toEqual(['SKU-00001 7', 'SKU-00002 9']);
    await far('history.undo', { commandId: taken.commandId ?? '' });
    const after = join(folder, 'after.json');
    await far('counting.export', { countId, file: after });
    expect(await call('counting.import', { file: after })).toMatchObject({
      recorded: 0,
      repeated: 1,
      withdrawn: 1,
    });
    await call('counting.import', { file: before });
    await call('counting.import', { file: after });
    const home = join(folder, 'home.json');
    await call('counting.export', { countId, file: home });
    await far('counting.import', { file: home });
    expect(await lines(call, countId)).toEqual(['SKU-00001 7']);
    expect(await lines(far, countId)).toEqual(await lines(call, countId));
    expect(await call('inventory.finishCount', { countId, uncounted: 'keep' })).toMatchObject({
      places: 1,
      over: 6,
    });
    await expect(call('counting.import', { file: after })).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });

  it('names what cannot be taken and takes the rest; an import is one undo step', async () => {
    const countId = await start();
    const file = join(folder, 'c.json');
    await enter(call, countId, 'SKU-00001', 3);
    await call('counting.export', { countId, file });
    const read = JSON.parse(readFileSync(file, 'utf8')) as { entries: { quantity: number; code: string }[] };
    expect(read).toMatchObject({
      format: 'quayside-count',
      version: 1,
      name: 'Friday',
      location: 'Main',
      skus: null,
    });
    const changed = { ...read.entries[0], quantity: 5 };
    const strange = { ...changed, entryId: v7(), code: 'nothing like it' };
    const fine = { ...changed, entryId: v7(), code: 'SKU-00002', quantity: 2 };
    writeFileSync(file, JSON.stringify({ ...read, entries: [changed, strange, fine] }));
    const taken = await call('counting.import', { file });
    expect(taken).toMatchObject({
      recorded: 1,
      rejected: [{ code: 'INVALID_VALUE' }, { code: 'NOT_FOUND' }],
    });
    expect(await lines(call, countId)).toEqual(['SKU-00001 3', 'SKU-00002 2']);
    await call('history.undo', {});
    expect(await lines(call, countId)).toEqual(['SKU-00001 3']);
  });

  it('refuses what is no count file, and a location that is not here', async () => {
    const file = join(folder, 'x.json');
    for (const text of ['', '{"format":"other"}', '[1']) {
      writeFileSync(file, text);
      await expect(call('counting.import', { file })).rejects.toMatchObject({ code: 'FILE_FORMAT' });
    }
    await expect(call('counting.import', { file: join(folder, 'none') })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
    const countId = await start();
    await call('counting.export', { countId, file });
    const read = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, JSON.stringify({ ...read, countId: v7(), location: 'Attic' }));
    await expect(call('counting.import', { file })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await call('counting.import', { file, locationId: await main() })).toMatchObject({ recorded: 0 });
  });
});

describe('what to count today', () => {
  it('begins with what cannot be, goes on with what was never counted, and leaves what was just counted', async () => {
    const { engine, clock } = here;
    const all = await call('counting.plan', {});
    expect(all.total).toBe(6);
    expect(all.items.every(({ reason }) => reason === 'never')).toBe(true);
    engine.db.runComposed(
      "UPDATE stock_level SET quantity = -1 WHERE item_rid = (SELECT rid FROM stock_item WHERE sku = 'SKU-00004')",
    );
    expect((await call('counting.plan', { limit: 1 })).items).toMatchObject([
      { sku: 'SKU-00004', reason: 'negative' },
    ]);
    const countId = await start();
    await enter(call, countId, 'SKU-00004', 1);
    await enter(call, countId, 'SKU-00005', 1);
    await call('inventory.finishCount', { countId, uncounted: 'keep' });
    const left = (await call('counting.plan', {})).items.map(({ sku }) => sku);
    expect(left).not.toContain('SKU-00004');
    expect(left).not.toContain('SKU-00005');
    // Without a class an item is counted twice a year.
    clock.advance(181 * DAY);
    expect((await call('counting.plan', {})).items.find(({ sku }) => sku === 'SKU-00005')).toMatchObject({
      reason: 'due',
      everyDays: 180,
    });
    expect(await call('counting.accuracy', {})).toMatchObject({
      accuracy: 0,
      counts: [{ name: 'Friday', places: 2 }],
    });
  });
});
