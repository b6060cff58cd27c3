import type { CellAt, Rect } from '#shared/grid/rect.ts';
import { addRange, extendTo, isSelected, removeCell, selectCell } from '#shared/grid/selection.ts';
import { selectAll, selectColumns, selectRows } from '#shared/grid/selection.ts';
import type { Selection } from '#shared/grid/selection.ts';
import { AutoScroll } from './auto-scroll.ts';
import type { Editing } from './editing.ts';
import { fillTarget } from './fill-target.ts';
import type { Filling } from './filling.ts';
import { ROW_HEAD } from './geometry.ts';
import { pressedArrow } from './row-groups.ts';
import type { Mounted, SheetCore } from './sheet-core.ts';
import { nextSort } from './sorting.ts';

type Gesture = 'cells' | 'rows' | 'columns' | 'fill';

/** Pixels that a press may wander and still be a click on a column head. */
const CLICK_SLACK = 4;

/**
 * The mouse. Presses on cells never reach AG (it would move its focus before
 * Shift+click could extend); heads do, unless they select.
 */
export class PointerGestures {
  private readonly core: SheetCore;
  private readonly mounted: Mounted;
  private readonly filling: Filling;
  private readonly editing: Editing;
  private readonly autoScroll: AutoScroll;
  private gesture: Gesture | null = null;
  private source: Rect | null = null;
  private pressed = { x: 0, y: 0 };

  constructor(core: SheetCore, mounted: Mounted, filling: Filling, editing: Editing) {
    this.core = core;
    this.mounted = mounted;
    this.filling = filling;
    this.editing = editing;
    this.autoScroll = new AutoScroll(mounted.geometry, (x, y) => this.follow(x, y));
  }

  listen(): () => void {
    const { root } = this.mounted;
    const abort = new AbortController();
    const options = { capture: true, signal: abort.signal };
    root.addEventListener('pointerdown', (event) => this.onDown(event), options);
    root.addEventListener('pointermove', (event) => this.onMove(event), options);
    root.addEventListener('pointerup', (event) => this.onUp(event), options);
    root.addEventListener('pointercancel', () => this.stop(), options);
    root.addEventListener('mousedown', (event) => this.hide(event), options);
    root.addEventListener('click', (event) => this.onClick(event), options);
    root.addEventListener('dblclick', (event) => this.onDoubleClick(event), options);
    root.addEventListener('contextmenu', (event) => this.onContextMenu(event), options);
    return () => {
      this.autoScroll.stop();
      abort.abort();
    };
  }

  private onDown(event: PointerEvent): void {
    this.pressed = { x: event.clientX, y: event.clientY };
    const target = event.target instanceof Element ? event.target : null;
    if (!target || this.core.rows === 0) return;
    if (event.button !== 0) {
      if (target.closest('.ag-row')) swallow(event);
      return;
    }
    if (target === this.mounted.overlay.handle) {
      this.begin('fill', event);
    } else if (target.closest('.ag-row')) {
      swallow(event);
      if (!this.editing.close()) return;
      this.pressCell(event);
    } else {
      this.pressHead(target, event);
    }
  }

  private pressCell(event: PointerEvent): void {
    const { geometry } = this.mounted;
    const cell = geometry.cellAt(event.clientX, event.clientY);
    const rows = cell.column === -1;
    const next = rows ? selectRows(cell.row, cell.row, geometry.size) : selectCell(cell);
    this.apply(next, cell, event);
    this.core.focusActive(true);
    if (pressedArrow(this.core, event)) return;
    this.begin(rows ? 'rows' : 'cells', event);
  }

