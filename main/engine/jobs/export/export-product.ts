import { formatMinor } from '#shared/domain/money.ts';
import {
  LISTING_FIELDS,
  listingField,
  type ImageValue,
  type ListingField,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import { FALLBACK_CURRENCY } from '../../catalog/rows.ts';
import type { Database } from '../../db/database.ts';
import type { FieldText, ProductKind, ProductOption } from '../import/imported-product.ts';

export type ExportFormat = 'woocommerce' | 'shopify' | 'generic';
export type StoredByField = Readonly<Partial<Record<ListingFieldName, StoredValue>>>;

export interface ExportListing {
  readonly rid: number;
  readonly id: string;
  readonly externalId: string | null;
  readonly variant: string;
  readonly position: number;
  readonly options: readonly ProductOption[];
  readonly fields: StoredByField;
  readonly rest: Readonly<Record<string, string>>;
}

export interface ExportProduct {
  readonly rid: number;
  readonly id: string;
  readonly externalId: string | null;
  readonly kind: ProductKind;
  readonly currency: string;
  readonly fields: StoredByField;
  readonly parentSku: string | null;
  readonly handle: string | null;
  readonly weightUnit: string | null;
  /** Columns of the file that it came from which no field takes; only those of `format`. */
  readonly format: string | null;
  readonly rest: Readonly<Record<string, string>>;
  readonly listings: readonly ExportListing[];
}

type Row = {
  rid: number;
  id: string;
  external_id: string | null;
  variant: string;
  position: number;
  raw: string;
  product_rid: number;
  product_id: string;
  product_external_id: string | null;
  kind: ProductKind;
  product_raw: string;
  currency: string | null;
} & Record<string, StoredValue>;

const FIELD_COLUMNS = LISTING_FIELDS.map(
  ({ name, entity, column }) => `${entity === 'product' ? 'p' : 'l'}.${column} AS "${name}"`,
);

/** Products of the given listings, in the order of their first listing; removed rows are absent. */
export function readProducts(db: Database, rids: readonly number[]): ExportProduct[] {
  const rows = db.allComposed<Row>(
    `SELECT l.rid, l.id, l.external_id, l.variant, l.position, l.raw, l.product_rid, p.id AS product_id,
       p.external_id AS product_external_id, p.kind, p.raw AS product_raw, a.currency, ${FIELD_COLUMNS.join(', ')}
     FROM json_each(:rids) r CROSS JOIN listing l JOIN product p ON p.rid = l.product_rid JOIN account a ON a.rid = l.account_rid
     WHERE l.rid = r.value AND l.removed_at_ms IS NULL ORDER BY r.key`,
    { rids: JSON.stringify(rids) },
  );
  const products = new Map<number, { first: Row; listings: Row[] }>();
  for (const row of rows) {
    const known = products.get(row.product_rid);
    if (known) known.listings.push(row);
    else products.set(row.product_rid, { first: row, listings: [row] });
  }
  return [...products.values()].map(({ first, listings }) => toProduct(first, listings));
}

function toProduct(row: Row, listings: readonly Row[]): ExportProduct {
  const raw = jsonObject(row.product_raw);
  const source = jsonObject(raw.source);
  return {
    rid: row.product_rid,
    id: row.product_id,
    externalId: row.product_external_id ?? textOf(source.id),
    kind: row.kind,
    currency: row.currency ?? FALLBACK_CURRENCY,
    fields: fieldsOf(row, 'product'),
    parentSku: textOf(source.sku) ?? (row.kind === 'variable' ? textOf(raw.sku) : null),
    handle: textOf(source.handle),
    weightUnit: textOf(source.weightUnit),
    format: textOf(source.format),
    rest: textRecord(source.columns),
    listings: listings.map(toListing),
  };
}

function toListing(row: Row): ExportListing {
  const raw = jsonObject(row.raw);
  const source = jsonObject(raw.source);
  return {
    rid: row.rid,
    id: row.id,
    externalId: row.external_id,
    variant: row.variant,
    position: row.position,
    options: optionsOf(source.options ?? raw.attributes, row.variant),
    fields: fieldsOf(row, 'listing'),
    rest: textRecord(source.columns),
  };
}

/** The options as they were read; when they no longer make up the variant's name, the name is one option. */
function optionsOf(list: unknown, variant: string): ProductOption[] {
  const options = (Array.isArray(list) ? (list as unknown[]) : []).map((item): ProductOption => {
    const option = jsonObject(item);
    return { name: textOf(option.name) ?? '', value: textOf(option.value) ?? textOf(option.option) ?? '' };
  });
  const name = options
    .map(({ value }) => value)
    .filter((value) => value !== '')
    .join(' / ');
  if (name === variant && options.every((option) => option.name !== '')) return options;
  return variant === '' ? [] : [{ name: 'Variant', value: variant }];
}

function fieldsOf(row: Row, entity: ListingField['entity']): StoredByField {
  return Object.fromEntries(
    LISTING_FIELDS.filter((field) => field.entity === entity).map(({ name }) => [name, row[name] ?? null]),
  );
}

/** A stored value as a file has it; null when there is none. */
export function fieldText(
  field: ListingField,
  stored: StoredValue | undefined,
  currency: string,
): FieldText | null {
  if (stored === null || stored === undefined) return null;
  switch (field.type) {
    case 'money':
      return formatMinor(Number(stored), currency);
    case 'boolean':
      return stored === 1 ? 'true' : 'false';
    case 'dateTime':
      return new Date(Number(stored)).toISOString();
    case 'tags':
      return JSON.parse(String(stored)) as string[];
    case 'images':
      // Ids of images belong to one shop and stay with the address there.
      return (JSON.parse(String(stored)) as ImageValue[]).map(({ src, alt }) => ({ src, alt }));
    default:
      return String(stored);
  }
}

function jsonObject(value: unknown): Record<string, unknown> {
  let parsed = value;
  if (typeof value === 'string') {
    try {
      parsed = JSON.parse(value) as unknown;
    } catch {
      return {};
    }
  }
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? (parsed as Record<string, unknown>)
    : {};
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

function textRecord(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(jsonObject(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** A field's text; '' when it has none. */
export function cellText(fields: StoredByField, name: ListingFieldName, currency: string): string {
  const field = listingField(name);
  const value = field ? fieldText(field, fields[name], currency) : null;
  return typeof value === 'string' ? value : '';
}

export function listValues(fields: StoredByField, name: 'tags' | 'categories'): string[] {
  const stored = fields[name];
  return typeof stored === 'string' ? (JSON.parse(stored) as string[]) : [];
}

export function imageValues(fields: StoredByField): ImageValue[] {
  return typeof fields.images === 'string' ? (JSON.parse(fields.images) as ImageValue[]) : [];
}
