import { LISTING_FIELD_NAMES, listingField, type ListingFieldName } from './listing-fields.ts';
import type { AccountPlatform } from './platforms.ts';

/**
 * Which fields a channel has, and which of them can be written there. One
 * table for connectors (what they may push), editing (what is refused before
 * it is stored) and screens (which columns a channel has).
 */
export type FieldAccess = 'write' | 'read' | 'none';

const EVERYWHERE: readonly ListingFieldName[] = LISTING_FIELD_NAMES.filter(
  (name) => !['brand', 'productType', 'bullets', 'searchTerms', 'materials', 'typeAttributes'].includes(name),
);
const editable = (names: readonly ListingFieldName[]): ListingFieldName[] =>
  names.filter((name) => listingField(name)?.editable);

interface ChannelFields {
  readonly write: readonly ListingFieldName[];
  readonly read: readonly ListingFieldName[];
  /** Values of `status` that a person can set there. */
  readonly statuses: readonly string[];
}

const CHANNELS: Readonly<Record<AccountPlatform, ChannelFields>> = {
  woocommerce: {
    write: editable(EVERYWHERE),
    read: ['categories'],
    statuses: ['publish', 'draft', 'pending', 'private'],
  },
  local: {
    // Only a channel's own rules say what its attributes mean.
    write: editable(LISTING_FIELD_NAMES).filter((name) => name !== 'typeAttributes'),
    read: ['categories'],
    statuses: listingField('status')?.options ?? [],
  },
  shopify: {
    write: [
      'sku',
      'title',
      'price',
      'salePrice',
      'quantity',
      'status',
      'description',
      'slug',
      'tags',
      'gtin',
      'manageStock',
      'backorders',
      'weight',
      'brand',
      'productType',
    ],
    read: ['categories', 'images'],
    statuses: ['publish', 'draft', 'unlisted', 'archived'],
  },
  etsy: {
    write: [
      'sku',
      'title',
      'price',
      'quantity',
      'status',
      'description',
      'tags',
      'materials',
      'weight',
      'images',
    ],
    read: ['slug'],
    // Drafts, expiry and sold out are shown, but only Etsy sets them.
    statuses: ['publish', 'inactive'],
  },
  amazon: {
    write: [
      'title',
      'price',
      'salePrice',
      'saleFrom',
      'saleTo',
      'quantity',
      'description',
      'bullets',
      'searchTerms',
      'images',
      'typeAttributes',
    ],
    // The SKU is the listing's identity, and its status follows from offer and stock.
    read: ['sku', 'gtin', 'brand', 'productType', 'status'],
    statuses: [],
  },
};

export function fieldAccess(platform: AccountPlatform, field: ListingFieldName): FieldAccess {
  const { write, read } = CHANNELS[platform];
  return write.includes(field) ? 'write' : read.includes(field) ? 'read' : 'none';
}

export function writableFields(platform: AccountPlatform): ReadonlySet<ListingFieldName> {
  return new Set(CHANNELS[platform].write);
}

export function statusesOf(platform: AccountPlatform): readonly string[] {
  return CHANNELS[platform].statuses;
}
