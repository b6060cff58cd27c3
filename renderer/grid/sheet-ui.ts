import type { CellAt } from '#shared/grid/rect.ts';
import type { TextBlock } from '#shared/grid/tsv.ts';
import type { GridColumn, GridRow } from './contract.ts';
import type { HeadMenuState } from './head-actions.ts';

/** An open cell editor. A new object is a new session. */
export interface EditorSession {
  readonly at: CellAt;
  readonly column: GridColumn;
  readonly row: GridRow;
  readonly text: string;
  /** Typed over: arrow keys commit and move, as in Excel's enter mode. */
  readonly typed: boolean;
  readonly openList: boolean;
}

export interface SheetUiState {
  readonly editor: EditorSession | null;
  readonly find: { readonly text: string } | null;
  readonly headMenu: HeadMenuState | null;
  /** The question where to go. */
  readonly goTo: boolean;
  /** What Ctrl+Shift+V found on the clipboard, while the person chooses how to paste it. */
  readonly special: TextBlock | null;
  /** Spoken politely; the counter makes equal texts be spoken again. */
  readonly announcement: { readonly text: string; readonly count: number };
  /** Writes under way. */
  readonly busy: number;
  readonly rows: number;
}

/** The little of the grid that React renders; the cells are not in it. */
export class SheetUi {
  private state: SheetUiState = {
    editor: null,
    find: null,
    headMenu: null,
    goTo: false,
    special: null,
    announcement: { text: '', count: 0 },
    busy: 0,
    rows: -1,
  };
  private readonly listeners = new Set<() => void>();

  readonly get = (): SheetUiState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(change: Partial<SheetUiState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }

  announce(text: string): void {
    if (text !== '') this.set({ announcement: { text, count: this.state.announcement.count + 1 } });
  }

  busy(by: 1 | -1): void {
    this.set({ busy: this.state.busy + by });
  }
}
