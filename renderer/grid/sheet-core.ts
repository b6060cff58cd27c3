import type { GridApi } from 'ag-grid-community';
import { disjoint } from '#shared/grid/rect.ts';
import type { CellAt, Rect } from '#shared/grid/rect.ts';
import { clampSelection, selectCell, selectionSize, selectRect } from '#shared/grid/selection.ts';
import type { Selection } from '#shared/grid/selection.ts';
import { cellEditText } from './cell-view.ts';
import type { CellWords } from './cell-view.ts';
import type {
  GridActiveCell,
  GridColumn,
  GridRange,
  GridRow,
  GridSelection,
  GridSort,
  GridSource,
  SheetGridProps,
} from './contract.ts';
import { columnsByKey, ROW_HEAD, rowHeadWidth } from './geometry.ts';
import type { SheetGeometry } from './geometry.ts';
import { gridLabels } from './labels.ts';
import type { SelectionOverlay } from './overlay.ts';
import { CellFocus } from './cell-focus.ts';
import { Jump } from './jump.ts';
import { PendingWrites } from './pending-writes.ts';
import { RenderedCells } from './rendered-cells.ts';
import { RowOrder } from './row-order.ts';
import { SelectionNews } from './selection-news.ts';
import type { RowCounter } from './positional-row-model.ts';
import type { SheetUi } from './sheet-ui.ts';
import { WindowCache } from './window-cache.ts';

/** The grid's own parts that exist only once AG has built its DOM. */
export interface Mounted {
  readonly api: GridApi;
  readonly geometry: SheetGeometry;
  readonly overlay: SelectionOverlay;
  readonly root: HTMLElement;
}

/**
 * The state of one spreadsheet: the view's id order, the cache, the selection.
 * Everything that changes the selection goes through {@link select}, so that
 * overlay, focus, ARIA and callbacks never disagree.
 */
export class SheetCore {
  readonly ui: SheetUi;
  readonly cache: WindowCache;
  mounted: Mounted | null = null;
  selection: Selection | null = null;
  fillTarget: Rect | null = null;
  copied: Rect | null = null;
  /** Cells that were cut and wait to be pasted, with the text that is on the clipboard for them. */
  cut: { readonly rects: readonly Rect[]; readonly text: string } | null = null;
  /** Why cells refused the last write, by `rid key`; gone with the next write. */
  refusals = new Map<string, string>();
  words: CellWords;
  props: SheetGridProps;
  sort: readonly GridSort[] = [];
  /** Heads that show the sort. */
  readonly heads = new Set<() => void>();
  private order = new RowOrder();
  private byKey: ReadonlyMap<string, GridColumn>;
  private rowModel: RowCounter | null = null;
  private viewRequest = 0;
  readonly writes = new PendingWrites();
  private readonly focus = new CellFocus(this);
  private readonly jump = new Jump((cell) => this.scrollTo(cell));
  private readonly rendered = new RenderedCells(this);
  private readonly news = new SelectionNews(this);

  constructor(props: SheetGridProps, ui: SheetUi) {
    this.props = props;
    this.ui = ui;
    this.words = { locale: props.locale, labels: gridLabels(props.locale) };
    this.byKey = columnsByKey(props.columns);
    this.cache = new WindowCache({
      fetch: (rids) => this.props.source.rows(rids, this.displayedKeys()),
      onArrive: (rids) => this.onArrive(rids),
      onError: (error) => this.fail(error),
      afterPaint: (work) => requestAnimationFrame(() => setTimeout(work)),
    });
  }

  // --- what the row model and the cells read -------------------------------

  get rows(): number {
    return this.order.ids.length;
  }

  onRowModel(model: RowCounter): void {
    this.rowModel = model;
  }

  get source(): GridSource {
    return this.props.source;
  }

  ridAt(position: number): number | undefined {
    return this.order.ids[position];
  }

  rowAt(position: number): GridRow | undefined {
    return this.cache.at(position);
  }

  column(key: string): GridColumn | undefined {
    return this.byKey.get(key);
  }

  columnAt(index: number): GridColumn | undefined {
    return this.mounted ? this.byKey.get(this.mounted.geometry.keyAt(index)) : undefined;
  }

  /** -1 when the view does not hold the row. */
  positionOf(rid: number): number {
    return this.order.positionOf(rid);
  }

  /** Keys that a window carries: hidden columns cost nothing. */
  displayedKeys(): string[] {
    const shown = this.mounted?.geometry.boxes.map((box) => box.key);
    return shown?.length
      ? shown
      : this.props.columns.filter((column) => !column.hidden).map((column) => column.key);
  }

