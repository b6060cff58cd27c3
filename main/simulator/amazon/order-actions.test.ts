import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAmazonConnector } from '../../engine/channels/amazon/connector.ts';
import type { ChannelContext } from '../../engine/channels/contract.ts';
import type { OrderActions, OrderRefund } from '../../engine/channels/order-actions.ts';
import type { OrderRow } from './rows.ts';
import type { AmazonSimulator } from './start.ts';
import { contextOf, openSimulator } from './suite-shop.ts';

let shop: AmazonSimulator;
let context: ChannelContext;
beforeEach(async () => {
  shop = await openSimulator();
  context = contextOf(shop);
});
afterEach(() => shop.close());

/** A connector that knows nothing, as after a restart; only the vault is the same. */
const fresh = (): OrderActions => {
  const { orderActions } = createAmazonConnector();
  if (!orderActions) throw new Error('No order actions');
  return orderActions;
};
const openOrder = (): OrderRow => {
  const order = [...shop.store.orders.values()].find(
    (row) => row.status === 'UNSHIPPED' && row.items.length > 1,
  );
  if (!order) throw new Error('No open order');
  return order;
};
const refundOf = (order: OrderRow, more: Partial<OrderRefund> = {}): OrderRefund => ({
  refundId: 'r1',
  orderExternalId: order.id,
  lines: [{ externalId: order.items[0]?.id ?? '', quantity: 1, restock: 'returned' }],
  shipping: false,
  amountMinor: null,
  currency: 'EUR',
  money: 'original',
  notify: false,
  note: '',
  ...more,
});
const paid = (order: OrderRow): number[] => (order.refunds ?? []).map((entry) => entry.minor);
const feeds = (): number => shop.feeds.feeds.size;

it('finds a feed again that was asked for before the program ended, and pays once', async () => {
  const order = openOrder();
  const request = refundOf(order);
  const dying: ChannelContext = {
    ...context,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      if (init.method === 'POST' && url.endsWith('/feeds')) throw new Error('The program ends here');
      return response;
    },
  };
  await fresh()
    .refund(dying, request)
    .catch(() => undefined);
  expect(feeds()).toBe(1);
  expect(await fresh().refund(context, request)).toEqual({ outcome: 'accepted' });
  expect(feeds()).toBe(1);
  const amountMinor = Math.round(Number(order.items[0]?.unitPrice) * 100);
  expect(paid(order)).toEqual([amountMinor]);
  expect(await fresh().verifyRefund(context, request)).toMatchObject({ confirmed: true, amountMinor });
});

it('keeps its notes about money when a token is renewed', async () => {
  const order = openOrder();
  await fresh().refund(context, refundOf(order));
  shop.access.endTokens();
  expect(await fresh().refund(context, refundOf(order))).toEqual({ outcome: 'accepted' });
  expect(feeds()).toBe(1);
});

it('spreads an amount over the items and never beyond what each has left', async () => {
  const order = openOrder();
  const [first] = order.items;
  const firstMinor = Math.round(Number(first?.unitPrice) * 100) * (first?.quantity ?? 0);
  const whole = { lines: [], amountMinor: firstMinor + 5 };
  expect(await fresh().refund(context, refundOf(order, whole))).toEqual({ outcome: 'accepted' });
  expect(paid(order)).toEqual([firstMinor, 5]);
  const again = refundOf(order, { refundId: 'r2' });
  expect(await fresh().refund(context, again)).toMatchObject({
    outcome: 'rejected',
    code: 'CHANNEL_INVALID',
  });
});

it('tells what Amazon says when somebody else paid it back already', async () => {
  const order = openOrder();
  const [item] = order.items;
  order.refunds = [
    { itemId: item?.id ?? '', minor: Math.round(Number(item?.unitPrice) * 100) * (item?.quantity ?? 1) },
  ];
  expect(await fresh().refund(context, refundOf(order))).toEqual({
    outcome: 'rejected',
    code: 'CHANNEL_INVALID',
    message: 'The adjustment is more than was paid. (18028)',
  });
  expect(await fresh().verifyRefund(context, refundOf(order))).toMatchObject({ confirmed: false });
  // What was not paid is still there to be paid.
  order.refunds = [];
  const later = refundOf(order, { refundId: 'r2' });
  expect(await fresh().refund(context, later)).toEqual({ outcome: 'accepted' });
});

it('says what it cannot do before anything is sent', async () => {
  const order = openOrder();
  for (const more of [{ shipping: true }, { money: 'by_hand' as const }]) {
    const result = await fresh().refund(context, refundOf(order, more));
    expect(result).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_INVALID' });
  }
  expect(feeds()).toBe(0);
});

it('is accepted while Amazon still works on it, and verified once the order says so', async () => {
  shop.feeds.feedMs = 3_600_000;
  const order = openOrder();
  const cancellation = {
    cancellationId: 'c1',
    orderExternalId: order.id,
    reason: 'inventory',
    restock: true,
    refund: false,
    notify: false,
    note: '',
  } as const;
  expect(await fresh().cancel(context, cancellation)).toEqual({ outcome: 'accepted' });
  expect(await fresh().verifyCancellation(context, cancellation)).toMatchObject({ confirmed: false });
  shop.feeds.feeds.forEach((row) => Object.assign(row, { doneAt: 0 }));
  expect(await fresh().cancel(context, cancellation)).toEqual({ outcome: 'accepted' });
  expect(feeds()).toBe(1);
  expect(await fresh().verifyCancellation(context, cancellation)).toMatchObject({ confirmed: true });
});
