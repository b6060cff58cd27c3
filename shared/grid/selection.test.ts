import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { disjoint, rectCells, rectOf, spanTotal, subtract } from './rect.ts';
import type { CellAt, Rect } from './rect.ts';
import {
  addRange,
  clampSelection,
  coversAll,
  cycleActive,
  extendTo,
  isOneCell,
  isSelected,
  removeCell,
  selectAll,
  selectCell,
  selectColumns,
  selectionSize,
  selectRect,
  selectRows,
} from './selection.ts';
import type { Selection } from './selection.ts';

const SIZE = { rows: 12, columns: 9 };
const cell = fc.record({
  row: fc.integer({ min: 0, max: SIZE.rows - 1 }),
  column: fc.integer({ min: 0, max: SIZE.columns - 1 }),
});
const rect = fc.tuple(cell, cell).map(([a, b]) => rectOf(a, b));

function cellsOf(rects: readonly Rect[]): Set<string> {
  const cells = new Set<string>();
  for (const { top, bottom, left, right } of rects) {
    for (let row = top; row <= bottom; row += 1) {
      for (let column = left; column <= right; column += 1) cells.add(`${row},${column}`);
    }
  }
  return cells;
}

type Step = (selection: Selection) => Selection;
const step: fc.Arbitrary<Step> = fc.oneof(
  cell.map(
    (at): Step =>
      () =>
        selectCell(at),
  ),
  cell.map(
    (at): Step =>
      (s) =>
        extendTo(s, at),
  ),
  cell.map(
    (at): Step =>
      (s) =>
        addRange(s, selectCell(at)),
  ),
  cell.map(
    (at): Step =>
      (s) =>
        isSelected(s, at) ? removeCell(s, at) : s,
  ),
  rect.map(
    (r): Step =>
      (s) =>
        addRange(s, selectRect(r)),
  ),
  cell.map(
    (at): Step =>
      (s) =>
        addRange(s, selectRows(at.row, at.row, SIZE)),
  ),
  cell.map(
    (at): Step =>
      (s) =>
        addRange(s, selectColumns(at.column, at.column, SIZE)),
  ),
  fc.constant<Step>((s) => selectAll(SIZE, s.active)),
  fc.constantFrom<Step>(
    (s) => cycleActive(s, 'row', 1),
    (s) => cycleActive(s, 'row', -1),
    (s) => cycleActive(s, 'column', 1),
    (s) => cycleActive(s, 'column', -1),
  ),
);

describe('selection', () => {
  it('keeps its invariants through any series of gestures', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let selection = selectCell({ row: 0, column: 0 });
        for (const apply of steps) {
          selection = apply(selection);
          expect(selection.rects.length).toBeGreaterThan(0);
          expect(isSelected(selection, selection.active)).toBe(true);
          const cells = cellsOf(selection.rects);
          const size = selectionSize(selection);
          expect(size.cells).toBe(cells.size);
          expect(size.rows).toBe(new Set([...cells].map((key) => key.split(',')[0])).size);
          expect(size.columns).toBe(new Set([...cells].map((key) => key.split(',')[1])).size);
        }
      }),
    );
  });

  it('subtracts and unites like sets', () => {
    fc.assert(
      fc.property(fc.array(rect, { minLength: 1, maxLength: 8 }), rect, (rects, other) => {
        const parts = disjoint(rects);
        expect(cellsOf(parts)).toEqual(cellsOf(rects));
        expect(parts.reduce((sum, part) => sum + rectCells(part), 0)).toBe(cellsOf(rects).size);
        const [first] = rects;
        if (!first) return;
        const rest = cellsOf(subtract(first, other));
        for (const key of cellsOf([first])) expect(rest.has(key)).toBe(!cellsOf([other]).has(key));
      }),
    );
  });

  it('takes one cell out and leaves the rest', () => {
    fc.assert(
      fc.property(fc.array(rect, { minLength: 1, maxLength: 4 }), fc.nat(), (rects, pick) => {
        const selection: Selection = { rects, focus: { row: 0, column: 0 }, active: { row: 0, column: 0 } };
        const cells = [...cellsOf(rects)];
        const key = cells[pick % cells.length] ?? '0,0';
        const [row = 0, column = 0] = key.split(',').map(Number);
        const rest = cellsOf(removeCell(selection, { row, column }).rects);
        expect(rest).toEqual(cells.length === 1 ? new Set([key]) : new Set(cells.filter((c) => c !== key)));
      }),
    );
  });

  it('walks every cell of a single range once and comes back', () => {
    fc.assert(
      fc.property(
        rect,
        fc.constantFrom('row' as const, 'column' as const),
        fc.constantFrom(1 as const, -1 as const),
        (r, along, by) => {
          let selection = selectRect(r);
          const start = selection.active;
          const seen = new Set<string>();
          for (let i = 0; i < rectCells(r); i += 1) {
            selection = cycleActive(selection, along, by);
            seen.add(`${selection.active.row},${selection.active.column}`);
          }
          expect(seen).toEqual(cellsOf([r]));
          expect(selection.active).toEqual(start);
        },
      ),
    );
  });

  it('walks from range to range as Excel does', () => {
    const two = addRange(
      selectRect({ top: 0, left: 0, bottom: 0, right: 1 }),
      selectCell({ row: 5, column: 3 }),
    );
    const at = (s: Selection): CellAt => s.active;
    let selection = cycleActive(two, 'row', 1);
    expect(at(selection)).toEqual({ row: 0, column: 0 });
    selection = cycleActive(cycleActive(selection, 'row', 1), 'row', 1);
    expect(at(selection)).toEqual({ row: 5, column: 3 });
  });

  it('extends from the active cell to either side', () => {
    const start = selectCell({ row: 5, column: 5 });
    expect(extendTo(start, { row: 2, column: 7 }).rects).toEqual([{ top: 2, left: 5, bottom: 5, right: 7 }]);
    const all = selectAll(SIZE, { row: 5, column: 5 });
    expect(coversAll(all, SIZE)).toBe(true);
    expect(isOneCell(extendTo(all, { row: 5, column: 5 }))).toBe(true);
  });

  it('clamps to what is left', () => {
    const selection = addRange(selectCell({ row: 1, column: 1 }), selectRows(8, 11, SIZE));
    expect(clampSelection(selection, { rows: 10, columns: 4 })?.rects).toEqual([
      { top: 1, left: 1, bottom: 1, right: 1 },
      { top: 8, left: 0, bottom: 9, right: 3 },
    ]);
    expect(clampSelection(selection, { rows: 0, columns: 4 })).toBeNull();
    expect(clampSelection(selectCell({ row: 11, column: 8 }), { rows: 2, columns: 2 })?.active).toEqual({
      row: 1,
      column: 1,
    });
  });

  it('does work by ranges, not by cells', () => {
    const size = { rows: 250_000, columns: 40 };
    const all = addRange(selectAll(size, { row: 0, column: 0 }), selectRows(5, 200_000, size));
    expect(selectionSize(all)).toEqual({ rows: 250_000, columns: 40, cells: 10_000_000 });
    expect(
      spanTotal([
        [5, 9],
        [0, 3],
        [2, 6],
      ]),
    ).toBe(10);
  });
});
