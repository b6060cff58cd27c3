import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ChannelConnector, ShipmentPush } from '../contract.ts';
import { failureOfCall, json, testContext, type SentRequest } from '../kit/test-context.ts';
import { createWooCommerceConnector } from './connector.ts';
import { noteText, SHIPMENTS_KEY } from './ship.ts';
import { TestShop, type Row } from './test-shop.ts';

function shipment(more: Partial<ShipmentPush> = {}): ShipmentPush {
  return {
    opId: 'op',
    shipmentId: '019a0000-0000-7000-8000-000000000001',
    orderExternalId: '15',
    carrier: 'DHL Express',
    tracking: '00340434161094042557',
    shippedAtMs: Date.parse('2026-11-23T08:00:00Z'),
    lines: [{ externalId: '1', quantity: 1 }],
    complete: true,
    ...more,
  };
}

function setUp(order: Record<string, unknown> = {}): {
  shop: TestShop;
  order: Row;
  connector: ChannelConnector;
} {
  const shop = new TestShop();
  return { shop, order: shop.addOrder(15, order), connector: createWooCommerceConnector() };
}

const notes = (shop: TestShop): unknown[] => (shop.notes.get(15) ?? []).map((note) => note['note']);
const entries = (order: Row): { id: string }[] =>
  (order['meta_data'] as { key: string; value: { id: string }[] }[]).find(
    (meta) => meta.key === SHIPMENTS_KEY,
  )?.value ?? [];
const writes = (sent: readonly SentRequest[]): string[] =>
  sent
    .filter((request) => request.method !== 'GET')
    .map((request) => `${request.method} ${request.url.pathname.split('/v3/')[1]}`);

