import type { GridColumn, GridColumnState } from '../../grid/contract.ts';

/** The columns as they come, before anybody arranged them. */
export function defaultState(columns: readonly GridColumn[]): GridColumnState {
  return {
    columns: columns.map(({ key, width, hidden, pinned }) => ({
      key,
      width,
      hidden: hidden ?? false,
      pinned: pinned ?? null,
    })),
  };
}
