import type { ListingFieldName, StoredValue } from '../listing-fields.ts';
import type { Platform } from '../platforms.ts';

/** What is known offline of one listing when it is judged. */
export interface ListingFacts {
  readonly platform: Platform;
  readonly currency: string;
  /** Two letters; null where the account does not tell. */
  readonly marketplace: string | null;
  readonly values: Readonly<Partial<Record<ListingFieldName, StoredValue>>>;
  /** The keyword bank of its account and product type. */
  readonly keywords: readonly string[];
  /** Minor units of the price that the market compares with; null when none was read. */
  readonly rivalMinor: number | null;
}

/** Currencies of exactly one marketplace of Amazon. */
const SINGLE: Readonly<Record<string, string>> = {
  AED: 'AE',
  AUD: 'AU',
  BRL: 'BR',
  CAD: 'CA',
  EGP: 'EG',
  GBP: 'UK',
  INR: 'IN',
  JPY: 'JP',
  MXN: 'MX',
  PLN: 'PL',
  SAR: 'SA',
  SEK: 'SE',
  SGD: 'SG',
  TRY: 'TR',
  USD: 'US',
};

/** The marketplace that a currency gives away; the euro gives away none. */
export function marketplaceOf(platform: Platform, currency: string): string | null {
  return platform === 'amazon' ? (SINGLE[currency] ?? null) : null;
}

export const textOf = (value: StoredValue | undefined): string => (typeof value === 'string' ? value : '');

/** Entries of a list field: bullets a line each, tags and materials, addresses of images. */
export function entriesOf(field: ListingFieldName, value: StoredValue | undefined): string[] {
  if (field === 'images') return imagesOf(value).map(({ src }) => src);
  if (field === 'tags' || field === 'materials' || field === 'categories') return jsonList(value).map(String);
  return textOf(value)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function imagesOf(value: StoredValue | undefined): { src: string; alt: string }[] {
  return jsonList(value).map((image) => {
    const { src, alt } = (typeof image === 'object' && image !== null ? image : {}) as Record<
      string,
      unknown
    >;
    return { src: typeof src === 'string' ? src : '', alt: typeof alt === 'string' ? alt : '' };
  });
}

export function isFilled(value: StoredValue | undefined): boolean {
  return value !== undefined && value !== null && value !== '[]' && String(value).trim() !== '';
}

function jsonList(value: StoredValue | undefined): unknown[] {
  if (typeof value !== 'string' || !value.startsWith('[')) return [];
  const parsed: unknown = JSON.parse(value);
  return Array.isArray(parsed) ? parsed : [];
}
