import type { GridApi } from 'ag-grid-community';
import { decodeClipboard } from '#shared/grid/clipboard.ts';
import { clampSelection, selectCell } from '#shared/grid/selection.ts';
import type { GridColumnState, GridDensity, GridSort, SheetGridHandle, SheetGridProps } from './contract.ts';
import { ROW_HEIGHTS } from './contract.ts';
import { Copying } from './copying.ts';
import { Editing } from './editing.ts';
import { Filling } from './filling.ts';
import { FindSession } from './find-session.ts';
import { columnState, toAgState } from './column-state.ts';
import { ROW_HEAD, SheetGeometry } from './geometry.ts';
import { Keyboard } from './keyboard.ts';
import { prefixMasks } from './legacy-masks.ts';
import { navigate } from './navigation.ts';
import { Operations } from './operations.ts';
import { Pasting } from './pasting.ts';
import { SelectionOverlay } from './overlay.ts';
import { PointerGestures } from './pointer.ts';
import { watchScroll } from './scroll-watchdog.ts';
import { SheetCore } from './sheet-core.ts';
import type { Mounted } from './sheet-core.ts';
import { SheetUi } from './sheet-ui.ts';

/** One spreadsheet: the parts put together, and what the screen may call. */
export class Sheet {
  readonly ui = new SheetUi();
  readonly core: SheetCore;
  readonly operations: Operations;
  readonly editing: Editing;
  readonly find: FindSession;
  readonly filling: Filling;
  readonly pasting: Pasting;
  private readonly copying: Copying;
  private keyboard: Keyboard | null = null;
  private detachParts: (() => void)[] = [];
  /** Where the focus goes when the user leaves the grid. */
  private exit: HTMLElement | null = null;

  constructor(props: SheetGridProps) {
    this.core = new SheetCore(props, this.ui);
    this.operations = new Operations(this.core);
    this.editing = new Editing(this.core, this.operations);
    this.find = new FindSession(this.core);
    this.filling = new Filling(this.core, this.operations);
    this.pasting = new Pasting(this.core, this.operations);
    this.copying = new Copying(this.core, this.operations, this.pasting);
  }

  attach(api: GridApi, root: HTMLElement): void {
    this.detach();
    const viewport = root.querySelector<HTMLElement>('.ag-grid-viewport');
    const container = root.querySelector<HTMLElement>('.ag-grid-scrolling-container');
    if (!viewport || !container) throw new Error('The grid has no viewport');
    prefixMasks();
    const geometry = new SheetGeometry(viewport, container);
    geometry.rowHeight = ROW_HEIGHTS[this.core.props.density ?? 'normal'];
    geometry.readColumns(api);
    const overlay = new SelectionOverlay(geometry);
    const mounted: Mounted = { api, geometry, overlay, root };
    const pointer = new PointerGestures(this.core, mounted, this.filling, this.editing);
    this.keyboard = new Keyboard(this.core, mounted, {
      operations: this.operations,
      filling: this.filling,
      copying: this.copying,
      editing: this.editing,
      find: this.find,
      sortBy: (key, add) => pointer.sortBy(key, add),
      leave: () => this.leave(),
    });
    const onScroll = (): void => overlay.updateClip();
    // Before AG draws rows: reading where the view is costs nothing then, and a whole layout afterwards.
    viewport.addEventListener('scroll', onScroll, { passive: true, capture: true });
    const grid = root.querySelector('[role="grid"], [role="treegrid"]');
    grid?.setAttribute('aria-multiselectable', 'true');
    grid?.setAttribute('aria-label', this.core.props.label);
    this.showGroups(this.core.props.onToggle !== undefined, root);
    this.detachParts = [
      () => viewport.removeEventListener('scroll', onScroll, { capture: true }),
      pointer.listen(),
      this.keyboard.listen(),
      this.copying.listen(),
      watchScroll(api, geometry),
      () => overlay.destroy(),
    ];
    this.core.attach(mounted);
    this.applyState(this.core.props.state);
  }

  detach(): void {
    for (const stop of this.detachParts) stop();
    this.detachParts = [];
    this.keyboard = null;
  }

  stop(): void {
    this.detach();
    this.core.stop();
  }

  setExit(exit: HTMLElement | null): void {
    this.exit = exit;
  }

  private leave(): void {
    this.exit?.focus();
    this.ui.announce(this.core.words.labels.leftGrid);
    this.core.props.onShortcut?.('leave');
  }

