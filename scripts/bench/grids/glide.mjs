import '@glideapps/glide-data-grid/index.css';
import { CompactSelection, DataEditor, GridCellKind } from '@glideapps/glide-data-grid';
import { createElement, useCallback, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';

const NOTHING = { columns: CompactSelection.empty(), rows: CompactSelection.empty() };

/** `watch.drawn` is called with each row that is drawn, `watch.found` with the row of the first search result. */
function Grid({ data, watch, onReady }) {
  const [grid, setGrid] = useState(null);
  const [selection, setSelection] = useState(NOTHING);
  const [search, setSearch] = useState(false);
  const columns = useMemo(
    () => data.columns.map(({ key, header, width }) => ({ id: key, title: header, width })),
    [data],
  );
  const getCellContent = useCallback(
    ([column, row]) => {
      const text = data.text(row, data.columns[column].key);
      watch.drawn(row);
      return { kind: GridCellKind.Text, data: text, displayData: text, allowOverlay: true };
    },
    [data, watch],
  );
  const write = useCallback(
    (edits) => {
      for (const { location, value } of edits) {
        data.write(location[1], data.columns[location[0]].key, value.data);
      }
      return true;
    },
    [data],
  );
  useEffect(() => {
    if (!grid) return;
    onReady({
      jump: (row) => grid.scrollTo(0, row, 'vertical', 0, 0, { vAlign: 'center' }),
      openFind: () => setSearch(true),
      select: (row, key, toRow) => {
        const x = data.columns.findIndex((column) => column.key === key);
        const range = { x, y: row, width: 1, height: toRow - row + 1 };
        setSelection({ ...NOTHING, current: { cell: [x, row], range, rangeStack: [] } });
        grid.focus();
      },
    });
  }, [grid, data, onReady]);
  return createElement(DataEditor, {
    ref: setGrid,
    width: '100%',
    height: '100%',
    columns,
    rows: data.rows,
    rowHeight: 32,
    freezeColumns: 2,
    getCellContent,
    getCellsForSelection: true,
    gridSelection: selection,
    onGridSelectionChange: setSelection,
    onCellsEdited: write,
    onPaste: true,
    fillHandle: true,
    keybindings: { downFill: true, rightFill: true },
    rowMarkers: 'number',
    showSearch: search,
    onSearchClose: () => setSearch(false),
    onSearchResultsChanged: (results) => {
      if (results.length > 0) watch.found(results[0][1]);
    },
  });
}

export function mount(root, data) {
  const drawn = new Set();
  let found = null;
  const watch = {
    drawn: (row) => drawn.add(row),
    found: (row) => {
      found ??= row;
    },
  };
  const scroller = () => document.querySelector('.dvn-scroller');
  const onReady = ({ jump, openFind, select }) => {
    window.other = {
      vertical: scroller,
      horizontal: scroller,
      jump: (row) => {
        drawn.clear();
        jump(row);
      },
      shown: (row) => drawn.has(row),
      text: (row, key) => data.text(row, key),
      select,
      fillKey: 'Control+d',
      openFind: () => {
        found = null;
        openFind();
      },
      findField: 'input[data-testid="search-input"]',
      found: () => found,
    };
  };
  createRoot(root).render(createElement(Grid, { data, watch, onReady }));
}
