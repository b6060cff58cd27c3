import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rectOf } from '#shared/grid/rect.ts';
import { addRange, selectCell, selectRect } from '#shared/grid/selection.ts';
import { planPaste } from './paste-plan.ts';

const SIZE = { rows: 20, columns: 10 };
const cell = fc.record({
  row: fc.integer({ min: 0, max: SIZE.rows - 1 }),
  column: fc.integer({ min: 0, max: SIZE.columns - 1 }),
});
const rect = fc.tuple(cell, cell).map(([a, b]) => rectOf(a, b));
const block = fc
  .tuple(fc.integer({ min: 1, max: 25 }), fc.integer({ min: 1, max: 12 }))
  .map(([rows, columns]) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (__, column) => `${row},${column}`),
    ),
  );

describe('where a paste goes', () => {
  it('puts every text where its place in the block says, inside the sheet, and counts what does not fit', () => {
    fc.assert(
      fc.property(block, rect, (source, selected) => {
        const plan = planPaste(source, selectRect(selected), SIZE);
        const width = source[0]?.length ?? 0;
        const height = selected.bottom - selected.top + 1;
        const tiled = height % source.length === 0 && (selected.right - selected.left + 1) % width === 0;
        const wanted = tiled ? height : source.length;
        expect(plan?.rect.top).toBe(selected.top);
        expect(plan?.rect.left).toBe(selected.left);
        expect(plan?.rect.bottom).toBe(Math.min(selected.top + wanted, SIZE.rows) - 1);
        expect(plan?.rect.right).toBeLessThan(SIZE.columns);
        expect(plan?.clipped).toBe(Math.max(0, selected.top + wanted - SIZE.rows));
        const rows = plan ? plan.rect.bottom - plan.rect.top + 1 : 0;
        for (let row = 0; row < rows; row += 1) {
          plan?.block[row % plan.block.length]?.forEach((text, column) => {
            expect(text).toBe(`${row % source.length},${column % width}`);
          });
        }
      }),
    );
  });

  it('fills several ranges with one value and refuses a block for them', () => {
    const two = addRange(
      selectRect({ top: 0, left: 0, bottom: 1, right: 2 }),
      selectCell({ row: 5, column: 5 }),
    );
    expect(planPaste([['x']], two, SIZE)).toMatchObject({ rects: two.rects, block: [['x', 'x', 'x']] });
    expect(planPaste([['x', 'y']], two, SIZE)).toBeNull();
  });

  it('fills up ragged rows', () => {
    expect(planPaste([['a'], ['b', 'c']], selectCell({ row: 0, column: 0 }), SIZE)?.block).toEqual([
      ['a', ''],
      ['b', 'c'],
    ]);
  });
});
