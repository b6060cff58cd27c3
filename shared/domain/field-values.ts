import { currencyExponent, formatMinor, parseDecimalToMinor } from './money.ts';
import type { ImageValue, ListingField, StoredValue, WireValue } from './listing-fields.ts';

export type ParsedValue =
  | { readonly ok: true; readonly value: StoredValue }
  | { readonly ok: false; readonly code: ValueErrorCode; readonly message: string };

export type ValueErrorCode =
  | 'NOT_CLEARABLE'
  | 'NOT_MONEY'
  | 'COMMA_PRICE'
  | 'TOO_PRECISE'
  | 'OUT_OF_RANGE'
  | 'NOT_INTEGER'
  | 'NOT_DECIMAL'
  | 'NOT_BOOLEAN'
  | 'NOT_DATE'
  | 'NOT_AN_OPTION'
  | 'NOT_TEXT'
  | 'NOT_LIST';

const fail = (code: ValueErrorCode, message: string): ParsedValue => ({ ok: false, code, message });
const done = (value: StoredValue): ParsedValue => ({ ok: true, value });

/**
 * Turns a contract value into its stored form, or says why not. It checks the
 * type only; the channel's rules are checked by `domain/listing-rules.ts`.
 */
export function parseFieldValue(field: ListingField, value: unknown, currency: string): ParsedValue {
  if (value === null || value === undefined) {
    return field.clearable ? done(null) : fail('NOT_CLEARABLE', `${field.name} cannot be cleared`);
  }
  switch (field.type) {
    case 'text':
    case 'html':
      if (typeof value === 'number') return done(String(value));
      return typeof value === 'string' ? done(value) : fail('NOT_TEXT', `${field.name} must be text`);
    case 'money':
      return parseMoney(field, value, currency);
    case 'integer':
      return parseInteger(field, value);
    case 'decimal':
      return parseDecimal(field, value);
    case 'enum':
      return typeof value === 'string' && (field.options ?? []).includes(value)
        ? done(value)
        : fail('NOT_AN_OPTION', `${field.name} must be one of ${(field.options ?? []).join(', ')}`);
    case 'boolean':
      return parseBoolean(field, value);
    case 'dateTime':
      return parseDate(field, value);
    case 'tags':
      return parseTags(field, value);
    case 'images':
      return parseImages(field, value);
  }
}

function parseMoney(field: ListingField, value: unknown, currency: string): ParsedValue {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string')
    return fail('NOT_MONEY', `${field.name} must be a decimal string such as "12.50"`);
  if (text.trim() === '')
    return field.clearable ? done(null) : fail('NOT_CLEARABLE', `${field.name} cannot be cleared`);
  // WooCommerce stores "12,50" as 1250 without a word, so a comma never leaves the machine.
  if (text.includes(','))
    return fail('COMMA_PRICE', `"${clip(text)}" has a comma; write the price with a dot, such as "12.50"`);
  const parsed = parseDecimalToMinor(text, currency);
  if (parsed.ok) return done(parsed.minor);
  if (parsed.reason === 'precision') {
    return fail(
      'TOO_PRECISE',
      `"${clip(text)}" has more than ${currencyExponent(currency)} decimals for ${currency}`,
    );
  }
  if (parsed.reason === 'range') return fail('OUT_OF_RANGE', `"${clip(text)}" is too large`);
  return fail('NOT_MONEY', `"${clip(text)}" is not a price; write a decimal such as "12.50"`);
}

function parseInteger(field: ListingField, value: unknown): ParsedValue {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return fail('NOT_INTEGER', `${field.name} must be a whole number`);
  if (text.trim() === '')
    return field.clearable ? done(null) : fail('NOT_CLEARABLE', `${field.name} cannot be cleared`);
  if (!/^-?\d{1,16}$/.test(text.trim())) return fail('NOT_INTEGER', `"${clip(text)}" is not a whole number`);
  const number = Number(text.trim());
  return Number.isSafeInteger(number)
    ? done(number === 0 ? 0 : number)
    : fail('OUT_OF_RANGE', `"${clip(text)}" is too large`);
}

