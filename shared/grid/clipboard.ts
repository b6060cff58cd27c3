import { decodeHtmlTable, encodeHtmlTable } from './html-table.ts';
import { decodeTsv, encodeTsv } from './tsv.ts';
import type { TextBlock } from './tsv.ts';

export interface ClipboardTexts {
  /** `text/plain`: TSV. */
  readonly text: string;
  /** `text/html`: a table; empty when there is none. */
  readonly html: string;
}

/**
 * `formulaSafe` puts an apostrophe before texts that a spreadsheet would run
 * as a formula. It is for copies that leave for other programs: a paste back
 * into this grid would keep the apostrophe.
 */
export function encodeClipboard(rows: TextBlock, options: { formulaSafe?: boolean } = {}): ClipboardTexts {
  const safe = options.formulaSafe ? rows.map((row) => row.map(disarmFormula)) : rows;
  return { text: encodeTsv(safe), html: encodeHtmlTable(safe) };
}

/** Signed numbers are harmless and stay numbers; everything else that could start a formula does not. */
export function disarmFormula(text: string): string {
  if (/^[+-]?[\d.,\s]*\d[\d.,]*$/.test(text)) return text;
  return /^[\s]*[=+\-@|%]|^[\t\r\n]/.test(text) ? `'${text}` : text;
}

/**
 * Cells of a paste. The plain text is exact where programs quote; HTML wins
 * only when the two disagree about the shape (unquoted newlines or tabs in a
 * cell) or there is no plain text.
 */
export function decodeClipboard({ text, html }: ClipboardTexts): string[][] {
  const table = html === '' ? null : decodeHtmlTable(html);
  if (text === '' && table && table.length > 0) return table;
  const plain = decodeTsv(text);
  return table && table.length > 0 && !sameShape(table, plain) ? table : plain;
}

function sameShape(a: TextBlock, b: TextBlock): boolean {
  const width = (rows: TextBlock): number => Math.max(...rows.map((row) => row.length));
  return a.length === b.length && width(a) === width(b);
}
