import { contains } from '#shared/grid/rect.ts';
import type { Selection } from '#shared/grid/selection.ts';
import type { Mounted, SheetCore } from './sheet-core.ts';

/**
 * What screen readers and the column heads say about the selection. Only cells
 * in the DOM are touched, and only after the selection or the view came to
 * rest, so it costs scrolling nothing.
 */
export class RenderedCells {
  private scheduled = 0;
  private readonly core: Pick<SheetCore, 'rowAt'>;

  constructor(core: Pick<SheetCore, 'rowAt'>) {
    this.core = core;
  }

  mark(mounted: Mounted, selection: Selection | null): void {
    this.markHeads(mounted, selection);
    window.clearTimeout(this.scheduled);
    this.scheduled = window.setTimeout(() => this.markCells(mounted, selection), REST_MS);
  }

  private markHeads({ geometry, root }: Mounted, selection: Selection | null): void {
    for (const head of root.querySelectorAll<HTMLElement>('.ag-header-cell[col-id]')) {
      const column = geometry.columnOf(head.getAttribute('col-id') ?? '');
      const inside =
        column >= 0 &&
        (selection?.rects.some((rect) => column >= rect.left && column <= rect.right) ?? false);
      head.classList.toggle('qs-head-selected', inside);
    }
  }

  private markCells({ geometry, root }: Mounted, selection: Selection | null): void {
    for (const row of root.querySelectorAll('.ag-row[row-index]')) {
      const at = Number(row.getAttribute('row-index'));
      const open = this.core.rowAt(at)?.group?.open;
      if (open !== undefined) row.setAttribute('aria-expanded', String(open));
      else row.removeAttribute('aria-expanded');
      for (const cell of row.querySelectorAll('.ag-cell[col-id]')) {
        const column = geometry.columnOf(cell.getAttribute('col-id') ?? '');
        const inside = selection?.rects.some((rect) => contains(rect, { row: at, column })) ?? false;
        const text = String(inside);
        if (cell.getAttribute('aria-selected') !== text) cell.setAttribute('aria-selected', text);
      }
    }
  }
}

const REST_MS = 60;