  refusalOf(rid: number, key: string): string | undefined {
    return this.refusals.size === 0 ? undefined : this.refusals.get(`${rid} ${key}`);
  }

  fail(error: unknown): void {
    this.props.onError?.(error);
  }

  // --- the view ------------------------------------------------------------

  setProps(props: SheetGridProps): void {
    const before = this.props;
    this.props = props;
    if (props.locale !== before.locale) {
      this.words = { locale: props.locale, labels: gridLabels(props.locale) };
      this.refreshAll();
    }
    if (props.columns !== before.columns) this.byKey = columnsByKey(props.columns);
    if (props.source === before.source) return;
    if (props.source.viewId === before.source.viewId && props.source.count === before.source.count) {
      if (props.source.rev !== before.source.rev) this.invalidate();
    } else {
      void this.openView(props.source.viewId === before.source.viewId);
    }
  }

  /** Reads the order of the view and shows it; an answer that was overtaken is dropped. */
  async openView(keepPlace: boolean): Promise<void> {
    this.viewRequest += 1;
    const request = this.viewRequest;
    this.ui.set({ editor: null });
    try {
      const ids = await this.source.ids();
      if (request !== this.viewRequest) return;
      this.order = new RowOrder(ids);
      this.cache.setIds(ids);
      this.cache.invalidate();
      this.forgetCopied();
      this.refusals.clear();
      this.showRows(keepPlace);
      this.ui.set({ rows: ids.length });
    } catch (error) {
      if (request === this.viewRequest) this.fail(error);
    }
  }

  /** AG's DOM exists: whatever was read before can be shown now. */
  attach(mounted: Mounted): void {
    this.mounted = mounted;
    this.showRows(true);
  }

  private showRows(keepPlace: boolean): void {
    this.rowModel?.setRowCount(this.rows);
    const { mounted } = this;
    if (!mounted) return;
    mounted.api.setColumnWidths([{ key: ROW_HEAD, newWidth: rowHeadWidth(this.rows) }]);
    mounted.geometry.rows = this.rows;
    const active = this.selection?.active ?? { row: 0, column: 0 };
    const size = mounted.geometry.size;
    const kept = keepPlace && this.selection ? clampSelection(this.selection, size) : null;
    const start = clampSelection(
      selectCell({ row: keepPlace ? active.row : 0, column: active.column }),
      size,
    );
    this.selection = null;
    this.refreshAll();
    this.select(kept ?? start, { reveal: !keepPlace && this.rows > 0 });
    this.wantRendered(true);
  }

  /** Other rows came into the DOM. */
  rowsRendered(): void {
    this.wantRendered();
    this.focus.whenRendered();
  }

  /** Other columns came into the DOM: the selection is drawn already, only their marks are missing. */
  columnsRendered(): void {
    if (this.mounted) this.rendered.mark(this.mounted, this.selection);
  }

  wantRendered(force = false): void {
    if (!this.mounted || this.rows === 0) return;
    const { api } = this.mounted;
    const first = api.getFirstDisplayedRowIndex();
    this.cache.want(Math.max(0, first), Math.max(0, api.getLastDisplayedRowIndex()), force);
  }

  private onArrive(rids: ReadonlySet<number>): void {
    const { mounted } = this;
    if (!mounted) return;
    this.jump.arrived((cell) => this.cache.at(cell.row) !== undefined);
    const rendered = mounted.api
      .getRenderedNodes()
      .filter((node) => node.rowIndex !== null && rids.has(this.order.ids[node.rowIndex] ?? -1));
    if (rendered.length === 0) return;
    mounted.api.refreshCells({ rowNodes: rendered, force: true, suppressFlash: true });
    const active = this.selection && this.order.ids[this.selection.active.row];
    if (active !== undefined && active !== null && rids.has(active)) {
      this.props.onSelectionChange?.(this.describe());
    }
  }

  forgetCopied(): void {
    this.copied = null;
    this.cut = null;
  }

  refreshAll(): void {
    this.mounted?.api.refreshCells({ force: true, suppressFlash: true });
  }

  refreshRows(rids: Iterable<number>): void {
    this.cache.invalidate(rids);
    this.wantRendered(true);
    this.news.valuesChanged();
  }

  invalidate(): void {
    this.cache.invalidate();
    this.wantRendered(true);
    this.news.valuesChanged();
  }

  // --- the selection -------------------------------------------------------

