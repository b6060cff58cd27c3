import { useMemo, useRef, useState } from 'react';
import type {
  GridColumnState,
  GridOperation,
  GridOutcome,
  GridSelection,
  GridSort,
  GridStats,
  GridUndo,
  SheetGridHandle,
} from '../contract.ts';
import { SheetGrid } from '../SheetGrid.tsx';
import { memorySource, memoryWrites } from './memory-source.ts';
import type { Calls } from './memory-source.ts';
import { MemoryTable } from './memory-table.ts';
import type { Parameters } from './parameters.ts';
import { sampleColumns } from './sample-columns.ts';

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
  setDensity: (density: Parameters['density']) => void;
}

declare global {
  interface Window {
    harness: Harness;
  }
}

export function SheetPage({ parameters }: { readonly parameters: Parameters }) {
  const { columns: count, delay, right, locale } = parameters;
  const columns = useMemo(() => sampleColumns(count, right), [count, right]);
  const table = useMemo(() => new MemoryTable(columns), [columns]);
  const [rows, setRows] = useState(parameters.rows);
  const [rev, setRev] = useState(1);
  const [sort, setSort] = useState<readonly GridSort[]>([]);
  const [density, setDensity] = useState(parameters.density);
  const [status, setStatus] = useState('');
  const calls = useMemo<Calls>(() => ({ rows: 0, text: 0, stats: 0, ids: 0 }), []);
  const source = useMemo(
    () => memorySource(table, columns, { rows, delay, sort, calls, rev }),
    [table, columns, rows, delay, sort, calls, rev],
  );
  const latest = useRef(source);
  latest.current = source;
  const writes = useMemo(
    () =>
      memoryWrites(
        table,
        () => latest.current.ids(),
        () => undefined,
        delay,
      ),
    [table, delay],
  );
  const harness = useMemo<Harness>(
    () => ({
      grid: null,
      table,
      calls,
      selection: null,
      stats: null,
      sort: [],
      columnState: null,
      outcomes: [],
      undos: [],
      events: [],
      errors: [],
      setRows,
      bumpRev: () => setRev((value) => value + 1),
      setDensity,
    }),
    [table, calls],
  );
  window.harness = harness;
  harness.sort = sort;

  return (
    <div className="page">
      <main>
        <SheetGrid
          ref={(handle) => {
            harness.grid = handle;
          }}
          source={source}
          columns={columns}
          writes={writes}
          locale={locale}
          label="Listings"
          sort={sort}
          density={density}
          onSelectionChange={(selection) => {
            harness.selection = selection;
          }}
          onStatsChange={(stats) => {
            harness.stats = stats;
            setStatus(
              stats
                ? `${stats.cells.toLocaleString(locale)} cells · sum ${stats.sum?.toLocaleString(locale) ?? '—'} · average ${stats.average?.toLocaleString(locale) ?? '—'}`
                : '',
            );
          }}
          onSortChange={setSort}
          onColumnStateChange={(state) => {
            harness.columnState = state;
          }}
          onOutcome={(operation, outcome) => harness.outcomes.push({ operation, outcome })}
          onUndo={(undo) => harness.undos.push(undo)}
          onActivate={(cell) => harness.events.push(`activate ${cell.rowIndex} ${cell.key}`)}
          onContextMenu={(point) => harness.events.push(`menu ${point.rowIndex} ${point.key}`)}
          onShortcut={(shortcut) => harness.events.push(shortcut)}
          onError={(error) => harness.errors.push(String(error))}
        />
      </main>
      <footer data-testid="status">{status || 'Ready'}</footer>
    </div>
  );
}
