import { currencyExponent, parseDecimalToMinor } from '../domain/money.ts';
import type { ImageValue, WireValue } from '../domain/listing-fields.ts';
import type { ValueErrorCode } from '../domain/field-values.ts';
import type { CellTextType } from './cell-text.ts';
import { parseDateText } from './date-text.ts';
import { parseNumberText } from './number-text.ts';

/** What the parser has to know about a column; listing fields and grid columns both have it. */
export interface CellSpec {
  readonly name: string;
  readonly type: CellTextType;
  readonly clearable: boolean;
  readonly options?: readonly (string | { readonly value: string; readonly label: string })[] | undefined;
}

export interface CellContext {
  readonly locale: string;
  /** Currency of the row, for the decimals of a price. */
  readonly currency: string;
}

export type ParsedCell =
  | { readonly ok: true; readonly value: WireValue }
  | { readonly ok: false; readonly code: ValueErrorCode; readonly message: string };

const fail = (code: ValueErrorCode, message: string): ParsedCell => ({ ok: false, code, message });
const done = (value: WireValue): ParsedCell => ({ ok: true, value });

/**
 * Typed or pasted text as a wire value that `parseFieldValue` accepts, or why
 * not. Blank text is *clear*; for texts only the empty string is.
 */
export function parseCellText(spec: CellSpec, text: string, context: CellContext): ParsedCell {
  const textual = spec.type === 'text' || spec.type === 'html';
  if (textual ? text === '' : text.trim() === '') {
    return spec.clearable ? done(null) : fail('NOT_CLEARABLE', `${spec.name} cannot be empty`);
  }
  switch (spec.type) {
    case 'text':
    case 'html':
      return done(text);
    case 'money':
      return parseMoney(text, context);
    case 'integer':
      return parseInteger(text, context.locale);
    case 'decimal':
      return parseDecimal(text, context.locale);
    case 'enum':
      return parseOption(spec, text);
    case 'boolean':
      return parseBoolean(text);
    case 'dateTime': {
      const date = parseDateText(text, context.locale);
      return date === null ? fail('NOT_DATE', `"${clip(text)}" is not a date`) : done(date);
    }
    case 'tags':
      return done([...new Set(splitList(text))]);
    case 'images':
      return parseImages(text);
    case 'readonly':
      return fail('NOT_TEXT', `${spec.name} cannot be edited`);
  }
}

function parseMoney(text: string, { locale, currency }: CellContext): ParsedCell {
  const decimal = parseNumberText(text, locale);
  if (decimal === null) return fail('NOT_MONEY', `"${clip(text)}" is not a price`);
  const minor = parseDecimalToMinor(decimal, currency);
  if (minor.ok) return done(decimal);
  return minor.reason === 'precision'
    ? fail(
        'TOO_PRECISE',
        `"${clip(text)}" has more than ${currencyExponent(currency)} decimals for ${currency}`,
      )
    : fail('OUT_OF_RANGE', `"${clip(text)}" is too large`);
}

function parseInteger(text: string, locale: string): ParsedCell {
  const decimal = parseNumberText(text, locale);
  if (decimal === null) return fail('NOT_INTEGER', `"${clip(text)}" is not a number`);
  const [whole = '', fraction = ''] = decimal.split('.');
  if (/[1-9]/.test(fraction)) return fail('NOT_INTEGER', `"${clip(text)}" is not a whole number`);
  const value = Number(whole);
  return Number.isSafeInteger(value)
    ? done(value === 0 ? 0 : value)
    : fail('OUT_OF_RANGE', `"${clip(text)}" is too large`);
}

function parseDecimal(text: string, locale: string): ParsedCell {
  const decimal = parseNumberText(text, locale);
  if (decimal === null) return fail('NOT_DECIMAL', `"${clip(text)}" is not a number`);
  const trimmed = decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
  if (!/^-?\d{1,12}(\.\d{1,9})?$/.test(trimmed)) return fail('OUT_OF_RANGE', `"${clip(text)}" is too long`);
  return done(trimmed === '-0' ? '0' : trimmed);
}

function parseOption(spec: CellSpec, text: string): ParsedCell {
  const options = (spec.options ?? []).map((option) =>
    typeof option === 'string' ? { value: option, label: option } : option,
  );
  const wanted = text.trim().toLowerCase();
  const found =
    options.find(({ value }) => value === text) ??
    options.find(({ value, label }) => value.toLowerCase() === wanted || label.toLowerCase() === wanted);
  return found
    ? done(found.value)
    : fail('NOT_AN_OPTION', `"${clip(text)}" is not one of ${options.map(({ label }) => label).join(', ')}`);
}

const YES = new Set('true yes y 1 on x ✓ ✔ ☑ ja j wahr an oui vrai si sí verdadero vero'.split(' '));
const NO = new Set('false no n 0 off - ☐ ✗ ✘ nein falsch aus non faux falso'.split(' '));

function parseBoolean(text: string): ParsedCell {
  const word = text.trim().toLowerCase();
  if (YES.has(word)) return done(true);
  if (NO.has(word)) return done(false);
  return fail('NOT_BOOLEAN', `"${clip(text)}" is neither yes nor no`);
}

function splitList(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Lines of `address | alternative text`, or addresses separated by commas. */
function parseImages(text: string): ParsedCell {
  const images: ImageValue[] = [];
  for (const line of text.split('\n')) {
    const [, src, alt] = /^\s*(\S+) \| (.*)$/.exec(line) ?? [];
    if (src !== undefined) images.push({ src, alt: (alt ?? '').trim() });
    else
      for (const item of line.split(/,\s+|,(?=https?:)|\s+/)) if (item) images.push({ src: item, alt: '' });
  }
  const bad = images.find(({ src }) => !/^(https?|file):\/\/\S+$/i.test(src) && !src.startsWith('/'));
  return bad ? fail('NOT_LIST', `"${clip(bad.src)}" is not an image address`) : done(images);
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