  /** After columns moved, appeared, vanished or changed their width. */
  columnsChanged(changed: boolean): void {
    const { mounted } = this.core;
    if (!mounted) return;
    const { geometry, api } = mounted;
    const before = geometry.boxes.map((box) => box.key);
    const active = this.core.selection && geometry.keyAt(this.core.selection.active.column);
    geometry.readColumns(api);
    const after = geometry.boxes.map((box) => box.key);
    if (before.join('\n') !== after.join('\n')) {
      this.remapSelection(active ?? '');
      if (after.some((key) => !before.includes(key))) this.core.invalidate();
    }
    this.core.paint();
    if (changed) this.core.props.onColumnStateChange?.(columnState(api));
  }

  /** Positions mean other columns now: keep the active cell by its key. */
  private remapSelection(key: string): void {
    const { selection, mounted } = this.core;
    if (!selection || !mounted) return;
    const column = mounted.geometry.columnOf(key);
    const next =
      column >= 0
        ? selectCell({ row: selection.active.row, column })
        : clampSelection(selection, mounted.geometry.size);
    this.core.select(next, { reveal: false, focus: false });
  }

  applyState(state: GridColumnState | undefined): void {
    if (state) this.core.mounted?.api.applyColumnState(toAgState(state));
  }

  /** Only rows of a tree grid may say that they are open or closed. */
  showGroups(grouped: boolean, root = this.core.mounted?.root): void {
    const grid = root?.querySelector('[role="grid"], [role="treegrid"]');
    grid?.setAttribute('role', grouped ? 'treegrid' : 'grid');
  }

  setDensity(density: GridDensity): void {
    const { mounted } = this.core;
    if (!mounted) return;
    mounted.geometry.rowHeight = ROW_HEIGHTS[density];
    this.core.paint();
  }

  /** Heads show the sort that the screen was given, whoever asked for it. */
  showSort(sort: readonly GridSort[]): void {
    this.core.sort = sort;
    for (const refresh of this.core.heads) refresh();
  }

  walk(name: 'tab' | 'enter', step: 1 | -1): void {
    if (this.core.selection) this.keyboard?.walk(this.core.selection, name, step);
  }

  arrow(key: string): void {
    const { selection, mounted } = this.core;
    if (!selection || !mounted) return;
    const direction = ARROW_DIRECTIONS[key];
    if (!direction) return;
    const { geometry } = mounted;
    this.core.select(
      navigate(selection, { name: 'move', direction, unit: 'cell' }, geometry.size, geometry.page()),
    );
  }

  handle(): SheetGridHandle {
    const { core, operations, editing, copying } = this;
    return {
      goToRow: (row, key) => core.goTo(row, key),
      goToRid: (rid, key) => {
        const at = core.positionOf(rid);
        if (at >= 0) core.goTo(at, key);
        return at >= 0;
      },
      select: (ranges) => core.selectRanges(ranges),
      selectAll: () => {
        const size = core.mounted?.geometry.size;
        if (size) core.selectRanges([{ fromRow: 0, toRow: size.rows - 1, keys: core.displayedKeys() }]);
      },
      getSelection: () => core.describe(),
      copy: () => copying.copy(),
      cut: () => copying.cut(),
      copyWithHeaders: () => copying.copyWithHeaders(),
      paste: (text, options) => this.pasting.paste(decodeClipboard({ text, html: '' }), options),
      openGoTo: () => this.ui.set({ goTo: true }),
      writeActive: async (text) => {
        const active = core.activeCell();
        if (!active?.row) return { ok: false, code: 'NOT_LOADED', message: core.words.labels.loading };
        const at = { row: active.rowIndex, column: 0 };
        return operations.edit(at, active.column, active.row, text);
      },
      editActive: () => void editing.open({}),
      clear: () => operations.clear(),
      fillDown: () => this.filling.down(),
      fillRight: () => this.filling.right(),
      undo: () => operations.undo('undo'),
      redo: () => operations.undo('redo'),
      refreshRows: (rids) => core.refreshRows(rids),
      invalidate: () => core.invalidate(),
      getColumnState: () => (core.mounted ? columnState(core.mounted.api) : { columns: [] }),
      setColumnState: (state) => {
        core.mounted?.api.applyColumnState(toAgState(state));
      },
      setColumnHidden: (key, hidden) => core.mounted?.api.setColumnsVisible([key], !hidden),
      autoSizeColumns: (keys) => {
        const { mounted } = core;
        if (!mounted) return;
        mounted.api.autoSizeColumns([...(keys ?? core.displayedKeys())].filter((key) => key !== ROW_HEAD));
      },
      openFind: (text) => this.find.open(text),
      focus: () => core.focusActive(true),
    };
  }
}

const ARROW_DIRECTIONS: Readonly<Record<string, 'up' | 'down' | 'left' | 'right'>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};
