import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { ShipmentProof } from '../contract.ts';
import { callFailed, failureOf } from '../kit/failures.ts';
import type { OrderActionResult, OrderCancellation } from '../order-actions.ts';
import type { WooClient } from './client.ts';
import { explain, orderSchema, type OrderRecord } from './records.ts';
import { SHIPMENTS_KEY } from './ship.ts';

/** Where the reason of a cancellation is written down in the order itself. */
const REASON_KEY = 'quayside_cancellation';

/** Cancels an order; the shop puts its units back into stock. What is cancelled already is left alone. */
export async function cancelOrder(client: WooClient, request: OrderCancellation): Promise<OrderActionResult> {
  const order = await readOrder(client, request.orderExternalId);
  if (order === null) return noSuchOrder(request);
  const { number, status } = order;
  if (status === 'cancelled') return { outcome: 'accepted' };
  if (status === 'completed' || order.meta_data.some(({ key }) => key === SHIPMENTS_KEY)) {
    return refused('CHANNEL_CONFLICT', `A part of order ${number} has left already; it cannot be cancelled`);
  }
  if (status === 'refunded' || status === 'trash') {
    return refused(
      'CHANNEL_CONFLICT',
      `Order ${number} is ${status} in the shop; there is nothing to cancel`,
    );
  }
  const reason = [request.reason, request.note.trim()].filter((part) => part !== '').join(': ');
  const body = { status: 'cancelled', meta_data: [{ key: REASON_KEY, value: reason }] };
  return settled(() => client.send({ method: 'PUT', path: `orders/${order.id}`, body }));
}

export async function verifyCancellation(
  client: WooClient,
  request: OrderCancellation,
): Promise<ShipmentProof> {
  const order = await readOrder(client, request.orderExternalId);
  if (order === null) return { confirmed: false, detail: `The shop has no order ${request.orderExternalId}` };
  const detail = `Order ${order.number} is ${order.status} in the shop`;
  return { confirmed: order.status === 'cancelled', detail };
}

export async function readOrder(client: WooClient, orderId: string): Promise<OrderRecord | null> {
  if (!/^\d+$/.test(orderId)) return null;
  const path = `orders/${orderId}`;
  let body: unknown;
  try {
    ({ body } = await client.get(path));
  } catch (error) {
    if (error instanceof CodedError && error.code === 'CHANNEL_GONE') return null;
    throw error;
  }
  const parsed = orderSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw callFailed('CHANNEL_UNKNOWN', `Order ${orderId} cannot be read: ${explain(parsed.error)}`, {
    method: 'GET',
    path,
  });
}

/** The shop broke nothing off when it refuses a refund, although it says 500. */
const FINAL_CODES = new Set(['woocommerce_rest_cannot_create_order_refund']);
const FINAL = new Set(['CHANNEL_INVALID', 'CHANNEL_CONFLICT', 'CHANNEL_GONE']);

/** What an answer, or a lost one, means for an action. Throws what surely changed nothing. */
export async function settled(send: () => Promise<unknown>): Promise<OrderActionResult> {
  try {
    await send();
    return { outcome: 'accepted' };
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const { code, message } = toErrorShape(error);
    const { applied, channelCode = '', reason } = failureOf(error) ?? {};
    if (FINAL_CODES.has(channelCode)) return refused('CHANNEL_INVALID', message);
    if (applied === 'unknown') return { outcome: 'unknown', code, message };
    if (FINAL.has(code) && reason === undefined) return refused(code, message);
    throw error;
  }
}

export function noSuchOrder(request: { readonly orderExternalId: string }): OrderActionResult {
  return refused('CHANNEL_GONE', `The shop has no order ${request.orderExternalId}`);
}

export function refused(code: string, message: string): OrderActionResult {
  return { outcome: 'rejected', code, message };
}
