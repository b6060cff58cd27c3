import { gid, numberOf } from './gid.ts';
import { centsOf, paidFor } from './order-sums.ts';
import { orderView, refundView, type RefundItem } from './order-views.ts';
import type { ViewContext } from './product-views.ts';
import type { OrderRow } from './rows.ts';

export function orderCancel(
  { store }: ViewContext,
  args: { orderId: string; restock: boolean; refundMethod?: unknown },
): unknown {
  const order = store.orders.get(numberOf('Order', args.orderId) ?? -1);
  const failed = (code: string, message: string): unknown => ({
    job: null,
    orderCancelUserErrors: [{ field: ['orderId'], message, code }],
  });
  if (!order) return failed('NOT_FOUND', 'Order does not exist');
  if (order.cancelledAt !== null) return failed('INVALID', 'Order has already been cancelled');
  if (order.parcels.length > 0) return failed('INVALID', 'Cannot cancel an order with fulfilled items');
  if (args.restock)
    for (const line of order.lines) restock(store, order, line.variantId, line.currentQuantity);
  for (const line of order.lines) line.currentQuantity = 0;
  for (const part of order.parts) {
    part.status = 'CLOSED';
    for (const line of part.lines) line.remaining = 0;
  }
  store.touch(order, {
    cancelledAt: store.now(),
    ...(args.refundMethod && order.financial === 'PAID' ? { financial: 'REFUNDED' as const } : {}),
  });
  return { job: { id: gid('Job', store.newId()), done: true }, orderCancelUserErrors: [] };
}

interface RefundInput {
  readonly orderId: string;
  readonly note?: string | null;
  readonly refundLineItems?: readonly RefundItem[] | null;
  readonly transactions?: readonly { readonly amount: string }[] | null;
}

export function refundCreate(context: ViewContext, { input }: { input: RefundInput }): unknown {
  const { store } = context;
  const order = store.orders.get(numberOf('Order', input.orderId) ?? -1);
  const failed = (field: string[], message: string): unknown => ({
    refund: null,
    order: null,
    userErrors: [{ field, message }],
  });
  if (!order) return failed(['orderId'], 'Order does not exist');
  const wanted = (input.refundLineItems ?? []).map((item) => ({
    ...item,
    line: order.lines.find((line) => line.id === numberOf('LineItem', item.lineItemId)),
  }));
  if (wanted.some(({ line, quantity }) => !line || quantity > line.currentQuantity)) {
    return failed(['refundLineItems'], 'Refund quantity cannot be greater than the remaining quantity');
  }
  // Without transactions the goods are taken out of the order, but no money moves.
  const cents = (input.transactions ?? []).reduce((sum, entry) => sum + centsOf(entry.amount), 0);
  const back = order.refunds.reduce((sum, refund) => sum + refund.cents, 0);
  if (cents > paidFor(order) - back) {
    return failed(['transactions'], 'Refund amount cannot be greater than the amount paid');
  }
  for (const { line, quantity, restockType } of wanted) {
    if (!line) continue;
    line.currentQuantity -= quantity;
    takeFromParts(order, line.id, quantity);
    if (restockType === 'CANCEL' || restockType === 'RETURN') restock(store, order, line.variantId, quantity);
  }
  const refund = { id: store.newId(), note: input.note ?? '', cents };
  order.refunds.push(refund);
  const all = order.lines.every((line) => line.currentQuantity === 0);
  store.touch(order, { financial: all ? 'REFUNDED' : 'PARTIALLY_REFUNDED' });
  return { refund: refundView(context, refund), order: orderView(context, order), userErrors: [] };
}

function takeFromParts(order: OrderRow, lineId: number, units: number): void {
  let left = units;
  for (const line of order.parts.flatMap((part) => part.lines)) {
    if (line.lineId !== lineId) continue;
    const taken = Math.min(left, line.remaining);
    line.remaining -= taken;
    left -= taken;
  }
}

function restock(store: ViewContext['store'], order: OrderRow, variantId: number, units: number): void {
  const variant = store.variants.get(variantId);
  const location = order.parts[0]?.locationId ?? store.location.id;
  if (variant && units > 0)
    store.setAvailable(variant, location, (variant.levels.get(location) ?? 0) + units);
}
