import { decodeEntities } from '#shared/grid/html-entities.ts';
import type { Poison, RemoteAddress, RemoteOrder, RemoteOrderLine, Table } from '../../contract.ts';
import { roundToMinor } from '../../kit/decimal.ts';
import { countryCode } from './countries.ts';
import { rowsOf, type Row } from './table.ts';

/** Noon, so that a day without a time is the same day in every zone. */
const NOON_MS = 12 * 3_600_000;

/**
 * Etsy's download of sold items, a row an item of an order. Money of the order
 * (shipping, tax, discount) stands in every row of it or in the first alone, so
 * the largest of each counts.
 */
export function readOrders(table: Table): { orders: RemoteOrder[]; quarantined: Poison[] } {
  const groups = Map.groupBy(rowsOf(table), (row) => row.text('Order ID').replace(/^#/, ''));
  const orders: RemoteOrder[] = [];
  const quarantined: Poison[] = [];
  for (const [id, rows] of groups) {
    const order = toOrder(id, rows);
    if (typeof order === 'string') {
      const at = rows[0]?.number ?? 0;
      // The row holds the buyer's address: it is not kept.
      quarantined.push({ externalId: id || null, reason: `row ${at}: ${order}`, raw: '{}' });
    } else orders.push(order);
  }
  return { orders, quarantined };
}

function toOrder(id: string, rows: readonly Row[]): RemoteOrder | string {
  const [first] = rows;
  if (!first || !/^\d+$/.test(id)) return `"${id}" is no order number`;
  const currency = first.text('Currency');
  if (!/^[A-Z]{3}$/.test(currency)) return `"${currency}" is no currency`;
  const placed = dateOf(first.text('Sale Date'));
  if (placed === null) return `"${first.text('Sale Date')}" is no date`;
  const lines: RemoteOrderLine[] = [];
  for (const row of rows) {
    const line = toLine(row, currency);
    if (typeof line === 'string') return line;
    lines.push(line);
  }
  const most = (column: string): number =>
    Math.max(0, ...rows.map((row) => amountOf(row.text(column), currency) ?? 0));
  const goods = lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  const total = goods - most('Discount Amount') + most('Order Shipping') + most('Order Sales Tax');
  const sent = rows.map((row) => dateOf(row.text('Date Shipped')));
  const shipped = sent.every((date) => date !== null);
  const paid = !first.has('Date Paid') || first.text('Date Paid') !== '';
  return {
    externalId: id,
    number: id,
    channelStatus: shipped ? 'completed' : paid ? 'paid' : 'open',
    disposition: shipped ? 'shipped' : paid ? null : 'awaiting_payment',
    currency,
    totalMinor: Math.max(0, total),
    placedAtMs: placed,
    modifiedAtMs: Math.max(placed, ...sent.map((date) => date ?? 0)),
    note: '',
    shippingMethod: '',
    shipTo: addressOf(first),
    lines,
    raw: JSON.stringify({ order: id, items: rows.map((row) => row.text('Transaction ID')) }),
  };
}

function toLine(row: Row, currency: string): RemoteOrderLine | string {
  const quantity = Number(row.text('Quantity'));
  if (!Number.isSafeInteger(quantity) || quantity < 1) return `"${row.text('Quantity')}" is no quantity`;
  const price = amountOf(row.text('Price'), currency);
  if (price === null) return `"${row.text('Price')}" is no price`;
  const externalId = row.text('Transaction ID');
  if (externalId === '') return 'an item has no transaction number';
  const sku = row.text('SKU');
  return {
    externalId,
    sku: sku || null,
    title: decodeEntities(row.text('Item Name')),
    variant: decodeEntities(row.text('Variations')),
    quantity,
    unitPriceMinor: price,
    productExternalId: sku === '' ? null : `sku:${sku}`,
    variantExternalId: null,
    image: null,
  };
}

function addressOf(row: Row): RemoteAddress {
  return {
    name: decodeEntities(row.text('Ship Name')),
    company: '',
    line1: decodeEntities(row.text('Ship Address1')),
    line2: decodeEntities(row.text('Ship Address2')),
    city: decodeEntities(row.text('Ship City')),
    region: row.text('Ship State'),
    postcode: row.text('Ship Zipcode'),
    country: countryCode(row.text('Ship Country')),
    phone: '',
    email: '',
  };
}

/** "$1,234.50" -> 123450. */
function amountOf(text: string, currency: string): number | null {
  const plain = text.replace(/[^\d.,-]/g, '');
  if (plain === '') return text.trim() === '' ? 0 : null;
  // A comma before the last two digits is the decimal one, any other groups thousands.
  const decimal = /,\d{2}$/.test(plain)
    ? plain.replaceAll('.', '').replace(',', '.')
    : plain.replaceAll(',', '');
  return roundToMinor(decimal, currency);
}

/** "09/22/26" or "09/22/2026", month first as Etsy writes it, or "2026-09-22"; null for anything else. */
export function dateOf(text: string): number | null {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(text) ?? [];
  const [, isoYear, isoMonth, isoDay] = /^(\d{4})-(\d{2})-(\d{2})/.exec(text) ?? [];
  const parts = month === undefined ? [isoYear, isoMonth, isoDay] : [year?.padStart(4, '20'), month, day];
  const [y, m, d] = parts.map(Number);
  if (y === undefined || m === undefined || d === undefined || Number.isNaN(y)) return null;
  const at = new Date(Date.UTC(y, m - 1, d));
  return at.getUTCMonth() === m - 1 && at.getUTCDate() === d ? at.getTime() + NOON_MS : null;
}