  private pressHead(target: Element, event: PointerEvent): void {
    const head = target.closest('.ag-header-cell[col-id]');
    const key = head?.getAttribute('col-id');
    if (!head || !key || target.closest('.ag-header-cell-resize')) return;
    if (key === ROW_HEAD) {
      swallow(event);
      if (!this.editing.close()) return;
      const active = this.core.selection?.active ?? { row: 0, column: 0 };
      this.core.select(selectAll(this.mounted.geometry.size, active), { reveal: false });
      this.core.focusActive(true);
      return;
    }
    if (!this.selectsColumn(target, event)) return;
    swallow(event);
    if (!this.editing.close()) return;
    const column = this.mounted.geometry.columnOf(key);
    if (column < 0) return;
    this.apply(selectColumns(column, column, this.mounted.geometry.size), { row: -1, column }, event);
    this.core.focusActive(true);
    this.begin('columns', event);
  }

  /**
   * A press on a head sorts, with Shift by one column more. It selects the
   * column on the head's upper edge, with Ctrl, and with Shift where whole
   * columns are selected already.
   */
  private selectsColumn(target: Element, event: MouseEvent): boolean {
    if (event.ctrlKey || event.metaKey || target.closest('.qs-head-grip')) return true;
    const rect = this.core.selection?.rects.at(-1);
    const whole = rect?.top === 0 && rect.bottom === this.core.rows - 1;
    return event.shiftKey && whole;
  }

  /** Plain press selects, Shift extends, Ctrl adds a range or takes a cell out. */
  private apply(next: Selection, cell: CellAt, event: PointerEvent): void {
    const { selection } = this.core;
    const still = { reveal: false } as const;
    const add = event.ctrlKey || event.metaKey;
    if (selection && event.shiftKey) this.core.select(this.extended(selection, cell), still);
    else if (!selection || !add) this.core.select(next, still);
    else if (cell.column >= 0 && cell.row >= 0 && isSelected(selection, cell)) {
      this.core.select(removeCell(selection, cell), still);
    } else this.core.select(addRange(selection, next), still);
  }

  /** -1 stands for a whole row or column. */
  private extended(selection: Selection, cell: CellAt): Selection {
    const { size } = this.mounted.geometry;
    if (cell.column === -1) {
      const rows = selectRows(selection.active.row, cell.row, size);
      return { ...rows, rects: [...selection.rects.slice(0, -1), ...rows.rects] };
    }
    if (cell.row === -1) {
      const columns = selectColumns(selection.active.column, cell.column, size);
      return { ...columns, rects: [...selection.rects.slice(0, -1), ...columns.rects] };
    }
    return extendTo(selection, cell);
  }

  private begin(gesture: Gesture, event: PointerEvent): void {
    swallow(event);
    this.gesture = gesture;
    this.source = this.core.selection?.rects[0] ?? null;
    this.mounted.root.setPointerCapture(event.pointerId);
  }

  private onMove(event: PointerEvent): void {
    if (!this.gesture) return;
    event.stopPropagation();
    if (event.buttons === 0) {
      this.stop();
      return;
    }
    this.follow(event.clientX, event.clientY);
    this.autoScroll.track(event.clientX, event.clientY, {
      vertical: this.gesture !== 'columns',
      horizontal: this.gesture !== 'rows',
    });
  }

  private follow(x: number, y: number): void {
    const { selection } = this.core;
    if (!selection) return;
    const { geometry } = this.mounted;
    const centre = geometry.boxes[selection.active.column]?.pane === 'centre';
    const at = geometry.cellAt(centre ? geometry.beforePinned(x) : x, y);
    const cell = { row: at.row, column: Math.max(0, at.column) };
    const still = { reveal: false, focus: false } as const;
    switch (this.gesture) {
      case 'cells':
        if (cell.row !== selection.focus.row || cell.column !== selection.focus.column) {
          this.core.select(extendTo(selection, cell), still);
        }
        break;
      case 'rows':
        this.core.select(this.extended(selection, { row: cell.row, column: -1 }), still);
        break;
      case 'columns':
        this.core.select(this.extended(selection, { row: -1, column: cell.column }), still);
        break;
      case 'fill':
        this.core.fillTarget = this.source && fillTarget(this.source, cell);
        this.core.paint();
        break;
      case null:
        break;
    }
  }

