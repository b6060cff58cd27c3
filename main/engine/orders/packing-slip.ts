import type { Address, OrderDetail, OrderLine } from '#shared/contract/orders.ts';
import { formatMinor, type Money } from '#shared/domain/money.ts';
import { barcode, dayText, documentPage, escapeHtml, type PrintableDocument } from './document-page.ts';
import { DOCUMENT_WORDS, type DocumentLocale, type DocumentWords } from './document-words.ts';

/** The slips of some orders as one document, each on a page of its own. */
export function packingSlips(orders: readonly OrderDetail[], locale: DocumentLocale): PrintableDocument {
  const words = DOCUMENT_WORDS[locale];
  const [first] = orders;
  const title =
    orders.length === 1
      ? `${words.packingSlip} ${first?.number ?? ''}`
      : `${words.packingSlip} ${first?.number ?? ''} +${orders.length - 1}`;
  return documentPage(
    title,
    locale,
    orders.map((order) => slip(order, locale, words)),
  );
}

function slip(order: OrderDetail, locale: DocumentLocale, words: DocumentWords): string {
  const inBox = boxOf(order);
  const rows = order.items
    .filter((line) => line.quantity > 0)
    .map((line) => slipRow(line, inBox(line), locale, words))
    .join('');
  return `<header><div><h1>${escapeHtml(words.packingSlip)}</h1><div>${escapeHtml(order.accountName)}</div>
      <div class="muted">${escapeHtml(words.order)} ${escapeHtml(order.number)} · ${dayText(order.placedAt, locale)}</div></div>
      <div class="barcode">${barcode(order.number)}<span class="code">${escapeHtml(order.number)}</span></div></header>
    <div class="cards"><div><div class="label">${escapeHtml(words.shipTo)}</div><div class="address">${escapeHtml(addressLines(order.shipTo).join('\n'))}</div></div>
      <div><div class="label">${escapeHtml(words.shipping)}</div><div>${escapeHtml(order.shippingMethod || '–')}</div>${shipmentText(order, words)}</div></div>
    <table><thead><tr><th>${words.sku}</th><th>${words.item}</th><th class="number">${words.quantity}</th><th class="number">${words.unitPrice}</th></tr></thead>
    <tbody>${rows}<tr class="total"><td colspan="3" class="number">${escapeHtml(words.total)}</td><td class="number">${price(order.total, locale)}</td></tr></tbody></table>
    ${order.note ? `<div class="note"><div class="label">${escapeHtml(words.note)}</div>${escapeHtml(order.note)}</div>` : ''}
    <footer>${escapeHtml(words.thanks)}</footer>`;
}

/** What lies in the box: the last shipment, else what is packed, else the whole order. */
function boxOf(order: OrderDetail): (line: OrderLine) => number {
  const last = order.shipments.at(-1);
  if (last) return (line) => last.lines.find((shipped) => shipped.lineId === line.lineId)?.quantity ?? 0;
  const packed = order.items.some((line) => line.packed > 0);
  return (line) => (packed ? line.packed : line.quantity);
}

function slipRow(line: OrderLine, units: number, locale: DocumentLocale, words: DocumentWords): string {
  const before = Math.max(0, line.shipped - units);
  const later = line.quantity - units - before;
  return `<tr><td class="code">${escapeHtml(line.sku ?? '')}</td>
    <td>${escapeHtml(line.title)}${line.variant ? `<div class="muted">${escapeHtml(line.variant)}</div>` : ''}
      ${later > 0 ? `<div class="muted">${escapeHtml(words.later)}: ${later}</div>` : ''}</td>
    <td class="number quantity">${units}</td>
    <td class="number">${price(line.unitPrice, locale)}</td></tr>`;
}

function shipmentText(order: OrderDetail, words: DocumentWords): string {
  const last = order.shipments.at(-1);
  if (!last || (!last.carrier && !last.tracking)) return '';
  return `<div class="label" style="margin-top:2mm">${escapeHtml(words.tracking)}</div><div class="code">${escapeHtml(`${last.carrier} ${last.tracking}`.trim())}</div>`;
}

export function addressLines(address: Address): string[] {
  const place = [address.postcode, address.city].filter(Boolean).join(' ');
  return [
    address.company,
    address.name,
    address.line1,
    address.line2,
    place,
    address.region,
    address.country,
  ].filter(Boolean);
}

function price({ minor, currency }: Money, locale: DocumentLocale): string {
  const text = formatMinor(minor, currency);
  return escapeHtml(
    new Intl.NumberFormat(locale, { style: 'currency', currency }).format(text as `${number}`),
  );
}
