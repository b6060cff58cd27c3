import { describe, expect, test } from 'vitest';
import { utf8Bytes } from './listing-rules-amazon.ts';
import { validateValue, type RuleFinding } from './listing-rules.ts';
import type { ListingFieldName, StoredValue } from './listing-fields.ts';

const NOW = Date.UTC(2026, 10, 24);
const find = (field: ListingFieldName, value: StoredValue, at = NOW): RuleFinding | null =>
  validateValue('amazon', field, value, 'EUR', at);
/** Words that differ, so that only the length counts. */
const words = (length: number): string => {
  let text = '';
  for (let index = 0; text.length < length; index += 1) text += `word${index} `;
  return text.slice(0, length - 1).replace(/ $/, 'x') + 'x';
};
const bullets = (...lengths: readonly number[]): string =>
  lengths.map((length) => 'b'.repeat(length)).join('\n');
const images = (count: number, suffix = 'jpg'): string =>
  JSON.stringify(
    Array.from({ length: count }, (_unused, index) => ({
      src: `https://shop.test/${index}.${suffix}`,
      alt: '',
    })),
  );

/** Field, the last value that passes, the first that does not, why, and how bad it is. */
const BOUNDARIES: readonly (readonly [
  ListingFieldName,
  StoredValue,
  StoredValue,
  string,
  RuleFinding['severity'],
])[] = [
  ['title', 't', ' ', 'TITLE_EMPTY', 'error'],
  ['title', words(75), words(76), 'TITLE_SHORTENED', 'warning'],
  ['title', 'Mug & Co.', 'Mug!', 'TITLE_CHARACTERS', 'warning'],
  ['title', 'Mug Mug Bowl', 'Mug mug MUG', 'TITLE_REPEATED_WORD', 'warning'],
  ['title', 'the mug and the bowl and the pan', 'pan pan the pan', 'TITLE_REPEATED_WORD', 'warning'],
  ['bullets', bullets(10, 10, 255), bullets(10, 10, 256), 'BULLET_LENGTH', 'warning'],
  ['bullets', bullets(10, 10, 10), bullets(10, 10, 9), 'BULLET_LENGTH', 'warning'],
  ['bullets', bullets(10, 10, 10), bullets(10, 10), 'BULLET_COUNT', 'warning'],
  ['bullets', bullets(10, 10, 10, 10, 10), bullets(10, 10, 10, 10, 10, 10), 'BULLET_COUNT', 'warning'],
  ['bullets', bullets(250, 250, 250, 249), bullets(250, 250, 250, 250), 'BULLETS_TOO_LONG', 'warning'],
  ['bullets', bullets(10, 10, 10), `${bullets(10, 10, 10)}™`, 'BULLET_CHARACTERS', 'warning'],
  ['searchTerms', 's'.repeat(249), 's'.repeat(250), 'SEARCH_TERMS_TOO_LONG', 'error'],
  ['searchTerms', 'ü'.repeat(124), 'ü'.repeat(125), 'SEARCH_TERMS_TOO_LONG', 'error'],
  ['searchTerms', '😀'.repeat(62), '😀'.repeat(63), 'SEARCH_TERMS_TOO_LONG', 'error'],
  ['description', 'one<br>two<br/>', '<p>one</p>', 'DESCRIPTION_MARKUP', 'warning'],
  ['description', 'd'.repeat(2_000), 'd'.repeat(2_001), 'TEXT_TOO_LONG', 'warning'],
  ['images', images(9), images(10), 'TOO_MANY_IMAGES', 'error'],
  ['images', images(1, 'png'), images(1, 'webp'), 'IMAGE_FORMAT', 'warning'],
  ['price', 1, null, 'PRICE_EMPTY', 'error'],
  ['price', 0, -1, 'NEGATIVE_PRICE', 'error'],
  ['quantity', 0, null, 'QUANTITY_EMPTY', 'error'],
  ['quantity', 0, -1, 'NEGATIVE_QUANTITY', 'error'],
];

describe('Amazon', () => {
  test.each(BOUNDARIES)('%s: both sides of the boundary', (field, passes, fails, code, severity) => {
    expect(find(field, passes)).toBeNull();
    expect(find(field, fails)).toMatchObject({ code, severity });
  });

  test('a title of 200 characters is never refused, one of 201 always is', () => {
    expect(find('title', words(200))?.severity).toBe('warning');
    expect(find('title', words(201))).toMatchObject({ code: 'TITLE_TOO_LONG', severity: 'error' });
  });

  test('rules hold from their day on', () => {
    const day = Date.UTC(2026, 6, 27);
    expect(find('title', words(76), day - 1)).toBeNull();
    expect(find('title', words(76), day)?.code).toBe('TITLE_SHORTENED');
    expect(find('title', words(201), day - 1)?.code).toBe('TITLE_TOO_LONG');
    const repeats = Date.UTC(2025, 0, 21);
    expect(find('title', 'mug mug mug', repeats - 1)).toBeNull();
    expect(find('title', 'mug mug mug', repeats)?.code).toBe('TITLE_REPEATED_WORD');
  });

  test('what is a rule there only is free elsewhere', () => {
    for (const [field, , value, code] of BOUNDARIES) {
      if (!['QUANTITY_EMPTY', 'PRICE_EMPTY', 'TITLE_CHARACTERS', 'IMAGE_FORMAT'].includes(code)) continue;
      expect(validateValue('woocommerce', field, value, 'EUR', NOW)).toBeNull();
    }
  });

  test('bytes are counted as UTF-8 counts them', () => {
    for (const text of ['', 'abc', 'äöü', '€', '😀', 'a\u0000\u07FF\u0800\uFFFF']) {
      expect(utf8Bytes(text)).toBe(encodeURIComponent(text).replace(/%../g, 'x').length);
    }
    expect(utf8Bytes('\uD800')).toBe(3);
  });
});
