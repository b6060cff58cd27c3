import { createHash } from 'node:crypto';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import { failureOf } from '../kit/failures.ts';
import type { ShopifyClient } from './client.ts';
import { CANCEL_ORDER, ORDER_REFUNDS, REFUND_ORDER, SUGGEST_REFUND } from './documents.ts';
import { readFulfilment } from './fulfilment.ts';
import { isNumericId, toGid } from './gid.ts';
import { userErrorSchema } from './records.ts';
import { textOf } from './user-errors.ts';

/** What became of an action: as for a pushed op, but about an order as a whole. */
export type ActionResult =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'rejected' | 'unknown'; readonly code: string; readonly message: string };

export interface OrderCancellation {
  readonly orderExternalId: string;
  readonly reason: 'CUSTOMER' | 'DECLINED' | 'FRAUD' | 'INVENTORY' | 'OTHER' | 'STAFF';
  /** Puts the units back into stock. */
  readonly restock: boolean;
  /** Pays everything back the way it was paid. */
  readonly refund: boolean;
  readonly notify: boolean;
  /** For the shop's staff; 255 characters at most. */
  readonly note: string;
}

const cancelSchema = z.object({
  orderCancel: z.object({ orderCancelUserErrors: z.array(userErrorSchema) }).nullable(),
});
const LONGEST_NOTE = 255;

/** Cancels an order, which cannot be taken back. An order that is cancelled already is not touched again. */
export async function cancelOrder(client: ShopifyClient, request: OrderCancellation): Promise<ActionResult> {
  const state = await readFulfilment(client, request.orderExternalId);
  if (state === null) return rejected('CHANNEL_GONE', `The shop has no order ${request.orderExternalId}`);
  if (state.cancelled) return { outcome: 'accepted' };
  if (state.parcels.length > 0) {
    return rejected(
      'CHANNEL_CONFLICT',
      `A part of order ${state.number} has left already; it cannot be cancelled`,
    );
  }
  const variables = {
    id: toGid('Order', request.orderExternalId),
    reason: request.reason,
    restock: request.restock,
    notify: request.notify,
    refund: { originalPaymentMethodsRefund: request.refund },
    note: request.note.slice(0, LONGEST_NOTE),
  };
  return settled(async () => {
    const { orderCancel } = await client.send(CANCEL_ORDER, variables, cancelSchema);
    return orderCancel?.orderCancelUserErrors ?? [];
  });
}

export interface OrderRefund {
  readonly orderExternalId: string;
  /** Of this machine; the same refund is never paid twice. */
  readonly refundId: string;
  readonly lines: readonly {
    readonly externalId: string;
    readonly quantity: number;
    /** CANCEL: never left, back to stock. RETURN: came back, to stock. NO_RESTOCK: not to stock. */
    readonly restock: 'CANCEL' | 'RETURN' | 'NO_RESTOCK';
  }[];
  readonly shipping: boolean;
  readonly notify: boolean;
  readonly note: string;
}

const refundsSchema = z.object({
  order: z.object({ refunds: z.array(z.object({ note: z.string().nullish() })) }).nullable(),
});
const suggestionSchema = z.object({
  order: z
    .object({
      suggestedRefund: z
        .object({
          suggestedTransactions: z.array(
            z.object({
              gateway: z.string().nullish(),
              amountSet: z.object({ shopMoney: z.object({ amount: z.string() }) }),
              parentTransaction: z.object({ id: z.string() }).nullish(),
            }),
          ),
        })
        .nullable(),
    })
    .nullable(),
});
const refundSchema = z.object({
  refundCreate: z.object({ userErrors: z.array(userErrorSchema) }).nullable(),
});
/** Refunds of one order that are looked through. */
const MOST_REFUNDS = 100;

/**
 * Pays back what Shopify works out for these lines, the way it was paid. The
 * refund's reference stands in its note: it is looked for first, and the key of
 * idempotency follows from it, so that a lost answer never pays twice.
 */
export async function refundOrder(client: ShopifyClient, request: OrderRefund): Promise<ActionResult> {
  if (!isNumericId(request.orderExternalId)) return gone(request);
  const id = toGid('Order', request.orderExternalId);
  const reference = referenceOf(request.refundId);
  const { order } = await client.send(ORDER_REFUNDS, { id, first: MOST_REFUNDS }, refundsSchema);
  if (order === null) return gone(request);
  if (order.refunds.some((refund) => refund.note?.includes(reference))) return { outcome: 'accepted' };
  const items = request.lines.map((line) => ({
    lineItemId: toGid('LineItem', line.externalId),
    quantity: line.quantity,
    restockType: line.restock,
  }));
  const variables = { id, items, shipping: request.shipping };
  const { order: suggested } = await client.send(SUGGEST_REFUND, variables, suggestionSchema);
  const transactions = (suggested?.suggestedRefund?.suggestedTransactions ?? []).map((transaction) => ({
    orderId: id,
    kind: 'REFUND',
    gateway: transaction.gateway ?? '',
    amount: transaction.amountSet.shopMoney.amount,
    ...(transaction.parentTransaction ? { parentId: transaction.parentTransaction.id } : {}),
  }));
  const input = {
    orderId: id,
    note: `${request.note} ${reference}`.trim(),
    notify: request.notify,
    refundLineItems: items,
    ...(request.shipping ? { shipping: { fullRefund: true } } : {}),
    transactions,
  };
  return settled(async () => {
    const key = keyOf(request.refundId);
    const { refundCreate } = await client.send(REFUND_ORDER, { input, key }, refundSchema);
    return refundCreate?.userErrors ?? [];
  });
}

async function settled(send: () => Promise<z.output<typeof userErrorSchema>[]>): Promise<ActionResult> {
  try {
    const [error] = await send();
    return error ? rejected('CHANNEL_INVALID', textOf(error)) : { outcome: 'accepted' };
  } catch (error) {
    if (!(error instanceof CodedError) || failureOf(error)?.applied !== 'unknown') throw error;
    const { code, message } = toErrorShape(error);
    return { outcome: 'unknown', code, message };
  }
}

function gone(request: { readonly orderExternalId: string }): ActionResult {
  return rejected('CHANNEL_GONE', `The shop has no order ${request.orderExternalId}`);
}

function rejected(code: string, message: string): ActionResult {
  return { outcome: 'rejected', code, message };
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
