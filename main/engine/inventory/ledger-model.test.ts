import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterEach, describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { COMMAND_CRASH_POINTS } from '../journal/journal.ts';
import { pullOrdersInto, remoteOrder } from '../orders/order-test-kit.ts';
import { seedListings } from '../testing/seed-listings.ts';
import type { TestEngine } from '../testing/test-engine.ts';
import { accountOf, caller, inventoryEngine } from '../testing/inventory-kit.ts';

let test: TestEngine;
const call = caller(() => test);
afterEach(() => test.close());

const SKUS = ['SKU-00001', 'SKU-00004', 'SKU-00006'] as const;
const LOTTED = 'SKU-00004';

function itemIdOf(sku: string): string {
  const row = test.engine.db.getComposed<{ id: string }>('SELECT id FROM stock_item WHERE sku = :sku', {
    sku,
  });
  return row?.id ?? '';
}

/** Places whose lots do not fit into their level: a lot below 0, or lots that are more than what is there. */
function lotsThatDoNotFit(): unknown[] {
  return test.engine.db.allComposed(
    `SELECT v.item_rid, v.bin_rid, v.lot_rid, v.quantity FROM stock_lot_level v WHERE v.quantity < 0
     UNION ALL
     SELECT v.item_rid, v.bin_rid, 0, sum(v.quantity) FROM stock_lot_level v
     GROUP BY v.item_rid, v.location_rid, v.bin_rid
     HAVING sum(v.quantity) > max(0, coalesce((SELECT l.quantity FROM stock_level l
       WHERE l.item_rid = v.item_rid AND l.location_rid = v.location_rid AND l.bin_rid = v.bin_rid), 0))`,
  );
}

