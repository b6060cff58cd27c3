import type {
  CellClassParams,
  CellClassRules,
  ColDef,
  ColGroupDef,
  ITooltipParams,
  ValueGetterParams,
} from 'ag-grid-community';
import { cellDisplay, cellState, cellTooltip } from './cell-view.ts';
import type { GridCellState, GridColumn, GridLink } from './contract.ts';
import { ROW_HEAD, rowHeadWidth } from './geometry.ts';
import type { Stub } from './positional-row-model.ts';
import type { SheetCore } from './sheet-core.ts';
import { SheetHeader } from './sheet-header.ts';

type Cell = { readonly data: Stub | undefined; readonly colDef?: ColDef; readonly context: unknown };

function look(cell: Cell): {
  core: SheetCore;
  column: GridColumn | undefined;
  row: ReturnType<SheetCore['rowAt']>;
} {
  const core = cell.context as SheetCore;
  return {
    core,
    column: core.column(cell.colDef?.colId ?? ''),
    row: cell.data ? core.rowAt(cell.data.at) : undefined,
  };
}

function valueOf(params: ValueGetterParams<Stub>): string {
  const { core, column, row } = look(params);
  return column && row ? cellDisplay(column, row, core.words) : '';
}

const stateRule =
  (state: GridCellState) =>
  (params: CellClassParams<Stub>): boolean => {
    const { column, row } = look(params);
    return column !== undefined && row !== undefined && cellState(column, row) === state;
  };

const linkRule =
  (kind: GridLink['kind']) =>
  (params: CellClassParams<Stub>): boolean => {
    const { column, row } = look(params);
    return column !== undefined && row?.cells[column.key]?.link?.kind === kind;
  };

/** Whether the group is open whose arrow stands in this cell: in the first column of its row. */
function arrowIn(params: CellClassParams<Stub>): boolean | undefined {
  const { core, column, row } = look(params);
  return row?.group && column && core.mounted?.geometry.keyAt(0) === column.key ? row.group.open : undefined;
}

/** One object for every column: AG compares rules by identity. */
const CELL_RULES: CellClassRules<Stub> = {
  'qs-loading': (params) => look(params).row === undefined,
  'qs-dirty': stateRule('dirty'),
  'qs-pending': stateRule('pending'),
  'qs-verified': stateRule('verified'),
  'qs-rejected': stateRule('rejected'),
  'qs-conflict': stateRule('conflict'),
  'qs-stale': stateRule('stale'),
  'qs-inherited': stateRule('inherited'),
  'qs-readonly': (params) => {
    const { column, row } = look(params);
    return column?.editable === false || (row !== undefined && column?.lock?.(row)?.kind === 'readOnly');
  },
  'qs-absent': (params) => {
    const { column, row } = look(params);
    return row !== undefined && column?.lock?.(row)?.kind === 'absent';
  },
  'qs-refused': (params) => {
    const { core, column, row } = look(params);
    return column !== undefined && row !== undefined && core.refusalOf(row.rid, column.key) !== undefined;
  },
};

const LINK_RULES: CellClassRules<Stub> = {
  ...CELL_RULES,
  'qs-link-inherit': linkRule('inherit'),
  'qs-link-override': linkRule('override'),
  'qs-link-detached': linkRule('detached'),
  'qs-link-differs': (params) => {
    const { column, row } = look(params);
    const link = column && row?.cells[column.key]?.link;
    return link?.kind === 'inherit' && link.differs;
  },
};

const GROUP_RULES: CellClassRules<Stub> = {
  'qs-group': (params) => look(params).row?.group !== undefined,
  'qs-group-open': (params) => arrowIn(params) === true,
  'qs-group-closed': (params) => arrowIn(params) === false,
};

const BOOLEAN_RULES: CellClassRules<Stub> = {
  ...CELL_RULES,
  'qs-true': (params) => booleanOf(params) === true,
  'qs-false': (params) => booleanOf(params) === false,
};

const GROUPED_RULES: CellClassRules<Stub> = { ...CELL_RULES, ...GROUP_RULES };
const GROUPED_BOOLEAN_RULES: CellClassRules<Stub> = { ...BOOLEAN_RULES, ...GROUP_RULES };

/** Only what a column can show is asked of each of its cells. */
function rulesOf(column: GridColumn, grouped: boolean): CellClassRules<Stub> {
  if (column.linked) return LINK_RULES;
  if (column.type === 'boolean') return grouped ? GROUPED_BOOLEAN_RULES : BOOLEAN_RULES;
  return grouped ? GROUPED_RULES : CELL_RULES;
}

function booleanOf(params: CellClassParams<Stub>): unknown {
  const { column, row } = look(params);
  return column && row?.values[column.key];
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

function columnDef(column: GridColumn, grouped: boolean): ColDef<Stub> {
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
    cellClass: classes,
    cellClassRules: rulesOf(column, grouped),
    tooltipValueGetter: tooltipOf,
  };
}

function rowHeadDef(core: SheetCore): ColDef<Stub> {
  const numbers = new Intl.NumberFormat(core.words.locale);
  const stateOf = (params: CellClassParams<Stub>): GridCellState | undefined => look(params).row?.state;
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
    cellClass: 'qs-row-head',
    cellClassRules: {
      'qs-row-dirty': (params) => stateOf(params) === 'dirty',
      'qs-row-pending': (params) => stateOf(params) === 'pending',
      'qs-row-rejected': (params) => stateOf(params) === 'rejected',
      'qs-row-conflict': (params) => stateOf(params) === 'conflict',
    },
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
  grouped = false,
): (ColDef<Stub> | ColGroupDef<Stub>)[] {
  const defs: (ColDef<Stub> | ColGroupDef<Stub>)[] = [rowHeadDef(core)];
  for (const column of columns) {
    const last = defs.at(-1);
    if (column.group === undefined) defs.push(columnDef(column, grouped));
    else if (last && 'children' in last && last.headerName === column.group) {
      last.children.push(columnDef(column, grouped));
    } else {
      // Columns of one channel stay side by side.
      defs.push({
        headerName: column.group,
        marryChildren: true,
        headerClass: 'qs-head-group',
        children: [columnDef(column, grouped)],
      });
    }
  }
  return defs;
}
