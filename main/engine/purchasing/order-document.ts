import { stringify } from 'csv-stringify/sync';
import type { PurchaseOrderDetail } from '#shared/contract/purchasing.ts';
import type { Supplier } from '#shared/contract/purchasing-suppliers.ts';
import { formatMinor } from '#shared/domain/money.ts';
import { escapeFormula } from '../jobs/import/formula-escape.ts';
import {
  barcode,
  dayText,
  documentPage,
  escapeHtml,
  type PrintableDocument,
} from '../orders/document-page.ts';
import type { DocumentLocale } from '../orders/document-words.ts';

interface Words {
  readonly title: string;
  readonly to: string;
  readonly deliverTo: string;
  readonly expected: string;
  readonly yourSku: string;
  readonly ourSku: string;
  readonly item: string;
  readonly quantity: string;
  readonly price: string;
  readonly sum: string;
  readonly total: string;
  readonly open: string;
  readonly terms: string;
  readonly note: string;
}

/** The supplier reads it, so it follows the document's language, not the window's. */
const WORDS: Readonly<Record<DocumentLocale, Words>> = {
  en: {
    title: 'Purchase order',
    to: 'Supplier',
    deliverTo: 'Deliver to',
    expected: 'Expected',
    yourSku: 'Your number',
    ourSku: 'Our SKU',
    item: 'Item',
    quantity: 'Qty',
    price: 'Unit price',
    sum: 'Sum',
    total: 'Total',
    open: 'price open',
    terms: 'Terms',
    note: 'Note',
  },
  de: {
    title: 'Bestellung',
    to: 'Lieferant',
    deliverTo: 'Lieferung an',
    expected: 'Erwartet',
    yourSku: 'Ihre Nummer',
    ourSku: 'Unsere SKU',
    item: 'Artikel',
    quantity: 'Menge',
    price: 'Einzelpreis',
    sum: 'Summe',
    total: 'Gesamt',
    open: 'Preis offen',
    terms: 'Konditionen',
    note: 'Hinweis',
  },
};

export function orderDocument(
  { order, lines }: PurchaseOrderDetail,
  supplier: Pick<Supplier, 'name' | 'contact' | 'address' | 'terms'>,
  locale: DocumentLocale,
): PrintableDocument {
  const words = WORDS[locale];
  const money = (minor: number): string =>
    escapeHtml(
      new Intl.NumberFormat(locale, { style: 'currency', currency: order.currency }).format(
        formatMinor(minor, order.currency) as `${number}`,
      ),
    );
  const rows = lines
    .map(
      (
        line,
      ) => `<tr><td class="code">${escapeHtml(line.supplierCode || '–')}</td><td class="code">${escapeHtml(line.sku)}</td>
      <td>${escapeHtml(line.title)}</td><td class="number quantity">${line.quantity}</td>
      <td class="number">${line.priceMinor === null ? escapeHtml(words.open) : money(line.priceMinor)}</td>
      <td class="number">${line.priceMinor === null ? '–' : money(line.priceMinor * line.quantity)}</td></tr>`,
    )
    .join('');
  const to = [supplier.name, supplier.contact, supplier.address].filter(Boolean).join('\n');
  const expected = order.expectedOn ? dayText(Date.parse(`${order.expectedOn}T12:00:00Z`), locale) : '–';
  const box = (label: string, text: string): string =>
    text === ''
      ? ''
      : `<div class="note"><div class="label">${escapeHtml(label)}</div>${escapeHtml(text)}</div>`;
  return documentPage(`${words.title} ${order.number}`, locale, [
    `<header><div><h1>${escapeHtml(words.title)}</h1><div class="muted">${escapeHtml(order.number)} · ${dayText(order.sentAt ?? order.createdAt, locale)}</div></div>
      <div class="barcode">${barcode(order.number)}<span class="code">${escapeHtml(order.number)}</span></div></header>
    <div class="cards"><div><div class="label">${escapeHtml(words.to)}</div><div class="address">${escapeHtml(to)}</div></div>
      <div><div class="label">${escapeHtml(words.deliverTo)}</div><div>${escapeHtml(order.location)}</div>
        <div class="label" style="margin-top:2mm">${escapeHtml(words.expected)}</div><div>${expected}</div></div></div>
    <table><thead><tr><th>${words.yourSku}</th><th>${words.ourSku}</th><th>${words.item}</th><th class="number">${words.quantity}</th>
      <th class="number">${words.price}</th><th class="number">${words.sum}</th></tr></thead>
    <tbody>${rows}<tr class="total"><td colspan="5" class="number">${escapeHtml(words.total)}</td><td class="number">${money(order.totalMinor)}</td></tr></tbody></table>
    ${box(words.terms, supplier.terms)}${box(words.note, order.note)}`,
  ]);
}

const HEADER = [
  'order',
  'line',
  'supplier_sku',
  'sku',
  'title',
  'quantity',
  'unit_price',
  'currency',
  'expected_on',
] as const;

/** One row a line; what a spreadsheet would run as a formula is escaped. */
export function orderCsv({ order, lines }: PurchaseOrderDetail): string {
  const rows = lines.map((line, index) =>
    [
      order.number,
      String(index + 1),
      line.supplierCode,
      line.sku,
      line.title,
      String(line.quantity),
      line.priceMinor === null ? '' : formatMinor(line.priceMinor, order.currency),
      order.currency,
      line.expectedOn ?? order.expectedOn ?? '',
    ].map(escapeFormula),
  );
  return stringify([[...HEADER], ...rows], {
    record_delimiter: '\r\n',
    quoted_match: /[\r\n;\t']|^\s|\s$/,
  });
}
