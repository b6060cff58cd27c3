import type { OrderRow } from './rows.ts';

/** `"12.50"` -> 1250. */
export function centsOf(text: string): number {
  return Math.round(Number(text) * 100);
}

/** 1250 -> `"12.5"`: Shopify's decimals carry no zeros at their end but one digit. */
export function decimalOf(cents: number): string {
  const text = (cents / 100).toFixed(2);
  return text.endsWith('0') ? text.slice(0, -1) : text;
}

/** What the order is worth now, after what was taken out and paid back, in cents. */
export function totalOf(row: OrderRow): number {
  const goods = row.lines.reduce((sum, line) => sum + centsOf(line.unitPrice) * line.currentQuantity, 0);
  return Math.max(0, goods + (row.cancelledAt === null ? centsOf(row.shippingPrice) : 0));
}

/** What the customer paid in the beginning, in cents. */
export function paidFor(row: OrderRow): number {
  const goods = row.lines.reduce((sum, line) => sum + centsOf(line.unitPrice) * line.quantity, 0);
  return goods + centsOf(row.shippingPrice);
}
