import type { CellRange } from '#shared/contract/listings.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { listingField, type ListingFieldName, type StoredValue } from '#shared/domain/listing-fields.ts';
import { MAX_REPLY_ROWS } from '#shared/contract/envelope.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { canonicalText } from '#shared/grid/cell-text.ts';
import type { Database } from '../db/database.ts';
import { fieldColumn, LISTING_FROM } from './filter-sql.ts';
import { FALLBACK_CURRENCY, readRows } from './rows.ts';
import type { View } from './views.ts';

/** Canonical cell texts of a range, row by row; a removed row gives empty texts so that positions hold. */
export function textOfRange(db: Database, view: View, range: CellRange): string[][] {
  const count = range.toRow - range.fromRow + 1;
  if (count > MAX_REPLY_ROWS) {
    throw new CodedError('REPLY_TOO_LARGE', `Ask for at most ${MAX_REPLY_ROWS} rows at a time`, {
      rows: count,
    });
  }
  const rids = [...view.rids.subarray(range.fromRow, range.toRow + 1)];
  const rows = new Map(readRows(db, rids, range.fields).map((row) => [row.rid, row]));
  return rids.map((rid) => {
    const row = rows.get(rid);
    return range.fields.map((name) => {
      const field = listingField(name);
      if (!row || !field) return '';
      return canonicalText(
        field.type,
        toWireValue(field, row[name] ?? null, row.currency ?? FALLBACK_CURRENCY),
      );
    });
  });
}

/** Next cell of the view that contains the text, from a position on, wrapping around; also how many rows match. */
export function findInView(
  db: Database,
  view: View,
  input: ParsedParams<'views.find'>,
): Result<'views.find'> {
  const matching = matchingRids(db, input.text, input.fields, input.matchCase ?? false);
  const size = view.rids.length;
  let matches = 0;
  for (const rid of view.rids) if (matching.has(rid)) matches += 1;
  if (matches === 0) return { row: null, field: null, matches: 0 };
  const step = input.direction === 'previous' ? -1 : 1;
  for (let walked = 0; walked < size; walked += 1) {
    const position = (((input.from + step * walked) % size) + size) % size;
    const rid = view.rids[position];
    const field = rid === undefined ? undefined : matching.get(rid);
    if (field) return { row: position, field, matches };
  }
  return { row: null, field: null, matches };
}

function matchingRids(
  db: Database,
  text: string,
  fields: readonly ListingFieldName[],
  matchCase: boolean,
): Map<number, ListingFieldName> {
  const found = new Map<number, ListingFieldName>();
  for (const name of fields.toReversed()) {
    const field = listingField(name);
    if (!field) continue;
    const column =
      field.type === 'money' ? `(${fieldColumn(field)} / pow(10, a.currency_exponent))` : fieldColumn(field);
    const condition = matchCase ? `instr(${column}, :text) > 0` : `${column} LIKE :text ESCAPE '\\'`;
    const parameter = matchCase ? text : `%${text.replace(/[\\%_]/g, '\\$&')}%`;
    for (const rid of db.pluck<number>(
      `SELECT l.rid FROM ${LISTING_FROM} WHERE l.removed_at_ms IS NULL AND ${condition}`,
      { text: parameter } satisfies Record<string, StoredValue>,
    )) {
      found.set(rid, name);
    }
  }
  return found;
}
