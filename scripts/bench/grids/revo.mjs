import { defineCustomElements } from '@revolist/revogrid/loader';

/** Rows read and write the catalogue; forty values a row as own properties would be ten million strings. */
function rowsOf(data) {
  const row = {};
  for (const { key } of data.columns) {
    Object.defineProperty(row, key, {
      enumerable: true,
      get() {
        return data.text(this.at, key);
      },
      set(text) {
        data.write(this.at, key, text);
      },
    });
  }
  return Array.from({ length: data.rows }, (_, at) => Object.assign(Object.create(row), { at }));
}

export function mount(root, data) {
  defineCustomElements(window);
  const grid = document.createElement('revo-grid');
  grid.columns = data.columns.map(({ key, header, width, pinned }) => ({
    prop: key,
    name: header,
    size: width,
    ...(pinned === 'left' ? { pin: 'colPinStart' } : {}),
  }));
  grid.range = true;
  grid.rowHeaders = true;
  grid.rowSize = 32;
  grid.useClipboard = { rangeFill: true };
  grid.source = rowsOf(data);
  root.append(grid);
  const pinned = data.columns.filter((column) => column.pinned === 'left').length;
  const columnAt = (key) => data.columns.findIndex((column) => column.key === key) - pinned;
  window.other = {
    vertical: () => grid.querySelector('revogr-viewport-scroll.rgCol .vertical-inner'),
    horizontal: () => grid.querySelector('revogr-viewport-scroll.rgCol'),
    jump: (row) => void grid.scrollToRow(row),
    shown: (row) =>
      Boolean(grid.querySelector(`revogr-viewport-scroll.rgCol .rgCell[data-rgrow="${row}"]`)?.textContent),
    text: (row, key) => data.text(row, key),
    select: async (row, key, toRow) => {
      await grid.setCellsFocus(
        { x: columnAt(key), y: row },
        { x: columnAt(key), y: toRow },
        'rgCol',
        'rgRow',
      );
    },
    // No key fills: one copied cell pasted over the range is the way without the mouse.
    fillKey: 'Control+v',
    fillClip: (row, key) => data.text(row, key),
  };
}
