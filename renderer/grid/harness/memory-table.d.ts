import type { WireValue } from '#shared/domain/listing-fields.ts';
import type { GridColumn, GridOutcome, GridRow } from '../contract.ts';
interface Written {
  readonly rid: number;
  readonly key: string;
  readonly before: WireValue;
  readonly after: WireValue;
}
export interface Command {
  readonly label: string;
  readonly cells: readonly Written[];
}
/** A deterministic catalogue that lives in the page: values are made from the rid, edits lie over them. */
export declare class MemoryTable {
  private readonly edits;
  private readonly done;
  private readonly undone;
  private readonly columns;
  constructor(columns: readonly GridColumn[]);
  value(rid: number, key: string): WireValue;
  row(rid: number, keys: readonly string[]): GridRow;
  private cell;
  /** Parses and writes texts; null keeps a cell. One command. */
  write(
    label: string,
    cells: Iterable<{
      rid: number;
      key: string;
      text?: string | null;
      value?: WireValue;
    }>,
    locale: string,
  ): GridOutcome;
  undo(): Command | null;
  redo(): Command | null;
  private apply;
}
/** Hostile on purpose: padded and exponent-like SKUs, quotes, newlines, empty cells. */
export declare function original(rid: number, key: string): WireValue;
export {};
