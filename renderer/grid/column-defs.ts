import type { ColDef, ColGroupDef, ITooltipParams, ValueGetterParams } from 'ag-grid-community';
import { cellClasses, rowHeadClasses } from './cell-classes.ts';
import { look } from './cell-look.ts';
import { cellDisplay, cellTooltip } from './cell-view.ts';
import type { GridColumn } from './contract.ts';
import { ROW_HEAD, rowHeadWidth } from './geometry.ts';
import type { Stub } from './positional-row-model.ts';
import type { SheetCore } from './sheet-core.ts';
import { SheetHeader } from './sheet-header.ts';

function valueOf(params: ValueGetterParams<Stub>): string {
  const { core, column, row } = look(params);
  return column && row ? cellDisplay(column, row, core.words) : '';
}

/** Rough advance of a character at 13 px: good enough to know that a text is cut. */
const CHARACTER_WIDTH = 6.4;

function tooltipOf(params: ITooltipParams<Stub>): string | null {
  const { core, column, row } = look({
    data: params.data,
    context: params.context,
    ...(params.colDef && 'colId' in params.colDef ? { colDef: params.colDef } : {}),
  });
  if (!column || !row) return null;
  const note = cellTooltip(column, row, core.refusalOf(row.rid, column.key), core.words);
  const shown = cellDisplay(column, row, core.words);
  const width = params.column && 'getActualWidth' in params.column ? params.column.getActualWidth() : 0;
  const cut = shown.length * CHARACTER_WIDTH > width - 16;
  if (!cut) return note;
  const text = shown.length > 600 ? `${shown.slice(0, 600)}…` : shown;
  return note === null ? text : `${text}\n\n${note}`;
}

const NUMERIC = new Set<GridColumn['type']>(['money', 'integer', 'decimal']);

function columnDef(column: GridColumn): ColDef<Stub> {
  const right = NUMERIC.has(column.type);
  const classes = ['qs-cell'];
  if (right) classes.push('ag-right-aligned-cell');
  if (column.mono) classes.push('qs-mono');
  if (column.type === 'boolean') classes.push('qs-boolean');
  return {
    colId: column.key,
    headerName: column.header,
    headerTooltip: column.tooltip ?? column.header,
    headerClass: right ? 'ag-right-aligned-header' : [],
    headerComponent: SheetHeader,
    // Initial: a new columns array must not undo what the user has arranged.
    initialWidth: column.width,
    minWidth: 44,
    ...(column.pinned ? { initialPinned: column.pinned } : {}),
    initialHide: column.hidden ?? false,
    resizable: true,
    sortable: false,
    suppressHeaderMenuButton: true,
    valueGetter: valueOf,
    cellClass: cellClasses(column, classes),
    tooltipValueGetter: tooltipOf,
  };
}

function rowHeadDef(core: SheetCore): ColDef<Stub> {
  const numbers = new Intl.NumberFormat(core.words.locale);
  return {
    colId: ROW_HEAD,
    headerName: '',
    headerTooltip: core.words.labels.selectAll,
    headerClass: 'qs-corner',
    width: rowHeadWidth(core.rows),
    pinned: 'left',
    lockPosition: 'left',
    lockPinned: true,
    suppressMovable: true,
    suppressNavigable: true,
    resizable: false,
    sortable: false,
    suppressHeaderMenuButton: true,
    suppressAutoSize: true,
    valueGetter: (params) => numbers.format((params.data?.at ?? 0) + 1),
    cellClass: rowHeadClasses,
    cellAriaRole: 'rowheader',
    tooltipValueGetter: ({ data, context }) => {
      const row = data && (context as SheetCore).rowAt(data.at);
      return row && row.state !== 'clean' ? core.words.labels.states[row.state] : null;
    },
  };
}

/** Neighbours of one group stand under its header. */
export function columnDefs(
  core: SheetCore,
  columns: readonly GridColumn[],
): (ColDef<Stub> | ColGroupDef<Stub>)[] {
  const defs: (ColDef<Stub> | ColGroupDef<Stub>)[] = [rowHeadDef(core)];
  for (const column of columns) {
    const last = defs.at(-1);
    if (column.group === undefined) defs.push(columnDef(column));
    else if (last && 'children' in last && last.headerName === column.group) {
      last.children.push(columnDef(column));
    } else {
      // Columns of one channel stay side by side.
      defs.push({
        headerName: column.group,
        marryChildren: true,
        headerClass: 'qs-head-group',
        children: [columnDef(column)],
      });
    }
  }
  return defs;
}
