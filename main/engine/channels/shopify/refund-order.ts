import { createHash } from 'node:crypto';
import { formatMinor } from '#shared/domain/money.ts';
import { z } from 'zod';
import { roundToMinor } from '../kit/decimal.ts';
import type { OrderActionResult, OrderRefund, RefundProof, Restock } from '../order-actions.ts';
import type { ShopifyClient } from './client.ts';
import { ORDER_REFUNDS, REFUND_ORDER, SUGGEST_REFUND } from './documents.ts';
import { isNumericId, toGid } from './gid.ts';
import { noSuchOrder, refused, settled } from './order-answers.ts';
import { userErrorSchema } from './records.ts';

const money = z.object({ amount: z.string(), currencyCode: z.string() });
const bag = z.object({ shopMoney: money, presentmentMoney: money });
const refundsSchema = z.object({
  order: z
    .object({
      name: z.string(),
      refunds: z.array(
        z.object({ note: z.string().nullish(), totalRefundedSet: z.object({ shopMoney: money }) }),
      ),
    })
    .nullable(),
});
const suggestionSchema = z.object({
  order: z
    .object({
      suggestedRefund: z
        .object({
          amountSet: bag,
          suggestedTransactions: z.array(
            z.object({
              gateway: z.string().nullish(),
              amountSet: bag,
              maximumRefundableSet: bag.nullish(),
              parentTransaction: z.object({ id: z.string() }).nullish(),
            }),
          ),
        })
        .nullable(),
    })
    .nullable(),
});
type Suggestion = NonNullable<NonNullable<z.output<typeof suggestionSchema>['order']>['suggestedRefund']>;
const refundSchema = z.object({
  refundCreate: z.object({ userErrors: z.array(userErrorSchema) }).nullable(),
});
/** Refunds of one order that are looked through. */
const MOST_REFUNDS = 100;

const RESTOCK: Readonly<Record<Restock, string>> = {
  never_left: 'CANCEL',
  returned: 'RETURN',
  no: 'NO_RESTOCK',
};

/**
 * Pays back what Shopify works out for these lines, or the amount that was
 * asked for, the way it was paid. The refund's reference stands in its note: it
 * is looked for first, and the key of idempotency follows from it, so that a
 * lost answer never pays twice.
 */
export async function refundOrder(client: ShopifyClient, request: OrderRefund): Promise<OrderActionResult> {
  const found = await findRefund(client, request);
  if (found === null) return noSuchOrder(request);
  if (found.refund) return { outcome: 'accepted' };
  const id = toGid('Order', request.orderExternalId);
  const items = request.lines.map((line) => ({
    lineItemId: toGid('LineItem', line.externalId),
    quantity: line.quantity,
    restockType: RESTOCK[line.restock],
  }));
  const variables = { id, items, shipping: request.shipping };
  const { order } = await client.send(SUGGEST_REFUND, variables, suggestionSchema);
  const suggested = order?.suggestedRefund ?? null;
  if (suggested === null) return refused('CHANNEL_INVALID', 'Shopify says that nothing is left to refund');
  const plan = paymentsOf(suggested, request);
  if (typeof plan === 'string') return refused('CHANNEL_INVALID', plan);
  const { shopMoney, presentmentMoney } = suggested.amountSet;
  const input = {
    orderId: id,
    note: `${request.note} ${referenceOf(request.refundId)}`.trim(),
    notify: request.notify,
    refundLineItems: items,
    ...(request.shipping ? { shipping: { fullRefund: true } } : {}),
    // Where a customer paid in another currency than the shop's, the amounts are the customer's.
    ...(shopMoney.currencyCode === presentmentMoney.currencyCode
      ? {}
      : { currency: presentmentMoney.currencyCode }),
    transactions: plan.map((payment) => ({ orderId: id, kind: 'REFUND', ...payment })),
  };
  return settled(async () => {
    const key = keyOf(request.refundId);
    const { refundCreate } = await client.send(REFUND_ORDER, { input, key }, refundSchema);
    return refundCreate?.userErrors ?? [];
  });
}

export async function verifyRefund(client: ShopifyClient, request: OrderRefund): Promise<RefundProof> {
  const found = await findRefund(client, request);
  if (found === null) {
    const detail = `The shop has no order ${request.orderExternalId}`;
    return { confirmed: false, detail, amountMinor: null };
  }
  if (!found.refund) {
    const detail = `Order ${found.number} has no refund ${referenceOf(request.refundId)} in the shop`;
    return { confirmed: false, detail, amountMinor: null };
  }
  const { amount, currencyCode } = found.refund.totalRefundedSet.shopMoney;
  return {
    confirmed: true,
    detail: `Order ${found.number} has the refund of ${amount} ${currencyCode}`,
    amountMinor: roundToMinor(amount, currencyCode),
  };
}

async function findRefund(client: ShopifyClient, request: OrderRefund) {
  if (!isNumericId(request.orderExternalId)) return null;
  const id = toGid('Order', request.orderExternalId);
  const { order } = await client.send(ORDER_REFUNDS, { id, first: MOST_REFUNDS }, refundsSchema);
  if (order === null) return null;
  const reference = referenceOf(request.refundId);
  return { number: order.name, refund: order.refunds.find(({ note }) => note?.includes(reference)) ?? null };
}

interface Payment {
  readonly gateway: string;
  readonly amount: string;
  readonly parentId?: string;
}

/** How the money goes back; a text says why it cannot. */
function paymentsOf(suggested: Suggestion, request: OrderRefund): readonly Payment[] | string {
  if (request.money === 'by_hand') return [];
  const { amountMinor } = request;
  const payments = suggested.suggestedTransactions;
  const payment = (entry: (typeof payments)[number], amount: string): Payment => ({
    gateway: entry.gateway ?? '',
    amount,
    ...(entry.parentTransaction ? { parentId: entry.parentTransaction.id } : {}),
  });
  if (amountMinor === null) {
    return payments.map((entry) => payment(entry, entry.amountSet.presentmentMoney.amount));
  }
  const currency = suggested.amountSet.presentmentMoney.currencyCode;
  if (currency !== request.currency) {
    return `The customer paid in ${currency}; refund an amount of your own choice in Shopify`;
  }
  let left = amountMinor;
  const planned: Payment[] = [];
  for (const entry of payments) {
    const most = roundToMinor(
      (entry.maximumRefundableSet ?? entry.amountSet).presentmentMoney.amount,
      currency,
    );
    const part = Math.min(left, most ?? 0);
    if (part <= 0) continue;
    planned.push(payment(entry, formatMinor(part, currency)));
    left -= part;
  }
  if (left === 0) return planned;
  return `Shopify can pay back ${formatMinor(amountMinor - left, currency)} ${currency} at most`;
}

function digestOf(refundId: string): string {
  return createHash('sha256').update(`refund ${refundId}`).digest('hex');
}

function referenceOf(refundId: string): string {
  return `[QS-${digestOf(refundId).slice(0, 12).toUpperCase()}]`;
}

/** The same for the same refund. A UUID in form. */
function keyOf(refundId: string): string {
  const hex = digestOf(refundId);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
