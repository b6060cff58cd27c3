import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  afterEdit,
  afterLink,
  afterMaster,
  afterRemote,
  CELL_LINKS,
  MASTER_FIELDS,
  type CellLink,
  type LinkedCell,
} from '#shared/domain/master-fields.ts';
import type { StoredValue } from '#shared/domain/listing-fields.ts';
import type { Engine } from '../../engine.ts';
import { undo } from '../../journal/undo.ts';
import { testEngine, type TestEngine } from '../../testing/test-engine.ts';
import { seedVariants } from '../variants-kit.ts';
import { editMatrix, linkMatrix } from './matrix-commands.ts';
import { openMatrix } from './open-matrix.ts';
import { skuStates } from './sku-state.ts';

const caller = { actor: 'test' };
const SHOPS = [0, 1, 2] as const;

/** Prices in whole units, so that the same ones come again. */
const price = fc.integer({ min: 1, max: 4 });
const shop = fc.constantFrom(...SHOPS);
const step = fc.oneof(
  fc.record({ kind: fc.constant('master' as const), value: fc.option(price, { nil: null }) }),
  fc.record({ kind: fc.constant('edit' as const), shop, value: price }),
  fc.record({ kind: fc.constant('link' as const), shop, link: fc.constantFrom(...CELL_LINKS) }),
  // One command over the master and a channel: what was written there wins over what would follow.
  fc.record({ kind: fc.constant('both' as const), shop, master: price, value: price }),
);
type Step =
  | { kind: 'master'; value: number | null }
  | { kind: 'edit'; shop: number; value: number }
  | { kind: 'link'; shop: number; link: CellLink }
  | { kind: 'both'; shop: number; master: number; value: number };

interface World {
  readonly master: StoredValue;
  readonly cells: readonly LinkedCell[];
}

let test: TestEngine;
beforeAll(async () => {
  test = await testEngine();
});
afterAll(() => test.close());

/** A SKU of its own for every run: one engine serves them all. */
function seed(engine: Engine, sku: string): { accounts: string[]; sku: string; viewId: string } {
  const accounts = SHOPS.map(
    (each) => seedVariants(engine, `Shop ${each}`, [['Thing', [[sku, 100 + each * 100, 1]]]]).accountId,
  );
  return { accounts, sku, viewId: openMatrix(engine, { text: sku }).viewId };
}

function worldOf(engine: Engine, sku: string): World {
  const [state] = skuStates(engine.db, [sku]);
  return {
    master: state?.master.price ?? null,
    cells: (state?.listings ?? []).map(({ values, links }) => ({ value: values.price, link: links.price })),
  };
}

const minor = (value: number | null): number | null => (value === null ? null : value * 100);
const wire = (value: number | null): string | null => (value === null ? null : `${value}.00`);

/** What the algebra says of a step. */
function expected(world: World, next: Step): World {
  const at = (index: number, change: (cell: LinkedCell) => LinkedCell): LinkedCell[] =>
    world.cells.map((cell, each) => (each === index ? change(cell) : cell));
  switch (next.kind) {
    case 'master':
      return {
        master: minor(next.value),
        cells: world.cells.map((cell) => afterMaster(cell, world.master, minor(next.value))),
      };
    case 'edit':
      return { ...world, cells: at(next.shop, (cell) => afterEdit(cell, minor(next.value), world.master)) };
    case 'link':
      return { ...world, cells: at(next.shop, (cell) => afterLink(cell, next.link, world.master)) };
    case 'both': {
      const { cells } = expected(world, { kind: 'master', value: next.master });
      const before = world.cells[next.shop];
      const written = { value: minor(next.value), link: before?.link ?? null };
      const linked = afterMaster(written, world.master, minor(next.master)).link;
      const leaves =
        linked === 'inherit' && next.value !== next.master && before?.value !== minor(next.value);
      return {
        master: minor(next.master),
        cells: cells.map((cell, each) =>
          each === next.shop ? { value: minor(next.value), link: leaves ? 'override' : linked } : cell,
        ),
      };
    }
  }
}

function run(engine: Engine, { accounts, sku, viewId }: ReturnType<typeof seed>, next: Step): boolean {
  const column = (index: number): string => `price@${accounts[index] ?? ''}`;
  const change = (key: string, value: number | null) => ({ sku, column: key, value: wire(value) });
  switch (next.kind) {
    case 'master':
      return editMatrix(engine, { changes: [change('master.price', next.value)] }, caller).commandId !== null;
    case 'edit':
      return (
        editMatrix(engine, { changes: [change(column(next.shop), next.value)] }, caller).commandId !== null
      );
    case 'link': {
      const ranges = [{ fromRow: 0, toRow: 0, columns: [column(next.shop)] }];
      return linkMatrix(engine, { viewId, ranges, link: next.link }, caller).commandId !== null;
    }
    case 'both': {
      const changes = [change('master.price', next.master), change(column(next.shop), next.value)];
      return editMatrix(engine, { changes }, caller).commandId !== null;
    }
  }
}

it('does in the database what the algebra says, and undo walks back through every state, links included', () => {
  let runs = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const { engine } = test;
      runs += 1;
      const world = seed(engine, `MODEL-${runs}-${v7()}`);
      const states: World[] = [worldOf(engine, world.sku)];
      for (const next of steps) {
        const before = worldOf(engine, world.sku);
        const wrote = run(engine, world, next);
        const after = worldOf(engine, world.sku);
        expect(after).toEqual(expected(before, next));
        states.push(...(wrote ? [after] : []));
      }
      for (const state of states.toReversed().slice(1)) {
        undo(engine.journal, [], caller);
        expect(worldOf(engine, world.sku)).toEqual(state);
      }
    }),
    { numRuns: 15 },
  );
});

it('keeps stock that the shop changed inheriting, and lets go of a price that it changed', () => {
  for (const field of MASTER_FIELDS) {
    const cell = afterRemote({ value: 1, link: 'inherit' }, 2, field);
    expect(cell.link).toBe(field.onRemote);
  }
});
