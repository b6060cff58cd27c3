import { unescapeFormula } from './formula-escape.ts';

/** Header of the column that tells the importer which listing or product of this program a row is. */
export const ID_HEADER = 'Quayside ID';
/** Header of the column that keeps what a foreign format cannot say; see exact-cells.ts. */
export const EXACT_HEADER = 'Quayside exact';

/** Header of the column in which rows that were left out say why; an import does not read it. */
export const PROBLEM_HEADER = 'Quayside problem';

/** Headers compare without case, accents of spacing, and a BOM. */
export function normalHeader(header: string): string {
  return header.replace(/^﻿/, '').trim().toLowerCase().replace(/\s+/g, ' ');
}

/** Looks cells up by name; a header that occurs twice counts where it stands first. */
export class Header {
  readonly names: readonly string[];
  readonly duplicates: readonly string[];
  private readonly index = new Map<string, number>();

  constructor(cells: readonly string[]) {
    this.names = cells.map((cell) => unescapeFormula(cell).replace(/^﻿/, '').trim());
    const duplicates: string[] = [];
    for (const [position, name] of this.names.entries()) {
      const key = normalHeader(name);
      if (key === '') continue;
      if (this.index.has(key)) duplicates.push(name);
      else this.index.set(key, position);
    }
    this.duplicates = duplicates;
  }

  /** Position of the first of these names, or -1. */
  find(...names: readonly string[]): number {
    for (const name of names) {
      const position = this.index.get(normalHeader(name));
      if (position !== undefined) return position;
    }
    return -1;
  }

  /** Position and match of the first header that fits the pattern. */
  match(pattern: RegExp): { readonly position: number; readonly match: RegExpExecArray } | null {
    for (const [position, name] of this.names.entries()) {
      const match = pattern.exec(normalHeader(name));
      if (match) return { position, match };
    }
    return null;
  }
}

/** A cell as text; '' when the row is short or the column is missing. */
export function cellAt(cells: readonly string[], position: number): string {
  if (position < 0) return '';
  return unescapeFormula(cells[position] ?? '');
}

/** Whether a cell says nothing: then what is there is kept. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** Filled cells of the columns that no field takes. */
export function restOf(
  header: Header,
  cells: readonly string[],
  taken: ReadonlySet<number>,
): Record<string, string> {
  const rest: Record<string, string> = {};
  for (const [position, name] of header.names.entries()) {
    if (taken.has(position) || name === '' || name === PROBLEM_HEADER) continue;
    const text = cellAt(cells, position);
    if (!isBlank(text) && !(name in rest)) rest[name] = text;
  }
  return rest;
}

/** A SKU from a foreign file loses the spaces around it; one that was exported here is taken to the letter. */
export function skuText(text: string, own: boolean): string | null {
  if (isBlank(text)) return null;
  return own ? text : text.trim();
}
