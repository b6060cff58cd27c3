/**
 * Runs in every page before its scripts: `window.other` of the two pages that
 * are ours, in the form that grids/glide.mjs and grids/revo.mjs give it.
 */
export function ADAPTERS() {
  window.nextPaint = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve));
    });
  const cell = (row, key) => document.querySelector(`.ag-row[row-index="${row}"] .ag-cell[col-id="${key}"]`);
  const viewport = () => document.querySelector('.ag-grid-viewport');
  const shown = (row) => {
    const found = cell(row, 'price');
    return found !== null && !found.classList.contains('qs-loading') && found.textContent !== '';
  };
  const common = { vertical: viewport, horizontal: viewport, shown };
  Object.defineProperty(window, 'other', {
    configurable: true,
    set(value) {
      Object.defineProperty(window, 'other', { value, writable: true, configurable: true });
    },
    get() {
      if (window.bareGrid) {
        return { ...common, jump: (row) => window.bareGrid.ensureIndexVisible(row, 'middle') };
      }
      const { harness } = window;
      if (!harness?.grid) return null;
      return {
        ...common,
        jump: (row) => harness.grid.goToRow(row, 'price'),
        text: (row, key) => String(harness.table.value(row + 1, key) ?? ''),
        select: (row, key, toRow) => {
          harness.grid.select([{ fromRow: row, toRow, keys: [key] }]);
          harness.grid.focus();
        },
        fillKey: 'Control+d',
      };
    },
  });
}
