import { contains } from '#shared/grid/rect.ts';
import type { CellAt, Rect } from '#shared/grid/rect.ts';

/** What a drag of the fill handle to `cell` covers beyond `source`: one direction, the longer way; null inside it. */
export function fillTarget(source: Rect, cell: CellAt): Rect | null {
  if (contains(source, cell)) return null;
  const down = cell.row - source.bottom;
  const up = source.top - cell.row;
  const right = cell.column - source.right;
  const left = source.left - cell.column;
  const vertical = Math.max(down, up);
  if (vertical >= Math.max(right, left)) {
    return down > 0
      ? { ...source, top: source.bottom + 1, bottom: cell.row }
      : { ...source, top: cell.row, bottom: source.top - 1 };
  }
  return right > 0
    ? { ...source, left: source.right + 1, right: cell.column }
    : { ...source, left: cell.column, right: source.left - 1 };
}
