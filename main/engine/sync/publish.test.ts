import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import type { PublishResult } from '#shared/contract/publish.ts';
import { editListings } from '../catalog/edit.ts';
import { listingRows } from '../catalog/rows.ts';
import { undo } from '../journal/undo.ts';
import { FakeShop, type FakeFault } from '../testing/fake-shop.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { CRASH_POINTS } from './crash-points.ts';
import { resolveConflicts } from './conflicts.ts';
import { addAccount } from './manage-accounts.ts';
import { publish, sendReleased } from './publish.ts';
import { pull } from './pull.ts';

const signal = new AbortController().signal;
const call = { actor: 'test' };

interface World {
  test: TestEngine;
  shop: FakeShop;
  crashAt: string | null;
}

async function makeWorld(): Promise<World> {
  const shop = new FakeShop();
  const world: World = { shop, crashAt: null, test: undefined as never };
  world.test = await testEngine({
    connectors: [shop],
    atPoint: (point) => {
      if (point === world.crashAt) throw new Error('CRASH');
    },
  });
  for (let index = 0; index < 6; index += 1) {
    shop.add(String(index), {
      title: `P${index}`,
      sku: `S${index}`,
      price: 1000 + index,
      quantity: 5,
      status: 'publish',
    });
  }
  await addAccount(
    world.test.engine,
    { platform: 'woocommerce', name: 'Shop', baseUrl: 'https://shop.example', credentials: {} },
    call,
  );
  await pull(world.test.engine, {}, signal);
  return world;
}

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => world.test.close());

const ids = (): string[] => {
  const rids = world.test.engine.db.pluck<number>('SELECT rid FROM listing ORDER BY rid');
  return listingRows(world.test.engine.db, rids).map((row) => row.listingId);
};
const rowsNow = () =>
  listingRows(
    world.test.engine.db,
    world.test.engine.db.pluck<number>('SELECT rid FROM listing ORDER BY rid'),
  );
const edit = (row: number, field: string, value: WireValue) =>
  editListings(world.test.engine.journal, { changes: [{ listingId: ids()[row] ?? '', field, value }] }, call);
const run = (): Promise<PublishResult> => publish(world.test.engine, {}, signal);
const opStates = (): string[] => world.test.engine.db.pluck('SELECT state FROM outbox ORDER BY rid');

describe('publishing', () => {
  it('sends exactly what changed and calls it verified after reading it back', async () => {
    edit(0, 'price', '12.50');
    edit(1, 'title', 'New title');
    expect(await run()).toEqual({ sent: 2, verified: 2, rejected: [], conflicts: [], waiting: [] });
    expect(world.shop.applied).toEqual([
      { id: '0', field: 'price', value: 1250 },
      { id: '1', field: 'title', value: 'New title' },
    ]);
    expect(
      rowsNow()
        .map((row) => row.state)
        .slice(0, 2),
    ).toEqual(['verified', 'verified']);
    expect(await run()).toMatchObject({ sent: 0, verified: 0 });
  });

  it('asks instead of overwriting what the shop changed meanwhile', async () => {
    edit(0, 'price', '12.50');
    world.shop.edit('0', { price: 1300 });
    const result = await run();
    expect(result.sent).toBe(0);
    expect(result.conflicts).toMatchObject([
      { field: 'price', base: '10.00', mine: '12.50', theirs: '13.00' },
    ]);
    expect(world.shop.applied).toEqual([]);
    resolveConflicts(world.test.engine, { choice: 'mine' }, call);
    expect(await run()).toMatchObject({ sent: 1, verified: 1 });
    expect(world.shop.value('0', 'price')).toBe(1250);
  });

  it("takes the shop's value when told to, and undo brings mine back", async () => {
    edit(0, 'price', '12.50');
    world.shop.edit('0', { price: 1300 });
    await pull(world.test.engine, {}, signal);
    resolveConflicts(world.test.engine, { choice: 'theirs' }, call);
    expect(rowsNow()[0]).toMatchObject({ price: { minor: 1300 }, state: 'clean' });
    undo(world.test.engine.journal, [], { actor: 'test' });
    expect(rowsNow()[0]).toMatchObject({ price: { minor: 1250 }, state: 'dirty' });
  });

  it('marks a value that the shop coerced as rejected, with what the shop has', async () => {
    edit(0, 'price', '12.50');
    world.shop.pushFaults.push('coerce');
    const result = await run();
    expect(result.verified).toBe(0);
    expect(result.rejected).toMatchObject([{ field: 'price', code: 'READ_BACK_MISMATCH' }]);
  });

  it('keeps a refused field from holding back its neighbour', async () => {
    edit(0, 'price', '12.50');
    edit(0, 'title', 'Fine');
    world.shop.pushFaults.push('refuse-price');
    const result = await run();
    expect(result.rejected).toMatchObject([{ field: 'price', code: 'bad_price' }]);
    expect(world.shop.value('0', 'title')).toBe('Fine');
    expect(result.verified).toBe(1);
  });

  it('waits for a limit however often it must, and sends then', async () => {
    edit(0, 'price', '12.50');
    for (let day = 0; day < 12; day += 1) {
      world.shop.pushFaults.push(...Array<FakeFault>(6).fill('rate'));
      await run();
      expect(opStates()).toEqual(['retry_wait']);
      world.shop.pushFaults.length = 0;
    }
    expect(await run()).toMatchObject({ verified: 1, rejected: [] });
  });

  it.each<FakeFault>(['rate', 'drop-before', 'drop-after', 'partial'])(
    'gets through %s without applying anything twice',
    async (fault) => {
      edit(0, 'price', '12.50');
      edit(1, 'price', '13.50');
      world.shop.pushFaults.push(fault);
      expect(await run()).toMatchObject({ verified: 2, rejected: [], conflicts: [], waiting: [] });
      expect(world.shop.applied.filter(({ id }) => id === '0')).toHaveLength(1);
      expect(world.shop.applied.filter(({ id }) => id === '1')).toHaveLength(1);
    },
  );

  it('stops one account on refused keys and keeps its changes', async () => {
    edit(0, 'price', '12.50');
    world.shop.pushFaults.push('auth');
    expect(await run()).toMatchObject({ sent: 0, waiting: [{ ops: 1, code: 'CHANNEL_AUTH' }] });
    expect(await run()).toMatchObject({ sent: 1, verified: 1 });
  });

  it('reads back before anything else after a crash, at every point', async () => {
    const points = CRASH_POINTS.filter((point) => point.startsWith('publish.'));
    for (const [index, point] of points.entries()) {
      const price = `2${index}.00`;
      world.shop.applied.length = 0;
      edit(0, 'price', price);
      world.crashAt = point;
      await run().catch(() => undefined);
      world.crashAt = null;
      world.test = await world.test.restart();
      await sendReleased(world.test.engine, { refused: [], signal });
      await run();
      expect(world.shop.value('0', 'price'), point).toBe(Number(price) * 100);
      expect(world.shop.applied, point).toHaveLength(1);
      expect(rowsNow()[0]?.state, point).toBe('verified');
    }
  });

  it('keeps an edit that was made while the earlier one was on its way', async () => {
    edit(0, 'price', '12.50');
    const original = world.shop.pushListings.bind(world.shop);
    world.shop.pushListings = async (context, ops) => {
      world.shop.pushListings = original;
      edit(0, 'price', '14.00');
      return original(context, ops);
    };
    expect(await run()).toMatchObject({ sent: 1, verified: 1 });
    expect(rowsNow()[0]).toMatchObject({ price: { minor: 1400 }, state: 'dirty' });
    expect(await run()).toMatchObject({ sent: 1, verified: 1, conflicts: [] });
    expect(world.shop.value('0', 'price')).toBe(1400);
  });

  it('reports a listing that the shop deleted and goes on with the rest', async () => {
    edit(0, 'price', '12.50');
    edit(1, 'price', '13.50');
    world.shop.products.delete('0');
    const result = await run();
    expect(result.verified).toBe(1);
    expect(result.rejected).toMatchObject([{ field: 'price', code: 'CHANNEL_GONE' }]);
    expect(await pull(world.test.engine, {}, signal)).toMatchObject({ listings: { removed: 1 } });
  });
});

