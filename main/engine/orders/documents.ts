import bwipjs from 'bwip-js/node';
import type { Address, OrderDetail } from '#shared/contract/orders.ts';
import { formatMinor } from '#shared/domain/money.ts';
import { DOCUMENT_WORDS, type DocumentLocale, type DocumentWords } from './document-words.ts';

export interface PrintableDocument {
  readonly title: string;
  readonly html: string;
}

/** Everything that comes from a shop or a buyer is text here, never markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `
  @page { size: A4; margin: 15mm; }
  * { box-sizing: border-box; }
  body { font: 11pt/1.4 "Inter", "Liberation Sans", Arial, sans-serif; color: #111; margin: 0; }
  header { display: flex; justify-content: space-between; align-items: flex-start; border-bottom: 2px solid #111; padding-bottom: 4mm; margin-bottom: 6mm; }
  h1 { font-size: 18pt; margin: 0 0 1mm; }
  .muted { color: #555; font-size: 9pt; }
  .barcode { text-align: right; } .barcode svg { height: 14mm; width: auto; max-width: 70mm; display: block; margin-left: auto; }
  table { width: 100%; border-collapse: collapse; } thead { display: table-header-group; }
  th { text-align: left; font-size: 9pt; border-bottom: 1px solid #111; padding: 1.5mm 2mm; }
  td { border-bottom: 1px solid #ccc; padding: 2.2mm 2mm; vertical-align: top; } tr { break-inside: avoid; }
  .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .code { font-family: "JetBrains Mono", "Liberation Mono", monospace; font-size: 10pt; overflow-wrap: anywhere; }
  .quantity { font-size: 15pt; font-weight: 700; } .box { width: 6mm; height: 6mm; border: 1.5px solid #111; }
  .cards { display: flex; gap: 10mm; margin-bottom: 6mm; } .cards > div { flex: 1; } .label { font-size: 9pt; color: #555; margin-bottom: 1mm; }
  .address { white-space: pre-line; font-size: 12pt; } .note { border: 1px solid #999; padding: 3mm; margin-top: 6mm; white-space: pre-line; }
  footer { margin-top: 8mm; font-size: 9pt; color: #555; }`;

/** A page as text; the desktop prints it or saves it as PDF in a window without scripts. */
function page(title: string, locale: DocumentLocale, body: string): PrintableDocument {
  return {
    title,
    html: `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`,
  };
}

function barcode(text: string): string {
  // Code 128 carries printable ASCII only; anything else is shown as text alone.
  if (!/^[\x20-\x7e]{1,40}$/.test(text)) return '';
  return bwipjs.toSVG({ bcid: 'code128', text, height: 12, includetext: false });
}

export function packingSlip(order: OrderDetail, locale: DocumentLocale): PrintableDocument {
  const words = DOCUMENT_WORDS[locale];
  const rows = order.items
    .filter((line) => line.quantity > 0)
    .map(
      (line) => `<tr><td class="code">${escapeHtml(line.sku ?? '')}</td>
        <td>${escapeHtml(line.title)}${line.variant ? `<div class="muted">${escapeHtml(line.variant)}</div>` : ''}</td>
        <td class="number quantity">${line.quantity}</td>
        <td class="number">${price(line.unitPrice.minor, line.unitPrice.currency, locale)}</td></tr>`,
    )
    .join('');
  const body = `<header><div><h1>${escapeHtml(words.packingSlip)}</h1><div>${escapeHtml(order.accountName)}</div>
      <div class="muted">${escapeHtml(words.order)} ${escapeHtml(order.number)} · ${day(order.placedAt, locale)}</div></div>
      <div class="barcode">${barcode(order.number)}<span class="code">${escapeHtml(order.number)}</span></div></header>
    <div class="cards"><div><div class="label">${escapeHtml(words.shipTo)}</div><div class="address">${escapeHtml(addressLines(order.shipTo).join('\n'))}</div></div>
      <div><div class="label">${escapeHtml(words.shipping)}</div><div>${escapeHtml(order.shippingMethod || '–')}</div>${shipmentText(order, words)}</div></div>
    <table><thead><tr><th>${words.sku}</th><th>${words.item}</th><th class="number">${words.quantity}</th><th class="number">${words.unitPrice}</th></tr></thead><tbody>${rows}</tbody></table>
    ${order.note ? `<div class="note"><div class="label">${escapeHtml(words.note)}</div>${escapeHtml(order.note)}</div>` : ''}
    <footer>${escapeHtml(words.thanks)}</footer>`;
  return page(`${words.packingSlip} ${order.number}`, locale, body);
}

