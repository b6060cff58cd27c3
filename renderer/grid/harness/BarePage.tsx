import { ClientSideRowModelModule, ModuleRegistry, themeQuartz } from 'ag-grid-community';
import type { ColDef, GridApi, ValueGetterParams } from 'ag-grid-community';
import { AgGridReact } from 'ag-grid-react';
import { useMemo } from 'react';
import { registerGridModules } from '../grid-modules.ts';
import { displayText } from '#shared/grid/cell-text.ts';
import { original } from './memory-table.ts';
import type { Parameters } from './parameters.ts';
import { sampleColumns } from './sample-columns.ts';

declare global {
  interface Window {
    /** For measurements: jumps go through the API, as the spreadsheet's do. */
    bareGrid?: GridApi;
  }
}

registerGridModules();
ModuleRegistry.registerModules([ClientSideRowModelModule]);

/** The yardstick: client-side rows of `{id}`, values from a store, nothing of the spreadsheet. */
export function BarePage({ parameters }: { readonly parameters: Parameters }) {
  const rows = useMemo(
    () => Array.from({ length: parameters.rows }, (_, i) => ({ id: i + 1 })),
    [parameters.rows],
  );
  const columns = useMemo<ColDef[]>(
    () =>
      sampleColumns(parameters.columns, parameters.right).map((column) => ({
        colId: column.key,
        headerName: column.header,
        width: column.width,
        pinned: column.pinned ?? null,
        valueGetter: ({ data }: ValueGetterParams<{ id: number }>) =>
          data ? displayText(column.type, original(data.id, column.key), parameters.locale, 'EUR') : '',
      })) as ColDef[],
    [parameters],
  );
  return (
    <div className="page">
      <main>
        <AgGridReact
          theme={themeQuartz}
          rowData={rows}
          columnDefs={columns}
          getRowId={({ data }) => String((data as { id: number }).id)}
          rowHeight={32}
          rowBuffer={2}
          animateRows={false}
          onGridReady={({ api }) => {
            window.bareGrid = api;
          }}
        />
      </main>
    </div>
  );
}
