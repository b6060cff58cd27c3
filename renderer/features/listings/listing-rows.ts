import type { ViewRow } from '#shared/contract/listings.ts';
import type { ListingFieldName, WireValue } from '#shared/domain/listing-fields.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import type { GridCell, GridRow } from '../../grid/contract.ts';

/** A row of the spreadsheet that also knows which channel it is on: rules differ. */
export interface ListingGridRow extends GridRow {
  readonly platform: AccountPlatform;
  readonly accountId: string;
}

/** Columns that are not fields: where the row lives and how it is. */
export const DERIVED_KEYS = ['variant', 'account', 'quality', 'completeness', 'state', 'readAt'] as const;
export type DerivedKey = (typeof DERIVED_KEYS)[number];

export function isDerived(key: string): key is DerivedKey {
  return (DERIVED_KEYS as readonly string[]).includes(key);
}

export function isListingRow(row: GridRow): row is ListingGridRow {
  return 'platform' in row;
}

export function derivedValue(row: ViewRow, key: DerivedKey, accountName: string): WireValue {
  switch (key) {
    case 'variant':
      return row.variant === '' ? null : row.variant;
    case 'account':
      return accountName;
    case 'quality':
      return row.quality ? Math.round(row.quality.score) : null;
    case 'completeness':
      return row.quality ? Math.round(row.quality.complete) : null;
    case 'state':
      return row.state === 'clean' ? null : row.state;
    case 'readAt':
      return row.readAt === null ? null : new Date(row.readAt).toISOString();
  }
}

/** `values` of a window stand in the order of the fields that were asked for. */
export function toGridRow(
  row: ViewRow,
  fields: readonly ListingFieldName[],
  accountName: string,
): ListingGridRow {
  const values: Record<string, WireValue> = {};
  for (const [index, field] of fields.entries()) {
    const value = row.values[index];
    if (value !== undefined) values[field] = value;
  }
  for (const key of DERIVED_KEYS) values[key] = derivedValue(row, key, accountName);
  const cells: Record<string, GridCell> = {};
  for (const { field, ...cell } of row.cells) cells[field] = cell;
  return {
    rid: row.rid,
    id: row.listingId,
    platform: row.platform,
    accountId: row.accountId,
    values,
    cells,
    state: row.state,
    currency: row.currency,
    readAt: row.readAt,
  };
}
