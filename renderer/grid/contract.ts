import type { ReactNode } from 'react';
import type { CellState } from '#shared/domain/outbox-states.ts';
import type { FieldType, WireValue } from '#shared/domain/listing-fields.ts';

/**
 * What a screen gives to the spreadsheet and what it gets back. The grid knows
 * positions (0-based rows of the view's frozen order) and column keys; a row's
 * identity is its `rid`. Screens implement {@link GridSource} over `views.*`
 * and {@link GridWrites} over `listings.*`; nothing here mentions AG Grid.
 */

/** A cell shows one of the journal's states, or that its value is old or comes from the master. */
export type GridCellState = CellState | 'stale' | 'inherited';

/** What a cell shows beyond its value; `channel` is the last confirmed value there. */
export interface GridCell {
  readonly state: GridCellState;
  readonly channel?: WireValue | undefined;
  /** Only in a conflict: what the channel has now. */
  readonly theirs?: WireValue | undefined;
  readonly code?: string | null | undefined;
  readonly message?: string | null | undefined;
  /** Epoch ms since when the cell is in this state. */
  readonly at?: number | undefined;
  /** How the cell stands to a master value, where there are such. */
  readonly link?: GridLink | undefined;
}

/** `differs`: it inherits, but the channel has another value now. */
export interface GridLink {
  readonly kind: 'inherit' | 'override' | 'detached';
  readonly differs: boolean;
  /** The master's value as it is shown. */
  readonly master: string;
}

/** A row above others that sums them up. It shows texts, and nothing can be written into it. */
export interface GridGroup {
  readonly open: boolean;
  /** Rows under it. */
  readonly size: number;
  /** What it is called when it is spoken of. */
  readonly label: string;
  /** Texts by column key. */
  readonly texts: Readonly<Record<string, string>>;
}

/** A row of a window. `values` are wire values by column key; a missing key shows as unknown (a dash). */
export interface GridRow {
  /** Below zero for groups. */
  readonly rid: number;
  /** Public id, as rejections name it. */
  readonly id: string;
  readonly values: Readonly<Record<string, WireValue>>;
  /** Only cells that are not clean. */
  readonly cells: Readonly<Record<string, GridCell>>;
  readonly state: GridCellState;
  readonly currency: string;
  /** When the channel's values were last read, epoch ms; null when never. */
  readonly readAt: number | null;
  readonly group?: GridGroup | undefined;
}

export type GridColumnType = FieldType | 'readonly';

export type GridEditorKind =
  | 'text'
  | 'longText'
  | 'money'
  | 'integer'
  | 'decimal'
  | 'select'
  | 'date'
  | 'tags'
  | 'none';

export type CellVerdict =
  | { readonly ok: true; readonly value: WireValue }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Why one cell of an editable column cannot be written: `absent` cells mean nothing in their row. */
export interface CellLock {
  readonly kind: 'absent' | 'readOnly';
  /** Shown on hover and when somebody tries to write. */
  readonly reason: string;
}

export interface GridOption {
  readonly value: string;
  readonly label: string;
}

/**
 * One column: the single typed entry that display, editing, paste, fill and
 * copy read. Where `format`, `parse` or `editor` are absent the type decides.
 */
