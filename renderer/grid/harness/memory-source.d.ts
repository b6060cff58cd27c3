import type { GridColumn, GridSort, GridSource, GridWrites } from '../contract.ts';
import type { MemoryTable } from './memory-table.ts';
export interface Calls {
  rows: number;
  text: number;
  stats: number;
  ids: number;
}
export interface ViewOptions {
  readonly rows: number;
  readonly delay: number;
  readonly sort: readonly GridSort[];
  readonly calls: Calls;
  readonly rev: number;
}
/** A frozen view over the table: rid = position + 1 unless it is sorted. */
export declare function memorySource(
  table: MemoryTable,
  columns: readonly GridColumn[],
  options: ViewOptions,
): GridSource;
/** Writes over the view that `view()` names at the time of the call. */
export declare function memoryWrites(
  table: MemoryTable,
  view: () => Promise<Int32Array>,
  delay: number,
): GridWrites;
