import type { CellAt } from '#shared/grid/rect.ts';
import { cycleActive, extendTo, isOneCell, selectAll, selectCell } from '#shared/grid/selection.ts';
import { selectColumns, selectRows } from '#shared/grid/selection.ts';
import type { Selection } from '#shared/grid/selection.ts';
import type { Copying } from './copying.ts';
import { dataEdge } from './edges.ts';
import type { Editing } from './editing.ts';
import type { Filling } from './filling.ts';
import type { FindSession } from './find-session.ts';
import { ROW_HEAD } from './geometry.ts';
import { commandOf } from './keyboard-map.ts';
import type { GridCommand } from './keyboard-map.ts';
import { navigate } from './navigation.ts';
import type { Operations } from './operations.ts';
import { arrowOnGroup } from './row-groups.ts';
import type { Mounted, SheetCore } from './sheet-core.ts';

export interface KeyboardParts {
  readonly operations: Operations;
  readonly filling: Filling;
  readonly copying: Copying;
  readonly editing: Editing;
  readonly find: FindSession;
  readonly sortBy: (key: string, add: boolean) => void;
  /** Moves the focus behind the grid. */
  readonly leave: () => void;
}

/** Keys on cells and heads. What is handled never reaches AG. */
export class Keyboard {
  private readonly core: SheetCore;
  private readonly mounted: Mounted;
  private readonly parts: KeyboardParts;
  /** Column that Enter returns to after a run of Tabs. */
  private tabStart: number | null = null;
  /** Keys pressed while the edge of the data is being looked up: they act on where it leads. */
  private waiting: GridCommand[] | null = null;

  constructor(core: SheetCore, mounted: Mounted, parts: KeyboardParts) {
    this.core = core;
    this.mounted = mounted;
    this.parts = parts;
  }

  listen(): () => void {
    const { root } = this.mounted;
    const abort = new AbortController();
    const options = { capture: true, signal: abort.signal };
    root.addEventListener('keydown', (event) => this.onKey(event), options);
    root.addEventListener('focusin', (event) => this.onFocus(event), options);
    return () => abort.abort();
  }

  private onKey(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : null;
    // Editor, search and menus lie in the grid's box too and have keys of their own.
    if (!target?.closest('.ag-root-wrapper')) return;
    const command = commandOf({
      key: event.key,
      command: event.ctrlKey || event.metaKey,
      shift: event.shiftKey,
      alt: event.altKey,
      altGraph: event.getModifierState('AltGraph'),
    });
    if (!command) return;
    const head = target.closest('.ag-header-cell[col-id]');
    const handled = target.closest('.ag-header') ? this.onHead(head, command, event) : this.run(command);
    if (!handled) return;
    // A dead key or an input method goes on in the editor that has just taken the focus.
    if (command.name !== 'type' || command.text !== '') event.preventDefault();
    event.stopPropagation();
  }

  /** Enter sorts, Space selects the column, Tab goes to the cells; AG moves, resizes and walks heads. */
  private onHead(head: Element | null, command: GridCommand, event: KeyboardEvent): boolean {
    const key = head?.getAttribute('col-id') ?? ROW_HEAD;
    switch (command.name) {
      case 'tab':
        this.core.focusActive(true);
        return true;
      case 'enter':
        if (key === ROW_HEAD) this.selectAll();
        else this.parts.sortBy(key, event.shiftKey);
        return true;
      case 'toggle':
      case 'selectColumns': {
        const column = this.mounted.geometry.columnOf(key);
        if (column < 0) this.selectAll();
        else this.core.select(selectColumns(column, column, this.mounted.geometry.size), QUIET);
        return true;
      }
      case 'contextMenu': {
        const box = head?.getBoundingClientRect();
        if (!box || !this.core.column(key)) return false;
        this.core.ui.set({ headMenu: { key, x: box.left, y: box.bottom } });
        return true;
      }
      case 'leave':
      case 'cancel':
        this.parts.leave();
        return true;
      case 'find':
      case 'undo':
      case 'redo':
      case 'selectAll':
        return this.run(command);
      default:
        return false;
    }
  }