  /**
   * `reveal` scrolls to the moving corner; `focus` false keeps the keyboard
   * where it is; `speak` false leaves the size of the selection unsaid.
   */
  select(
    selection: Selection | null,
    options: { reveal?: boolean; focus?: boolean; speak?: boolean } = {},
  ): void {
    const moved =
      selection?.active.row !== this.selection?.active.row ||
      selection?.active.column !== this.selection?.active.column;
    this.selection = selection;
    if (selection && options.reveal !== false) this.reveal(moved ? selection.active : selection.focus);
    if (selection && moved && options.focus !== false) this.focusActive();
    this.paint();
    this.emitSelection(options.speak !== false);
  }

  /** Says what a person waits for; the size of the selection is not spoken over it. */
  announce(text: string): void {
    this.news.hush();
    this.ui.announce(text);
  }

  focusActive(force = false): void {
    this.focus.toActive(force);
  }

  /**
   * Brings a cell into view. Rows that are not loaded are asked for first and
   * shown when they are there, or after a moment without them: drawing them
   * empty and again with their values would take twice as long.
   */
  reveal(cell: CellAt): void {
    const { mounted } = this;
    if (!mounted || cell.row < 0 || cell.row >= this.rows) return;
    const page = mounted.geometry.page().rows;
    const [first, last] = [Math.max(0, cell.row - page), Math.min(this.rows - 1, cell.row + page)];
    this.cache.want(first, last);
    this.jump.to(cell, this.cache.at(cell.row) !== undefined);
  }

  /** Jumps go through AG only: writing scrollTop can leave its rows blank. */
  private scrollTo(cell: CellAt): void {
    const { mounted } = this;
    if (!mounted || cell.row >= this.rows) return;
    mounted.api.ensureIndexVisible(cell.row);
    const box = mounted.geometry.boxes[cell.column];
    if (box?.pane === 'centre') mounted.api.ensureColumnVisible(box.key);
  }

  paint(): void {
    const { mounted } = this;
    if (!mounted) return;
    const active = this.selection ? this.columnAt(this.selection.active.column) : undefined;
    const editing = this.ui.get().editor !== null;
    mounted.overlay.paint({
      selection: this.selection,
      fill: this.fillTarget,
      copied: this.copied,
      handle: active?.editable === true && this.fillTarget === null,
      editing,
    });
    this.rendered.mark(mounted, this.selection);
  }

  private emitSelection(speak: boolean): void {
    const described = this.describe();
    this.props.onSelectionChange?.(described);
    this.news.changed(described, speak);
  }

  stop(): void {
    this.news.stop();
    this.jump.forget();
    this.viewRequest += 1;
    this.mounted = null;
  }

  describe(): GridSelection {
    const { selection } = this;
    if (!selection || !this.mounted) return { ranges: [], active: null, rows: 0, columns: 0, cells: 0 };
    return { ...selectionSize(selection), ranges: this.ranges(selection.rects), active: this.activeCell() };
  }

  activeCell(): GridActiveCell | null {
    const { selection } = this;
    if (!selection) return null;
    const { row: rowIndex, column: columnIndex } = selection.active;
    const column = this.columnAt(columnIndex);
    const rid = this.order.ids[rowIndex];
    if (!column || rid === undefined) return null;
    const row = this.cache.get(rid) ?? null;
    const text = row ? cellEditText(column, row, this.words.locale) : '';
    return { rowIndex, rid, key: column.key, column, row, text };
  }

  ranges(rects: readonly Rect[]): GridRange[] {
    const { mounted } = this;
    if (!mounted) return [];
    return rects.map((rect) => ({
      fromRow: rect.top,
      toRow: rect.bottom,
      keys: mounted.geometry.keys(rect),
    }));
  }

  /** The selected cells once each. */
  selectedRects(): Rect[] {
    return this.selection ? disjoint(this.selection.rects) : [];
  }

  /** Ranges by key as rectangles; columns that are not displayed are left out. */
  selectRanges(ranges: readonly GridRange[]): void {
    const { mounted } = this;
    if (!mounted) return;
    const rects = ranges.flatMap((range) => {
      const columns = range.keys.map((key) => mounted.geometry.columnOf(key)).filter((at) => at >= 0);
      const toRow = Math.min(range.toRow, this.rows - 1);
      if (columns.length === 0 || range.fromRow > toRow) return [];
      return [{ top: range.fromRow, bottom: toRow, left: Math.min(...columns), right: Math.max(...columns) }];
    });
    const last = rects.at(-1);
    if (last) this.select({ ...selectRect(last), rects });
  }

  goTo(row: number, key?: string): void {
    const { mounted } = this;
    if (!mounted || this.rows === 0) return;
    const wanted = key === undefined ? -1 : mounted.geometry.columnOf(key);
    const column = wanted >= 0 ? wanted : (this.selection?.active.column ?? 0);
    this.select(selectCell({ row: Math.max(0, Math.min(row, this.rows - 1)), column }));
  }
}
