import { decodeEntities, encodeEntities } from './html-entities.ts';
import type { TextBlock } from './tsv.ts';

/**
 * The first table of a clipboard HTML fragment as Excel, LibreOffice, Google
 * Sheets and browsers write it. There is no DOM here: a small tokenizer reads
 * tags and text, which is also why nothing in the fragment can ever run.
 */
export function encodeHtmlTable(rows: TextBlock, texts: readonly boolean[] = []): string {
  // The text format of Excel and of LibreOffice: leading zeros, exponents and long digits are not read as numbers.
  const opening = (column: number): string =>
    texts[column] ? `<td style="mso-number-format:'\\@'" sdnum="1033;0;@">` : '<td>';
  const body = rows
    .map((row) => `<tr>${row.map((cell, i) => `${opening(i)}${encodeCell(cell)}</td>`).join('')}</tr>`)
    .join('');
  return `<meta charset="utf-8"><table><tbody>${body}</tbody></table>`;
}

/**
 * Without the style Excel would reflow spaces and put each line into its own
 * cell; LibreOffice takes a plain space beside a fixed one for none.
 */
function encodeCell(cell: string): string {
  return encodeEntities(cell.replace(/\r\n?/g, '\n').replace(/\n$/, '\n\n'))
    .replace(/^ +| {2,}| +$/gm, (spaces) => '&nbsp;'.repeat(spaces.length))
    .replaceAll('\t', '<span style="white-space:pre">&#9;</span>')
    .replaceAll('\n', '<br style="mso-data-placement:same-cell">');
}

/** null when there is no table. Spanned cells are empty except the first. */
export function decodeHtmlTable(html: string): string[][] | null {
  const reader = new TableReader();
  let at = html.search(/<table[\s>]/i);
  if (at === -1) return null;
  while (at < html.length && !reader.done) {
    const open = html.indexOf('<', at);
    if (open === -1) {
      reader.text(html.slice(at));
      break;
    }
    if (open > at) reader.text(html.slice(at, open));
    at = readTag(html, open, reader);
  }
  return reader.finish();
}

function readTag(html: string, open: number, reader: TableReader): number {
  if (html.startsWith('<!--', open)) {
    const end = html.indexOf('-->', open + 4);
    return end === -1 ? html.length : end + 3;
  }
  const match = /^<(\/?)([a-z][a-z0-9:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/i.exec(
    html.slice(open, open + 8_192),
  );
  if (!match) {
    const end = html.indexOf('>', open);
    if (html[open + 1] === '!' || html[open + 1] === '?') return end === -1 ? html.length : end + 1;
    reader.text('<');
    return open + 1;
  }
  const name = (match[2] ?? '').toLowerCase();
  const after = open + match[0].length;
  if (match[1] === '' && (name === 'style' || name === 'script')) {
    const end = html.toLowerCase().indexOf(`</${name}`, after);
    return end === -1 ? html.length : end;
  }
  reader.tag(name, match[1] === '/', match[3] ?? '');
  return after;
}

const BLOCKS = new Set(['p', 'div', 'li', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4']);
const MAX_SPAN = 10_000;

class TableReader {
  done = false;
  private readonly rows: string[][] = [];
  /** Columns of the row at hand that cells above still cover: column -> rows left. */
  private covered = new Map<number, number>();
  private row: string[] | null = null;
  private cell: string | null = null;
  private span = { columns: 1, rows: 1 };
  private pre = false;
  private depth = 0;

  text(raw: string): void {
    if (this.cell === null) return;
    const collapsed = this.pre ? raw : raw.replace(/[ \t\r\n]+/g, ' ');
    const joined = /[ \n]$/.test(this.cell) || this.cell === '' ? collapsed.replace(/^ /, '') : collapsed;
    this.cell += this.pre ? raw : joined;
  }

  tag(name: string, closing: boolean, attributes: string): void {
    if (name === 'table') {
      this.depth += closing ? -1 : 1;
      if (this.depth === 0) {
        this.endRow();
        this.done = true;
      }
      return;
    }
    if (this.depth > 1) return;
    if (name === 'tr') {
      this.endRow();
      if (!closing) this.row = [];
    } else if (name === 'td' || name === 'th') {
      this.endCell();
      if (!closing) {
        this.row ??= [];
        this.cell = '';
        this.span = { columns: spanOf(attributes, 'colspan'), rows: spanOf(attributes, 'rowspan') };
      }
    } else if (this.cell !== null) {
      this.inline(name, closing, attributes);
    }
  }

  private inline(name: string, closing: boolean, attributes: string): void {
    if (name === 'br') this.cell = `${(this.cell ?? '').replace(/ $/, '')}\n`;
    else if (name === 'pre') this.pre = !closing;
    else if (name === 'span') this.pre = !closing && /white-space:\s*pre/i.test(attributes);
    else if (BLOCKS.has(name) && this.cell !== '' && !this.cell?.endsWith('\n')) this.cell += '\n';
  }

  finish(): string[][] {
    this.endRow();
    const width = Math.max(1, ...this.rows.map((row) => row.length));
    for (const row of this.rows) while (row.length < width) row.push('');
    return this.rows;
  }

  private endCell(): void {
    if (this.cell === null || this.row === null) return;
    this.skipCovered(this.row);
    const value = clean(this.cell);
    for (let i = 0; i < this.span.columns; i += 1) {
      if (this.span.rows > 1) this.covered.set(this.row.length, this.span.rows);
      this.row.push(i === 0 ? value : '');
    }
    this.cell = null;
    this.pre = false;
  }

  private skipCovered(row: string[]): void {
    while ((this.covered.get(row.length) ?? 0) > 0) row.push('');
  }

  private endRow(): void {
    this.endCell();
    if (this.row === null) return;
    this.skipCovered(this.row);
    this.rows.push(this.row);
    this.row = null;
    for (const [column, left] of this.covered) this.covered.set(column, left - 1);
  }
}

/**
 * Entities are decoded after collapsing, so a written `&nbsp;` or `&#10;` is
 * never collapsed. The last line break of a cell is layout, as in a browser.
 */
function clean(raw: string): string {
  const text = decodeEntities(raw.replace(/ +$/, '').replace(/\n$/, ''));
  return text.replaceAll('\u00a0', ' ').replace(/\r\n?/g, '\n');
}

function spanOf(attributes: string, name: string): number {
  const found = new RegExp(`${name}\\s*=\\s*["']?(\\d+)`, 'i').exec(attributes);
  return Math.min(MAX_SPAN, Math.max(1, Number(found?.[1] ?? 1)));
}
