import type { MatrixRange } from '#shared/contract/matrix.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { MAX_REPLY_ROWS } from '#shared/contract/envelope.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { parseMatrixColumn, type MatrixColumn } from '#shared/domain/matrix-columns.ts';
import { currencyExponent } from '#shared/domain/money.ts';
import type { StoredValue } from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { canonicalText } from '#shared/grid/cell-text.ts';
import type { Database } from '../../db/database.ts';
import { fieldColumn } from '../filter-sql.ts';
import { FALLBACK_CURRENCY } from '../rows.ts';
import { textSearch } from '../text-search.ts';
import type { View } from '../views.ts';
import { requireSkus, skusOf } from './open-matrix.ts';
import { onAccount, skuStates, type SkuState } from './sku-state.ts';

/** Rows read at a time; bounds memory. */
const CHUNK = 5_000;

export function requireColumns(keys: readonly string[]): MatrixColumn[] {
  return keys.map((key) => {
    const column = parseMatrixColumn(key);
    if (!column) throw new CodedError('UNKNOWN_FIELD', `There is no column ${key}`, { column: key });
    return column;
  });
}

interface Cell {
  readonly value: StoredValue;
  readonly currency: string;
}

/** null where the account does not have the SKU. */
function cellOf(state: SkuState, column: MatrixColumn): Cell | null {
  if (column.kind === 'master') return { value: state.master[column.field.name], currency: state.currency };
  const [listing] = onAccount(state, column.accountId);
  return listing ? { value: listing.values[column.field.name], currency: listing.currency } : null;
}

function textOf(state: SkuState, column: MatrixColumn): string {
  const cell = cellOf(state, column);
  if (!cell) return '';
  const { listing } = column.field;
  return canonicalText(listing.type, toWireValue(listing, cell.value, cell.currency));
}

/** Canonical cell texts of a range, row by row. */
export function matrixText(db: Database, view: View, range: MatrixRange): string[][] {
  const count = range.toRow - range.fromRow + 1;
  if (count > MAX_REPLY_ROWS) {
    throw new CodedError('REPLY_TOO_LARGE', `Ask for at most ${MAX_REPLY_ROWS} rows at a time`, {
      rows: count,
    });
  }
  // The SKU itself is no column of the registry.
  const columns = range.columns.map((key) => (key === 'sku' ? null : requireColumns([key])[0]));
  return skuStates(db, skusOf(view, range.fromRow, range.toRow)).map((state) =>
    columns.map((column) => (column ? textOf(state, column) : state.sku)),
  );
}

/** Calls back with every row of a span and its position. */
function forEachSku(
  db: Database,
  view: View,
  from: number,
  to: number,
  visit: (state: SkuState, position: number) => void,
): void {
  const last = Math.min(to, requireSkus(view).length - 1);
  for (let at = from; at <= last; at += CHUNK) {
    const states = skuStates(db, skusOf(view, at, Math.min(last, at + CHUNK - 1)));
    for (const [index, state] of states.entries()) visit(state, at + index);
  }
}

interface Sum {
  currency: string;
  filled: number;
  sum: number | null;
  min: number | null;
  max: number | null;
}

/** One column over SKUs, by currency: the database adds up, so that rows no window has loaded cost little. */
function sumsOf(db: Database, skus: string, column: MatrixColumn): Sum[] {
  const { listing, column: masterColumn } = column.field;
  const value = column.kind === 'master' ? `m.${masterColumn}` : fieldColumn(listing);
  const figures = NUMBERS.has(listing.type)
    ? `sum(${value}) AS sum, min(${value}) AS min, max(${value}) AS max`
    : 'NULL AS sum, NULL AS min, NULL AS max';
  const filled = `count(nullif(${value}, '')) AS filled`;
  if (column.kind === 'master') {
    return db.allComposed<Sum>(
      `SELECT m.currency, ${filled}, ${figures} FROM json_each(:skus) s CROSS JOIN master m ON m.sku = s.value GROUP BY 1`,
      { skus },
    );
  }
  return db.allComposed<Sum>(
    `SELECT coalesce(a.currency, '${FALLBACK_CURRENCY}') AS currency, ${filled}, ${figures}
     FROM json_each(:skus) s CROSS JOIN account a CROSS JOIN listing l ON l.sku = s.value AND l.account_rid = a.rid
       CROSS JOIN product p ON p.rid = l.product_rid
     WHERE a.id = :account AND l.removed_at_ms IS NULL GROUP BY 1`,
    { skus, account: column.accountId },
  );
}

const NUMBERS: ReadonlySet<string> = new Set(['money', 'integer', 'decimal']);

/** Count, sum, average, minimum and maximum; money in units of each cell's currency. */
export function matrixStats(
  db: Database,
  view: View,
  ranges: readonly MatrixRange[],
): Result<'matrix.stats'> {
  let cells = 0;
  let filled = 0;
  let numbers = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const range of ranges) {
    const skus = skusOf(view, range.fromRow, range.toRow);
    const list = JSON.stringify(skus);
    cells += skus.length * range.columns.length;
    for (const column of requireColumns(range.columns)) {
      for (const part of sumsOf(db, list, column)) {
        filled += part.filled;
        if (part.sum === null || part.min === null || part.max === null) continue;
        const unit = column.field.listing.type === 'money' ? 10 ** currencyExponent(part.currency) : 1;
        numbers += part.filled;
        sum += part.sum / unit;
        min = Math.min(min, part.min / unit);
        max = Math.max(max, part.max / unit);
      }
    }
  }
  const any = numbers > 0;
  const tidy = (value: number): number => Number(value.toPrecision(15));
  return {
    cells,
    numbers,
    filled,
    sum: any ? tidy(sum) : null,
    average: any ? tidy(sum / numbers) : null,
    min: any ? min : null,
    max: any ? max : null,
  };
}

/** Next SKU with a cell that matches, from a position on, wrapping around. */
export function matrixFind(
  db: Database,
  view: View,
  input: ParsedParams<'matrix.find'>,
): Result<'matrix.find'> {
  const search = textSearch(input.text, input);
  const size = requireSkus(view).length;
  const columns = input.columns.map((key) => ({ key, column: parseMatrixColumn(key) }));
  const hits = new Map<number, string>();
  let cells = 0;
  for (const [from, to] of input.spans ?? [[0, size - 1] as const]) {
    forEachSku(db, view, Math.min(from, to), Math.max(from, to), (state, position) => {
      const matching = columns.filter(({ column }) =>
        search.matches(column ? textOf(state, column) : state.sku),
      );
      cells += matching.length;
      if (matching[0]) hits.set(position, matching[0].key);
    });
  }
  const step = input.direction === 'previous' ? -1 : 1;
  for (let walked = 0; walked < size; walked += 1) {
    const position = (((input.from + step * walked) % size) + size) % size;
    const column = hits.get(position);
    if (column !== undefined) return { row: position, column, matches: hits.size, cells };
  }
  return { row: null, column: null, matches: 0, cells: 0 };
}