  private run(command: GridCommand): boolean {
    if (this.waiting) {
      this.waiting.push(command);
      return true;
    }
    if (this.core.rows === 0) return this.runEmpty(command);
    const selection = this.core.selection ?? selectCell({ row: 0, column: 0 });
    const { geometry } = this.mounted;
    if (command.name === 'move' && command.direction === 'up' && command.unit === 'cell') {
      if (selection.active.row === 0) {
        this.mounted.api.setFocusedHeader(geometry.keyAt(selection.active.column));
        return true;
      }
    }
    if ((command.name === 'move' || command.name === 'extend') && command.unit === 'edge') {
      this.tabStart = null;
      void this.toEdge(selection, command);
      return true;
    }
    if (command.name === 'move' && command.unit === 'cell' && arrowOnGroup(this.core, command.direction)) {
      return true;
    }
    const next = navigate(selection, command, geometry.size, geometry.page());
    if (next) {
      this.tabStart = null;
      this.core.select(next);
      return true;
    }
    if (command.name === 'tab' || command.name === 'enter') {
      this.walk(selection, command.name, command.step);
      return true;
    }
    return this.act(command, selection);
  }

  /** Ctrl and an arrow: at once over loaded rows, else when the source has said where the edge is. */
  private async toEdge(
    selection: Selection,
    { name, direction }: Extract<GridCommand, { name: 'move' | 'extend' }>,
  ): Promise<void> {
    const { active, focus } = selection;
    const upright = direction === 'up' || direction === 'down';
    // An extension moves the far corner along the line of the active cell.
    const from =
      name === 'move'
        ? active
        : upright
          ? { row: focus.row, column: active.column }
          : { row: active.row, column: focus.column };
    const go = ({ row, column }: CellAt): void =>
      this.core.select(
        name === 'move'
          ? selectCell({ row, column })
          : extendTo(selection, upright ? { ...focus, row } : { ...focus, column }),
      );
    const edge = dataEdge(this.core, from, direction);
    if (!(edge instanceof Promise)) {
      go(edge);
      return;
    }
    const waiting: GridCommand[] = [];
    this.waiting = waiting;
    const { source } = this.core;
    try {
      const to = await edge;
      // A click or another view meanwhile has the say.
      if (this.core.source === source && this.core.selection === selection) go(to);
    } catch (error) {
      this.core.fail(error);
    }
    this.waiting = null;
    for (const command of waiting) this.run(command);
  }

  /** An empty view still answers the keys that are not about cells. */
  private runEmpty(command: GridCommand): boolean {
    switch (command.name) {
      case 'undo':
      case 'redo':
      case 'find':
      case 'replace':
      case 'filter':
      case 'save':
      case 'leave':
      case 'cancel':
        return this.act(command, selectCell({ row: 0, column: 0 }));
      default:
        return false;
    }
  }

  /** Tab and Enter walk a selection, or the sheet when one cell is selected. */
  walk(selection: Selection, name: 'tab' | 'enter', step: 1 | -1): void {
    if (!isOneCell(selection)) {
      const next = cycleActive(selection, name === 'tab' ? 'row' : 'column', step);
      this.core.select(next);
      this.core.reveal(next.active);
      return;
    }
    const { rows, columns } = this.mounted.geometry.size;
    const { row, column } = selection.active;
    if (name === 'enter') {
      const start = this.tabStart ?? column;
      this.tabStart = null;
      this.core.select(selectCell({ row: Math.max(0, Math.min(rows - 1, row + step)), column: start }));
      return;
    }
    this.tabStart ??= column;
    const at = Math.max(0, Math.min(rows * columns - 1, row * columns + column + step));
    this.core.select(selectCell({ row: Math.floor(at / columns), column: at % columns }));
  }

