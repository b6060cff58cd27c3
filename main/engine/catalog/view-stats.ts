import type { CellRange } from '#shared/contract/listings.ts';
import type { Result } from '#shared/contract/methods.ts';
import { listingField, type ListingField } from '#shared/domain/listing-fields.ts';
import type { Database } from '../db/database.ts';
import { fieldColumn, LISTING_FROM } from './filter-sql.ts';
import type { View } from './views.ts';

/**
 * Count, sum, average, minimum and maximum over ranges of a view, in the
 * database, so that rows no window has loaded count too. Money is summed in
 * units of each row's currency.
 */
export function statsOfRanges(db: Database, view: View, ranges: readonly CellRange[]): Result<'views.stats'> {
  const total = { cells: 0, filled: 0, numbers: 0, sum: 0, min: Infinity, max: -Infinity };
  for (const range of ranges) {
    const to = Math.min(range.toRow, view.rids.length - 1);
    const rows = Math.max(0, to - range.fromRow + 1);
    total.cells += rows * range.fields.length;
    const fields = range.fields.map((name) => listingField(name)).filter((field) => field !== undefined);
    if (rows === 0 || fields.length === 0) continue;
    const row = db.getComposed<Record<string, number | null>>(
      `SELECT ${fields.map(aggregates).join(', ')} FROM json_each(:rids) r CROSS JOIN ${LISTING_FROM}
       WHERE l.rid = r.value AND l.removed_at_ms IS NULL`,
      { rids: JSON.stringify([...view.rids.subarray(range.fromRow, to + 1)]) },
    );
    fields.forEach((field, index) => {
      const filled = row?.[`filled${index}`] ?? 0;
      total.filled += filled;
      if (!isNumeric(field) || filled === 0) return;
      total.numbers += filled;
      total.sum += row?.[`sum${index}`] ?? 0;
      total.min = Math.min(total.min, row?.[`min${index}`] ?? Infinity);
      total.max = Math.max(total.max, row?.[`max${index}`] ?? -Infinity);
    });
  }
  const any = total.numbers > 0;
  return {
    cells: total.cells,
    filled: total.filled,
    numbers: total.numbers,
    sum: any ? tidy(total.sum) : null,
    average: any ? tidy(total.sum / total.numbers) : null,
    min: any ? total.min : null,
    max: any ? total.max : null,
  };
}

const isNumeric = ({ type }: ListingField): boolean =>
  type === 'money' || type === 'integer' || type === 'decimal';

function aggregates(field: ListingField, index: number): string {
  const column = fieldColumn(field);
  if (!isNumeric(field)) return `count(nullif(nullif(${column}, ''), '[]')) AS filled${index}`;
  const value =
    field.type === 'money'
      ? `${column} / pow(10, a.currency_exponent)`
      : field.type === 'decimal'
        ? `CAST(${column} AS REAL)`
        : column;
  return `count(${column}) AS filled${index}, sum(${value}) AS sum${index}, min(${value}) AS min${index}, max(${value}) AS max${index}`;
}

/** Sums of cents as floating point carry dust in the last digits. */
function tidy(value: number): number {
  return Number(value.toPrecision(15));
}
