import { listingField, type ImageValue, type ListingFieldName } from '#shared/domain/listing-fields.ts';
import { EXACT_HEADER } from './header.ts';
import type { FieldText, FieldTexts, RowSink } from './imported-product.ts';

/**
 * What a foreign format cannot say of a field: `[what its own columns say,
 * what it really is]`, null standing for blank. An import takes the second
 * only while the first still holds, so an edit in the spreadsheet wins.
 */
export type ExactCells = Partial<Record<ListingFieldName, readonly [FieldText | null, FieldText | null]>>;

export function exactText(cells: ExactCells): string {
  return Object.keys(cells).length === 0 ? '' : JSON.stringify(cells);
}

/** null when the text is not what {@link exactText} writes. */
export function parseExact(text: string): ExactCells | null {
  if (text.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const exact: ExactCells = {};
  for (const [name, entry] of Object.entries(parsed)) {
    const field = listingField(name);
    if (!field || !Array.isArray(entry) || entry.length !== 2) return null;
    const [native, real] = entry as [unknown, unknown];
    if (!isFieldText(native) || !isFieldText(real)) return null;
    exact[field.name] = [native, real];
  }
  return exact;
}

/** The exact cells of a row; a damaged cell is named and not used. */
export function readExact(text: string, row: number, sku: string | null, sink: RowSink): ExactCells {
  const exact = parseExact(text);
  if (exact) return exact;
  sink.problem({
    kind: 'warn',
    row,
    sku,
    code: 'EXACT_UNREADABLE',
    message: `The column "${EXACT_HEADER}" was changed and is not used; the other columns are`,
  });
  return {};
}

/** Field texts of one entity with the exact values put in where the spreadsheet still says what was exported. */
export function withExact(fields: FieldTexts, exact: ExactCells, entity: 'product' | 'listing'): FieldTexts {
  const result: FieldTexts = { ...fields };
  for (const [name, [native, real]] of Object.entries(exact) as [
    ListingFieldName,
    [FieldText | null, FieldText | null],
  ][]) {
    if (listingField(name)?.entity !== entity) continue;
    if (JSON.stringify(fields[name] ?? null) !== JSON.stringify(native)) continue;
    if (real === null) delete result[name];
    else result[name] = real;
  }
  return result;
}

function isFieldText(value: unknown): value is FieldText | null {
  if (value === null || typeof value === 'string') return true;
  if (!Array.isArray(value)) return false;
  return value.every((item) => typeof item === 'string') || value.every(isImage);
}

function isImage(value: unknown): value is ImageValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    'src' in value &&
    typeof value.src === 'string' &&
    'alt' in value &&
    typeof value.alt === 'string'
  );
}
