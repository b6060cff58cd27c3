import type { CellRange, GroupRow } from '#shared/contract/listings.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import {
  listingField,
  type ListingField,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import { MAX_REPLY_ROWS } from '#shared/contract/envelope.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { canonicalText } from '#shared/grid/cell-text.ts';
import type { Database } from '../db/database.ts';
import { fieldColumn, LISTING_FROM } from './filter-sql.ts';
import { groupRows } from './group-rows.ts';
import { isGroupRid, productOfGroup } from './grouping.ts';
import { FALLBACK_CURRENCY, readRows } from './rows.ts';
import { textSearch } from './text-search.ts';
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
  const groups = groupTexts(db, view, rids, range);
  return rids.map((rid) => {
    const summary = groups.get(rid);
    if (summary) return summary;
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

/** What a group's row says in a field: a range, a total, or what all its listings share. */
export function spanText(field: ListingField, { low, high, mixed }: GroupRow['values'][number]): string {
  const text = (value: GroupRow['values'][number]['low']): string => canonicalText(field.type, value);
  return mixed && low !== null ? `${text(low)} – ${text(high)}` : text(low);
}

function groupTexts(
  db: Database,
  view: View,
  rids: readonly number[],
  { fields }: CellRange,
): Map<number, string[]> {
  if (!view.groups) return new Map();
  const products = rids.filter(isGroupRid).map(productOfGroup);
  return new Map(
    groupRows(db, view.groups, products, fields).map((row) => [
      row.rid,
      fields.map((name, index) => {
        const field = listingField(name);
        const value = row.values[index];
        return field && value ? spanText(field, value) : '';
      }),
    ]),
  );
}

/**
 * Next cell of the view that matches, from a position on, wrapping around; also
 * how many rows and cells match. A removed row matches nothing.
 */
export function findInView(
  db: Database,
  view: View,
  input: ParsedParams<'views.find'>,
): Result<'views.find'> {
  const inside = insideSpans(view.rids.length, input.spans);
  const found = input.regex || input.wholeCell ? searchCells(db, view, input, inside) : searchSql(db, input);
  const size = view.rids.length;
  let matches = 0;
  let cells = 0;
  for (let at = 0; at < size; at += 1) {
    const hit = inside(at) ? found.get(view.rids[at] ?? -1) : undefined;
    if (!hit) continue;
    matches += 1;
    cells += hit.cells;
  }
  if (matches === 0) return { row: null, field: null, matches, cells };
  const step = input.direction === 'previous' ? -1 : 1;
  for (let walked = 0; walked < size; walked += 1) {
    const position = (((input.from + step * walked) % size) + size) % size;
    const hit = inside(position) ? found.get(view.rids[position] ?? -1) : undefined;
    if (hit) return { row: position, field: hit.first, matches, cells };
  }
  return { row: null, field: null, matches, cells };
}

/** The leftmost matching field of a row and how many of its cells match. */
interface Hit {
  first: ListingFieldName;
  cells: number;
}

function insideSpans(
  size: number,
  spans: readonly (readonly [number, number])[] | undefined,
): (position: number) => boolean {
  if (!spans) return () => true;
  const marks = new Uint8Array(size);
  for (const [from, to] of spans) marks.fill(1, Math.min(from, to), Math.max(from, to) + 1);
  return (position) => marks[position] === 1;
}

/** A plain part of a text: the database looks through all rows once, at all fields of each. */
function searchSql(db: Database, input: ParsedParams<'views.find'>): Map<number, Hit> {
  const names = input.fields.filter((name) => listingField(name) !== undefined);
  const conditions = names.flatMap((name) => {
    const field = listingField(name);
    if (!field) return [];
    const column =
      field.type === 'money' ? `(${fieldColumn(field)} / pow(10, a.currency_exponent))` : fieldColumn(field);
    return [input.matchCase ? `instr(${column}, :text) > 0` : `${column} LIKE :text ESCAPE '\\'`];
  });
  if (conditions.length === 0) return new Map();
  const text = input.matchCase ? input.text : `%${input.text.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = db.allComposed<{ rid: number; first: number; cells: number }>(
    `SELECT l.rid, CASE ${conditions.map((condition, at) => `WHEN ${condition} THEN ${at}`).join(' ')} END AS first,
       ${conditions.map((condition) => `coalesce(${condition}, 0)`).join(' + ')} AS cells
     FROM ${LISTING_FROM}
     WHERE l.removed_at_ms IS NULL AND (${conditions.join(' OR ')})`,
    { text } satisfies Record<string, StoredValue>,
  );
  return new Map(
    rows.flatMap(({ rid, first, cells }): [number, Hit][] => {
      const name = names[first];
      return name === undefined ? [] : [[rid, { first: name, cells }]];
    }),
  );
}

/** Rows read at a time; bounds memory. */
const CHUNK = 20_000;

/** Whole cells and regular expressions: over the canonical texts, row by row. */
function searchCells(
  db: Database,
  view: View,
  input: ParsedParams<'views.find'>,
  inside: (position: number) => boolean,
): Map<number, Hit> {
  const search = textSearch(input.text, input);
  const rids = view.rids.filter((_, position) => inside(position));
  const found = new Map<number, Hit>();
  for (let from = 0; from < rids.length; from += CHUNK) {
    for (const row of readRows(db, [...rids.subarray(from, from + CHUNK)], input.fields)) {
      const matching = input.fields.filter((name) => {
        const field = listingField(name);
        if (!field) return false;
        const wire = toWireValue(field, row[name] ?? null, row.currency ?? FALLBACK_CURRENCY);
        return wire !== null && search.matches(canonicalText(field.type, wire));
      });
      const [first] = matching;
      if (first) found.set(row.rid, { first, cells: matching.length });
    }
  }
  return found;
}
