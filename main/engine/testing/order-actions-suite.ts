import { describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { RemoteOrder } from '../channels/contract.ts';
import type {
  OrderActionResult,
  OrderActions,
  OrderCancellation,
  OrderRefund,
} from '../channels/order-actions.ts';
import { readOrders, SUITE_FAULTS, type OrderInShop, type SuiteShop } from './suite-shop.ts';

/** The part of the connectors' contract about cancelling and refunding; nothing for those without it. */
export function describeOrderActions(shop: () => SuiteShop): void {
  describe('order actions', () => {
    it('are declared, or said to be missing', () => {
      const { orderActions, capabilities } = shop().connector;
      const missing = capabilities.limits.some(({ capability }) => capability === 'cancelOrder');
      expect(orderActions === undefined).toBe(missing);
      expect(shop().orderIn === undefined).toBe(missing);
    });

    it.each(['nothing', ...SUITE_FAULTS] as const)('after %s an order is cancelled once', async (fault) => {
      const desk = deskOf(shop());
      if (!desk) return;
      const request = cancellationOf(await desk.open());
      if (fault !== 'nothing') shop().fault(fault, 'write');
      for (let attempt = 0; attempt < 4; attempt += 1) await attempted(() => desk.cancel(request));
      expect(await desk.actions.verifyCancellation(desk.context, request)).toMatchObject({ confirmed: true });
      const { stock, cancelled } = desk.order(request.orderExternalId);
      expect(cancelled).toBe(true);
      expect(await desk.cancel({ ...request, cancellationId: 'another' })).toEqual({ outcome: 'accepted' });
      expect(desk.order(request.orderExternalId).stock).toBe(stock);
    });

    it('an order that has left is not cancelled, one that is not there is gone', async () => {
      const desk = deskOf(shop());
      if (!desk) return;
      const left = cancellationOf(await desk.find((order) => order.disposition === 'shipped'));
      expect(await desk.cancel(left)).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_CONFLICT' });
      expect(desk.order(left.orderExternalId).cancelled).toBe(false);
      expect(await desk.actions.verifyCancellation(desk.context, left)).toMatchObject({ confirmed: false });
      const gone = { ...left, orderExternalId: '1' };
      expect(await desk.cancel(gone)).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_GONE' });
    });

    it.each(['nothing', ...SUITE_FAULTS] as const)('after %s a refund is paid once', async (fault) => {
      const desk = deskOf(shop());
      if (!desk) return;
      const order = await desk.open();
      const request = refundOf(order);
      if (fault !== 'nothing') shop().fault(fault, 'write');
      for (let attempt = 0; attempt < 4; attempt += 1) await attempted(() => desk.refund(request));
      const amountMinor = order.lines[0]?.unitPriceMinor;
      expect(desk.order(order.externalId).refunds).toEqual([amountMinor]);
      const proof = await desk.actions.verifyRefund(desk.context, request);
      expect(proof).toMatchObject({ confirmed: true, amountMinor });
    });

    it('an amount of one’s own choice is refunded, one that is too large is not', async () => {
      const desk = deskOf(shop());
      if (!desk) return;
      const order = await desk.open();
      const some = { ...refundOf(order), lines: [], amountMinor: 123 };
      expect(await desk.refund(some)).toEqual({ outcome: 'accepted' });
      const more = { ...refundOf(order), refundId: 'refund 2', lines: [], amountMinor: order.totalMinor };
      expect(await desk.refund(more)).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_INVALID' });
      expect(await desk.actions.verifyRefund(desk.context, more)).toMatchObject({ confirmed: false });
      expect(desk.order(order.externalId).refunds).toEqual([123]);
      const gone = { ...some, orderExternalId: '1' };
      expect(await desk.refund(gone)).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_GONE' });
    });
  });
}

interface Desk {
  readonly actions: OrderActions;
  readonly context: SuiteShop['context'];
  readonly order: (externalId: string) => OrderInShop;
  readonly find: (fits: (order: RemoteOrder) => boolean) => Promise<RemoteOrder>;
  readonly open: () => Promise<RemoteOrder>;
  readonly cancel: (request: OrderCancellation) => Promise<OrderActionResult>;
  readonly refund: (request: OrderRefund) => Promise<OrderActionResult>;
}

function deskOf(shop: SuiteShop): Desk | null {
  const { connector, context, orderIn } = shop;
  const actions = connector.orderActions;
  if (!actions || !orderIn) return null;
  const find: Desk['find'] = async (fits) => {
    const order = (await readOrders(shop)).find(fits);
    if (!order) throw new Error('The shop has no such order');
    return order;
  };
  return {
    actions,
    context,
    order: orderIn,
    find,
    open: () =>
      find((order) => order.disposition === null && order.lines.every((line) => (line.fulfilled ?? 0) === 0)),
    cancel: async (request) => actions.cancel(context, request),
    refund: async (request) => actions.refund(context, request),
  };
}

function cancellationOf(order: RemoteOrder): OrderCancellation {
  return {
    cancellationId: 'cancellation 1',
    orderExternalId: order.externalId,
    reason: 'customer',
    restock: true,
    refund: false,
    notify: false,
    note: 'Asked by mail',
  };
}

function refundOf(order: RemoteOrder): OrderRefund {
  const line = order.lines[0];
  if (!line) throw new Error('The order has no line');
  return {
    refundId: 'refund 1',
    orderExternalId: order.externalId,
    lines: [{ externalId: line.externalId, quantity: 1, restock: 'no' }],
    shipping: false,
    amountMinor: null,
    currency: order.currency,
    money: 'original',
    notify: false,
    note: 'Broken',
  };
}

/** As the engine does it: what may have been applied is tried again, what is refused is not. */
async function attempted(call: () => Promise<OrderActionResult>): Promise<void> {
  try {
    expect((await call()).outcome).not.toBe('rejected');
  } catch (error) {
    if (!(error instanceof CodedError) || !error.retryable) throw error;
  }
}
