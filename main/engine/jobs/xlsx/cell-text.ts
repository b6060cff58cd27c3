import { xmlText } from '#shared/xml/scan-xml.ts';

/** Characters that a workbook writes as `_xHHHH_`: XML cannot say them, or would change them. */
const UNSAYABLE = /(?![\t\n])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;
const LOOKS_ESCAPED = /_(?=x[\dA-Fa-f]{4}_)/g;

/** Text of a cell as XML; {@link fromCellText} gives it back to the letter. */
export function toCellText(text: string): string {
  return xmlText(text.replaceAll(LOOKS_ESCAPED, '_x005F_').replaceAll(UNSAYABLE, escape));
}

export function fromCellText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replaceAll(/_x([\dA-Fa-f]{4})_/g, (_all, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function escape(char: string): string {
  return `_x${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

/** `AB` -> 27. */
export function columnIndex(reference: string): number {
  let index = 0;
  for (const char of reference) {
    const code = char.charCodeAt(0) - 64;
    if (code < 1 || code > 26) break;
    index = index * 26 + code;
  }
  return index - 1;
}

/** A number of a workbook as digits: never an exponent, and without the noise beyond the 15 digits that Excel keeps. */
export function numberText(text: string): string {
  const plain = text.trim();
  if (/^-?\d{1,15}$/.test(plain) || (/^-?\d+\.\d+$/.test(plain) && plain.length <= 16)) return plain;
  const value = Number(plain);
  if (plain === '' || !Number.isFinite(value)) return plain;
  const short = Number(value.toPrecision(15));
  const shown = String(short);
  return shown.includes('e') ? expand(shown) : shown;
}

function expand(text: string): string {
  const [mantissa = '0', exponent = '0'] = text.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const [whole = '0', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

const BUILT_IN_DATES = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);

/** Whether a number format shows a day or a time. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.has(id);
  const bare = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '');
  return /[dyhs]/i.test(bare) && !/[#0?]/.test(bare.replaceAll(/s\.0+/gi, ''));
}

/** Day (and time) of a serial number; null when it is none. 1900 systems count a day that never was. */
export function dateText(serial: string, from1904: boolean): string | null {
  const value = Number(serial);
  if (serial.trim() === '' || !Number.isFinite(value) || value < 0 || value > 2_958_466) return null;
  const days = from1904 ? value + 1_462 : value < 60 ? value + 1 : value;
  const at = Math.round((days - 25_569) * 86_400) * 1_000;
  const iso = new Date(at).toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
}
