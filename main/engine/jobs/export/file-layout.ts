import type { ExportProduct } from './export-product.ts';

/** Cells of one row by header; headers that are not there are blank. */
export type CellRow = Record<string, string>;

/** What has to be known of all products before the header of a file can be written. */
export interface Survey {
  /** Headers kept from the files that the products came from. */
  readonly rest: Set<string>;
  /** Most options that a variant has. */
  options: number;
  readonly weightUnits: Set<string>;
}

/** How products look in one format. */
export interface FileLayout {
  readonly headers: readonly string[];
  /** Headers whose numbers stay numbers; all other cells are text. */
  readonly numeric: ReadonlySet<string>;
  rows(product: ExportProduct): CellRow[];
}

export function emptySurvey(): Survey {
  return { rest: new Set(), options: 0, weightUnits: new Set() };
}

export function survey(products: readonly ExportProduct[], format: string, into: Survey): void {
  for (const product of products) {
    if (product.weightUnit) into.weightUnits.add(product.weightUnit);
    for (const listing of product.listings) into.options = Math.max(into.options, listing.options.length);
    if (format !== 'generic' && product.format !== format) continue;
    for (const source of [product, ...product.listings]) {
      for (const header of Object.keys(source.rest)) into.rest.add(header);
    }
  }
}

/** Puts kept columns into a row, never over a cell that a field has filled. */
export function withRest(row: CellRow, rest: Readonly<Record<string, string>>): CellRow {
  for (const [header, text] of Object.entries(rest)) {
    if ((row[header] ?? '') === '') row[header] = text;
  }
  return row;
}