function parseDecimal(field: ListingField, value: unknown): ParsedValue {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return fail('NOT_DECIMAL', `${field.name} must be a number`);
  const trimmed = text.trim();
  if (trimmed === '') return done(null);
  const match = /^(-?)0*(\d{1,12})(?:\.(\d{1,9}))?$/.exec(trimmed);
  if (!match) return fail('NOT_DECIMAL', `"${clip(text)}" is not a number`);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  return done(`${match[1]}${match[2]}${fraction ? `.${fraction}` : ''}`);
}

function parseBoolean(field: ListingField, value: unknown): ParsedValue {
  if (value === true || value === 1 || (typeof value === 'string' && /^(true|yes|1)$/i.test(value)))
    return done(1);
  if (value === false || value === 0 || (typeof value === 'string' && /^(false|no|0)$/i.test(value)))
    return done(0);
  return fail('NOT_BOOLEAN', `${field.name} must be true or false`);
}

function parseDate(field: ListingField, value: unknown): ParsedValue {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return done(value);
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value)) {
    const at = Date.parse(value.length === 10 ? `${value}T00:00:00Z` : value);
    if (Number.isFinite(at)) return done(at);
  }
  return fail('NOT_DATE', `${field.name} must be a date such as 2026-11-23 or 2026-11-23T09:00:00Z`);
}

function parseTags(field: ListingField, value: unknown): ParsedValue {
  const list = typeof value === 'string' ? value.split(',') : value;
  if (!Array.isArray(list) || !list.every((item) => typeof item === 'string')) {
    return fail('NOT_LIST', `${field.name} must be a list of texts`);
  }
  return done(canonicalTags(list));
}

/** Tags compare as sets of trimmed texts in their given order, without doubles. */
export function canonicalTags(list: readonly string[]): string {
  return JSON.stringify([...new Set(list.map((item) => item.trim()).filter((item) => item !== ''))]);
}

function parseImages(field: ListingField, value: unknown): ParsedValue {
  const list: unknown =
    typeof value === 'string'
      ? value
          .split(',')
          .map((src) => src.trim())
          .filter(Boolean)
      : value;
  if (!Array.isArray(list)) return fail('NOT_LIST', `${field.name} must be a list of images`);
  const images: ImageValue[] = [];
  for (const item of list as unknown[]) {
    const image = typeof item === 'string' ? { src: item, alt: '' } : item;
    if (typeof image !== 'object' || image === null || !('src' in image) || typeof image.src !== 'string') {
      return fail('NOT_LIST', `${field.name} must be a list of image addresses`);
    }
    const alt = 'alt' in image && typeof image.alt === 'string' ? image.alt : '';
    const externalId =
      'externalId' in image && typeof image.externalId === 'string' ? image.externalId : undefined;
    images.push({ src: image.src, alt, ...(externalId ? { externalId } : {}) });
  }
  return done(canonicalImages(images));
}

export function canonicalImages(images: readonly ImageValue[]): string {
  return JSON.stringify(
    images.map(({ src, alt, externalId }) => ({ src, alt, ...(externalId ? { externalId } : {}) })),
  );
}

/** The stored form as it travels in a contract; the inverse of {@link parseFieldValue}. */
export function toWireValue(field: ListingField, stored: StoredValue, currency: string): WireValue {
  if (stored === null) return null;
  switch (field.type) {
    case 'money':
      return formatMinor(Number(stored), currency);
    case 'boolean':
      return stored === 1;
    case 'dateTime':
      return new Date(Number(stored)).toISOString();
    case 'tags':
      return JSON.parse(String(stored)) as string[];
    case 'images':
      return JSON.parse(String(stored)) as ImageValue[];
    default:
      return stored;
  }
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
