/**
 * Tab-separated text as spreadsheets put it on the clipboard. Cells with tabs,
 * newlines or quotes are quoted; a quote opens a quoted cell only as its first
 * character, so `5" pipe` survives from programs that never quote.
 */
export type TextBlock = readonly (readonly string[])[];

/** Rows become columns; ragged rows are filled up. */
export function transposed(rows: TextBlock): string[][] {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return Array.from({ length: width }, (_, column) => rows.map((row) => row[column] ?? ''));
}

/** Rows are joined by CRLF; the last one ends with CRLF only where it would be invisible otherwise. */
export function encodeTsv(rows: TextBlock): string {
  const text = rows.map((row) => row.map(quote).join('\t')).join('\r\n');
  const last = rows.at(-1);
  return rows.length > 1 && last?.length === 1 && last[0] === '' ? `${text}\r\n` : text;
}

function quote(cell: string): string {
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * Always at least one row with one cell; one trailing newline is ignored and
 * newlines inside cells become `\n`. Rows may differ in length.
 */
export function decodeTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const cell = text[at] === '"' ? (readQuoted(text, at) ?? readPlain(text, at)) : readPlain(text, at);
    row.push(cell.value);
    at = cell.end;
    if (text[at] === '\t') {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (at === text.length) break;
  }
  return rows;
}

interface Cell {
  readonly value: string;
  /** Position of the separator after the cell, or the end of the text. */
  readonly end: number;
}

const SEPARATOR = /[\t\n\r]/g;

function readPlain(text: string, from: number): Cell {
  SEPARATOR.lastIndex = from;
  const end = SEPARATOR.exec(text)?.index ?? text.length;
  return { value: text.slice(from, end), end };
}

/** null when the quote is never closed or text follows it: then it was no quoting at all. */
function readQuoted(text: string, from: number): Cell | null {
  let close = text.indexOf('"', from + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close === -1) return null;
  const end = close + 1;
  const after = text[end];
  if (after !== undefined && after !== '\t' && after !== '\n' && after !== '\r') return null;
  return {
    value: text
      .slice(from + 1, close)
      .replaceAll('""', '"')
      .replace(/\r\n?/g, '\n'),
    end,
  };
}
