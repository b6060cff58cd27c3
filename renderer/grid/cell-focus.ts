import type { SheetCore } from './sheet-core.ts';

/** Keeps the DOM focus on the active cell while the cells have the keyboard. */
export class CellFocus {
  private readonly core: SheetCore;
  /** The active cell could not take the focus yet: its row is not in the DOM. */
  private later = false;

  constructor(core: SheetCore) {
    this.core = core;
  }

  /** Moves the focus when the cells have it already, or in any case with `force`. */
  toActive(force = false): void {
    const { mounted, selection } = this.core;
    if (!mounted || !selection) return;
    const { activeElement } = document;
    // A head keeps the focus while its column is sorted again and again, the search field while it steps.
    const cells = activeElement?.closest('.ag-root-wrapper');
    if (!force && (!cells || !mounted.root.contains(cells) || activeElement?.closest('.ag-header'))) return;
    mounted.api.setFocusedCell(selection.active.row, mounted.geometry.keyAt(selection.active.column));
    const row = document.activeElement?.closest('.ag-row')?.getAttribute('row-index');
    this.later = row !== String(selection.active.row);
  }

  /** A cell that was jumped to takes the focus once its row is there, unless the focus went elsewhere. */
  whenRendered(): void {
    const { activeElement } = document;
    const free = activeElement === document.body || activeElement?.closest('.ag-root-wrapper');
    if (this.later && free) this.toActive(true);
  }
}