function shipmentText(order: OrderDetail, words: DocumentWords): string {
  const last = order.shipments.at(-1);
  if (!last || (!last.carrier && !last.tracking)) return '';
  return `<div class="label" style="margin-top:2mm">${escapeHtml(words.tracking)}</div><div class="code">${escapeHtml(`${last.carrier} ${last.tracking}`.trim())}</div>`;
}

interface PickRow {
  readonly bin: string;
  readonly sku: string;
  readonly title: string;
  readonly variant: string;
  quantity: number;
  readonly orders: Map<string, number>;
}

/** What is left to pick over all the orders, one row an item, in the order of the walk. */
export function pickList(
  orders: readonly OrderDetail[],
  locale: DocumentLocale,
  nowMs: number,
): PrintableDocument {
  const words = DOCUMENT_WORDS[locale];
  const rows = new Map<string, PickRow>();
  for (const order of orders) {
    for (const line of order.items) {
      const left = line.quantity - line.picked;
      if (left <= 0) continue;
      const key = line.listingId ?? `${line.sku ?? ''} ${line.title} ${line.variant}`;
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
  const sorted = [...rows.values()].sort(
    (a, b) => collator.compare(a.bin, b.bin) || collator.compare(a.sku, b.sku),
  );
  const units = sorted.reduce((sum, row) => sum + row.quantity, 0);
  const body = `<header><div><h1>${escapeHtml(words.pickList)}</h1>
      <div class="muted">${orders.length} ${escapeHtml(words.orders)} · ${sorted.length} ${escapeHtml(words.items)} · ${units} ${escapeHtml(words.units)} · ${moment(nowMs, locale)}</div></div></header>
    <table><thead><tr><th></th><th>${words.bin}</th><th>${words.sku}</th><th>${words.item}</th><th class="number">${words.quantity}</th><th>${words.orders}</th></tr></thead><tbody>${sorted.map(pickRow).join('')}</tbody></table>
    ${sorted.length === 0 ? `<p>${escapeHtml(words.nothingToPick)}</p>` : ''}`;
  return page(`${words.pickList} ${moment(nowMs, locale)}`, locale, body);
}

function pickRow(row: PickRow): string {
  const orders = [...row.orders]
    .map(([number, quantity]) => (quantity > 1 ? `${number} (${quantity})` : number))
    .join(', ');
  return `<tr><td><div class="box"></div></td><td class="code">${escapeHtml(row.bin || '–')}</td><td class="code">${escapeHtml(row.sku)}</td>
    <td>${escapeHtml(row.title)}${row.variant ? `<div class="muted">${escapeHtml(row.variant)}</div>` : ''}</td>
    <td class="number quantity">${row.quantity}</td><td class="muted">${escapeHtml(orders)}</td></tr>`;
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

function price(minor: number, currency: string, locale: DocumentLocale): string {
  const text = formatMinor(minor, currency);
  return escapeHtml(
    new Intl.NumberFormat(locale, { style: 'currency', currency }).format(text as `${number}`),
  );
}

function day(atMs: number, locale: DocumentLocale): string {
  return escapeHtml(new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(atMs));
}

function moment(atMs: number, locale: DocumentLocale): string {
  return escapeHtml(
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs),
  );
}
