import type { CellAt } from '#shared/grid/rect.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import type { GridRow } from './contract.ts';
import type { Direction } from './keyboard-map.ts';
import type { SheetCore } from './sheet-core.ts';

export function isFilled(value: WireValue | undefined): boolean {
  if (value === null || value === undefined || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}

/**
 * Where Ctrl and an arrow lead from position `from` of a line of cells: within
 * filled cells to the last of them, else to the next filled cell, else to the
 * end. `undefined` when a cell on the way is not known.
 */
export function edgeOfLine(
  from: number,
  step: 1 | -1,
  size: number,
  filled: (at: number) => boolean | undefined,
): number | undefined {
  const end = step === 1 ? size - 1 : 0;
  if (from === end) return from;
  const [here, next] = [filled(from), filled(from + step)];
  if (here === undefined || next === undefined) return undefined;
  const following = here && next;
  for (let at = from + step; at >= 0 && at < size; at += step) {
    const now = filled(at);
    if (now === undefined) return undefined;
    if (following && !now) return at - step;
    if (!following && now) return at;
  }
  return end;
}

/** The edge of the data from a cell: at once where the rows are loaded, else the source is asked. */
export function dataEdge(core: SheetCore, from: CellAt, direction: Direction): CellAt | Promise<CellAt> {
  const { source, rows } = core;
  const sideways = direction === 'left' || direction === 'right';
  const step = direction === 'up' || direction === 'left' ? -1 : 1;
  if (sideways) {
    const row = core.cache.fresh(from.row);
    return row ? { ...from, column: edgeOfRow(core, row, from.column, step) } : readRow(core, from, step);
  }
  const key = core.mounted?.geometry.keyAt(from.column) ?? '';
  const loaded = edgeOfLine(from.row, step, rows, (at) => {
    const row = core.cache.fresh(at);
    return row && isFilled(row.values[key]);
  });
  if (loaded !== undefined) return { ...from, row: loaded };
  if (!source.edge) return { ...from, row: step === 1 ? rows - 1 : 0 };
  const asked = source.edge(key, from.row, step === 1 ? 'down' : 'up');
  return asked.then((row) => ({ ...from, row: Math.max(0, Math.min(row, rows - 1)) }));
}

function edgeOfRow(core: SheetCore, row: GridRow, column: number, step: 1 | -1): number {
  const { boxes } = core.mounted?.geometry ?? { boxes: [] };
  const filled = (at: number): boolean => isFilled(row.values[boxes[at]?.key ?? '']);
  return edgeOfLine(column, step, boxes.length, filled) ?? column;
}

async function readRow(core: SheetCore, from: CellAt, step: 1 | -1): Promise<CellAt> {
  const rid = core.ridAt(from.row);
  const [row] = rid === undefined ? [] : await core.source.rows([rid], core.displayedKeys());
  return row ? { ...from, column: edgeOfRow(core, row, from.column, step) } : from;
}
