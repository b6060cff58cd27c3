import { useEffect, useMemo, useState } from 'react';
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
import type { Harness } from './harness.ts';
import { memorySource, memoryWrites } from './memory-source.ts';
import type { Calls } from './memory-source.ts';
import { MemoryTable } from './memory-table.ts';
import type { Parameters } from './parameters.ts';
import { sampleColumns } from './sample-columns.ts';

declare global {
  interface Window {
    harness: Harness;
  }
}

/** The parts of the page that live as long as it does. */
function build(parameters: Parameters) {
  const columns = sampleColumns(parameters.columns, parameters.right);
  const table = new MemoryTable(columns);
  const calls: Calls = { rows: 0, text: 0, stats: 0, ids: 0 };
  const view = { ids: (): Promise<Int32Array> => Promise.resolve(new Int32Array(0)) };
  const writes = memoryWrites(table, () => view.ids(), parameters.delay);
  const harness: Harness = {
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
    setRows: () => undefined,
    bumpRev: () => undefined,
    setDensity: () => undefined,
  };
  window.harness = harness;
  const record = {
    handle: (handle: SheetGridHandle | null) => {
      harness.grid = handle;
    },
    selection: (selection: GridSelection) => {
      harness.selection = selection;
    },
    columnState: (state: GridColumnState) => {
      harness.columnState = state;
    },
    outcome: (operation: GridOperation, outcome: GridOutcome) => {
      harness.outcomes.push({ operation, outcome });
    },
    undo: (undo: GridUndo | null) => {
      harness.undos.push(undo);
    },
    event: (event: string) => {
      harness.events.push(event);
    },
    error: (error: unknown) => {
      harness.errors.push(String(error));
    },
  };
  return { columns, table, calls, view, writes, harness, record };
}

export function SheetPage({ parameters }: { readonly parameters: Parameters }) {
  const { delay, locale } = parameters;
  const [parts] = useState(() => build(parameters));
  const { columns, table, calls, writes, record } = parts;
  const { handle } = record;
  const [rows, setRows] = useState(parameters.rows);
  const [rev, setRev] = useState(1);
  const [sort, setSort] = useState<readonly GridSort[]>([]);
  const [density, setDensity] = useState(parameters.density);
  const [stats, setStats] = useState<GridStats | null>(null);
  const source = useMemo(
    () => memorySource(table, columns, { rows, delay, sort, calls, rev }),
    [table, columns, rows, delay, sort, calls, rev],
  );
  useEffect(() => {
    const bumpRev = (): void => setRev((value) => value + 1);
    Object.assign(parts.view, { ids: () => source.ids() });
    Object.assign(parts.harness, { sort, stats, setRows, setDensity, bumpRev });
  }, [parts, source, sort, stats]);
  const number = (value: number | null): string => value?.toLocaleString(locale) ?? '—';

  return (
    <div className="page">
      <main>
        <SheetGrid
          ref={handle}
          source={source}
          columns={columns}
          writes={writes}
          locale={locale}
          label="Listings"
          sort={sort}
          density={density}
          onSelectionChange={record.selection}
          onStatsChange={setStats}
          onSortChange={setSort}
          onColumnStateChange={record.columnState}
          onOutcome={record.outcome}
          onUndo={record.undo}
          onActivate={(cell) => record.event(`activate ${cell.rowIndex} ${cell.key}`)}
          onContextMenu={(point) => record.event(`menu ${point.rowIndex} ${point.key}`)}
          onShortcut={record.event}
          onError={record.error}
        />
      </main>
      <footer data-testid="status">
        {stats
          ? `${number(stats.cells)} cells · sum ${number(stats.sum)} · average ${number(stats.average)}`
          : 'Ready'}
      </footer>
    </div>
  );
}
