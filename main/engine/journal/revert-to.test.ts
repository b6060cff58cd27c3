import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { orderUndoHook } from '../orders/unship.ts';
import { publish } from '../sync/publish.ts';
import { SyncWorld } from '../testing/sync-world.ts';
import { redo, undo } from './undo.ts';
import { stands } from './undone-marks.ts';

let world: SyncWorld;
beforeEach(async () => {
  world = await new SyncWorld().open(4);
});
afterEach(() => world.close());

const db = () => world.test.engine.db;
const cells = (): unknown =>
  db().allComposed(
    'SELECT l.price_minor AS price, l.quantity, l.weight, p.title FROM listing l JOIN product p ON p.rid = l.product_rid ORDER BY l.rid',
  );
const marks = (): unknown =>
  db().allComposed(
    'SELECT t.id, u.id AS by FROM command t LEFT JOIN command u ON u.rid = t.undone_by_rid ORDER BY t.rid',
  );
const newest = (): string => db().pluck<string>('SELECT id FROM command ORDER BY rid DESC LIMIT 1')[0] ?? '';
const push = () => publish(world.test.engine, {}, new AbortController().signal);

describe('returning to a moment', () => {
  it('gives every cell the value of then as one command, which can be undone and redone', async () => {
    await world.edit(0, 'price', '20.00');
    const moment = newest();
    const then = cells();
    await world.edit(0, 'price', '21.00');
    await world.edit(0, 'price', '22.00');
    await world.edit(1, 'title', 'New');
    const later = cells();
    const laterMarks = marks();
    const preview = await world.call('history.previewRevert', { commandId: moment });
    expect(preview).toMatchObject({ commands: 3, applied: 2, rows: 2, changedSinceTotal: 0, keptTotal: 0 });
    expect(cells()).toEqual(later);
    expect(marks()).toEqual(laterMarks);

    const { commandId, ...outcome } = await world.call('history.revertTo', { commandId: moment });
    expect(outcome).toEqual(preview);
    expect(cells()).toEqual(then);
    const { commands } = await world.call('history.list', {});
    expect(commands[0]).toMatchObject({ commandId, cells: 2, rows: 2, canUndo: true });
    expect(commands.slice(1, 4).map(({ undoneBy }) => undoneBy)).toEqual([commandId, commandId, commandId]);

    await world.call('history.undo', {});
    expect(cells()).toEqual(later);
    expect((await world.call('history.list', {})).commands.filter(({ canUndo }) => canUndo)).toHaveLength(5);
    await world.call('history.redo', {});
    expect(cells()).toEqual(then);
    await expect(world.call('history.undo', { commandId: commands[1]?.commandId })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
  });

  it('queues compensating changes for what was published and cancels what was not', async () => {
    const moment = newest();
    await world.edit(0, 'price', '20.00');
    await push();
    await world.edit(1, 'price', '30.00');
    await world.call('history.revertTo', { commandId: moment });
    const ops = db().allComposed(
      "SELECT base, state FROM outbox WHERE state IN ('pending', 'cancelled') ORDER BY rid",
    );
    expect(ops).toEqual([
      { base: 1_001, state: 'cancelled' },
      { base: 2_000, state: 'pending' },
    ]);
    await push();
    expect(world.shop.value('0', 'price')).toBe(1_000);
    expect(world.shop.value('1', 'price')).toBe(1_001);
  });

  it('leaves alone what a shop changed since, and what that was built on, and names it', async () => {
    const moment = newest();
    await world.edit(0, 'weight', '2');
    await push();
    world.shop.edit('0', { weight: '3' });
    await world.call('sync.pull', {});
    await world.edit(0, 'weight', '4');
    await world.edit(1, 'weight', '5');
    const outcome = await world.call('history.revertTo', { commandId: moment });
    expect(db().pluck('SELECT weight FROM listing ORDER BY rid LIMIT 2')).toEqual(['3', null]);
    expect(outcome.changedSince).toMatchObject([{ listingId: world.listingIds[0], code: 'CHANGED_SINCE' }]);
    expect(outcome).toMatchObject({ applied: 2, changedSinceTotal: 1, keptTotal: 0 });
  });

  it('takes a time as well, and says when there is nothing to take back or no such command', async () => {
    await world.edit(0, 'price', '20.00');
    const at = world.test.clock.now();
    await expect(world.call('history.revertTo', { at })).rejects.toMatchObject({ code: 'NOTHING_TO_UNDO' });
    await world.edit(0, 'price', '21.00');
    expect(await world.call('history.revertTo', { at })).toMatchObject({ commands: 1, applied: 1 });
    await expect(world.call('history.revertTo', { at, commandId: newest() })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    const commandId = world.listingIds[0];
    await expect(world.call('history.revertTo', { commandId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the other way to the same state', () => {
  type Step =
    | { kind: 'edit'; row: number; field: 'price' | 'weight' | 'title'; value: string }
    | { kind: 'undo' | 'redo' | 'push' }
    | { kind: 'shop'; row: number };

  const step: fc.Arbitrary<Step> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc
        .tuple(
          fc.nat({ max: 1 }),
          fc.constantFrom('price' as const, 'weight' as const, 'title' as const),
          fc.nat({ max: 2 }),
        )
        .map(([row, field, value]): Step => ({ kind: 'edit', row, field, value: String(value + 1) })),
    },
    { weight: 3, arbitrary: fc.constantFrom<Step>({ kind: 'undo' }, { kind: 'redo' }, { kind: 'push' }) },
    { weight: 2, arbitrary: fc.nat({ max: 1 }).map((row): Step => ({ kind: 'shop', row })) },
  );

  /** No value of a shop comes twice: a cell that only looks as its command left it is another matter. */
  let unique = 100;
  async function take(next: Step): Promise<void> {
    const { journal } = world.test.engine;
    const call = { actor: 'test' };
    switch (next.kind) {
      case 'edit':
        await world.edit(next.row, next.field, next.value);
        return;
      case 'push':
        await push();
        return;
      case 'shop':
        await push();
        unique += 1;
        world.shop.edit(String(next.row), { weight: String(unique) });
        await world.call('sync.pull', {});
        return;
      default:
        try {
          (next.kind === 'undo' ? undo : redo)(journal, [orderUndoHook], call);
        } catch (error) {
          if (!(error instanceof CodedError && error.code.startsWith('NOTHING_TO_'))) throw error;
        }
    }
  }

  it('is undoing command by command, newest first; and undoing the return restores values and marks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 14 }), fc.nat(), async (steps, cut) => {
        const { journal } = world.test.engine;
        let moment = newest();
        for (const [index, next] of steps.entries()) {
          if (index === cut % steps.length) moment = newest();
          await take(next);
        }
        const before = { cells: cells(), marks: marks() as unknown[] };
        const rid = db().pluck<number>(`SELECT rid FROM command WHERE id = '${moment}'`)[0] ?? 0;
        const later = db().allComposed<{ rid: number; id: string }>(
          `SELECT rid, id FROM command WHERE rid > ${rid} AND reversible = 1 ORDER BY rid DESC`,
        );
        if (!later.some((command) => stands(db(), command.rid))) return;

        const preview = await world.call('history.previewRevert', { commandId: moment });
        const { commandId, ...outcome } = await world.call('history.revertTo', { commandId: moment });
        expect(outcome).toEqual(preview);
        const returned = cells();
        await world.call('history.undo', { commandId });
        expect(cells()).toEqual(before.cells);
        expect((marks() as unknown[]).slice(0, before.marks.length)).toEqual(before.marks);

        for (const command of later) {
          if (stands(db(), command.rid)) undo(journal, [], { commandId: command.id, actor: 'test' });
        }
        expect(cells()).toEqual(returned);
        expect((await world.call('workspace.verify', {})).ok).toBe(true);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
