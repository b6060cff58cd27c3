import { roundToMinor } from '../kit/decimal.ts';
import type { OrderRefund } from '../order-actions.ts';
import type { OrderRecord } from './records.ts';
import type { RefundRecord } from './refund-records.ts';

export interface RefundedLine {
  readonly id: string;
  readonly quantity: number;
  readonly totalMinor: number;
  readonly taxes: readonly { readonly id: number; readonly minor: number }[];
}

export interface RefundAmounts {
  readonly lines: readonly RefundedLine[];
  readonly shippingMinor: number;
  readonly sumMinor: number;
  /** What the order can still pay back. */
  readonly leftMinor: number;
}

/**
 * What the shop's own records say that these units cost, with their tax and
 * after discounts. A line's total is spread over its units so that the parts
 * of several refunds add up to it. A text says why it cannot be told.
 */
export function refundAmounts(
  order: OrderRecord,
  refunds: readonly RefundRecord[],
  request: Pick<OrderRefund, 'lines' | 'shipping'>,
): RefundAmounts | string {
  const minor = (text: string): number => Math.abs(roundToMinor(text || '0', order.currency) ?? 0);
  const lines: RefundedLine[] = [];
  for (const { externalId, quantity } of request.lines) {
    const line = order.line_items.find(({ id }) => id === externalId);
    if (!line) return `Order ${order.number} has no line ${externalId}`;
    const before = refunds
      .flatMap((refund) => refund.line_items)
      .filter((part) => part.of === externalId)
      .reduce((sum, part) => sum + part.quantity, 0);
    if (quantity > line.quantity - before) {
      return `Of line "${line.name}" ${line.quantity - before} can still be refunded`;
    }
    const share = (total: number): number => {
      const upTo = (units: number): number => Math.round((total * units) / line.quantity);
      return upTo(before + quantity) - upTo(before);
    };
    const taxes = line.taxes.map(({ id, total }) => ({ id, minor: share(minor(total)) }));
    lines.push({ id: externalId, quantity, totalMinor: share(minor(line.total || line.subtotal)), taxes });
  }
  const shippingPaid = order.shipping_lines.reduce(
    (sum, line) => sum + minor(line.total) + minor(line.total_tax),
    0,
  );
  const shippingBack = refunds.reduce((sum, refund) => sum + minor(refund.shipping), 0);
  const shippingMinor = request.shipping ? Math.max(0, shippingPaid - shippingBack) : 0;
  const sumMinor = lines.reduce(
    (sum, line) => sum + line.totalMinor + line.taxes.reduce((all, tax) => all + tax.minor, 0),
    shippingMinor,
  );
  const back = refunds.reduce((sum, refund) => sum + minor(refund.amount), 0);
  return { lines, shippingMinor, sumMinor, leftMinor: Math.max(0, minor(order.total) - back) };
}
