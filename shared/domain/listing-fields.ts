/**
 * The one registry of listing columns: storage, type, lane, merge policy and
 * permissions. Grid, validation, import, export, journal and sync all read it;
 * a new column is one entry here and a migration.
 *
 * A *listing* is one sellable variant on one account. Its *product* is the
 * channel's object that groups variants; for a simple product both are the
 * same channel object.
 */
export type FieldType =
  | 'text'
  | 'html'
  | 'money'
  | 'integer'
  | 'decimal'
  | 'enum'
  | 'boolean'
  | 'dateTime'
  | 'tags'
  | 'images';

/** Which table a field is stored in. Writing a product field changes every variant's row. */
export type FieldEntity = 'product' | 'listing';

/** Stock and price overtake content in the outbox. */
export type Lane = 'stock' | 'content';

/** What happens when both sides changed a field since the last confirmed value. */
export type MergePolicy = 'ask' | 'remote' | 'local';

export interface ListingField {
  readonly name: ListingFieldName;
  readonly entity: FieldEntity;
  /** Column in the product or listing table. */
  readonly column: string;
  readonly type: FieldType;
  readonly lane: Lane;
  readonly policy: MergePolicy;
  readonly editable: boolean;
  /** Whether null (the *clear* state) is a legal value. */
  readonly clearable: boolean;
  readonly options?: readonly string[];
  /** Grid width in CSS pixels. */
  readonly width: number;
}

export const LISTING_FIELD_NAMES = [
  'sku',
  'title',
  'price',
  'salePrice',
  'quantity',
  'status',
  'description',
  'shortDescription',
  'slug',
  'tags',
  'categories',
  'images',
  'gtin',
  'manageStock',
  'stockStatus',
  'backorders',
  'weight',
  'saleFrom',
  'saleTo',
  'brand',
  'productType',
  'bullets',
  'searchTerms',
  'materials',
  'typeAttributes',
] as const;
export type ListingFieldName = (typeof LISTING_FIELD_NAMES)[number];

type Row = Omit<ListingField, 'name' | 'editable' | 'clearable'> & {
  editable?: boolean;
  clearable?: boolean;
};

const ROWS: Record<ListingFieldName, Row> = {
  sku: { entity: 'listing', column: 'sku', type: 'text', lane: 'content', policy: 'ask', width: 150 },
  title: {
    entity: 'product',
    column: 'title',
    type: 'text',
    lane: 'content',
    policy: 'ask',
    clearable: false,
    width: 320,
  },
  price: {
    entity: 'listing',
    column: 'price_minor',
    type: 'money',
    lane: 'stock',
    policy: 'ask',
    width: 100,
  },
  salePrice: {
    entity: 'listing',
    column: 'sale_price_minor',
    type: 'money',
    lane: 'stock',
    policy: 'ask',
    width: 100,
  },
  quantity: {
    entity: 'listing',
    column: 'quantity',
    type: 'integer',
    lane: 'stock',
    policy: 'ask',
    width: 90,
  },
  status: {
    entity: 'product',
    column: 'status',
    type: 'enum',
    // What each channel knows of these is in domain/channel-fields.ts.
    options: [
      'publish',
      'draft',
      'pending',
      'private',
      'unlisted',
      'archived',
      'inactive',
      'expired',
      'sold_out',
    ],
    lane: 'content',
    policy: 'ask',
    clearable: false,
    width: 100,
  },
  description: {
    entity: 'product',
    column: 'description',
    type: 'html',
    lane: 'content',
    policy: 'ask',
    width: 260,
  },
  shortDescription: {
    entity: 'product',
    column: 'short_description',
    type: 'html',
    lane: 'content',
    policy: 'ask',
    width: 220,
  },
  slug: { entity: 'product', column: 'slug', type: 'text', lane: 'content', policy: 'ask', width: 160 },
  tags: { entity: 'product', column: 'tags', type: 'tags', lane: 'content', policy: 'ask', width: 180 },
  categories: {
    entity: 'product',
    column: 'categories',
    type: 'tags',
    lane: 'content',
    policy: 'remote',
    editable: false,
    width: 180,
  },
  images: { entity: 'product', column: 'images', type: 'images', lane: 'content', policy: 'ask', width: 110 },
  gtin: { entity: 'listing', column: 'gtin', type: 'text', lane: 'content', policy: 'ask', width: 140 },
  manageStock: {
    entity: 'listing',
    column: 'manage_stock',
    type: 'boolean',
    lane: 'stock',
    policy: 'ask',
    clearable: false,
    width: 90,
  },
  stockStatus: {
    entity: 'listing',
    column: 'stock_status',
    type: 'enum',
    options: ['instock', 'outofstock', 'onbackorder'],
    lane: 'stock',
    policy: 'remote',
    clearable: false,
    width: 110,
  },
  backorders: {
    entity: 'listing',
    column: 'backorders',
    type: 'enum',
    options: ['no', 'notify', 'yes'],
    lane: 'stock',
    policy: 'ask',
    clearable: false,
    width: 100,
  },
  weight: { entity: 'listing', column: 'weight', type: 'decimal', lane: 'content', policy: 'ask', width: 90 },
  saleFrom: {
    entity: 'listing',
    column: 'sale_from_at_ms',
    type: 'dateTime',
    lane: 'stock',
    policy: 'ask',
    width: 150,
  },
  saleTo: {
    entity: 'listing',
    column: 'sale_to_at_ms',
    type: 'dateTime',
    lane: 'stock',
    policy: 'ask',
    width: 150,
  },
  brand: { entity: 'product', column: 'brand', type: 'text', lane: 'content', policy: 'ask', width: 130 },
  productType: {
    entity: 'product',
    column: 'product_type',
    type: 'text',
    lane: 'content',
    policy: 'ask',
    width: 140,
  },
  /** One bullet a line. */
  bullets: { entity: 'product', column: 'bullets', type: 'text', lane: 'content', policy: 'ask', width: 260 },
  searchTerms: {
    entity: 'product',
    column: 'search_terms',
    type: 'text',
    lane: 'content',
    policy: 'ask',
    width: 200,
  },
  materials: {
    entity: 'product',
    column: 'materials',
    type: 'tags',
    lane: 'content',
    policy: 'ask',
    width: 160,
  },
  /** Canonical JSON of domain/type-attributes.ts. */
  typeAttributes: {
    entity: 'product',
    column: 'type_attributes',
    type: 'text',
    lane: 'content',
    policy: 'ask',
    width: 200,
  },
};

export const LISTING_FIELDS: readonly ListingField[] = LISTING_FIELD_NAMES.map((name) => ({
  editable: true,
  clearable: true,
  ...ROWS[name],
  name,
}));

const byName = new Map(LISTING_FIELDS.map((field) => [field.name as string, field]));

export function listingField(name: string): ListingField | undefined {
  return byName.get(name);
}

/**
 * A value as it is stored and compared: money in minor units, booleans as 0/1,
 * times in epoch milliseconds, tags and images as canonical JSON text, decimals
 * as canonical text; null is *clear*.
 */
export type StoredValue = string | number | null;

/** A value as it travels in a contract: money as a decimal string, tags as string[], null is *clear*. */
export type WireValue = string | number | boolean | null | string[] | ImageValue[];

export interface ImageValue {
  src: string;
  alt: string;
  externalId?: string | undefined;
}
