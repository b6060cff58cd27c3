import type { Table } from '../../contract.ts';

/** A row of a download by its column names, which are compared without case. */
export interface Row {
  readonly number: number;
  text(column: string): string;
  has(column: string): boolean;
}

export function rowsOf(table: Table): Row[] {
  const [header = [], ...rows] = table.rows;
  const columns = new Map(header.map((name, index) => [canonical(name), index]));
  return rows.map((cells, index) => ({
    number: index + 2,
    has: (column) => columns.has(canonical(column)),
    text: (column) => {
      const at = columns.get(canonical(column));
      return at === undefined ? '' : (cells[at] ?? '').trim();
    },
  }));
}

function canonical(name: string): string {
  return name
    .replace(/^\ufeff/, '')
    .trim()
    .toUpperCase();
}

export type DownloadKind = 'listings' | 'orders';

/** Columns without which a download is of no use. */
const NEEDED: Readonly<Record<DownloadKind, readonly string[]>> = {
  listings: ['TITLE', 'PRICE', 'CURRENCY_CODE', 'QUANTITY'],
  orders: ['ORDER ID', 'TRANSACTION ID', 'ITEM NAME', 'QUANTITY', 'SALE DATE'],
};

/** Which of Etsy's downloads a header is of; null when it is none of them. */
export function downloadKind(header: readonly string[]): DownloadKind | null {
  const names = new Set(header.map(canonical));
  const fits = (kind: DownloadKind): boolean => NEEDED[kind].every((column) => names.has(column));
  if (fits('listings')) return 'listings';
  return fits('orders') ? 'orders' : null;
}

/** "Blue mug,  large" -> "blue mug, large": how titles are compared. */
export function sameText(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase();
}
