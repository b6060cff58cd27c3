// The same catalogue that the spreadsheet's own page has: made from the row, edits lie over it.
import { displayText } from '../../../shared/grid/cell-text.ts';
import { original } from '../../../renderer/grid/harness/memory-table.ts';
import { sampleColumns } from '../../../renderer/grid/harness/sample-columns.ts';

/** @param {{ rows: number, columns: number }} size */
export function catalogue({ rows, columns: count }) {
  const columns = sampleColumns(count, false);
  const types = new Map(columns.map(({ key, type }) => [key, type]));
  const edits = new Map();
  return {
    rows,
    columns,
    /** Text of a cell; rows count from 0. */
    text(row, key) {
      const edited = edits.get(key)?.get(row);
      if (edited !== undefined) return edited;
      return displayText(types.get(key), original(row + 1, key), 'en-US', 'EUR');
    },
    write(row, key, text) {
      let column = edits.get(key);
      if (!column) edits.set(key, (column = new Map()));
      column.set(row, text);
    },
  };
}