export interface GridColumn {
  readonly key: string;
  readonly header: string;
  readonly type: GridColumnType;
  /** CSS pixels. */
  readonly width: number;
  readonly editable: boolean;
  /** Whether Delete may empty the cell. */
  readonly clearable: boolean;
  readonly pinned?: 'left' | 'right' | undefined;
  /** Not shown until the user asks for it. */
  readonly hidden?: boolean | undefined;
  readonly sortable?: boolean | undefined;
  /** Header of the group the column stands under. */
  readonly group?: string | undefined;
  /** Legal values of an enum, in order. */
  readonly options?: readonly GridOption[] | undefined;
  /** Of `options`, those that can be chosen in this row; absent = all. */
  readonly optionsOf?: ((row: GridRow) => readonly GridOption[]) | undefined;
  /** null where the row's cell can be written. */
  readonly lock?: ((row: GridRow) => CellLock | null) | undefined;
  /** Its cells say how they stand to a master ({@link GridCell.link}). */
  readonly linked?: boolean | undefined;
  /** Codes and SKUs in the mono face. */
  readonly mono?: boolean | undefined;
  readonly editor?: GridEditorKind | undefined;
  /** Suggest the column's own values while typing (Alt+Down always does), where the source gives them. */
  readonly suggest?: boolean | undefined;
  /** Header tooltip. */
  readonly tooltip?: string | undefined;
  /** Display text of a value; null has its own mark and is not passed. */
  readonly format?: ((value: WireValue, row: GridRow) => string) | undefined;
  /** Typed or pasted text to a wire value. */
  readonly parse?: ((text: string, row: GridRow) => CellVerdict) | undefined;
  /** Rules beyond the type, over the parsed value; the same ones the engine applies. */
  readonly validate?: ((value: WireValue, row: GridRow) => CellVerdict) | undefined;
}

/** Inclusive row span of the view and the keys it covers, from left to right. */
export interface GridRange {
  readonly fromRow: number;
  readonly toRow: number;
  readonly keys: readonly string[];
}

export interface GridStats {
  readonly cells: number;
  readonly numbers: number;
  readonly filled: number;
  readonly sum: number | null;
  readonly average: number | null;
  readonly min: number | null;
  readonly max: number | null;
}

export interface GridFindQuery {
  readonly text: string;
  readonly keys: readonly string[];
  /** Position to start at, inclusive. */
  readonly from: number;
  readonly direction: 'next' | 'previous';
  readonly matchCase: boolean;
  /** Only asked for when the source says {@link GridSource.richFind}. `text` is then a regular expression. */
  readonly regex?: boolean | undefined;
  readonly wholeCell?: boolean | undefined;
  /** Inclusive row spans to stay within; absent = the whole view. */
  readonly spans?: readonly (readonly [number, number])[] | undefined;
}

/** `matches` counts rows, `cells` the matching cells where the source counts them. */
export interface GridFindResult {
  readonly row: number | null;
  readonly key: string | null;
  readonly matches: number;
  readonly cells?: number | undefined;
}

/** Rows a call of {@link GridSource.rows} and {@link GridSource.text} may ask for at once. */
export const MAX_WINDOW_ROWS = 1_000;

/**
 * A frozen view. A new filter or sort is a new source object with another
 * `viewId`: the grid then reads the ids again and drops selection and cache
 * positions, but keeps cached rows (they are keyed by rid).
 */
export interface GridSource {
  readonly viewId: string;
  readonly count: number;
  readonly rev: number;
  /** Row ids in the order of the view; length = count. */
  ids(): Promise<Int32Array>;
  /** Rows by id, at most {@link MAX_WINDOW_ROWS}, in any order; a row that is gone is left out. */
  rows(rids: readonly number[], keys: readonly string[]): Promise<readonly GridRow[]>;
  stats(ranges: readonly GridRange[]): Promise<GridStats>;
  /**
   * Canonical cell texts (see `shared/grid/cell-text.ts`) of at most
   * {@link MAX_WINDOW_ROWS} rows; the grid pages longer ranges and localises.
   */
  text(range: GridRange): Promise<readonly (readonly string[])[]>;
  find(query: GridFindQuery): Promise<GridFindResult>;
  /**
   * Where Ctrl+Up or Ctrl+Down leads from a row: the last of the filled cells it
   * stands in, else the next filled cell, else the end. Without it: the end.
   */
  edge?(key: string, from: number, direction: 'up' | 'down'): Promise<number>;
  /** Whether {@link find} understands `regex`, `wholeCell` and `spans`. */
  readonly richFind?: boolean | undefined;
  /** Values a column has now that contain the text, most frequent first; editors suggest them. */
  values?(key: string, text: string): Promise<readonly WireValue[]>;
}

