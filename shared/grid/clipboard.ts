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
 * Texts that a spreadsheet would run as a formula carry an apostrophe, which
 * {@link decodeClipboard} takes off again. `texts` marks the columns that a
 * spreadsheet must not read as numbers: `00123` and `1E5` stay what they are.
 */
export function encodeClipboard(
  rows: TextBlock,
  options: { texts?: readonly boolean[] } = {},
): ClipboardTexts {
  const safe = rows.map((row) => row.map(disarmFormula));
  return { text: encodeTsv(safe), html: encodeHtmlTable(safe, options.texts) };
}

/**
 * Puts an apostrophe before a text that would start a formula. Texts that begin
 * with apostrophes and then a formula get one more, so that {@link rearmFormula}
 * gives back every text exactly.
 */
export function disarmFormula(text: string): string {
  return needsGuard(text) ? `'${text}` : text;
}

/** Undoes {@link disarmFormula}. */
export function rearmFormula(text: string): string {
  return text.startsWith("'") && needsGuard(text) ? text.slice(1) : text;
}

/** Signed numbers are harmless and stay numbers; everything else that could start a formula does not. */
function needsGuard(text: string): boolean {
  if (!/^[\s'=+\-@|%]/.test(text)) return false;
  const bare = text.replace(/^'+/, '');
  if (/^[+-]?[\d.,\s]*\d[\d.,]*$/.test(bare)) return false;
  return /^\s*[=+\-@|%]|^[\t\r\n]/.test(bare);
}

/**
 * Cells of a paste. The plain text is exact where programs quote; HTML wins
 * only when the two disagree about the shape (unquoted newlines or tabs in a
 * cell) or there is no plain text.
 */
export function decodeClipboard({ text, html }: ClipboardTexts): string[][] {
  const table = html === '' ? null : decodeHtmlTable(html);
  return choose(text, table).map((row) => row.map(rearmFormula));
}

function choose(text: string, table: string[][] | null): string[][] {
  if (text === '' && table && table.length > 0) return table;
  const plain = decodeTsv(text);
  return table && table.length > 0 && !sameShape(table, plain) ? table : plain;
}

function sameShape(a: TextBlock, b: TextBlock): boolean {
  const width = (rows: TextBlock): number => Math.max(...rows.map((row) => row.length));
  return a.length === b.length && width(a) === width(b);
}
