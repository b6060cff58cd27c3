import { currencyExponent } from '../domain/money.ts';
import type { FieldType, ImageValue, WireValue } from '../domain/listing-fields.ts';
import { canonicalDate, displayDate } from './date-text.ts';
import { localNumberText } from './number-text.ts';

/**
 * The three texts of a cell. *Canonical* is independent of the locale and is
 * what the engine hands out for copying; *local* is what an editor opens with
 * and the clipboard carries; *display* is what the cell shows.
 */
export type CellTextType = FieldType | 'readonly';

export function isImage(item: unknown): item is ImageValue {
  return typeof item === 'object' && item !== null && 'src' in item;
}

/** Clear is ''. Tags are joined by ", ", images are lines of `address | alternative text`. */
export function canonicalText(type: CellTextType, value: WireValue): string {
  if (value === null) return '';
  if (typeof value === 'object') {
    const separator = value.some(isImage) ? '\n' : ', ';
    return value.map((item) => (isImage(item) ? imageLine(item) : item)).join(separator);
  }
  return type === 'dateTime' && typeof value === 'string' ? canonicalDate(value) : String(value);
}

function imageLine({ src, alt }: ImageValue): string {
  return alt === '' ? src : `${src} | ${alt.replace(/\s*\n\s*/g, ' ')}`;
}

/** Canonical text as the locale writes it; read back by `parseCellText`. */
export function localText(type: CellTextType, canonical: string, locale: string): string {
  return (type === 'money' || type === 'decimal') && /^-?\d+(\.\d+)?$/.test(canonical)
    ? localNumberText(canonical, locale)
    : canonical;
}

const formats = new Map<string, Intl.NumberFormat>();

function numberFormat(locale: string, currency: string | null): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    const exponent = currency === null ? 0 : currencyExponent(currency);
    format = new Intl.NumberFormat(
      locale,
      currency === null
        ? { maximumFractionDigits: 9 }
        : { minimumFractionDigits: exponent, maximumFractionDigits: 9 },
    );
    formats.set(key, format);
  }
  return format;
}

/** A price has the decimals of its currency and no sign: the column or the row says which currency it is. */
export function displayText(type: CellTextType, value: WireValue, locale: string, currency: string): string {
  if (value === null) return '';
  const text = canonicalText(type, value);
  switch (type) {
    case 'money':
    case 'decimal':
    case 'integer':
      return /^-?\d{1,15}(\.\d+)?$/.test(text)
        ? numberFormat(locale, type === 'money' ? currency : null).format(text as `${number}`)
        : text;
    case 'dateTime':
      return displayDate(text, locale);
    case 'html':
      return text
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim();
    default:
      return text.replace(/\s*\n\s*/g, ' ');
  }
}