  private act(command: GridCommand, selection: Selection): boolean {
    const { operations, filling, copying, editing, find } = this.parts;
    const { size } = this.mounted.geometry;
    switch (command.name) {
      case 'type':
        return editing.open({ text: command.text });
      case 'edit':
        return editing.open({});
      case 'openGroups':
      case 'closeGroups':
        this.core.props.onToggle?.(null, command.name === 'openGroups');
        return this.core.props.onToggle !== undefined;
      case 'openList':
        return editing.open({ list: true });
      case 'clearAndEdit':
        return editing.open({ text: '' });
      case 'toggle':
        if (this.core.activeCell()?.column.type === 'boolean') void operations.toggle();
        else editing.open({ text: ' ' });
        return true;
      case 'clear':
        void operations.clear();
        return true;
      case 'fillDown':
        void filling.down();
        return true;
      case 'fillRight':
        void filling.right();
        return true;
      case 'setSelection':
        void operations.setSelection(this.core.activeCell()?.text ?? '');
        return true;
      case 'undo':
      case 'redo':
        void operations.undo(command.name);
        return true;
      case 'selectAll':
        this.selectAll();
        return true;
      case 'selectRows':
        this.core.select(
          { ...selectRows(...edges(selection, 'rows'), size), active: selection.active },
          QUIET,
        );
        return true;
      case 'selectColumns':
        this.core.select(
          { ...selectColumns(...edges(selection, 'columns'), size), active: selection.active },
          QUIET,
        );
        return true;
      case 'find':
        find.open();
        return true;
      case 'goTo':
        this.core.ui.set({ goTo: true });
        return true;
      case 'copyWithHeaders':
        void copying.copyWithHeaders();
        return true;
      case 'pasteSpecial':
        // The paste event that follows opens the choice: it carries the clipboard.
        copying.expectSpecial();
        return false;
      case 'findNext':
      case 'findPrevious':
        void find.step(command.name === 'findNext' ? 'next' : 'previous');
        return true;
      case 'replace':
      case 'filter':
      case 'bulkEdit':
      case 'save':
        this.core.props.onShortcut?.(command.name);
        return this.core.props.onShortcut !== undefined;
      case 'activate':
        editing.activate();
        return true;
      case 'contextMenu':
        this.openContextMenu();
        return true;
      case 'cancel':
        this.cancel(selection);
        return true;
      case 'leave':
        this.parts.leave();
        return true;
      default:
        return false;
    }
  }

  private selectAll(): void {
    const active = this.core.selection?.active ?? { row: 0, column: 0 };
    this.core.select(selectAll(this.mounted.geometry.size, active), QUIET);
  }

  /** Escape takes back one thing at a time: the copied mark, the ranges, then the focus. */
  private cancel(selection: Selection): void {
    if (this.core.copied) {
      this.core.forgetCopied();
      this.core.paint();
    } else if (!isOneCell(selection)) {
      this.core.select(selectCell(selection.active), QUIET);
    } else {
      this.parts.leave();
    }
  }

  private openContextMenu(): void {
    const active = this.core.activeCell();
    const box = this.core.selection && this.mounted.geometry.cellBox(this.core.selection.active);
    if (!active || !box) return;
    const { rowIndex, key, row } = active;
    const point = { x: box.left + box.width / 2, y: box.top + box.height };
    this.core.props.onContextMenu?.({ rowIndex, key, row, ...point });
  }

  /** AG moved the focus itself (Tab into the grid, Down from a head, a screen reader): follow it. */
  private onFocus(event: FocusEvent): void {
    const target = event.target instanceof Element ? event.target.closest('.ag-cell[col-id]') : null;
    const row = Number(target?.closest('.ag-row')?.getAttribute('row-index') ?? -1);
    const column = this.mounted.geometry.columnOf(target?.getAttribute('col-id') ?? '');
    if (row < 0 || column < 0) return;
    const active = this.core.selection?.active;
    if (active?.row === row && active.column === column) return;
    this.core.select(selectCell({ row, column }), { reveal: false, focus: false });
  }
}

const QUIET = { reveal: false } as const;

/** First and last row or column of the range at hand. */
function edges(selection: Selection, axis: 'rows' | 'columns'): [number, number] {
  const rect = selection.rects.at(-1);
  if (!rect) return [0, 0];
  return axis === 'rows' ? [rect.top, rect.bottom] : [rect.left, rect.right];
}
