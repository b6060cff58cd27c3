import type { CellClassParams } from 'ag-grid-community';
import { look } from './cell-look.ts';
import { cellState } from './cell-view.ts';
import type { GridCellState, GridColumn, GridRow } from './contract.ts';
import type { Stub } from './positional-row-model.ts';
import type { SheetCore } from './sheet-core.ts';

type CellClass = (params: CellClassParams<Stub>) => string[];

/**
 * The classes of a cell in one look at it. AG's class rules would ask a dozen
 * questions of every cell and touch its element for each answer, also for no:
 * a third of what it costs to draw one.
 */
export function cellClasses(column: GridColumn, always: readonly string[]): CellClass {
  return (params) => {
    const { core, row } = look(params);
    // The column of the definition may be older than the one the screen gives now.
    const now = core.column(column.key) ?? column;
    const classes = [...always];
    if (!row) {
      classes.push('qs-loading');
      if (!now.editable) classes.push('qs-readonly');
      return classes;
    }
    addStates(classes, core, now, row);
    if (now.type === 'boolean') {
      const value = row.values[now.key];
      if (value === true) classes.push('qs-true');
      else if (value === false) classes.push('qs-false');
    }
    if (row.group) addGroup(classes, core, now, row.group.open);
    return classes;
  };
}

function addStates(classes: string[], core: SheetCore, column: GridColumn, row: GridRow): void {
  const state = cellState(column, row);
  if (state !== 'clean') classes.push(`qs-${state}`);
  const lock = column.lock?.(row)?.kind;
  if (lock === 'absent') classes.push('qs-absent');
  if (lock === 'readOnly' || !column.editable) classes.push('qs-readonly');
  if (core.refusalOf(row.rid, column.key) !== undefined) classes.push('qs-refused');
  const link = column.linked ? row.cells[column.key]?.link : undefined;
  if (!link) return;
  classes.push(`qs-link-${link.kind}`);
  if (link.kind === 'inherit' && link.differs) classes.push('qs-link-differs');
}

/** The arrow that opens and closes a group stands in the first column of its row. */
function addGroup(classes: string[], core: SheetCore, column: GridColumn, open: boolean): void {
  classes.push('qs-group');
  if (core.mounted?.geometry.keyAt(0) === column.key)
    classes.push(open ? 'qs-group-open' : 'qs-group-closed');
}

const MARKED: ReadonlySet<GridCellState> = new Set(['dirty', 'pending', 'rejected', 'conflict']);

/** The head of a row carries the row's worst state. */
export const rowHeadClasses: CellClass = (params) => {
  const state = look(params).row?.state;
  return state !== undefined && MARKED.has(state) ? ['qs-row-head', `qs-row-${state}`] : ['qs-row-head'];
};
