import { statusesOf } from './channel-fields.ts';
import type { ListingFieldName, StoredValue } from './listing-fields.ts';
import { amazonFinding } from './listing-rules-amazon.ts';
import { etsyFinding } from './listing-rules-etsy.ts';
import { formatMinor } from './money.ts';
import type { AccountPlatform } from './platforms.ts';

/**
 * A channel's rules for one value. WooCommerce checks little and coerces a lot
 * in silence, so what it would mangle is refused here, before it is stored as
 * a pending change. `error` refuses the cell, `warning` is shown and may pass.
 */
export interface RuleFinding {
  readonly code: RuleCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export type RuleCode =
  | 'TITLE_EMPTY'
  | 'TITLE_TOO_LONG'
  | 'SKU_TOO_LONG'
  | 'SKU_SPACES'
  | 'SKU_DUPLICATE'
  | 'GTIN_TOO_LONG'
  | 'SLUG_TOO_LONG'
  | 'SLUG_EMPTY'
  | 'SLUG_CHARACTERS'
  | 'NEGATIVE_PRICE'
  | 'NEGATIVE_QUANTITY'
  | 'QUANTITY_TOO_LARGE'
  | 'NEGATIVE_WEIGHT'
  | 'TEXT_TOO_LONG'
  | 'TAG_TOO_LONG'
  | 'TOO_MANY_TAGS'
  | 'IMAGE_ADDRESS'
  | 'PRICE_EMPTY'
  | 'SALE_NOT_BELOW_PRICE'
  | 'SALE_WITHOUT_PRICE'
  | 'SALE_DATES_REVERSED'
  | 'STATUS_NOT_ON_CHANNEL'
  | 'TITLE_SHORTENED'
  | 'TITLE_CHARACTERS'
  | 'TITLE_REPEATED_WORD'
  | 'BULLET_COUNT'
  | 'BULLET_LENGTH'
  | 'BULLET_CHARACTERS'
  | 'BULLETS_TOO_LONG'
  | 'SEARCH_TERMS_TOO_LONG'
  | 'ATTRIBUTES_FORM'
  | 'DESCRIPTION_MARKUP'
  | 'TOO_MANY_IMAGES'
  | 'IMAGE_FORMAT'
  | 'QUANTITY_EMPTY'
  | 'QUANTITY_ZERO'
  | 'TITLE_REPEATED_SIGN'
  | 'DESCRIPTION_EMPTY'
  | 'PRICE_TOO_LOW'
  | 'PRICE_TOO_HIGH'
  | 'WEIGHT_ZERO'
  | 'TAG_CHARACTERS'
  | 'TAG_TWICE'
  | 'MATERIAL_CHARACTERS'
  | 'TOO_MANY_MATERIALS';

interface Limits {
  readonly title: number;
  readonly sku: number;
  readonly gtin: number;
  readonly slug: number;
  readonly tag: number;
  /** Tags of one product. */
  readonly tags: number;
  readonly quantity: number;
  /** Characters of brand and product type. */
  readonly name: number;
  /** Fields that the channel keeps no product without. */
  readonly required: readonly ListingFieldName[];
  /** Characters of a long text; keeps one cell from becoming a megabyte request. */
  readonly text: number;
}

/** WooCommerce: SKU look-ups and GTIN use the first 100 characters, slugs are cut at 200, a title of 300 is stored but breaks themes and feeds. */
const WOOCOMMERCE: Limits = {
  title: 255,
  sku: 100,
  gtin: 100,
  slug: 200,
  tag: 200,
  tags: Number.POSITIVE_INFINITY,
  quantity: Number.POSITIVE_INFINITY,
  name: Number.POSITIVE_INFINITY,
  required: [],
  text: 1_000_000,
};
/** Shopify: 250 tags a product, quantities up to a thousand million, and neither a product without an address nor a variant without a price. */
const SHOPIFY: Limits = {
  ...WOOCOMMERCE,
  sku: 255,
  gtin: 255,
  slug: 255,
  tag: 255,
  tags: 250,
  quantity: 1_000_000_000,
  name: 255,
  required: ['price', 'slug'],
};
const LIMITS: Record<AccountPlatform, Limits> = {
  woocommerce: WOOCOMMERCE,
  local: { ...WOOCOMMERCE, title: 1_000, sku: 255 },
  // Everything else about Amazon is in listing-rules-amazon.ts.
  amazon: { ...WOOCOMMERCE, title: 200, required: ['price'] },
  shopify: SHOPIFY,
  // Everything else about Etsy is in listing-rules-etsy.ts.
  etsy: { ...WOOCOMMERCE, title: 140, tag: 20 },
};

const error = (code: RuleCode, message: string): RuleFinding => ({ code, severity: 'error', message });
const warning = (code: RuleCode, message: string): RuleFinding => ({ code, severity: 'warning', message });

/** Rules that one value decides by itself, as they hold at `atMs` (epoch ms). */
export function validateValue(
  platform: AccountPlatform,
  field: ListingFieldName,
  value: StoredValue,
  currency: string,
  atMs = Date.now(),
): RuleFinding | null {
  const finding = commonFinding(platform, field, value, currency);
  if (finding !== null) return finding;
  if (platform === 'amazon') return amazonFinding(field, value, atMs);
  return platform === 'etsy' ? etsyFinding(field, value, currency) : null;
}

function commonFinding(
  platform: AccountPlatform,
  field: ListingFieldName,
  value: StoredValue,
  currency: string,
): RuleFinding | null {
  const limits = LIMITS[platform];
  if (value === null && limits.required.includes(field)) return missing(field);
  switch (field) {
    case 'title': {
      const title = String(value ?? '');
      if (title.trim() === '')
        return error('TITLE_EMPTY', 'A title cannot be empty; the shop would name it "Product"');
      return tooLong('TITLE_TOO_LONG', 'The title', title, limits.title);
    }
    case 'sku':
      if (typeof value !== 'string') return null;
      if (value !== value.trim())
        return error('SKU_SPACES', `The SKU "${clip(value)}" begins or ends with a space`);
      return tooLong('SKU_TOO_LONG', 'The SKU', value, limits.sku);
    case 'gtin':
      return typeof value === 'string' ? tooLong('GTIN_TOO_LONG', 'The barcode', value, limits.gtin) : null;
    case 'slug':
      if (typeof value !== 'string') return null;
      if (/[\s/?#]/.test(value))
        return error('SLUG_CHARACTERS', `The slug "${clip(value)}" has spaces or one of / ? #`);
      return tooLong('SLUG_TOO_LONG', 'The slug', value, limits.slug);
    case 'price':
    case 'salePrice':
      if (typeof value === 'number' && value < 0) {
        return error('NEGATIVE_PRICE', `${formatMinor(value, currency)} is below zero`);
      }
      return null;
    case 'status': {
      const known = statusesOf(platform);
      return typeof value === 'string' && !known.includes(value)
        ? error(
            'STATUS_NOT_ON_CHANNEL',
            `"${clip(value)}" is no status of this channel; it knows ${known.join(', ')}`,
          )
        : null;
    }
    case 'quantity':
      if (typeof value !== 'number') return null;
      if (value < 0) return error('NEGATIVE_QUANTITY', `A stock of ${value} is below zero`);
      return value > limits.quantity
        ? error('QUANTITY_TOO_LARGE', `A stock of ${value} is too large; ${limits.quantity} is the most`)
        : null;
    case 'weight':
      return typeof value === 'string' && value.startsWith('-')
        ? error('NEGATIVE_WEIGHT', `A weight of ${value} is below zero`)
        : null;
    case 'description':
    case 'shortDescription':
      return typeof value === 'string' ? tooLong('TEXT_TOO_LONG', 'The text', value, limits.text) : null;
    case 'brand':
    case 'productType':
      return typeof value === 'string' ? tooLong('TEXT_TOO_LONG', 'The text', value, limits.name) : null;
    case 'tags': {
      const count = list(value).length;
      if (count > limits.tags)
        return error('TOO_MANY_TAGS', `There are ${count} tags; ${limits.tags} are allowed`);
      const long = list(value).find((tag) => typeof tag === 'string' && tag.length > limits.tag);
      return typeof long === 'string' ? tooLong('TAG_TOO_LONG', 'A tag', long, limits.tag) : null;
    }
    case 'images': {
      for (const image of list(value)) {
        const src = typeof image === 'object' && image !== null && 'src' in image ? String(image.src) : '';
        if (!/^https?:\/\/\S+$/i.test(src)) {
          return error(
            'IMAGE_ADDRESS',
            `"${clip(src)}" is not an address that the shop could fetch an image from`,
          );
        }
      }
      return null;
    }
    default:
      return null;
  }
}

export interface PricedRow {
  readonly price: number | null;
  readonly salePrice: number | null;
  readonly saleFrom: number | null;
  readonly saleTo: number | null;
}

export interface RowFinding extends RuleFinding {
  readonly field: ListingFieldName;
}

/** Rules between fields of one listing, on the values as they would be after the edit. */
export function validateRow(row: PricedRow, currency: string): RowFinding[] {
  const findings: RowFinding[] = [];
  if (row.salePrice !== null && row.price === null) {
    findings.push({
      ...error('SALE_WITHOUT_PRICE', 'A sale price needs a regular price'),
      field: 'salePrice',
    });
  } else if (row.salePrice !== null && row.price !== null && row.salePrice >= row.price) {
    // WooCommerce drops such a sale price without a word.
    findings.push({
      ...error(
        'SALE_NOT_BELOW_PRICE',
        `The sale price ${formatMinor(row.salePrice, currency)} is not below the price ${formatMinor(row.price, currency)}`,
      ),
      field: 'salePrice',
    });
  }
  if (row.saleFrom !== null && row.saleTo !== null && row.saleFrom > row.saleTo) {
    findings.push({ ...error('SALE_DATES_REVERSED', 'The sale ends before it begins'), field: 'saleTo' });
  }
  if (row.price === null) {
    findings.push({ ...warning('PRICE_EMPTY', 'Without a price nobody can buy it'), field: 'price' });
  }
  return findings;
}

function missing(field: ListingFieldName): RuleFinding {
  return field === 'slug'
    ? error('SLUG_EMPTY', 'The shop keeps no product without a slug')
    : error('PRICE_EMPTY', 'The shop keeps no product without a price');
}

function tooLong(code: RuleCode, what: string, text: string, limit: number): RuleFinding | null {
  if (text.length <= limit) return null;
  return error(code, `${what} has ${text.length} characters; ${limit} are allowed`);
}

function list(value: StoredValue): unknown[] {
  if (typeof value !== 'string') return [];
  const parsed: unknown = JSON.parse(value);
  return Array.isArray(parsed) ? parsed : [];
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
