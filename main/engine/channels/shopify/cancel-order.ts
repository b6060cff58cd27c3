import { z } from 'zod';
import type { ShipmentProof } from '../contract.ts';
import type { OrderActionResult, OrderCancellation } from '../order-actions.ts';
import type { ShopifyClient } from './client.ts';
import { CANCEL_ORDER } from './documents.ts';
import { readFulfilment } from './fulfilment.ts';
import { toGid } from './gid.ts';
import { noSuchOrder, refused, settled } from './order-answers.ts';
import { userErrorSchema } from './records.ts';

const cancelSchema = z.object({
  orderCancel: z.object({ orderCancelUserErrors: z.array(userErrorSchema) }).nullable(),
});
const LONGEST_NOTE = 255;

/** Cancels an order, which cannot be taken back. An order that is cancelled already is not touched again. */
export async function cancelOrder(
  client: ShopifyClient,
  request: OrderCancellation,
): Promise<OrderActionResult> {
  const state = await readFulfilment(client, request.orderExternalId);
  if (state === null) return noSuchOrder(request);
  if (state.cancelled) return { outcome: 'accepted' };
  if (state.parcels.length > 0) {
    return refused(
      'CHANNEL_CONFLICT',
      `A part of order ${state.number} has left already; it cannot be cancelled`,
    );
  }
  const variables = {
    id: toGid('Order', request.orderExternalId),
    reason: request.reason.toUpperCase(),
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

/** Shopify cancels in the background; it is done when the order says so. */
export async function verifyCancellation(
  client: ShopifyClient,
  request: OrderCancellation,
): Promise<ShipmentProof> {
  const state = await readFulfilment(client, request.orderExternalId);
  if (state === null) return { confirmed: false, detail: `The shop has no order ${request.orderExternalId}` };
  return state.cancelled
    ? { confirmed: true, detail: `Order ${state.number} is cancelled in the shop` }
    : { confirmed: false, detail: `Order ${state.number} is not cancelled in the shop yet` };
}
