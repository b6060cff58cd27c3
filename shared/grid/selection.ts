import { contains, disjoint, isSingle, rectCells, rectOf, sameRect, spanTotal, subtract } from './rect.ts';
import type { CellAt, Rect } from './rect.ts';

/**
 * A spreadsheet selection. `rects` is never empty. `active` is the cell that
 * typing goes to and that Shift extends from; it lies in one of the
 * rectangles and Tab or Enter walk it through them. `focus` is the corner of
 * the last rectangle that moves.
 */
export interface Selection {
  readonly rects: readonly Rect[];
  readonly focus: CellAt;
  readonly active: CellAt;
}

export interface SheetSize {
  readonly rows: number;
  readonly columns: number;
}

export function selectCell(cell: CellAt): Selection {
  return { rects: [rectOf(cell, cell)], focus: cell, active: cell };
}

export function selectRect(rect: Rect): Selection {
  return {
    rects: [rect],
    focus: { row: rect.bottom, column: rect.right },
    active: { row: rect.top, column: rect.left },
  };
}

export function selectAll(size: SheetSize, active: CellAt): Selection {
  const rect = { top: 0, left: 0, bottom: size.rows - 1, right: size.columns - 1 };
  return { rects: [rect], focus: { row: rect.bottom, column: rect.right }, active };
}

export function selectRows(from: number, to: number, size: SheetSize): Selection {
  const active = { row: from, column: 0 };
  const focus = { row: to, column: size.columns - 1 };
  return { rects: [rectOf(active, focus)], focus, active };
}

export function selectColumns(from: number, to: number, size: SheetSize): Selection {
  const active = { row: 0, column: from };
  const focus = { row: size.rows - 1, column: to };
  return { rects: [rectOf(active, focus)], focus, active };
}

/** Moves the corner opposite to the active cell: Shift+click, Shift+arrow, drag. */
export function extendTo(selection: Selection, focus: CellAt): Selection {
  const { active } = selection;
  return { rects: [...selection.rects.slice(0, -1), rectOf(active, focus)], focus, active };
}

/** Starts a further range (Ctrl+click); the ranges so far stay. */
export function addRange(selection: Selection, next: Selection): Selection {
  return { ...next, rects: [...selection.rects, ...next.rects] };
}

/** Ctrl+click on a selected cell takes it out; the last cell of all stays. */
export function removeCell(selection: Selection, cell: CellAt): Selection {
  const rects = selection.rects.flatMap((rect) => subtract(rect, rectOf(cell, cell)));
  const last = rects.at(-1);
  if (!last) return selectCell(cell);
  return {
    rects,
    focus: { row: last.bottom, column: last.right },
    active: { row: last.top, column: last.left },
  };
}

export function isSelected(selection: Selection, cell: CellAt): boolean {
  return selection.rects.some((rect) => contains(rect, cell));
}

/** One cell and nothing else. */
export function isOneCell(selection: Selection): boolean {
  const only = selection.rects[0];
  return selection.rects.length === 1 && only !== undefined && isSingle(only);
}

export function coversAll(selection: Selection, size: SheetSize): boolean {
  const all = { top: 0, left: 0, bottom: size.rows - 1, right: size.columns - 1 };
  return selection.rects.some((rect) => sameRect(rect, all));
}

export interface SelectionSize {
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
}

export function selectionSize(selection: Selection): SelectionSize {
  return {
    rows: spanTotal(selection.rects.map((rect) => [rect.top, rect.bottom] as const)),
    columns: spanTotal(selection.rects.map((rect) => [rect.left, rect.right] as const)),
    cells: disjoint(selection.rects).reduce((sum, rect) => sum + rectCells(rect), 0),
  };
}

/**
 * Tab (along rows) and Enter (along columns) inside a selection, wrapping from
 * range to range. With one cell selected it is the caller's to move.
 */
export function cycleActive(selection: Selection, along: 'row' | 'column', step: 1 | -1): Selection {
  const { active, rects } = selection;
  const index = Math.max(
    0,
    rects.findLastIndex((rect) => contains(rect, active)),
  );
  const rect = rects[index];
  if (!rect) return selection;
  const width = rect.right - rect.left + 1;
  const height = rect.bottom - rect.top + 1;
  const offset =
    along === 'row'
      ? (active.row - rect.top) * width + (active.column - rect.left)
      : (active.column - rect.left) * height + (active.row - rect.top);
  const next = offset + step;
  if (next >= 0 && next < width * height) return { ...selection, active: cellAt(rect, along, next) };
  const other = rects[(index + step + rects.length) % rects.length] ?? rect;
  return { ...selection, active: cellAt(other, along, step === 1 ? 0 : rectCells(other) - 1) };
}

function cellAt(rect: Rect, along: 'row' | 'column', offset: number): CellAt {
  const size = along === 'row' ? rect.right - rect.left + 1 : rect.bottom - rect.top + 1;
  const major = Math.floor(offset / size);
  const minor = offset % size;
  return along === 'row'
    ? { row: rect.top + major, column: rect.left + minor }
    : { row: rect.top + minor, column: rect.left + major };
}

/** After rows or columns went away: what is left of the selection, at least one cell. */
export function clampSelection(selection: Selection, size: SheetSize): Selection | null {
  if (size.rows === 0 || size.columns === 0) return null;
  const clamp = (cell: CellAt): CellAt => ({
    row: Math.min(cell.row, size.rows - 1),
    column: Math.min(cell.column, size.columns - 1),
  });
  const rects = selection.rects
    .filter((rect) => rect.top < size.rows && rect.left < size.columns)
    .map((rect) => ({
      ...rect,
      bottom: Math.min(rect.bottom, size.rows - 1),
      right: Math.min(rect.right, size.columns - 1),
    }));
  if (rects.length === 0) return selectCell(clamp(selection.active));
  return { rects, focus: clamp(selection.focus), active: clamp(selection.active) };
}