export interface GridChange {
  readonly rid: number;
  /** The row's public id. */
  readonly id: string;
  readonly key: string;
  readonly value: WireValue;
}

export interface GridRejection {
  /** The row's public id. */
  readonly id: string;
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

/** `applied` counts changed cells, `unchanged` those that had the value already. */
export interface GridOutcome {
  readonly commandId: string | null;
  readonly applied: number;
  readonly unchanged: number;
  readonly rejected: readonly GridRejection[];
  readonly rejectedTotal: number;
}

export interface GridPaste {
  /** `fill` and `set` are named apart only for the label of the undo step. */
  readonly kind: 'paste' | 'fill' | 'set';
  readonly fromRow: number;
  /** Target keys from left to right; every block row has as many texts. */
  readonly keys: readonly string[];
  /** Texts; null keeps the cell, '' clears it. */
  readonly block: readonly (readonly (string | null)[])[];
  /** The block repeats from the top until this many rows are filled. */
  readonly rows: number;
  /** How the texts write numbers and dates; `en` for canonical texts. */
  readonly locale: string;
}

export interface GridUndo {
  readonly label: string;
  readonly applied: number;
  readonly changedSince: number;
}

/**
 * The one write path. Every call is one undo step in the engine and resolves
 * with an outcome; it rejects only when the engine could not do it at all.
 */
export interface GridWrites {
  edit(changes: readonly GridChange[]): Promise<GridOutcome>;
  /** `listings.paste`; also over rows that no window has loaded. */
  paste(paste: GridPaste): Promise<GridOutcome>;
  /**
   * Several pastes as one undo step; where they overlap the later one wins. With
   * it, cut cells stay until they are pasted and then move, and a value pasted
   * into several ranges is one step; without it each range is a step.
   */
  pasteAll?(pastes: readonly GridPaste[]): Promise<GridOutcome>;
  /** `listings.bulkEdit` with `clear`. Ranges do not overlap. */
  clear(ranges: readonly GridRange[]): Promise<GridOutcome>;
  /** `listings.bulkEdit` with `set`: one value into every cell (Ctrl+Enter). Ranges do not overlap. */
  set(ranges: readonly GridRange[], value: WireValue): Promise<GridOutcome>;
  /** null when there is nothing to undo. */
  undo(): Promise<GridUndo | null>;
  redo(): Promise<GridUndo | null>;
}

export interface GridSort {
  readonly key: string;
  readonly direction: 'asc' | 'desc';
}

/** Persisted by the screen (saved views); columns in display order, unknown keys are ignored. */
export interface GridColumnState {
  readonly columns: readonly {
    readonly key: string;
    readonly width: number;
    readonly hidden: boolean;
    readonly pinned: 'left' | 'right' | null;
  }[];
}

export type GridDensity = 'compact' | 'normal' | 'comfortable';

export const ROW_HEIGHTS: Readonly<Record<GridDensity, number>> = {
  compact: 28,
  normal: 32,
  comfortable: 40,
};

/** The cell with the focus ring; `row` is null while its window is loading. */
export interface GridActiveCell {
  readonly rowIndex: number;
  readonly rid: number;
  readonly key: string;
  readonly column: GridColumn;
  readonly row: GridRow | null;
  /** Text as an editor shows it. */
  readonly text: string;
}

export interface GridSelection {
  readonly ranges: readonly GridRange[];
  readonly active: GridActiveCell | null;
  /** Distinct rows and columns covered, and cells counted once. */
  readonly rows: number;
  readonly columns: number;
  readonly cells: number;
}

export type GridOperation = 'edit' | 'paste' | 'cut' | 'fill' | 'clear' | 'set';

/** How a block is pasted; values only, always: there are no formulas or formats to leave behind. */
export interface GridPasteOptions {
  /** Rows become columns. */
  readonly transpose?: boolean | undefined;
  /** Empty cells of the block leave the sheet's cells as they are. */
  readonly skipEmpty?: boolean | undefined;
}

/** Keys the grid recognises but the screen answers. */
export type GridShortcut = 'replace' | 'filter' | 'bulkEdit' | 'save' | 'leave';

export interface GridPoint {
  readonly rowIndex: number;
  readonly key: string;
  readonly row: GridRow | null;
  /** CSS pixels in the window. */
  readonly x: number;
  readonly y: number;
}

export interface SheetGridProps {
  readonly source: GridSource;
  readonly columns: readonly GridColumn[];
  readonly writes: GridWrites;
  /** BCP 47: formats, parses and words. */
  readonly locale: string;
  /** Accessible name of the grid. */
  readonly label: string;
  readonly density?: GridDensity | undefined;
  readonly sort?: readonly GridSort[] | undefined;
  /** Read when the grid mounts and whenever the object changes. */
  readonly state?: GridColumnState | undefined;
  /** Order DOM rows and cells as they are seen, for screen readers. */
  readonly domOrder?: boolean | undefined;
  /** Shown when the view has no rows. */
  readonly empty?: ReactNode | undefined;
  readonly onSelectionChange?: ((selection: GridSelection) => void) | undefined;
  /** null while it is being worked out or only one cell is selected. */
  readonly onStatsChange?: ((stats: GridStats | null) => void) | undefined;
  readonly onSortChange?: ((sort: readonly GridSort[]) => void) | undefined;
  readonly onColumnStateChange?: ((state: GridColumnState) => void) | undefined;
  /** Alt+Enter, or a double click on a cell that has no editor. */
  readonly onActivate?: ((cell: GridActiveCell) => void) | undefined;
  readonly onContextMenu?: ((point: GridPoint) => void) | undefined;
  readonly onOutcome?: ((operation: GridOperation, outcome: GridOutcome) => void) | undefined;
  /** Open or close these groups (by rid); null means all. A new source follows, with the same `viewId` and another count. */
  readonly onToggle?: ((groups: readonly number[] | null, open: boolean) => void) | undefined;
  readonly onUndo?: ((undo: GridUndo | null, direction: 'undo' | 'redo') => void) | undefined;
  /** A call of the source or of the writes rejected. */
  readonly onError?: ((error: unknown) => void) | undefined;
  readonly onShortcut?: ((shortcut: GridShortcut) => void) | undefined;
}

export interface SheetGridHandle {
  /** Scrolls to the row, makes its cell active and selects it. */
  goToRow(rowIndex: number, key?: string): void;
  /** False when the view does not hold the row. */
  goToRid(rid: number, key?: string): boolean;
  select(ranges: readonly GridRange[]): void;
  selectAll(): void;
  getSelection(): GridSelection;
  copy(): Promise<void>;
  cut(): Promise<void>;
  /** Ctrl+Shift+C: the names of the columns above the cells. */
  copyWithHeaders(): Promise<void>;
  /** Pastes TSV text at the selection, as Ctrl+V does. */
  paste(text: string, options?: GridPasteOptions): Promise<void>;
  /** Ctrl+G: asks for a row number or a code of the first text column and goes there. */
  openGoTo(): void;
  /** Writes into the active cell, as an edit bar does; the verdict of the column's parser. */
  writeActive(text: string): Promise<CellVerdict>;
  /** Opens the editor of the active cell. */
  editActive(): void;
  clear(): Promise<void>;
  fillDown(): Promise<void>;
  fillRight(): Promise<void>;
  undo(): Promise<void>;
  redo(): Promise<void>;
  /** Drops these rows from the cache and reads the visible ones again. */
  refreshRows(rids: readonly number[]): void;
  /** Drops the whole cache; shown values stay until new ones arrive. */
  invalidate(): void;
  getColumnState(): GridColumnState;
  setColumnState(state: GridColumnState): void;
  setColumnHidden(key: string, hidden: boolean): void;
  autoSizeColumns(keys?: readonly string[]): void;
  openFind(text?: string): void;
  focus(): void;
}