describe('confirming a shipment', () => {
  test('one write for record and status, one note to the customer, and it is seen', async () => {
    const { shop, order, connector } = setUp({ meta_data: [{ id: 1, key: 'other', value: 'kept' }] });
    const { context, sent } = testContext((request) => shop.answer(request));
    expect((await connector.verifyShipment(context, shipment())).confirmed).toBe(false);
    expect(await connector.pushShipment(context, shipment())).toEqual({ opId: 'op', outcome: 'accepted' });
    expect(writes(sent)).toEqual(['PUT orders/15', 'POST orders/15/notes']);
    expect(order).toMatchObject({
      status: 'completed',
      meta_data: [{ key: 'other', value: 'kept' }, { key: SHIPMENTS_KEY }],
    });
    expect(shop.notes.get(15)).toEqual([
      expect.objectContaining({ customer_note: true, note: noteText(shipment()) }),
    ]);
    expect(noteText(shipment())).toMatch(/DHL Express.*00340434161094042557.*Ref\. QS-[0-9A-F]{10}$/);
    expect(await connector.verifyShipment(context, shipment())).toEqual({
      confirmed: true,
      detail: expect.stringContaining('completed') as string,
    });
  });

  test('again and again changes nothing', async () => {
    const { shop, connector } = setUp();
    const { context, sent } = testContext((request) => shop.answer(request));
    for (let i = 0; i < 3; i += 1) await connector.pushShipment(context, shipment());
    expect(writes(sent)).toHaveLength(2);
  });

  test('a part of an order leaves the status; the last part completes it', async () => {
    const { shop, order, connector } = setUp();
    const { context } = testContext((request) => shop.answer(request));
    await connector.pushShipment(context, shipment({ complete: false }));
    expect(order['status']).toBe('processing');
    expect((await connector.verifyShipment(context, shipment({ complete: false }))).confirmed).toBe(true);
    const second = shipment({ shipmentId: 'second', complete: true });
    await connector.pushShipment(context, second);
    expect(order['status']).toBe('completed');
    expect(entries(order).map((entry) => entry.id)).toEqual([shipment().shipmentId, 'second']);
    // The same parcel number, but a shipment of its own.
    expect(notes(shop)).toHaveLength(2);
  });

  test('what is there already is not repeated: status by hand, note by hand', async () => {
    const { shop, connector } = setUp({ status: 'completed' });
    shop.notes.set(15, [
      { id: 1, customer_note: true, note: '<p>Sent by DHL Express: 00340434161094042557</p>' },
    ]);
    const { context, sent } = testContext((request) => shop.answer(request));
    await connector.pushShipment(context, shipment());
    expect(writes(sent)).toEqual(['PUT orders/15']);
    expect(sent.find((request) => request.method === 'PUT')?.body).not.toHaveProperty('status');
  });

  test('an internal note does not count as telling the customer', async () => {
    const { shop, connector } = setUp();
    shop.notes.set(15, [{ id: 1, customer_note: false, note: noteText(shipment()) }]);
    const { context } = testContext((request) => shop.answer(request));
    await connector.pushShipment(context, shipment());
    expect(notes(shop)).toHaveLength(2);
  });

  test('without carrier and number there is nothing to tell', async () => {
    const { shop, connector } = setUp();
    const { context } = testContext((request) => shop.answer(request));
    const bare = shipment({ carrier: '', tracking: '' });
    await connector.pushShipment(context, bare);
    expect(notes(shop)).toEqual([]);
    expect((await connector.verifyShipment(context, bare)).confirmed).toBe(true);
  });

  test('called-off orders are never completed, vanished ones are said to be gone', async () => {
    for (const status of ['cancelled', 'refunded', 'failed']) {
      const { shop, connector } = setUp({ status });
      const { context, sent } = testContext((request) => shop.answer(request));
      expect(await connector.pushShipment(context, shipment())).toMatchObject({
        outcome: 'rejected',
        code: 'CHANNEL_CONFLICT',
      });
      expect(writes(sent)).toEqual([]);
    }
    const { shop, connector } = setUp();
    const { context } = testContext((request) => shop.answer(request));
    expect(await connector.pushShipment(context, shipment({ orderExternalId: '99' }))).toMatchObject({
      outcome: 'rejected',
      code: 'CHANNEL_GONE',
    });
    expect((await connector.verifyShipment(context, shipment({ orderExternalId: '99' }))).confirmed).toBe(
      false,
    );
  });

  test('a confirmed order that was refunded afterwards stays confirmed', async () => {
    const { shop, order, connector } = setUp();
    const { context } = testContext((request) => shop.answer(request));
    await connector.pushShipment(context, shipment());
    shop.touch(order, { status: 'refunded', date_completed_gmt: '2026-11-23T09:00:00' });
    expect(await connector.pushShipment(context, shipment())).toMatchObject({ outcome: 'accepted' });
    expect((await connector.verifyShipment(context, shipment())).confirmed).toBe(true);
  });

  test('an answer that got lost: looked for at once, never written twice', async () => {
    const { shop, connector } = setUp();
    const { context, sent } = testContext(async (request) => {
      const answer = shop.answer(request);
      if (request.method === 'POST') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
      return answer;
    });
    expect(await connector.pushShipment(context, shipment())).toMatchObject({ outcome: 'accepted' });
    expect(writes(sent)).toEqual(['PUT orders/15', 'POST orders/15/notes']);
  });

  test('a write of unknown fate is reported as unknown, a refused one as rejected, a busy shop is thrown', async () => {
    const { shop, connector } = setUp();
    const answered = (put: () => Response | Promise<Response>): Promise<unknown> => {
      const { context } = testContext((request) => (request.method === 'PUT' ? put() : shop.answer(request)));
      return connector.pushShipment(context, shipment());
    };
    expect(await answered(() => new Response('<html>'))).toMatchObject({ outcome: 'unknown' });
    expect(
      await answered(() =>
        json({ code: 'rest_invalid_param', message: 'x', data: { status: 400 } }, { status: 400 }),
      ),
    ).toMatchObject({ outcome: 'rejected', code: 'CHANNEL_INVALID' });
    expect(
      await failureOfCall(answered(() => new Response('', { status: 429, headers: { 'retry-after': '9' } }))),
    ).toMatchObject({
      code: 'CHANNEL_RATE',
      details: { retryAfterMs: 9_000 },
    });
    expect(notes(shop)).toEqual([]);
  });

  test('entries that a plugin stored as text or as an object are understood', async () => {
    for (const value of [
      JSON.stringify([{ id: shipment().shipmentId }]),
      { 0: { id: shipment().shipmentId } },
    ]) {
      const { shop, connector } = setUp({
        status: 'completed',
        meta_data: [{ id: 3, key: SHIPMENTS_KEY, value }],
      });
      const { context, sent } = testContext((request) => shop.answer(request));
      await connector.pushShipment(context, shipment());
      expect(writes(sent)).toEqual(['POST orders/15/notes']);
    }
  });

  test('whatever breaks and however often it is tried, each shipment is told once and recorded once', async () => {
    const fate = fc.constantFrom('works', 'lostBefore', 'lostAfter', 'dies', 'busy');
    await fc.assert(
      fc.asyncProperty(fc.array(fate, { maxLength: 14 }), async (fates) => {
        const { shop, order } = setUp();
        const plan = [...fates];
        const { context } = testContext((request) => {
          if (request.method === 'GET') return shop.answer(request);
          const next = plan.shift() ?? 'works';
          if (next === 'busy') return json({ code: 'x', message: 'x' }, { status: 429 });
          if (next === 'lostBefore') throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
          const answer = shop.answer(request);
          if (next === 'lostAfter') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
          if (next === 'dies') throw new Error('The process ended here');
          return answer;
        });
        for (const parcel of [
          shipment({ complete: false }),
          shipment({ shipmentId: 'two', tracking: '2' }),
        ]) {
          for (let attempt = 0; attempt < 40; attempt += 1) {
            // A new process knows nothing of the one before.
            const connector = createWooCommerceConnector();
            if ((await connector.verifyShipment(context, parcel)).confirmed) break;
            await connector.pushShipment(context, parcel).catch(() => undefined);
          }
        }
        expect(order['status']).toBe('completed');
        expect(entries(order).map((entry) => entry.id)).toEqual([shipment().shipmentId, 'two']);
        expect(notes(shop)).toEqual([
          noteText(shipment()),
          noteText(shipment({ shipmentId: 'two', tracking: '2' })),
        ]);
      }),
      { numRuns: 100 },
    );
  });
});
