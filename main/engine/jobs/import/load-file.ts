import { createHash } from 'node:crypto';
import type { READ_FORMATS } from '#shared/contract/workspace.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../../db/database.ts';
import { GenericRows } from './generic-rows.ts';
import { Header } from './header.ts';
import type {
  AdapterContext,
  ColumnTarget,
  ImportedProduct,
  RowAdapter,
  RowProblem,
} from './imported-product.ts';
import {
  currencyOf,
  decimalMarkOf,
  sniffDecimalMark,
  toPlainNumber,
  type DecimalMark,
} from './number-style.ts';
import { presetName, presetOf, PresetRows } from './preset-rows.ts';
import { readRows, type SourceRow } from './read-records.ts';
import { isShopifyStockHeader, ShopifyStockRows } from './shopify-stock-rows.ts';
import { isShopifyHeader, ShopifyRows } from './shopify-rows.ts';
import { hasChanged, inspectFile, type SourceFile } from './source-file.ts';
import { Staging } from './staging.ts';
import { findTarget, type TargetAccount } from './target-account.ts';
import { isWooCommerceHeader, WooCommerceRows } from './woocommerce-rows.ts';

export type ImportFormat = (typeof READ_FORMATS)[number];

export interface ImportInput {
  readonly file: string;
  readonly format?: ImportFormat | undefined;
  readonly accountId?: string | undefined;
  readonly currency?: string | undefined;
  readonly mapping?: Readonly<Record<string, string>> | undefined;
}

export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Rows read so far; the total is an estimate until the end. */
  readonly onProgress?: ((rows: number, total: number | null) => void) | undefined;
}

/** A file that lies in the staging database, read to its end. */
export interface LoadedFile {
  readonly source: SourceFile;
  readonly planId: string;
  readonly format: ImportFormat;
  readonly columns: readonly ColumnTarget[];
  /** Rows with something in them, without the header. */
  readonly rows: number;
  readonly target: TargetAccount;
  readonly staging: Staging;
}

/** Rows read before the decimal mark is decided. */
const SAMPLE_ROWS = 2_000;

/**
 * Reads a file into a fresh staging database. `accept` sees the plan's id
 * before the bulk of the rows is read and may throw. The caller closes the staging.
 */
export async function loadFile(
  db: Database,
  newId: () => string,
  input: ImportInput,
  options: LoadOptions,
  accept: (planId: string) => void,
): Promise<LoadedFile> {
  const source = await inspectFile(input.file, options.signal);
  const rows = readRows(source, options.signal);
  let staging: Staging | null = null;
  try {
    const head = await readHead(rows);
    const mark: { value: DecimalMark | null; mixed: number } = { value: null, mixed: 0 };
    const number = (text: string): string => {
      if (mark.value !== null) {
        const own = decimalMarkOf(text);
        if (own !== null && own !== mark.value) mark.mixed += 1;
      }
      return toPlainNumber(text, mark.value);
    };
    const header = new Header(head.header.cells);
    // Columns that a person has chosen belong to any table.
    const format = input.format ?? (input.mapping ? 'generic' : recognise(header));
    const adapter = adapterFor(format, header, { number }, input);
    const planId = planIdOf(source, { ...input, format });
    accept(planId);
    const numbers = head.rows.flatMap(({ cells }) => adapter.numbersOf(cells));
    mark.value = sniffDecimalMark(numbers);
    const target = findTarget(db, input.accountId, input.currency ?? fileCurrency(db, input, numbers));
    staging = new Staging(db, target, newId);
    describeFile(staging, header, mark.value, target, format);
    const loader = new Loader(adapter, staging, header.names.length);
    loader.push(head.rows);
    for await (const batch of rows) {
      if (options.signal?.aborted) throw new CodedError('CANCELLED', 'The import was stopped');
      loader.push(batch.rows);
      options.onProgress?.(
        loader.rows,
        batch.share > 0 ? Math.max(loader.rows, Math.round(loader.rows / batch.share)) : null,
      );
    }
    loader.end();
    options.onProgress?.(loader.rows, loader.rows);
    if (mark.mixed > 0)
      warnFile(
        staging,
        'MIXED_DECIMALS',
        `${mark.mixed} numbers of the file use the other decimal sign than most; each was read as it is written`,
      );
    if (await hasChanged(source)) {
      throw new CodedError('FILE_UNREADABLE', `${input.file} was changed while it was read; try again`, {
        file: input.file,
      });
    }
    return { source, planId, format, columns: adapter.columns, rows: loader.rows, target, staging };
  } catch (error) {
    staging?.close();
    throw error;
  } finally {
    await rows.return(undefined);
  }
}

