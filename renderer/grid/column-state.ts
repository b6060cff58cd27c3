import type { ColumnState, GridApi } from 'ag-grid-community';
import type { GridColumnState } from './contract.ts';
import { ROW_HEAD } from './geometry.ts';

/** The columns as they stand, in display order. */
export function columnState(api: GridApi): GridColumnState {
  return {
    columns: api
      .getColumnState()
      .filter(({ colId }) => colId !== ROW_HEAD)
      .map(({ colId, width, hide, pinned }) => ({
        key: colId,
        width: width ?? 100,
        hidden: hide ?? false,
        pinned: pinned === true ? 'left' : pinned === 'left' || pinned === 'right' ? pinned : null,
      })),
  };
}

/** The state as AG applies it; a column the state does not know keeps its place at the end. */
export function toAgState(state: GridColumnState): { state: ColumnState[]; applyOrder: true } {
  return {
    state: state.columns.map(({ key, width, hidden, pinned }) => ({
      colId: key,
      width,
      hide: hidden,
      pinned,
    })),
    applyOrder: true,
  };
}
