import type { ColumnState, GridApi } from 'ag-grid-community';
import type { GridColumnState } from './contract.ts';
import { ROW_HEAD } from './geometry.ts';

const PLACES = { left: 0, centre: 1, right: 2 } as const;

/** The columns as they stand, in display order: AG keeps a frozen column where it was and only shows it elsewhere. */
export function columnState(api: GridApi): GridColumnState {
  return {
    columns: api
      .getColumnState()
      .filter(({ colId }) => colId !== ROW_HEAD)
      .map(({ colId, width, hide, pinned }) => ({
        key: colId,
        width: width ?? 100,
        hidden: hide ?? false,
        pinned: pinned === true ? ('left' as const) : pinned === 'left' || pinned === 'right' ? pinned : null,
      }))
      .toSorted((a, b) => PLACES[a.pinned ?? 'centre'] - PLACES[b.pinned ?? 'centre']),
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
