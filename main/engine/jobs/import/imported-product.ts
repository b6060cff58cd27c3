import type { ImageValue, ListingFieldName } from '#shared/domain/listing-fields.ts';

export type ProductKind = 'simple' | 'variable' | 'grouped' | 'external';

/** A cell as the file has it, numbers already with a decimal point; lists already split. */
export type FieldText = string | readonly string[] | readonly ImageValue[];
export type FieldTexts = Partial<Record<ListingFieldName, FieldText>>;

export interface ProductOption {
  readonly name: string;
  readonly value: string;
}

/** One row to sell. Only cells that the file fills are in `fields`: a blank keeps. */
export interface ImportedVariant {
  readonly row: number;
  /** Id of the listing in this program, from a file that was exported here. */
  readonly listingId: string | null;
  readonly sku: string | null;
  /** Id in the shop that the file comes from; only a row without SKU is found by it. */
  readonly sourceId: string | null;
  readonly variant: string;
  readonly options: readonly ProductOption[];
  readonly position: number;
  readonly fields: FieldTexts;
  /**
   * The price is what a buyer pays and the file does not tell the regular one:
   * on a listing that is on sale it changes the sale price.
   */
  readonly sellingPriceOnly: boolean;
  /** A new listing counts its stock when the file gives a quantity and does not say whether it is counted. */
  readonly countsStock: boolean;
  /** Filled cells that no field takes, by header. */
  readonly rest: Readonly<Record<string, string>>;
}

/**
 * Part of a product as found in one place of the file. Parts with one key, or
 * whose key is another part's alias, are one product; the first filled cell
 * of a field counts. A part without title and kind only brings variants.
 */
export interface ImportedProduct {
  readonly row: number;
  readonly key: string;
  readonly aliases: readonly string[];
  readonly kind: ProductKind | null;
  /** Id of the product in this program, from a file that was exported here. */
  readonly productId: string | null;
  readonly handle: string | null;
  readonly sourceId: string | null;
  /** SKU of a product that is sold only through its variants. */
  readonly parentSku: string | null;
  readonly fields: FieldTexts;
  readonly variants: readonly ImportedVariant[];
  readonly rest: Readonly<Record<string, string>>;
  /** Unit of the weights, when the file names one. */
  readonly weightUnit: string | null;
}

export type ProblemCode =
  | 'RAGGED_ROW'
  | 'DUPLICATE_HEADER'
  | 'NO_TITLE'
  | 'NO_PRODUCT'
  | 'KIND_UNKNOWN'
  | 'STATUS_UNKNOWN'
  | 'MIXED_DECIMALS'
  | 'DECIMAL_COMMA'
  | 'EXACT_UNREADABLE';

export interface RowProblem {
  /** skip: nothing of the row is used; warn: it is used, with this remark. */
  readonly kind: 'skip' | 'warn';
  readonly row: number;
  readonly sku: string | null;
  readonly code: ProblemCode;
  readonly message: string;
}

export interface RowSink {
  product(product: ImportedProduct): void;
  problem(problem: RowProblem): void;
}

/** What a column of the file becomes; null when it is only kept with the product. */
export interface ColumnTarget {
  readonly header: string;
  readonly target: string | null;
}

/** Turns the rows of one format into products. Pure: it sees rows in order and only tells the sink. */
export interface RowAdapter {
  readonly columns: readonly ColumnTarget[];
  /** Texts of the price and weight columns, for the decimal mark. */
  numbersOf(cells: readonly string[]): string[];
  push(row: number, cells: readonly string[], sink: RowSink): void;
  /** After the last row. */
  end(sink: RowSink): void;
}

export interface AdapterContext {
  /** `1.234,50` -> `1234.50`; text that is no number comes back as it is. */
  readonly number: (text: string) => string;
}
