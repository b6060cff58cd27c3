import type {
  GridColumnState,
  GridDensity,
  GridOperation,
  GridOutcome,
  GridSelection,
  GridSort,
  GridStats,
  GridUndo,
  SheetGridHandle,
} from '../contract.ts';
import type { Calls } from './memory-source.ts';
import type { MemoryTable } from './memory-table.ts';

/** What the browser tests look at. */
export interface Harness {
  grid: SheetGridHandle | null;
  table: MemoryTable;
  calls: Calls;
  selection: GridSelection | null;
  stats: GridStats | null;
  sort: readonly GridSort[];
  columnState: GridColumnState | null;
  outcomes: { operation: GridOperation; outcome: GridOutcome }[];
  undos: (GridUndo | null)[];
  events: string[];
  errors: string[];
  setRows: (rows: number) => void;
  bumpRev: () => void;
  setDensity: (density: GridDensity) => void;
}
