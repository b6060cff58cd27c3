/** The part of the harness page's `window.harness` that the specs use; the page itself declares all of it. */
export interface Harness {
  readonly grid: {
    goToRow(row: number, key?: string): void;
    goToRid(rid: number, key?: string): boolean;
    select(ranges: readonly Range[]): void;
    selectAll(): void;
    copy(): Promise<void>;
    paste(text: string): Promise<void>;
    undo(): Promise<void>;
    openFind(text?: string): void;
    writeActive(text: string): Promise<unknown>;
    setColumnHidden(key: string, hidden: boolean): void;
    setColumnState(state: ColumnState): void;
    getColumnState(): ColumnState;
    getSelection(): {
      readonly ranges: readonly Range[];
      readonly cells: number;
      readonly active: { readonly rowIndex: number; readonly key: string; readonly text: string } | null;
    };
  } | null;
  readonly table: {
    value(rid: number, key: string): unknown;
    undo(): unknown;
    write(
      label: string,
      cells: readonly { rid: number; key: string; text: string }[],
      locale: string,
    ): unknown;
  };
  readonly calls: { rows: number; text: number; stats: number; ids: number };
  readonly stats: { readonly cells: number; readonly sum: number | null } | null;
  readonly sort: readonly { readonly key: string; readonly direction: string }[];
  readonly columnState: ColumnState | null;
  readonly outcomes: readonly {
    readonly operation: string;
    readonly outcome: {
      readonly applied: number;
      readonly unchanged: number;
      readonly rejectedTotal: number;
    };
  }[];
  readonly undos: readonly unknown[];
  readonly events: readonly string[];
  readonly errors: readonly string[];
  readonly setRows: (rows: number) => void;
  readonly bumpRev: () => void;
  readonly setDensity: (density: string) => void;
}

interface Range {
  readonly fromRow: number;
  readonly toRow: number;
  readonly keys: readonly string[];
}

interface ColumnState {
  readonly columns: readonly {
    readonly key: string;
    readonly width: number;
    readonly hidden: boolean;
    readonly pinned: string | null;
  }[];
}