/** Units by SKU and location name, from the ledger's own levels. */
function levels(): Record<string, number> {
  const rows = test.engine.db.allComposed<{ place: string; quantity: number }>(
    `SELECT i.sku || ' ' || l.name AS place, sum(v.quantity) AS quantity
     FROM stock_level v JOIN stock_item i ON i.rid = v.item_rid JOIN stock_location l ON l.rid = v.location_rid
     GROUP BY 1 HAVING sum(v.quantity) <> 0 ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ place, quantity }) => [place, quantity]));
}

interface Places {
  readonly main: string;
  readonly barn: string;
}

async function prepare(atPoint?: (point: string) => void): Promise<Places> {
  test = await inventoryEngine(atPoint ? { atPoint } : {});
  seedListings(test.engine, 7);
  await call('inventory.takeOpening', { accountId: accountOf(test) });
  const { locationId: barn } = await call('inventory.addLocation', { name: 'Barn', kind: 'warehouse' });
  const { locations } = await call('inventory.locations', {});
  // One item is kept by lot, so that every step meets lots too.
  const itemId = itemIdOf(LOTTED);
  await call('inventory.setTracking', { itemId, tracking: 'lot' });
  pullOrdersInto(test.engine, [remoteOrder('100', [0, 2, 0, 0, 1, 0, 3])]);
  return { main: locations.find(({ main }) => main)?.locationId ?? '', barn };
}

type Step =
  | {
      readonly kind: 'receive' | 'set' | 'out';
      readonly sku: string;
      readonly units: number;
      readonly bin: string;
    }
  | { readonly kind: 'in' | 'undo' | 'redo' | 'restart' | 'work' | 'ship' | 'count' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('receive' as const, 'set' as const, 'out' as const),
    sku: fc.constantFrom(...SKUS),
    units: fc.integer({ min: 1, max: 9 }),
    bin: fc.constantFrom('', 'A', 'B'),
  }),
  fc.record({
    kind: fc.constantFrom('in', 'undo', 'undo', 'redo', 'restart', 'work', 'ship', 'count' as const),
  }) as fc.Arbitrary<Step>,
);

/** What a person could be refused; everything else is a bug. */
async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    expect(['INVALID_STATE', 'INVALID_VALUE', 'NOTHING_TO_UNDO', 'NOTHING_TO_REDO']).toContain(error.code);
    return false;
  }
}

async function take(one: Step, { main, barn }: Places): Promise<boolean> {
  const orderId = test.engine.db.getComposed<{ id: string }>('SELECT id FROM sales_order')?.id ?? '';
  switch (one.kind) {
    case 'receive': {
      const line = {
        code: one.sku,
        quantity: one.units,
        ...(one.bin === '' ? {} : { bin: one.bin }),
        ...(one.sku === LOTTED
          ? {
              lot: `L${one.units % 3}`,
              ...(one.units % 3 === 0 ? {} : { expiresOn: `2027-0${one.units % 3}-01` }),
            }
          : {}),
      };
      return attempt(() => call('inventory.receive', { locationId: main, lines: [line] }));
    }
    case 'set': {
      const itemId = itemIdOf(one.sku);
      const changes = [{ itemId, locationId: main, onHand: one.units }];
      return attempt(() => call('inventory.adjust', { reason: 'correction', changes }));
    }
    case 'out': {
      const lines = [{ code: one.sku, quantity: one.units }];
      return attempt(() =>
        call('inventory.transferOut', { fromLocationId: main, toLocationId: barn, lines }),
      );
    }
    case 'in': {
      const transferId = (await call('inventory.transfers', {})).transfers[0]?.transferId;
      return transferId ? attempt(() => call('inventory.transferIn', { transferId })) : false;
    }
    case 'work':
      return attempt(async () => {
        await call('orders.pick', { orderId });
        await call('orders.pack', { orderId });
      });
    case 'ship':
      return attempt(() => call('orders.ship', { orderId }));
    case 'count': {
      const { countId } = await call('inventory.startCount', { name: 'c', locationId: main, blind: false });
      const entries = [{ entryId: v7(), code: 'SKU-00006', quantity: 5 }];
      await call('inventory.recordCount', { countId, entries });
      return attempt(() => call('inventory.finishCount', { countId, uncounted: 'keep' }));
    }
    case 'undo':
      return attempt(() => call('history.undo', {}));
    case 'redo':
      return attempt(() => call('history.redo', {}));
    case 'restart':
      test = await test.restart();
      return true;
  }
}

describe('the ledger under random work', () => {
  it('always adds up to its levels, an undo brings the levels before back, and reservations are never negative', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const places = await prepare();
        try {
          for (const one of steps) {
            const before = levels();
            const done = await take(one, places);
            expect(await call('inventory.verify', {})).toMatchObject({
              ok: true,
              brokenAt: null,
              wrongLevels: [],
            });
            expect(lotsThatDoNotFit()).toEqual([]);
            const { ids } = await call('inventory.open', {});
            for (const row of (await call('inventory.rows', { rids: [...ids] })).rows) {
              expect(row.reserved).toBeGreaterThanOrEqual(0);
              expect(row.available).toBe(row.total - row.reserved);
            }
            const after = levels();
            const undoable = done && ['receive', 'out', 'in', 'ship', 'count'].includes(one.kind);
            if (undoable) await call('history.undo', {});
            const still = undoable || !done || one.kind === 'restart';
            expect(levels()).toEqual(still ? before : after);
            if (undoable) await call('history.redo', {});
            expect(levels()).toEqual(after);
          }
        } finally {
          test.close();
        }
      }),
      { numRuns: 15 },
    );
    await prepare();
  });
});

describe('a process that dies', () => {
  class Died extends Error {}
  let armed: string | null = null;
  const atPoint = (point: string): void => {
    if (point === armed) throw new Died(point);
  };

  /** Runs a call whose process ends at a point, opens the workspace again and sends the call once more. */
  async function dieAndResend(point: string, work: () => Promise<unknown>): Promise<void> {
    armed = point;
    await expect(work()).rejects.toBeInstanceOf(Died);
    armed = null;
    test = await test.restart();
    expect((await call('inventory.verify', {})).ok).toBe(true);
    await work();
  }

  it.each(COMMAND_CRASH_POINTS)('at %s books a receipt exactly once', async (point) => {
    const { main } = await prepare(atPoint);
    const before = levels()['SKU-00006 Main'] ?? 0;
    const requestId = v7();
    const lines = [
      { code: 'SKU-00006', quantity: 5, bin: 'A' },
      { code: 'SKU-00001', quantity: 2 },
    ];
    await dieAndResend(point, () => call('inventory.receive', { locationId: main, lines }, requestId));
    expect(levels()['SKU-00006 Main']).toBe(before + 5);
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true });
    await call('history.undo', {});
    expect(levels()['SKU-00006 Main']).toBe(before);
  });

  it.each(COMMAND_CRASH_POINTS)('at %s finishes a count exactly once and loses no entry', async (point) => {
    const { main } = await prepare(atPoint);
    const { countId } = await call('inventory.startCount', { name: 'c', locationId: main, blind: true });
    const entries = [
      { entryId: v7(), code: 'SKU-00006', quantity: 2 },
      { entryId: v7(), code: 'SKU-00006', quantity: 1 },
    ];
    const recordId = v7();
    await dieAndResend(point, () => call('inventory.recordCount', { countId, entries }, recordId));
    expect((await call('inventory.getCount', { countId })).count.entries).toBe(2);
    const finishId = v7();
    await dieAndResend(point, () => call('inventory.finishCount', { countId, uncounted: 'keep' }, finishId));
    expect(levels()['SKU-00006 Main']).toBe(3);
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true });
  });
});
