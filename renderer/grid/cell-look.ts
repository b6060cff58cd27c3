import type { ColDef } from 'ag-grid-community';
import type { GridColumn, GridRow } from './contract.ts';
import type { Stub } from './positional-row-model.ts';
import type { SheetCore } from './sheet-core.ts';

interface Cell {
  readonly data: Stub | undefined;
  readonly colDef?: ColDef;
  readonly context: unknown;
}

/** What a cell of AG stands for; no row while its window is loading. */
export function look(cell: Cell): {
  readonly core: SheetCore;
  readonly column: GridColumn | undefined;
  readonly row: GridRow | undefined;
} {
  const core = cell.context as SheetCore;
  return {
    core,
    column: core.column(cell.colDef?.colId ?? ''),
    row: cell.data ? core.rowAt(cell.data.at) : undefined,
  };
}
