import type { CellAt } from '#shared/grid/rect.ts';
import { extendTo, selectCell } from '#shared/grid/selection.ts';
import type { Selection, SheetSize } from '#shared/grid/selection.ts';
import type { Direction, GridCommand, Unit } from './keyboard-map.ts';

export interface PageSize {
  readonly rows: number;
  readonly columns: number;
}

const limit = (value: number, end: number): number => Math.max(0, Math.min(value, end - 1));

/** A cell some steps away, never outside the sheet. */
export function step(
  from: CellAt,
  direction: Direction,
  unit: Unit,
  size: SheetSize,
  page: PageSize,
): CellAt {
  const vertical = direction === 'up' || direction === 'down';
  const sign = direction === 'up' || direction === 'left' ? -1 : 1;
  const amount =
    unit === 'cell'
      ? 1
      : unit === 'page'
        ? Math.max(1, vertical ? page.rows : page.columns)
        : Math.max(size.rows, size.columns);
  return vertical
    ? { row: limit(from.row + sign * amount, size.rows), column: from.column }
    : { row: from.row, column: limit(from.column + sign * amount, size.columns) };
}

/** The selection after a moving or extending key; null when the command is something else. */
export function navigate(
  selection: Selection,
  command: GridCommand,
  size: SheetSize,
  page: PageSize,
): Selection | null {
  const { active, focus } = selection;
  switch (command.name) {
    case 'move':
      return selectCell(step(active, command.direction, command.unit, size, page));
    case 'extend':
      return extendTo(selection, step(focus, command.direction, command.unit, size, page));
    case 'rowEdge': {
      const column = command.end === 'start' ? 0 : size.columns - 1;
      return command.extend
        ? extendTo(selection, { row: focus.row, column })
        : selectCell({ row: active.row, column });
    }
    case 'sheetEdge': {
      const corner =
        command.end === 'start' ? { row: 0, column: 0 } : { row: size.rows - 1, column: size.columns - 1 };
      return command.extend ? extendTo(selection, corner) : selectCell(corner);
    }
    default:
      return null;
  }
}