/** The same file read in the same way; a changed byte or choice gives another id. */
function planIdOf(source: SourceFile, input: ImportInput): string {
  const choices = [
    input.format ?? null,
    input.accountId ?? null,
    input.currency ?? null,
    Object.entries(input.mapping ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  ];
  return createHash('sha256').update(source.hash).update(JSON.stringify(choices)).digest('hex');
}

async function readHead(
  batches: AsyncGenerator<{ readonly rows: readonly SourceRow[] }>,
): Promise<{ header: SourceRow; rows: SourceRow[] }> {
  const rows: SourceRow[] = [];
  while (rows.length < SAMPLE_ROWS) {
    const next = await batches.next();
    if (next.done) break;
    rows.push(...next.value.rows);
  }
  const header = rows.shift();
  if (!header) throw new CodedError('FILE_FORMAT', 'The file has no rows');
  return { header, rows };
}

function recognise(header: Header): ImportFormat {
  if (isWooCommerceHeader(header)) return 'woocommerce';
  if (isShopifyStockHeader(header)) return 'shopify-inventory';
  const preset = presetOf(header);
  if (preset) return preset;
  return isShopifyHeader(header) ? 'shopify' : 'generic';
}

function adapterFor(
  format: ImportFormat,
  header: Header,
  context: AdapterContext,
  input: ImportInput,
): RowAdapter {
  const wrong = (name: string, missing: string): CodedError =>
    new CodedError(
      'FILE_FORMAT',
      `${input.file} is not a product export of ${name}: ${missing}. Import it as generic and choose the columns`,
      { file: input.file, columns: header.names.slice(0, 100) },
    );
  if (format === 'woocommerce') {
    if (!isWooCommerceHeader(header)) throw wrong('WooCommerce', 'it has no columns "Type" and "Name"');
    return new WooCommerceRows(header, context);
  }
  if (format === 'shopify') {
    if (!isShopifyHeader(header))
      throw wrong('Shopify', 'it has no column "Handle" or "URL handle" with options or prices');
    return new ShopifyRows(header, context);
  }
  if (format === 'shopify-inventory') {
    if (!isShopifyStockHeader(header))
      throw wrong('stock from Shopify', 'it has no columns "Handle", "SKU" and "Location"');
    return new ShopifyStockRows(header, context);
  }
  if (format === 'etsy' || format === 'amazon') {
    if (presetOf(header) !== format)
      throw new CodedError(
        'FILE_FORMAT',
        `${input.file} is not ${presetName(format)}. Import it as generic and choose the columns`,
        { file: input.file, columns: header.names.slice(0, 100) },
      );
    return new PresetRows(format, header, context);
  }
  return new GenericRows(header, context, input.mapping);
}

/** A currency that the price cells carry counts only where the account has none of its own. */
function fileCurrency(db: Database, input: ImportInput, numbers: readonly string[]): string | undefined {
  if (!findTarget(db, input.accountId, undefined).currencyAssumed) return undefined;
  for (const text of numbers) {
    const currency = currencyOf(text);
    if (currency) return currency;
  }
  return undefined;
}

function describeFile(
  staging: Staging,
  header: Header,
  mark: DecimalMark | null,
  target: TargetAccount,
  format: ImportFormat,
): void {
  for (const name of header.duplicates) {
    warnFile(
      staging,
      'DUPLICATE_HEADER',
      `The column "${name.slice(0, 80)}" occurs more than once; the first is used`,
    );
  }
  if (mark === ',') {
    warnFile(
      staging,
      'DECIMAL_COMMA',
      'The prices of this file have decimal commas: "12,50" is read as 12.50',
    );
  }
  if (target.currencyAssumed && format !== 'generic') {
    warnFile(
      staging,
      'CURRENCY_ASSUMED',
      `The file does not name a currency; prices are taken as ${target.currency}`,
    );
  } else if (target.currencyAssumed) {
    warnFile(staging, 'CURRENCY_ASSUMED', `Prices are taken as ${target.currency}`);
  }
}

function warnFile(staging: Staging, code: string, message: string): void {
  staging.problem({ kind: 'warn', row: 1, sku: null, code, message });
}

/** Feeds rows to the adapter and what comes out to the staging, batch by batch. */
class Loader {
  rows = 0;
  private readonly adapter: RowAdapter;
  private readonly staging: Staging;
  private readonly width: number;
  private products: ImportedProduct[] = [];
  private problems: RowProblem[] = [];

  constructor(adapter: RowAdapter, staging: Staging, width: number) {
    this.adapter = adapter;
    this.staging = staging;
    this.width = width;
  }

  push(rows: readonly SourceRow[]): void {
    for (const { row, cells } of rows) {
      this.rows += 1;
      if (this.fits(row, cells)) this.adapter.push(row, cells, this);
    }
    this.flush();
  }

  end(): void {
    this.adapter.end(this);
    this.flush();
  }

  product(product: ImportedProduct): void {
    this.products.push(product);
  }

  problem(problem: RowProblem): void {
    this.problems.push(problem);
  }

  /** A row with filled cells beyond the header has slipped: its cells may stand in wrong columns. */
  private fits(row: number, cells: readonly string[]): boolean {
    if (cells.length === this.width) return true;
    const what = `The row has ${cells.length} cells where the header has ${this.width}`;
    if (cells.slice(this.width).some((cell) => cell.trim() !== '')) {
      this.problem({
        kind: 'skip',
        row,
        sku: null,
        code: 'RAGGED_ROW',
        message: `${what}; it is not used because its cells may have slipped`,
      });
      return false;
    }
    if (cells.length < this.width) {
      this.problem({
        kind: 'warn',
        row,
        sku: null,
        code: 'RAGGED_ROW',
        message: `${what}; the missing cells are taken as blank`,
      });
    }
    return true;
  }

  private flush(): void {
    this.staging.add(this.products, this.problems);
    this.products = [];
    this.problems = [];
  }
}
