import { describe, expect, test } from 'vitest';
import type { ListingFieldName, StoredValue } from './listing-fields.ts';
import { validateValue } from './listing-rules.ts';

const codeOf = (field: ListingFieldName, value: StoredValue): string | null =>
  validateValue('shopify', field, value, 'EUR')?.code ?? null;
const tags = (count: number, length = 3): string =>
  JSON.stringify(Array.from({ length: count }, (_unused, index) => String(index).padStart(length, 't')));

/** Field, the last value that passes, the first that does not, and why. */
const BOUNDARIES: readonly (readonly [ListingFieldName, StoredValue, StoredValue, string])[] = [
  ['title', 't'.repeat(255), 't'.repeat(256), 'TITLE_TOO_LONG'],
  ['title', 't', ' ', 'TITLE_EMPTY'],
  ['sku', 's'.repeat(255), 's'.repeat(256), 'SKU_TOO_LONG'],
  ['gtin', '1'.repeat(255), '1'.repeat(256), 'GTIN_TOO_LONG'],
  ['slug', 's'.repeat(255), 's'.repeat(256), 'SLUG_TOO_LONG'],
  ['slug', 'a-b', 'a b', 'SLUG_CHARACTERS'],
  ['slug', 'a', null, 'SLUG_EMPTY'],
  ['tags', tags(250), tags(251), 'TOO_MANY_TAGS'],
  ['tags', tags(1, 255), tags(1, 256), 'TAG_TOO_LONG'],
  ['price', 0, -1, 'NEGATIVE_PRICE'],
  ['price', 0, null, 'PRICE_EMPTY'],
  ['quantity', 1_000_000_000, 1_000_000_001, 'QUANTITY_TOO_LARGE'],
  ['quantity', 0, -1, 'NEGATIVE_QUANTITY'],
  ['brand', 'b'.repeat(255), 'b'.repeat(256), 'TEXT_TOO_LONG'],
  ['productType', 'p'.repeat(255), 'p'.repeat(256), 'TEXT_TOO_LONG'],
  ['weight', '0', '-1', 'NEGATIVE_WEIGHT'],
  ['status', 'unlisted', 'private', 'STATUS_NOT_ON_CHANNEL'],
];

describe('Shopify', () => {
  test.each(BOUNDARIES)('%s: both sides of the boundary', (field, passes, fails, code) => {
    expect(codeOf(field, passes)).toBeNull();
    expect(codeOf(field, fails)).toBe(code);
  });

  test('what is limited there only is free elsewhere', () => {
    expect(validateValue('woocommerce', 'tags', tags(251), 'EUR')).toBeNull();
    expect(validateValue('woocommerce', 'price', null, 'EUR')).toBeNull();
    expect(validateValue('woocommerce', 'quantity', 1_000_000_001, 'EUR')).toBeNull();
  });
});
