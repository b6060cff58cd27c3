import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../../db/database.ts';
import type { Clock, Logger } from '../../ports.ts';
import { escapeFormula } from '../import/formula-escape.ts';
import { ExactColumn } from './exact-column.ts';
import { readProducts, type ExportFormat, type ExportProduct } from './export-product.ts';
import { emptySurvey, survey, type CellRow, type FileLayout } from './file-layout.ts';
import { genericLayout } from './generic-layout.ts';
import { openTable } from './open-table.ts';
import { shopifyLayout } from './shopify-layout.ts';
import { wooCommerceLayout } from './woocommerce-layout.ts';

export interface ExportDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Logger;
}

export interface ExportInput {
  readonly file: string;
  readonly format: ExportFormat;
  /** Absent = all accounts. */
  readonly accountId?: string | undefined;
  /** Rows of a view in its order; absent = all listings of the account. */
  readonly rids?: readonly number[] | undefined;
}

export interface ExportOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((rows: number, total: number) => void) | undefined;
}

export interface ExportOutcome {
  readonly file: string;
  /** Rows of the file without its header. */
  readonly rows: number;
  readonly bytes: number;
}

const BATCH = 1_000;

/**
 * Writes listings as a table that a spreadsheet opens safely and an import
 * reads back without loss; the file's ending says which kind (CSV, TSV, XLSX,
 * JSON, JSON lines). The file appears whole or not at all.
 */
export async function runExport(
  deps: ExportDeps,
  input: ExportInput,
  options: ExportOptions = {},
): Promise<ExportOutcome> {
  const started = deps.clock.now();
  const batches = listBatches(deps.db, input);
  const total = batches.reduce((sum, batch) => sum + batch.length, 0);
  const layout = await planLayout(deps.db, batches, input.format, options.signal);
  const exact = input.format === 'generic' ? null : new ExactColumn(input.format, layout.headers);
  let done = 0;
  let rows = 0;
  const target = await openTable(input.file, deps.newId(), layout.headers, layout.numeric);
  let bytes: number;
  try {
    for (const batch of batches) {
      await checkpoint(options.signal);
      const lines = readProducts(deps.db, batch).flatMap((product) => productLines(product, layout, exact));
      rows += lines.length;
      if (lines.length > 0) await target.rows(lines);
      done += batch.length;
      options.onProgress?.(done, total);
    }
    bytes = await target.finish();
  } catch (error) {
    throw await target.discard(error);
  }
  deps.log.info('export written', { format: input.format, rows, bytes, ms: deps.clock.now() - started });
  return { file: input.file, rows, bytes };
}

function productLines(product: ExportProduct, layout: FileLayout, exact: ExactColumn | null): string[][] {
  const lines = layout.rows(product).map((row) => cellsOf(row, layout));
  exact?.fill(product, lines);
  return lines;
}

function cellsOf(row: CellRow, layout: FileLayout): string[] {
  return layout.headers.map((header) => {
    const text = row[header] ?? '';
    return layout.numeric.has(header) && /^-?\d+(\.\d+)?$/.test(text) ? text : escapeFormula(text);
  });
}

/** Row ids in batches that never tear a product apart: its rows have to stand together. */
function listBatches(db: Database, input: ExportInput): number[][] {
  const rows = input.rids ? rowsOfView(db, input.rids) : rowsOfAccount(db, input.accountId);
  const products = new Map<number, number[]>();
  for (const { rid, product_rid } of rows) {
    const known = products.get(product_rid);
    if (known) known.push(rid);
    else products.set(product_rid, [rid]);
  }
  const batches: number[][] = [];
  let batch: number[] = [];
  for (const rids of products.values()) {
    if (batch.length > 0 && batch.length + rids.length > BATCH) {
      batches.push(batch);
      batch = [];
    }
    batch.push(...rids);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

interface Place {
  rid: number;
  product_rid: number;
}

function rowsOfAccount(db: Database, accountId: string | undefined): Place[] {
  if (
    accountId &&
    !db.getComposed('SELECT 1 FROM account WHERE id = :id AND removed_at_ms IS NULL', { id: accountId })
  ) {
    throw new CodedError('NOT_FOUND', `There is no account ${accountId}`, { accountId });
  }
  return db.allComposed<Place>(
    `SELECT l.rid, l.product_rid FROM listing l JOIN account a ON a.rid = l.account_rid
     WHERE l.removed_at_ms IS NULL AND a.removed_at_ms IS NULL AND (:id IS NULL OR a.id = :id)
     ORDER BY l.account_rid, l.product_rid, l.position, l.rid`,
    { id: accountId ?? null },
  );
}

function rowsOfView(db: Database, rids: readonly number[]): Place[] {
  const rows: Place[] = [];
  for (let from = 0; from < rids.length; from += 20_000) {
    rows.push(
      ...db.allComposed<Place>(
        `SELECT l.rid, l.product_rid FROM json_each(:rids) r CROSS JOIN listing l
         WHERE l.rid = r.value AND l.removed_at_ms IS NULL ORDER BY r.key`,
        { rids: JSON.stringify(rids.slice(from, from + 20_000)) },
      ),
    );
  }
  return rows;
}

async function planLayout(
  db: Database,
  batches: readonly (readonly number[])[],
  format: ExportFormat,
  signal: AbortSignal | undefined,
): Promise<FileLayout> {
  const seen = emptySurvey();
  for (const batch of batches) {
    await checkpoint(signal);
    survey(readProducts(db, batch), format, seen);
  }
  if (format === 'woocommerce') return wooCommerceLayout(seen);
  return format === 'shopify' ? shopifyLayout(seen) : genericLayout(seen);
}

/** Lets other calls run, and stops when asked to. */
async function checkpoint(signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
  if (signal?.aborted) throw new CodedError('CANCELLED', 'The export was stopped; no file was written');
}
