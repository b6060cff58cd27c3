import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ShopifyClient } from '../../engine/channels/shopify/client.ts';
import { newShopMemory } from '../../engine/channels/shopify/memory.ts';
import type { OrderActionResult } from '../../engine/channels/order-actions.ts';
import { cancelOrder } from '../../engine/channels/shopify/cancel-order.ts';
import { refundOrder } from '../../engine/channels/shopify/refund-order.ts';
import { centsOf } from './order-sums.ts';
import type { OrderRow } from './rows.ts';
import type { ShopifySimulator } from './start.ts';
import { contextOf, openSimulator } from './suite-shop.ts';

let shop: ShopifySimulator;
let client: ShopifyClient;
beforeEach(async () => {
  shop = await openSimulator();
  client = new ShopifyClient(contextOf(shop), newShopMemory());
});
afterEach(() => shop.close());

const orderWhere = (fits: (row: OrderRow) => boolean): OrderRow => {
  const found = [...shop.store.orders.values()].find(fits);
  if (!found) throw new Error('No such order');
  return found;
};
const open = (): OrderRow => orderWhere((row) => row.financial === 'PAID' && row.parcels.length === 0);
const stockOf = (order: OrderRow): number =>
  order.lines.reduce((sum, line) => {
    const levels = shop.store.variants.get(line.variantId)?.levels;
    return sum + (levels?.get(shop.store.location.id) ?? 0);
  }, 0);

describe('cancelling', () => {
  const cancel = (order: OrderRow | string, restock = true): Promise<OrderActionResult> =>
    cancelOrder(client, {
      cancellationId: 'c1',
      orderExternalId: typeof order === 'string' ? order : String(order.id),
      reason: 'customer',
      restock,
      refund: true,
      notify: false,
      note: 'n'.repeat(300),
    });

  it('happens once, and puts the goods back once', async () => {
    const order = open();
    const units = order.lines.reduce((sum, line) => sum + line.quantity, 0);
    const before = stockOf(order);
    expect(await cancel(order)).toEqual({ outcome: 'accepted' });
    expect(await cancel(order)).toEqual({ outcome: 'accepted' });
    expect(order).toMatchObject({ financial: 'REFUNDED' });
    expect(order.cancelledAt).not.toBeNull();
    expect(stockOf(order) - before).toBeGreaterThanOrEqual(units);
    expect(shop.log.all.filter(({ body }) => JSON.stringify(body).includes('CancelOrder('))).toHaveLength(1);
  });

  it('is refused once something has left, and for an order that is not there', async () => {
    const shipped = orderWhere((row) => row.parcels.length > 0);
    expect(await cancel(shipped)).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_CONFLICT' });
    expect(await cancel('1')).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_GONE' });
  });

  it('after a lost answer says that it does not know, and looks the next time', async () => {
    const order = open();
    shop.faults.script({ fault: 'timeout-after-apply', path: /CancelOrder$/, delayMs: 5 });
    expect(await cancel(order)).toMatchObject({ outcome: 'unknown' });
    expect(await cancel(order)).toEqual({ outcome: 'accepted' });
  });
});

describe('refunding', () => {
  const refund = (order: OrderRow, refundId = 'r1', quantity = 1): Promise<OrderActionResult> =>
    refundOrder(client, {
      orderExternalId: String(order.id),
      refundId,
      lines: [{ externalId: String(order.lines[0]?.id), quantity, restock: 'returned' }],
      shipping: false,
      amountMinor: null,
      currency: 'EUR',
      money: 'original',
      notify: false,
      note: 'Broken',
    });

  it.each(['nothing', 'timeout-after-apply', 'server-error', 'gateway-timeout', 'drop'] as const)(
    'although %s strikes, the money goes back once',
    async (fault) => {
      const order = open();
      if (fault !== 'nothing') shop.faults.script({ fault, path: /RefundOrder$/, delayMs: 5 });
      for (let attempt = 0; attempt < 3; attempt += 1) await refund(order);
      expect(order.refunds).toHaveLength(1);
      expect(order.refunds[0]?.cents).toBe(centsOf(order.lines[0]?.unitPrice ?? ''));
      expect(order.refunds[0]?.note).toMatch(/^Broken \[QS-[0-9A-F]{12}\]$/);
    },
  );

  it('of more than is left is refused in the shop’s words', async () => {
    const order = open();
    expect(await refund(order, 'r2', 99)).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_INVALID' });
    expect(order.refunds).toEqual([]);
  });
});
