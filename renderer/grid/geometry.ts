import type { GridApi } from 'ag-grid-community';
import type { CellAt, Rect } from '#shared/grid/rect.ts';
import type { GridColumn } from './contract.ts';

/** Column id of the row heads; no data column may have it. */
export const ROW_HEAD = '#row';

/** Wide enough for the last row number and the mark of the row's state. */
export function rowHeadWidth(rows: number): number {
  return 30 + Math.ceil(7.5 * Math.max(rows, 100).toLocaleString('en').length);
}

export type Pane = 'left' | 'centre' | 'right';

interface ColumnBox {
  readonly key: string;
  readonly pane: Pane;
  /** CSS pixels from the left edge of the pane. */
  readonly left: number;
  readonly width: number;
}

export interface PaneBox {
  readonly pane: Pane;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Where cells are, by arithmetic: rows have one height, columns are read from
 * AG whenever they change. It works for cells that are not in the DOM.
 */
export class SheetGeometry {
  rows = 0;
  rowHeight = 32;
  leftWidth = 0;
  rightWidth = 0;
  headWidth = 0;
  boxes: readonly ColumnBox[] = [];
  private readonly index = new Map<string, number>();
  readonly viewport: HTMLElement;
  readonly container: HTMLElement;

  /** `viewport` scrolls; `container` holds the rows at their full height. */
  constructor(viewport: HTMLElement, container: HTMLElement) {
    this.viewport = viewport;
    this.container = container;
  }

  readColumns(api: GridApi): void {
    const boxes: ColumnBox[] = [];
    const widths = { left: 0, centre: 0, right: 0 };
    const panes = [
      ['left', api.getDisplayedLeftColumns()],
      ['centre', api.getDisplayedCenterColumns()],
      ['right', api.getDisplayedRightColumns()],
    ] as const;
    for (const [pane, columns] of panes) {
      for (const column of columns) {
        const width = column.getActualWidth();
        const box = { key: column.getColId(), pane, left: widths[pane], width };
        widths[pane] += width;
        if (box.key === ROW_HEAD) this.headWidth = width;
        else boxes.push(box);
      }
    }
    this.boxes = boxes;
    this.leftWidth = widths.left;
    this.rightWidth = widths.right;
    this.index.clear();
    for (const [i, box] of boxes.entries()) this.index.set(box.key, i);
  }

  get size(): { rows: number; columns: number } {
    return { rows: this.rows, columns: this.boxes.length };
  }

  keyAt(column: number): string {
    return this.boxes[column]?.key ?? '';
  }

  /** -1 when the column is not displayed. */
  columnOf(key: string): number {
    return this.index.get(key) ?? -1;
  }

  keys(rect: Rect): string[] {
    return this.boxes.slice(rect.left, rect.right + 1).map((box) => box.key);
  }

  /** Whole rows and columns that fit between the pinned parts. */
  page(): { rows: number; columns: number } {
    const centre = this.boxes.filter((box) => box.pane === 'centre');
    const average = centre.reduce((sum, box) => sum + box.width, 0) / Math.max(1, centre.length);
    const width = this.viewport.clientWidth - this.leftWidth - this.rightWidth;
    return {
      rows: Math.max(1, Math.floor(this.bodyHeight() / this.rowHeight) - 1),
      columns: Math.max(1, Math.floor(width / Math.max(1, average)) - 1),
    };
  }

  /** Window coordinates of the area that shows rows. */
  body(): { left: number; top: number; right: number; bottom: number } {
    const box = this.viewport.getBoundingClientRect();
    const top = box.top + this.headHeight();
    return { left: box.left, top, right: box.left + this.viewport.clientWidth, bottom: box.bottom };
  }

  /** The header lies inside the viewport, above the rows. */
  headHeight(): number {
    return (
      this.container.getBoundingClientRect().top -
      this.viewport.getBoundingClientRect().top +
      this.viewport.scrollTop
    );
  }

  private bodyHeight(): number {
    return this.viewport.clientHeight - this.headHeight();
  }

  /** Row under a window coordinate, kept inside the sheet. */
  rowAt(clientY: number): number {
    const y = clientY - this.container.getBoundingClientRect().top;
    return Math.max(0, Math.min(Math.floor(y / this.rowHeight), this.rows - 1));
  }

  /** Column under a window coordinate, the nearest one outside; -1 over the row heads. */
  columnAt(clientX: number): number {
    const x = clientX - this.viewport.getBoundingClientRect().left;
    if (x >= 0 && x < this.headWidth) return -1;
    const pane: Pane =
      x < this.leftWidth ? 'left' : x >= this.viewport.clientWidth - this.rightWidth ? 'right' : 'centre';
    const offset =
      pane === 'left'
        ? x
        : pane === 'right'
          ? x - (this.viewport.clientWidth - this.rightWidth)
          : x - this.leftWidth + this.viewport.scrollLeft;
    return this.nearest(pane, offset);
  }

  /**
   * The coordinate that a drag which began in the centre counts as: over pinned
   * columns it stays at their edge while columns are hidden behind them.
   */
  beforePinned(clientX: number): number {
    const { scrollLeft, scrollWidth, clientWidth } = this.viewport;
    const left = this.viewport.getBoundingClientRect().left;
    const from = left + (scrollLeft > 0 ? this.leftWidth : 0);
    const to = left + clientWidth - (scrollLeft < scrollWidth - clientWidth - 1 ? this.rightWidth : 0);
    return Math.max(from, Math.min(clientX, to - 1));
  }

  private nearest(pane: Pane, offset: number): number {
    let found = -1;
    for (const [i, box] of this.boxes.entries()) {
      if (box.pane !== pane) continue;
      if (found === -1 || box.left <= offset) found = i;
    }
    return found === -1 ? Math.max(0, this.boxes.length - 1) : found;
  }

  cellAt(clientX: number, clientY: number): CellAt {
    return { row: this.rowAt(clientY), column: this.columnAt(clientX) };
  }

  /** The parts of a rectangle in each pane, in container coordinates of that pane. */
  paneBoxes(rect: Rect): PaneBox[] {
    const parts: PaneBox[] = [];
    for (const pane of ['left', 'centre', 'right'] as const) {
      const boxes = this.boxes.slice(rect.left, rect.right + 1).filter((box) => box.pane === pane);
      const [first, last] = [boxes[0], boxes.at(-1)];
      if (!first || !last) continue;
      parts.push({
        pane,
        left: first.left,
        top: rect.top * this.rowHeight,
        width: last.left + last.width - first.left,
        height: (rect.bottom - rect.top + 1) * this.rowHeight,
      });
    }
    return parts;
  }

  /** Window coordinates of a cell, wherever it is scrolled to. */
  cellBox(cell: CellAt): { left: number; top: number; width: number; height: number } | null {
    const box = this.boxes[cell.column];
    if (!box) return null;
    const view = this.viewport.getBoundingClientRect();
    const offset =
      box.pane === 'left'
        ? 0
        : box.pane === 'right'
          ? this.viewport.clientWidth - this.rightWidth
          : this.leftWidth - this.viewport.scrollLeft;
    return {
      left: view.left + offset + box.left,
      top: this.container.getBoundingClientRect().top + cell.row * this.rowHeight,
      width: box.width,
      height: this.rowHeight,
    };
  }
}

/** The registry by key; row heads are not in it. */
export function columnsByKey(columns: readonly GridColumn[]): ReadonlyMap<string, GridColumn> {
  return new Map(columns.map((column) => [column.key, column]));
}
