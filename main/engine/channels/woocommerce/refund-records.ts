import { z } from 'zod';
import { readList } from './change-feed.ts';
import type { WooClient } from './client.ts';

/** Where a refund's reference stands in the refund itself. */
export const REFUND_KEY = '_quayside_refund';
/** What of a refund is shipping; the shop keeps only its sum. */
export const SHIPPING_KEY = '_quayside_refund_shipping';
const REFUNDED_ITEM_KEY = '_refunded_item_id';

const metaSchema = z.array(z.object({ key: z.string().catch(''), value: z.unknown().optional() })).catch([]);
const textOf = (meta: z.output<typeof metaSchema>, key: string): string => {
  const value = meta.find((entry) => entry.key === key)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};
const amountText = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine((text) => /^-?\d+(\.\d+)?$/.test(text), 'is not an amount');

const refundSchema = z
  .object({
    amount: amountText,
    meta_data: metaSchema.default([]),
    line_items: z
      .array(z.object({ quantity: z.coerce.number().catch(0), meta_data: metaSchema.default([]) }))
      .catch([])
      .default([]),
    shipping_lines: z
      .array(z.object({ total: amountText.catch('0') }))
      .catch([])
      .default([]),
  })
  .transform((refund) => ({
    amount: refund.amount,
    reference: textOf(refund.meta_data, REFUND_KEY),
    shipping: textOf(refund.meta_data, SHIPPING_KEY) || (refund.shipping_lines[0]?.total ?? '0'),
    /** Units that came back of an order's line, by the line's id. */
    line_items: refund.line_items.map((line) => ({
      of: textOf(line.meta_data, REFUNDED_ITEM_KEY),
      quantity: Math.abs(line.quantity),
    })),
  }));
export type RefundRecord = z.output<typeof refundSchema>;

const PAGE = 100;
const MOST_PAGES = 10;

/** All refunds of an order. One that cannot be read is an error: a missed one might be paid twice. */
export async function readRefunds(client: WooClient, orderId: string): Promise<RefundRecord[]> {
  const path = `orders/${orderId}/refunds`;
  const refunds: RefundRecord[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { records } = readList(await client.get(path, { per_page: PAGE, page }), path);
    refunds.push(...records.map((raw) => refundSchema.parse(raw)));
    if (records.length < PAGE) break;
  }
  return refunds;
}
