import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterEdit,
  afterLink,
  afterMaster,
  afterRemote,
  CELL_LINKS,
  differsFromMaster,
  MASTER_FIELDS,
  shownLink,
  type CellLink,
  type LinkedCell,
  type MasterField,
} from './master-fields.ts';
import { matrixColumns, parseMatrixColumn } from './matrix-columns.ts';

const value = fc.option(fc.integer({ min: 0, max: 4 }), { nil: null });
const field = fc.constantFrom(...MASTER_FIELDS);
const step = fc.oneof(
  fc.record({ kind: fc.constant('master' as const), value }),
  fc.record({ kind: fc.constant('edit' as const), value }),
  fc.record({ kind: fc.constant('remote' as const), value }),
  fc.record({ kind: fc.constant('link' as const), link: fc.constantFrom(...CELL_LINKS) }),
);
type Step = { kind: 'master' | 'edit' | 'remote'; value: number | null } | { kind: 'link'; link: CellLink };

interface World {
  readonly master: number | string | null;
  readonly cell: LinkedCell;
}

function apply(world: World, next: Step, of: MasterField): World {
  const { master, cell } = world;
  switch (next.kind) {
    case 'master':
      return { master: next.value, cell: afterMaster(cell, master, next.value) };
    case 'edit':
      return { master, cell: afterEdit(cell, next.value, master) };
    case 'remote':
      return { master, cell: afterRemote(cell, next.value, of) };
    case 'link':
      return { master, cell: afterLink(cell, next.link, master) };
  }
}

const START: World = { master: null, cell: { value: 1, link: null } };

describe('how a cell stands to its master', () => {
  it('changes a cell through the master only while it inherits', () => {
    fc.assert(
      fc.property(field, fc.array(step, { maxLength: 20 }), value, (of, steps, next) => {
        const world = steps.reduce((at: World, each) => apply(at, each, of), START);
        const after = apply(world, { kind: 'master', value: next }, of);
        const follows = world.cell.link === 'inherit' && next !== null;
        expect(after.cell.value).toBe(follows ? next : world.cell.value);
        // What a person decided stays; only a cell without a decision gets one, by the first master.
        const decided = world.cell.link !== null;
        const first = world.master === null && next !== null;
        expect(after.cell.link === world.cell.link).toBe(decided || !first);
      }),
    );
  });

  it('keeps inheriting cells equal to the master for as long as only people, and the shop for prices, change things', () => {
    const ofPeople = step.filter((each) => each.kind !== 'master' || each.value !== null);
    fc.assert(
      fc.property(field, fc.array(ofPeople, { maxLength: 30 }), (of, steps) => {
        fc.pre(of.onRemote === 'override' || steps.every(({ kind }) => kind !== 'remote'));
        const { master, cell } = steps.reduce((at: World, each) => apply(at, each, of), START);
        expect(shownLink(cell, master) === 'inherit' && cell.value !== master).toBe(false);
      }),
    );
  });

  it('lets stock that was sold in the shop differ and follow again with the next master value', () => {
    const [stock] = MASTER_FIELDS.filter(({ onRemote }) => onRemote === 'inherit');
    const sold = stock && afterRemote({ value: 10, link: 'inherit' }, 8, stock);
    expect(stock?.name).toBe('quantity');
    expect(sold).toEqual({ value: 8, link: 'inherit' });
    expect(differsFromMaster({ value: 8, link: 'inherit' }, 10)).toBe(true);
    expect(afterMaster({ value: 8, link: 'inherit' }, 10, 12)).toEqual({ value: 12, link: 'inherit' });
  });

  it('never shows a detached cell, or one without a master, as different', () => {
    fc.assert(
      fc.property(value, value, fc.constantFrom(null, ...CELL_LINKS), (own, master, link) => {
        const cell = { value: own, link };
        const detached = master === null || link === null || link === 'detached';
        expect(shownLink(cell, master) === 'detached').toBe(detached);
        expect(differsFromMaster(cell, master)).toBe(!detached && own !== master);
      }),
    );
  });

  it('gives back the cell when a link is set and set back, inheriting excepted, which takes the value', () => {
    expect(afterLink({ value: 5, link: 'override' }, 'inherit', 7)).toEqual({ value: 7, link: 'inherit' });
    expect(afterLink({ value: 5, link: 'override' }, 'inherit', null)).toEqual({
      value: 5,
      link: 'override',
    });
    expect(afterLink({ value: 5, link: 'inherit' }, 'detached', 5)).toEqual({ value: 5, link: 'detached' });
  });
});

describe('columns of the matrix', () => {
  it('come once a field for the master and for every account, and their keys say which', () => {
    const accounts = ['0190b3c1-0000-7000-8000-000000000001', '0190b3c1-0000-7000-8000-000000000002'];
    const columns = matrixColumns(accounts);
    expect(columns).toHaveLength(MASTER_FIELDS.length * 3);
    expect(new Set(columns.map(({ key }) => key)).size).toBe(columns.length);
    for (const column of columns) expect(parseMatrixColumn(column.key)).toEqual(column);
    for (const key of ['sku', 'price', 'master.', 'master.sku', 'sku@x', 'price@', '']) {
      expect(parseMatrixColumn(key)).toBeUndefined();
    }
  });
});
