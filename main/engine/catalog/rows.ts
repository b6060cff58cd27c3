import type { CellInfo, ListingRow, ViewRow } from '#shared/contract/listings.ts';
import {
  LISTING_FIELDS,
  listingField,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { worstCellState } from '#shared/domain/outbox-states.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { liveOps, toCellInfo } from './cell-states.ts';
import { fieldColumn, LISTING_FROM } from './filter-sql.ts';

/** Currency of an account that has not told one yet. */
export const FALLBACK_CURRENCY = 'EUR';

interface BaseRow {
  rid: number;
  id: string;
  account: string;
  platform: AccountPlatform;
  currency: string | null;
  product_rid: number;
  product: string;
  kind: string;
  external_id: string | null;
  product_external_id: string | null;
  variant: string;
  read_at_ms: number | null;
  updated_at_ms: number;
  url: string | null;
}

type FieldRow = BaseRow & Record<string, StoredValue>;

const BASE = `l.rid, l.id, a.id AS account, a.platform, a.currency, l.product_rid, p.id AS product, p.kind, l.external_id,
  p.external_id AS product_external_id, l.variant, l.read_at_ms, l.updated_at_ms, p.url`;

const aliases = LISTING_FIELDS.map((field) => `${fieldColumn(field)} AS "${field.name}"`);
const aliasByName = new Map(LISTING_FIELDS.map((field, index) => [field.name, aliases[index] ?? '']));

function columnsFor(fields: readonly ListingFieldName[]): string {
  return fields.map((name) => aliasByName.get(name)).join(', ');
}

/** Rows by id in the given order; removed rows are absent. Ids travel as one JSON parameter. */
export function readRows(
  db: Database,
  rids: readonly number[],
  fields: readonly ListingFieldName[],
): FieldRow[] {
  return db.allComposed<FieldRow>(
    `SELECT ${BASE}, ${columnsFor(fields)}
     FROM json_each(:rids) r CROSS JOIN ${LISTING_FROM}
     WHERE l.rid = r.value AND l.removed_at_ms IS NULL ORDER BY r.key`,
    { rids: JSON.stringify(rids) },
  );
}

/** Rows as a window shows them: values, and the state of every cell that is not clean. */
export function viewRows(
  db: Database,
  rids: readonly number[],
  fields: readonly ListingFieldName[],
): ViewRow[] {
  const rows = readRows(db, rids, fields);
  const cells = cellsOf(db, rows);
  const quality = qualityOf(db, rids);
  return rows.map((row) => {
    const currency = row.currency ?? FALLBACK_CURRENCY;
    const infos = cells(row);
    const judged = quality.get(row.rid);
    return {
      rid: row.rid,
      listingId: row.id,
      accountId: row.account,
      platform: row.platform,
      variant: row.variant,
      currency,
      kind: row.external_id === null && row.variant === '' ? ('simple' as const) : ('variant' as const),
      values: fields.map((name) => {
        const field = listingField(name);
        return field ? toWireValue(field, row[name] ?? null, currency) : null;
      }),
      state: worstCellState(infos.map((info) => info.state)),
      cells: infos,
      readAt: row.read_at_ms,
      ...(judged ? { quality: judged } : {}),
    };
  });
}

/** How the rows were last judged. */
function qualityOf(db: Database, rids: readonly number[]): Map<number, NonNullable<ViewRow['quality']>> {
  const rows = db.allComposed<{ rid: number } & NonNullable<ViewRow['quality']>>(
    `SELECT q.listing_rid AS rid, q.score, q.complete, q.rejected, q.as_of_ms AS asOf
     FROM json_each(:rids) r CROSS JOIN quality_score q ON q.listing_rid = r.value`,
    { rids: JSON.stringify(rids) },
  );
  return new Map(rows.map(({ rid, ...quality }) => [rid, quality]));
}

function cellsOf(db: Database, rows: readonly BaseRow[]): (row: BaseRow) => CellInfo[] {
  const byListing = liveOps(
    db,
    'listing',
    rows.map((row) => row.rid),
  );
  const byProduct = liveOps(db, 'product', [...new Set(rows.map((row) => row.product_rid))]);
  return (row) =>
    [...(byListing.get(row.rid) ?? []), ...(byProduct.get(row.product_rid) ?? [])]
      .map((op) => toCellInfo(op, row.currency ?? FALLBACK_CURRENCY))
      .filter((info) => info !== null);
}

const ROW_FIELDS: readonly ListingFieldName[] = ['sku', 'title', 'price', 'salePrice', 'quantity', 'status'];

/** Rows in the form of `listings.query`. */
export function listingRows(db: Database, rids: readonly number[]): ListingRow[] {
  const rows = readRows(db, rids, ROW_FIELDS);
  const cells = cellsOf(db, rows);
  return rows.map((row) => {
    const currency = row.currency ?? FALLBACK_CURRENCY;
    const money = (value: StoredValue | undefined): { minor: number; currency: string } | null =>
      typeof value === 'number' ? { minor: value, currency } : null;
    return {
      listingId: row.id,
      accountId: row.account,
      platform: row.platform,
      productId: row.product,
      externalId: row.external_id ?? row.product_external_id,
      productExternalId: row.product_external_id,
      sku: textOrNull(row['sku']),
      title: String(row['title'] ?? ''),
      variant: row.variant,
      price: money(row['price']),
      salePrice: money(row['salePrice']),
      quantity: typeof row['quantity'] === 'number' ? row['quantity'] : null,
      status: String(row['status'] ?? ''),
      state: worstCellState(cells(row).map((info) => info.state)),
      readAt: row.read_at_ms,
      updatedAt: row.updated_at_ms,
    };
  });
}

function textOrNull(value: StoredValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** One listing by its public id. */
export function requireListingRid(db: Database, listingId: string): number {
  const row = db.getComposed<{ rid: number }>(
    'SELECT rid FROM listing WHERE id = :id AND removed_at_ms IS NULL',
    { id: listingId },
  );
  if (!row) throw new CodedError('NOT_FOUND', `There is no listing ${listingId}`, { listingId });
  return row.rid;
}

export function listingSiblings(
  db: Database,
  rid: number,
): { url: string | null; siblings: { listingId: string; variant: string; sku: string | null }[] } {
  const product = db.getComposed<{ product_rid: number; url: string | null }>(
    'SELECT l.product_rid, p.url FROM listing l JOIN product p ON p.rid = l.product_rid WHERE l.rid = :rid',
    { rid },
  );
  const siblings = db.allComposed<{ listingId: string; variant: string; sku: string | null }>(
    `SELECT id AS listingId, variant, sku FROM listing
     WHERE product_rid = :product AND removed_at_ms IS NULL ORDER BY position, rid LIMIT 500`,
    { product: product?.product_rid ?? -1 },
  );
  return { url: product?.url ?? null, siblings };
}

/** Listings that a suggestion is counted over: a person who types waits for no more. */
const COUNTED = 20_000;

/**
 * Values that a field has now, most frequent first. Every listing is looked at
 * for the text; of those that have it, the first 20,000 are counted.
 */
export function distinctValues(
  db: Database,
  name: ListingFieldName,
  text: string | undefined,
  limit: number,
): { value: ReturnType<typeof toWireValue>; count: number }[] {
  const field = listingField(name);
  if (!field) throw new CodedError('UNKNOWN_FIELD', `There is no field ${name}`, { field: name });
  const column = fieldColumn(field);
  const rows = db.allComposed<{ value: StoredValue; count: number }>(
    `SELECT value, count(*) AS count FROM (
       SELECT ${column} AS value FROM ${LISTING_FROM}
       WHERE l.removed_at_ms IS NULL AND ${column} IS NOT NULL AND ${column} LIKE :pattern ESCAPE '\\' LIMIT :counted)
     GROUP BY 1 ORDER BY count DESC, value LIMIT :limit`,
    { pattern: `%${(text ?? '').replace(/[\\%_]/g, '\\$&')}%`, limit, counted: COUNTED },
  );
  return rows.map((row) => ({ value: toWireValue(field, row.value, FALLBACK_CURRENCY), count: row.count }));
}
