import { describe, expect, test } from 'vitest';
import type { ListingFieldName, StoredValue } from './listing-fields.ts';
import { validateValue } from './listing-rules.ts';

const texts = (count: number, length = 3): string =>
  JSON.stringify(Array.from({ length: count }, (_unused, index) => String(index).padStart(length, 't')));

/** Field, the last value that passes, the first that does not, why, and how strictly. */
const BOUNDARIES: readonly (readonly [ListingFieldName, StoredValue, StoredValue, string, string])[] = [
  ['title', 't'.repeat(140), 't'.repeat(141), 'TITLE_TOO_LONG', 'error'],
  ['title', 't', ' ', 'TITLE_EMPTY', 'error'],
  ['title', 'Äpfel – 50% (neu)™ a+b', 'Apples ♥', 'TITLE_CHARACTERS', 'error'],
  ['title', 'Mug < 20', 'Mug $20', 'TITLE_CHARACTERS', 'error'],
  ['title', "Mug 'blue'", 'Mug `blue`', 'TITLE_CHARACTERS', 'error'],
  ['title', 'a~b', 'a^b', 'TITLE_CHARACTERS', 'error'],
  ['title', 'Salt & Pepper', 'Salt & Pepper & Oil', 'TITLE_REPEATED_SIGN', 'error'],
  ['title', '100% Wool', '100% or 50%', 'TITLE_REPEATED_SIGN', 'error'],
  ['title', 'Set: mug', 'Set: mug: blue', 'TITLE_REPEATED_SIGN', 'error'],
  ['title', 'mug+bowl', 'mug+bowl+plate', 'TITLE_REPEATED_SIGN', 'error'],
  ['description', 'Made by hand, 2 < 3', ' ', 'DESCRIPTION_EMPTY', 'error'],
  ['description', 'a', null, 'DESCRIPTION_EMPTY', 'error'],
  ['description', 'a < b > c', '<p>a</p>', 'DESCRIPTION_MARKUP', 'warning'],
  ['tags', texts(13), texts(14), 'TOO_MANY_TAGS', 'error'],
  ['tags', texts(1, 20), texts(1, 21), 'TAG_TOO_LONG', 'error'],
  ['tags', `["oak's"]`, '["oak!"]', 'TAG_CHARACTERS', 'error'],
  ['tags', '["a-b"]', '["-b"]', 'TAG_CHARACTERS', 'error'],
  ['tags', `["o'clock"]`, `["'clock"]`, 'TAG_CHARACTERS', 'error'],
  ['tags', '["mug","mugs"]', '["mug","Mug"]', 'TAG_TWICE', 'error'],
  ['materials', '["Eiche 2"]', '["oak, ash"]', 'MATERIAL_CHARACTERS', 'error'],
  ['materials', texts(13), texts(14), 'TOO_MANY_MATERIALS', 'warning'],
  ['quantity', 999, 1_000, 'QUANTITY_TOO_LARGE', 'error'],
  ['quantity', 1, 0, 'QUANTITY_ZERO', 'warning'],
  ['quantity', 1, -1, 'NEGATIVE_QUANTITY', 'error'],
  ['quantity', 1, null, 'QUANTITY_EMPTY', 'error'],
  ['price', 20, 19, 'PRICE_TOO_LOW', 'warning'],
  ['price', 20, 0, 'PRICE_TOO_LOW', 'error'],
  ['price', 20, -1, 'NEGATIVE_PRICE', 'error'],
  ['price', 5_000_000, 5_000_001, 'PRICE_TOO_HIGH', 'error'],
  ['price', 20, null, 'PRICE_EMPTY', 'error'],
  ['weight', '0.001', '0', 'WEIGHT_ZERO', 'error'],
  ['weight', '0.001', null, 'WEIGHT_ZERO', 'error'],
  ['weight', '0.001', '-1', 'NEGATIVE_WEIGHT', 'error'],
  ['status', 'inactive', 'draft', 'STATUS_NOT_ON_CHANNEL', 'error'],
];

describe('Etsy', () => {
  test.each(BOUNDARIES)('%s: both sides of the boundary (%j, %j)', (field, passes, fails, code, severity) => {
    expect(validateValue('etsy', field, passes, 'USD')).toBeNull();
    expect(validateValue('etsy', field, fails, 'USD')).toMatchObject({ code, severity });
  });

  test('a price in another currency is only doubted, for it is measured in US dollars', () => {
    expect(validateValue('etsy', 'price', 5_000_001, 'EUR')).toMatchObject({ severity: 'warning' });
    expect(validateValue('etsy', 'price', 5_000_001, 'JPY')).toBeNull();
  });

  test('what is limited there only is free elsewhere', () => {
    expect(validateValue('woocommerce', 'tags', texts(14), 'USD')).toBeNull();
    expect(validateValue('shopify', 'title', 'Apples ♥', 'USD')).toBeNull();
    expect(validateValue('local', 'quantity', 1_000, 'USD')).toBeNull();
  });
});