/** Edits, remote edits, publishes, faults, crashes and undos in any order. */
type Step =
  | { kind: 'edit'; row: number; field: 'price' | 'quantity'; value: number }
  | { kind: 'remote'; row: number; field: 'price' | 'quantity'; value: number }
  | { kind: 'publish'; fault: FakeFault | null; crash: string | null }
  | { kind: 'pull' }
  | { kind: 'undo' }
  | { kind: 'resolve'; choice: 'mine' | 'theirs' };

const row = fc.integer({ min: 0, max: 5 });
const field = fc.constantFrom('price' as const, 'quantity' as const);
const amount = fc.integer({ min: 1, max: 9 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('edit' as const), row, field, value: amount }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remote' as const), row, field, value: amount }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      fault: fc.option(fc.constantFrom<FakeFault>('rate', 'drop-before', 'drop-after', 'partial')),
      crash: fc.option(
        fc.constantFrom(
          'publish.after-lease',
          'publish.before-send',
          'publish.after-send',
          'publish.after-answer',
        ),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'pull' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ kind: 'undo' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('resolve' as const),
      choice: fc.constantFrom('mine' as const, 'theirs' as const),
    }),
  },
);

async function perform(action: Step): Promise<void> {
  switch (action.kind) {
    case 'edit':
      edit(action.row, action.field, action.field === 'price' ? `${action.value}.00` : action.value);
      return;
    case 'remote':
      world.shop.edit(String(action.row), {
        [action.field]: action.field === 'price' ? action.value * 100 : action.value,
      });
      return;
    case 'publish':
      if (action.fault) world.shop.pushFaults.push(action.fault);
      world.crashAt = action.crash;
      await run().catch(() => undefined);
      world.crashAt = null;
      world.shop.pushFaults.length = 0;
      if (action.crash) world.test = await world.test.restart();
      return;
    case 'pull':
      await pull(world.test.engine, {}, signal);
      return;
    case 'undo':
      try {
        undo(world.test.engine.journal, [], { actor: 'test' });
      } catch {
        // Nothing to undo is fine.
      }
      return;
    case 'resolve':
      resolveConflicts(world.test.engine, { choice: action.choice }, call);
  }
}

describe('any order of edits, pulls, pushes, faults, crashes and undos', () => {
  it('ends with both sides equal and nothing waiting', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        world.test.close();
        world = await makeWorld();
        for (const action of steps) await perform(action);
        // Settle: decide conflicts, send everything, read everything.
        for (let round = 0; round < 4; round += 1) {
          resolveConflicts(world.test.engine, { choice: 'mine' }, call);
          await run();
        }
        await pull(world.test.engine, { full: true }, signal);
        const open = opStates().filter((state) => !['verified', 'superseded', 'cancelled'].includes(state));
        expect(open).toEqual([]);
        for (const [index, listing] of rowsNow().entries()) {
          expect(listing.price?.minor).toBe(world.shop.value(String(index), 'price'));
          expect(listing.quantity).toBe(world.shop.value(String(index), 'quantity'));
        }
      }),
      { numRuns: 40 },
    );
  });
});