  private onUp(event: PointerEvent): void {
    if (!this.gesture) return;
    swallow(event);
    const { source } = this;
    const { fillTarget: target } = this.core;
    const filling = this.gesture === 'fill';
    this.stop();
    if (filling && source && target) {
      void this.filling.seriesTo(source, target, event.ctrlKey || event.metaKey);
    }
  }

  private stop(): void {
    this.gesture = null;
    this.autoScroll.stop();
    this.core.fillTarget = null;
    this.core.paint();
  }

  /** A double click on the handle fills to the last row, as Excel does beside a full column. */
  private fillToEnd(event: MouseEvent): void {
    swallow(event);
    const source = this.core.selection?.rects[0];
    if (!source || source.bottom >= this.core.rows - 1) return;
    const target = { ...source, top: source.bottom + 1, bottom: this.core.rows - 1 };
    void this.filling.seriesTo(source, target, event.ctrlKey || event.metaKey);
  }

  /**
   * What the pointer is over. A press captures the pointer, and a browser then
   * sends the click and the double click to the capturing root.
   */
  private under(event: MouseEvent): Element | null {
    const { target } = event;
    if (target !== this.mounted.root) return target instanceof Element ? target : null;
    return document.elementFromPoint(event.clientX, event.clientY);
  }

  private hide(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest('.ag-row, .qs-fill-handle')) swallow(event);
    else if (target?.closest('.qs-head-grip, .qs-corner')) swallow(event);
    else if (target?.closest('.ag-header-cell') && this.selectsColumn(target, event)) swallow(event);
  }

  private onClick(event: MouseEvent): void {
    const target = this.under(event);
    if (target?.closest('.ag-row')) swallow(event);
    const head = target?.closest('.ag-header-cell[col-id]');
    const key = head?.getAttribute('col-id');
    if (!target || !key || key === ROW_HEAD || target.closest('.ag-header-cell-resize, .qs-head-grip'))
      return;
    const moved = Math.hypot(event.clientX - this.pressed.x, event.clientY - this.pressed.y) > CLICK_SLACK;
    if (moved || this.selectsColumn(target, event)) return;
    this.sortBy(key, event.shiftKey || event.altKey);
  }

  sortBy(key: string, add: boolean): void {
    const { props } = this.core;
    if (!this.core.column(key)?.sortable || !this.editing.close()) return;
    props.onSortChange?.(nextSort(this.core.sort, key, add));
  }

  private onDoubleClick(event: MouseEvent): void {
    const target = this.under(event);
    if (target === this.mounted.overlay.handle) {
      this.fillToEnd(event);
      return;
    }
    if (!target?.closest('.ag-row')) return;
    swallow(event);
    const { column } = this.mounted.geometry.cellAt(event.clientX, event.clientY);
    if (column >= 0 && !this.editing.open({})) this.editing.activate();
  }

  private onContextMenu(event: MouseEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    const key = target?.closest('.ag-header-cell[col-id]')?.getAttribute('col-id');
    if (key && this.core.column(key)) {
      swallow(event);
      this.core.ui.set({ headMenu: { key, x: event.clientX, y: event.clientY } });
    }
    if (!target?.closest('.ag-row')) return;
    swallow(event);
    const at = this.mounted.geometry.cellAt(event.clientX, event.clientY);
    const cell = { row: at.row, column: Math.max(0, at.column) };
    if (!this.core.selection || !isSelected(this.core.selection, cell)) {
      this.core.select(
        at.column === -1 ? selectRows(at.row, at.row, this.mounted.geometry.size) : selectCell(cell),
        { reveal: false },
      );
      this.core.focusActive(true);
    }
    this.core.props.onContextMenu?.({
      rowIndex: cell.row,
      key: this.mounted.geometry.keyAt(cell.column),
      row: this.core.rowAt(cell.row) ?? null,
      x: event.clientX,
      y: event.clientY,
    });
  }
}

function swallow(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
