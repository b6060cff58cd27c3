import { describe, expect, it } from 'vitest';
import { orderSchema, type OrderRecord } from './records.ts';
import { refundAmounts } from './refund-amounts.ts';
import type { RefundRecord } from './refund-records.ts';

/** Three of one thing for 10.00 with 1.90 of tax, and shipping for 5.95. */
const order: OrderRecord = orderSchema.parse({
  id: 15,
  number: '15',
  status: 'processing',
  currency: 'EUR',
  total: '17.85',
  date_created_gmt: '2026-11-01T10:00:00',
  date_modified_gmt: '2026-11-01T10:00:00',
  date_completed_gmt: null,
  billing: {},
  shipping: {},
  line_items: [
    {
      id: 1,
      name: 'A',
      product_id: 11,
      variation_id: 0,
      quantity: 3,
      subtotal: '12.00',
      total: '10.00',
      taxes: [{ id: 4, total: '1.90', subtotal: '2.28' }],
      price: 3.333_333,
    },
  ],
  shipping_lines: [{ method_title: 'Post', total: '5.00', total_tax: '0.95' }],
  meta_data: [],
});
const back = (quantity: number, amount: string, shipping = '0'): RefundRecord => ({
  amount,
  reference: '',
  shipping,
  line_items: quantity === 0 ? [] : [{ of: '1', quantity }],
});
const ask = (quantity: number, shipping = false): Parameters<typeof refundAmounts>[2] => ({
  lines: quantity === 0 ? [] : [{ externalId: '1', quantity, restock: 'no' }],
  shipping,
});

describe('what a refund comes to', () => {
  it('parts of a line add up to the line, whatever was rounded', () => {
    const refunds: RefundRecord[] = [];
    const parts = [1, 1, 1].map((quantity) => {
      const amounts = refundAmounts(order, refunds, ask(quantity));
      if (typeof amounts === 'string') throw new Error(amounts);
      refunds.push(back(quantity, (amounts.sumMinor / 100).toFixed(2)));
      return [amounts.lines[0]?.totalMinor, amounts.lines[0]?.taxes[0]?.minor];
    });
    expect(parts).toEqual([
      [333, 63],
      [334, 64],
      [333, 63],
    ]);
    expect(refundAmounts(order, refunds, ask(0))).toMatchObject({ leftMinor: 595 });
  });

  it('shipping is paid back once', () => {
    expect(refundAmounts(order, [], ask(3, true))).toMatchObject({ shippingMinor: 595, sumMinor: 1_785 });
    const refunds = [back(0, '5.95', '5.95')];
    expect(refundAmounts(order, refunds, ask(0, true))).toMatchObject({ shippingMinor: 0, leftMinor: 1_190 });
  });

  it('more units than are left, and a line of another order, are refused with the reason', () => {
    expect(refundAmounts(order, [back(2, '7.93')], ask(2))).toBe('Of line "A" 1 can still be refunded');
    const strange = { lines: [{ externalId: '9', quantity: 1, restock: 'no' as const }], shipping: false };
    expect(refundAmounts(order, [], strange)).toBe('Order 15 has no line 9');
  });
});
