import type { GridOutcome, GridPaste, GridRange, GridWrites } from '../../../grid/contract.ts';
import type { Caller } from '../grid-source.ts';
import { toOutcome, undoWrites, type WriteLabels } from '../grid-writes.ts';
import { columnsOf } from './matrix-source.ts';

const NOTHING: GridOutcome = { commandId: null, applied: 0, unchanged: 0, rejected: [], rejectedTotal: 0 };

/** A paste of columns of the registry only; the SKU is dropped from the keys and from the block. */
function targetOf({ fromRow, keys, block, rows }: GridPaste): {
  fromRow: number;
  columns: string[];
  block: (string | null)[][];
  rows: number;
} {
  const columns = columnsOf(keys);
  const kept = columns.map((key) => keys.indexOf(key));
  return { fromRow, columns, block: block.map((texts) => kept.map((at) => texts[at] ?? null)), rows };
}

/** The write path of the matrix over `matrix.*`; rows are named by their SKU. */
export function matrixWrites(engine: Caller, viewId: string, labels: WriteLabels): GridWrites {
  const overRanges = async (
    ranges: readonly GridRange[],
    value: Parameters<GridWrites['set']>[1],
    label: (cells: number) => string,
  ): Promise<GridOutcome> => {
    const wanted = ranges
      .map(({ fromRow, toRow, keys }) => ({ fromRow, toRow, columns: columnsOf(keys) }))
      .filter(({ columns }) => columns.length > 0);
    if (wanted.length === 0) return NOTHING;
    const cells = wanted.reduce(
      (sum, { fromRow, toRow, columns }) => sum + (toRow - fromRow + 1) * columns.length,
      0,
    );
    return toOutcome(await engine.call('matrix.set', { viewId, ranges: wanted, value, label: label(cells) }));
  };
  const pasteAll = async (pastes: readonly GridPaste[]): Promise<GridOutcome> => {
    const last = pastes.at(-1);
    const [first, ...also] = pastes.map(targetOf).filter(({ columns }) => columns.length > 0);
    if (!first || !last) return NOTHING;
    const label = labels.paste(last.kind, last.rows, last.keys.length);
    return toOutcome(
      await engine.call('matrix.paste', { viewId, ...first, also, locale: last.locale, label }),
    );
  };
  return {
    edit: async (changes) => {
      const label = labels.edit([...new Set(changes.map(({ key }) => key))], changes.length);
      const cells = changes.map(({ id, key, value }) => ({ sku: id, column: key, value }));
      return toOutcome(await engine.call('matrix.edit', { label, changes: cells }));
    },
    paste: (paste) => pasteAll([paste]),
    pasteAll,
    clear: (ranges) => overRanges(ranges, null, labels.clear),
    set: (ranges, value) => overRanges(ranges, value, labels.set),
    ...undoWrites(engine),
  };
}
