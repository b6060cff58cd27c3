/**
 * How a file writes numbers. `12,50` and `12.50` can only mean one thing; but
 * `1.234` is one thousand in a file with decimal commas and a bit more than
 * one in a file with decimal points. The file decides, never the computer's
 * own settings. A cell that stays ambiguous is handed on as it is and refused
 * by validation with its name, because a price wrong by a thousand is worse
 * than a price left alone.
 */
export type DecimalMark = '.' | ',';

const POINT = /^-?\d+\.(\d{1,2}|\d{4,})$|^-?\d{1,3}(,\d{3})+\.\d+$|^-?\.\d+$/;
const COMMA = /^-?\d+,(\d{1,2}|\d{4,})$|^-?\d{1,3}(\.\d{3})+,\d+$|^-?,\d+$/;
const POINT_GROUPS = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;
const COMMA_GROUPS = /^-?\d{1,3}(\.\d{3})+(,\d+)?$/;
/** By far the most cells; spares them the rest. */
const SIMPLE = /^\d+(\.\d{1,2})?$/;
const PLAIN = /^-?\d+([.,]\d+)?$|^-?[.,]\d+$/;

/** Currency signs, codes and spaces around the digits; Swiss apostrophes and thin spaces within. */
function bare(text: string): string {
  return text
    .trim()
    .replace(/^(-?)\s*(?:\p{Sc}|[A-Z]{3})\s*/u, '$1')
    .replace(/\s*(?:\p{Sc}|[A-Z]{3})$/u, '')
    .replace(/(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(\D|$))/g, '')
    .replace(/[,.][-–—]{1,2}$/, '');
}

/** Reads one number of the sample; null when it does not tell. */
export function decimalMarkOf(text: string): DecimalMark | null {
  if (SIMPLE.test(text)) return text.includes('.') ? '.' : null;
  const number = bare(text);
  if (POINT.test(number)) return '.';
  if (COMMA.test(number)) return ',';
  return null;
}

/** The mark that most of the sample's telling numbers have; null when none tells. */
export function sniffDecimalMark(texts: Iterable<string>): DecimalMark | null {
  let balance = 0;
  let seen = false;
  for (const text of texts) {
    const mark = decimalMarkOf(text);
    if (mark === null) continue;
    seen = true;
    balance += mark === '.' ? 1 : -1;
  }
  if (!seen) return null;
  return balance >= 0 ? '.' : ',';
}

/** `1.234,50` -> `1234.50` by the file's mark; text that is no number, or could be two, comes back trimmed only. */
export function toPlainNumber(text: string, mark: DecimalMark | null): string {
  if (SIMPLE.test(text)) return text;
  const number = bare(text);
  if (/^-?\d+$/.test(number)) return number;
  const certain = decimalMarkOf(text);
  if (certain !== null) return plain(number, certain);
  if (mark === '.' && POINT_GROUPS.test(number)) return plain(number, '.');
  if (mark === ',' && COMMA_GROUPS.test(number)) return plain(number, ',');
  // Three digits after the only mark: decimals when the file uses that mark so.
  if (mark !== null && PLAIN.test(number) && number.includes(mark)) return plain(number, mark);
  if (mark === null && PLAIN.test(number) && number.includes('.')) return plain(number, '.');
  return text.trim();
}

function plain(number: string, mark: DecimalMark): string {
  const groups = mark === '.' ? ',' : '.';
  const text = number.split(groups).join('').replace(mark, '.');
  return text.replace(/^(-?)\./, '$10.');
}

/** The ISO code that a price cell carries itself, if any: `€12` or `12 CHF`. */
export function currencyOf(text: string): string | null {
  const code = /^-?\s*([A-Z]{3})(?=[\s\d.,-])|(?<=[\s\d.,-])([A-Z]{3})$/.exec(text.trim());
  if (code) return code[1] ?? code[2] ?? null;
  if (text.includes('€')) return 'EUR';
  if (text.includes('£')) return 'GBP';
  return null;
}
