import { createHash } from 'node:crypto';
import { formatMinor } from '#shared/domain/money.ts';
import { roundToMinor } from '../kit/decimal.ts';
import type { OrderActionResult, OrderRefund, RefundProof } from '../order-actions.ts';
import { noSuchOrder, readOrder, refused, settled } from './cancel-order.ts';
import type { WooClient } from './client.ts';
import { refundAmounts, type RefundAmounts } from './refund-amounts.ts';
import { readRefunds, REFUND_KEY, SHIPPING_KEY, type RefundRecord } from './refund-records.ts';

/**
 * Refunds lines, shipping or an amount of one's own choice. WooCommerce knows no
 * key of idempotency, so the refund carries its reference and is looked for first.
 */
export async function refundOrder(client: WooClient, request: OrderRefund): Promise<OrderActionResult> {
  const order = await readOrder(client, request.orderExternalId);
  if (order === null) return noSuchOrder(request);
  const refunds = await readRefunds(client, order.id);
  if (findIn(refunds, request)) return { outcome: 'accepted' };
  const amounts = refundAmounts(order, refunds, request);
  if (typeof amounts === 'string') return refused('CHANNEL_INVALID', amounts);
  const amountMinor = request.amountMinor ?? amounts.sumMinor;
  const inCurrency = (minor: number): string => formatMinor(minor, order.currency);
  if (amountMinor > amounts.leftMinor) {
    const left = `${inCurrency(amounts.leftMinor)} ${order.currency}`;
    return refused('CHANNEL_INVALID', `Of order ${order.number} ${left} can still be refunded`);
  }
  const body = {
    amount: inCurrency(amountMinor),
    reason: request.note,
    api_refund: request.money === 'original',
    api_restock: request.lines.some(({ restock }) => restock !== 'no'),
    meta_data: [
      { key: REFUND_KEY, value: referenceOf(request) },
      { key: SHIPPING_KEY, value: inCurrency(amounts.shippingMinor) },
    ],
    line_items: linesOf(request, amounts, inCurrency),
  };
  return settled(() => client.send({ method: 'POST', path: `orders/${order.id}/refunds`, body }));
}

export async function verifyRefund(client: WooClient, request: OrderRefund): Promise<RefundProof> {
  const order = await readOrder(client, request.orderExternalId);
  if (order === null) {
    const detail = `The shop has no order ${request.orderExternalId}`;
    return { confirmed: false, detail, amountMinor: null };
  }
  const refund = findIn(await readRefunds(client, order.id), request);
  if (!refund) {
    const detail = `Order ${order.number} has no refund ${referenceOf(request)} in the shop`;
    return { confirmed: false, detail, amountMinor: null };
  }
  const detail = `Order ${order.number} has the refund of ${refund.amount} ${order.currency}`;
  return { confirmed: true, detail, amountMinor: roundToMinor(refund.amount, order.currency) };
}

/** An amount of one's own choice is not spread over the lines: they then only say what came back. */
function linesOf(
  request: OrderRefund,
  amounts: RefundAmounts,
  inCurrency: (minor: number) => string,
): readonly object[] {
  const byRecords = request.amountMinor === null || request.amountMinor === amounts.sumMinor;
  const mixed = new Set(request.lines.map(({ restock }) => restock === 'no')).size > 1;
  return amounts.lines.map((line, index) => ({
    id: Number(line.id),
    // The shop restocks all lines or none; one without a quantity stays out of it.
    quantity: mixed && request.lines[index]?.restock === 'no' ? 0 : line.quantity,
    refund_total: byRecords ? inCurrency(line.totalMinor) : '0',
    ...(byRecords && line.taxes.length > 0
      ? { refund_tax: line.taxes.map(({ id, minor }) => ({ id, refund_total: inCurrency(minor) })) }
      : {}),
  }));
}

function findIn(refunds: readonly RefundRecord[], request: OrderRefund): RefundRecord | undefined {
  const reference = referenceOf(request);
  return refunds.find((refund) => refund.reference === reference);
}

function referenceOf({ refundId }: OrderRefund): string {
  const digest = createHash('sha256').update(`refund ${refundId}`).digest('hex');
  return `QS-${digest.slice(0, 12).toUpperCase()}`;
}
