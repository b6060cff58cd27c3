import type { OrderDetail } from '#shared/contract/orders.ts';
import { OPEN_STATES, toFind, type OrderState } from '#shared/domain/order-states.ts';
import { barcode, documentPage, escapeHtml, momentText, type PrintableDocument } from './document-page.ts';
import { DOCUMENT_WORDS, type DocumentLocale, type DocumentWords } from './document-words.ts';

interface PickRow {
  readonly bin: string;
  readonly sku: string;
  readonly title: string;
  readonly variant: string;
  quantity: number;
  readonly orders: Map<string, number>;
}

/**
 * What is left to pick over all the orders, one row an item, in the order of
 * the walk. Orders that the shop has stopped are left out.
 */
export function pickList(
  orders: readonly OrderDetail[],
  locale: DocumentLocale,
  nowMs: number,
): PrintableDocument {
  const words = DOCUMENT_WORDS[locale];
  const rows = pickRows(
    orders.filter((order) => (OPEN_STATES as readonly OrderState[]).includes(order.state)),
    locale,
  );
  const units = rows.reduce((sum, row) => sum + row.quantity, 0);
  const waiting = new Set(rows.flatMap((row) => [...row.orders.keys()])).size;
  const bins = rows.some((row) => row.bin !== '');
  const header = `<header><div><h1>${escapeHtml(words.pickList)}</h1>
      <div class="muted">${counted(waiting, words.orders)} · ${counted(rows.length, words.items)} · ${counted(units, words.units)} · ${momentText(nowMs, locale)}</div></div></header>`;
  const table = `<table class="lines"><thead><tr><th></th><th>${words.sku}</th><th>${words.item}</th><th class="number">${words.quantity}</th><th>${escapeHtml(words.order)}</th></tr></thead>
    <tbody>${rows.map((row, index) => binRow(row, rows[index - 1], bins, words) + pickRow(row)).join('')}</tbody></table>`;
  return documentPage(`${words.pickList} ${momentText(nowMs, locale)}`, locale, [
    header + (rows.length === 0 ? `<p>${escapeHtml(words.nothingToPick)}</p>` : table),
  ]);
}

function pickRows(orders: readonly OrderDetail[], locale: DocumentLocale): PickRow[] {
  const rows = new Map<string, PickRow>();
  for (const order of orders) {
    for (const line of order.items) {
      const left = toFind(line);
      if (left <= 0) continue;
      const key = line.listingId ?? JSON.stringify([line.sku, line.title, line.variant]);
      const row = rows.get(key) ?? {
        bin: line.bin ?? '',
        sku: line.sku ?? '',
        title: line.title,
        variant: line.variant,
        quantity: 0,
        orders: new Map<string, number>(),
      };
      rows.set(key, row);
      row.quantity += left;
      row.orders.set(order.number, (row.orders.get(order.number) ?? 0) + left);
    }
  }
  const collator = new Intl.Collator(locale, { numeric: true });
  // Items without a bin come last: nobody knows where they are.
  return [...rows.values()].sort(
    (a, b) =>
      Number(a.bin === '') - Number(b.bin === '') ||
      collator.compare(a.bin, b.bin) ||
      collator.compare(a.sku, b.sku),
  );
}

function counted(count: number, [one, other]: readonly [string, string]): string {
  return `${count} ${escapeHtml(count === 1 ? one : other)}`;
}

/** A heading where another bin begins; none at all when no bin is known. */
function binRow(row: PickRow, before: PickRow | undefined, bins: boolean, words: DocumentWords): string {
  if (!bins || row.bin === before?.bin) return '';
  return `<tr class="bin"><td colspan="5">${escapeHtml(row.bin === '' ? words.noBin : `${words.bin} ${row.bin}`)}</td></tr>`;
}

function pickRow(row: PickRow): string {
  const orders = [...row.orders]
    .map(([number, quantity]) => (quantity > 1 ? `${number} (${quantity})` : number))
    .join(', ');
  return `<tr><td><div class="box"></div></td><td><span class="code">${escapeHtml(row.sku || '–')}</span><div class="barcode">${barcode(row.sku)}</div></td>
    <td>${escapeHtml(row.title)}${row.variant ? `<div class="muted">${escapeHtml(row.variant)}</div>` : ''}</td>
    <td class="number quantity">${row.quantity}</td><td class="muted">${escapeHtml(orders)}</td></tr>`;
}
