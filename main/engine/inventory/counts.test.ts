import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedListings } from '../testing/seed-listings.ts';
import type { TestEngine } from '../testing/test-engine.ts';
import { accountOf, caller, inventoryEngine } from '../testing/inventory-kit.ts';

let test: TestEngine;
const call = caller(() => test);

beforeEach(async () => {
  test = await inventoryEngine();
  await stocked();
});
afterEach(() => test.close());

async function stocked(): Promise<void> {
  seedListings(test.engine, 7);
  await call('inventory.takeOpening', { accountId: accountOf(test) });
}
const locationId = async (): Promise<string> =>
  (await call('inventory.locations', {})).locations[0]?.locationId ?? '';
const total = async (sku: string): Promise<number | undefined> => {
  const { ids } = await call('inventory.open', {});
  const { rows } = await call('inventory.rows', { rids: [...ids] });
  return rows.find((row) => row.sku === sku)?.total;
};
const start = async (codes?: string[]) =>
  call('inventory.startCount', {
    name: 'Shelf',
    locationId: await locationId(),
    blind: true,
    ...(codes ? { codes } : {}),
  });
const entry = (code: string, quantity: number, bin?: string) => ({
  entryId: v7(),
  code,
  quantity,
  ...(bin === undefined ? {} : { bin }),
});

describe('a count', () => {
  it('posts what differs, with its accuracy, and can be taken back and redone', async () => {
    const { countId } = await start();
    await call('inventory.recordCount', { countId, entries: [entry('SKU-00006', 4), entry('SKU-00005', 5)] });
    const outcome = await call('inventory.finishCount', { countId, uncounted: 'keep' });
    expect(outcome).toMatchObject({ places: 2, exact: 1, accuracy: 0.5, over: 0, short: 2 });
    expect([await total('SKU-00006'), await total('SKU-00005'), await total('SKU-00004')]).toEqual([4, 5, 4]);
    await call('history.undo', {});
    expect(await total('SKU-00006')).toBe(6);
    expect((await call('inventory.getCount', { countId })).count.finishedAt).toBeNull();
    await call('history.redo', {});
    expect(await total('SKU-00006')).toBe(4);
    expect((await call('inventory.getCount', { countId })).count.finishedAt).not.toBeNull();
    expect((await call('inventory.verify', {})).ok).toBe(true);
  });

  it('hides what the ledger says while it is blind and open', async () => {
    const { countId } = await start(['SKU-00006']);
    await call('inventory.recordCount', { countId, entries: [entry('SKU-00006', 4)] });
    expect((await call('inventory.getCount', { countId })).lines).toMatchObject([
      { counted: 4, expected: null },
    ]);
    await call('inventory.finishCount', { countId, uncounted: 'keep' });
    expect((await call('inventory.getCount', { countId })).lines).toMatchObject([
      { counted: 4, expected: 6 },
    ]);
  });

  it('keeps what was booked while it went on', async () => {
    const { countId } = await start();
    await call('inventory.recordCount', { countId, entries: [entry('SKU-00006', 5)] });
    const lines = [{ code: 'SKU-00006', quantity: 10 }];
    await call('inventory.receive', { locationId: await locationId(), lines });
    await call('inventory.finishCount', { countId, uncounted: 'keep' });
    expect(await total('SKU-00006')).toBe(15);
  });

  it('takes what nobody found to be gone only when asked to', async () => {
    const { countId } = await start(['SKU-00006', 'SKU-00005']);
    await call('inventory.recordCount', { countId, entries: [entry('SKU-00005', 5)] });
    await call('inventory.finishCount', { countId, uncounted: 'zero' });
    expect([await total('SKU-00006'), await total('SKU-00005'), await total('SKU-00004')]).toEqual([0, 5, 4]);
  });

  it('names codes that nobody knows, takes an entry once, and refuses entries after the end', async () => {
    const { countId } = await start();
    const known = entry('SKU-00006', 4);
    const first = await call('inventory.recordCount', { countId, entries: [known, entry('???', 1)] });
    expect(first).toMatchObject({ recorded: 1, repeated: 0, rejected: [{ code: 'NOT_FOUND' }] });
    expect(await call('inventory.recordCount', { countId, entries: [known] })).toMatchObject({
      commandId: null,
      recorded: 0,
      repeated: 1,
    });
    await call('inventory.finishCount', { countId, uncounted: 'keep' });
    await expect(
      call('inventory.recordCount', { countId, entries: [entry('SKU-00006', 1)] }),
    ).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
  });

  it('gives an entry back that was taken back', async () => {
    const { countId } = await start();
    await call('inventory.recordCount', { countId, entries: [entry('SKU-00006', 4)] });
    await call('history.undo', {});
    expect((await call('inventory.getCount', { countId })).count.entries).toBe(0);
    await call('history.redo', {});
    expect((await call('inventory.getCount', { countId })).count.entries).toBe(1);
  });
});

describe('two devices', () => {
  const sku = fc.constantFrom('SKU-00001', 'SKU-00004', 'SKU-00006');
  const batch = fc.array(
    fc.record({
      entryId: fc.uuid(),
      code: sku,
      quantity: fc.integer({ min: 0, max: 9 }),
      bin: fc.constantFrom('', 'A', 'B'),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('come to the same stock whichever joins first', async () => {
    await fc.assert(
      fc.asyncProperty(batch, batch, async (one, two) => {
        const ends: unknown[] = [];
        for (const order of [
          [one, two],
          [two, one, two],
        ]) {
          test.close();
          test = await inventoryEngine();
          await stocked();
          const { countId } = await start();
          for (const entries of order) await call('inventory.recordCount', { countId, entries });
          const outcome = await call('inventory.finishCount', { countId, uncounted: 'keep' });
          const levels = test.engine.db.allComposed(
            `SELECT i.sku, b.code, v.quantity FROM stock_level v JOIN stock_item i ON i.rid = v.item_rid
             LEFT JOIN stock_bin b ON b.rid = v.bin_rid WHERE v.quantity <> 0 ORDER BY i.sku, b.code`,
          );
          ends.push({ levels, figures: { ...outcome, commandId: null } });
          expect((await call('inventory.verify', {})).ok).toBe(true);
        }
        expect(ends[1]).toEqual(ends[0]);
      }),
      { numRuns: 12 },
    );
  });
});
