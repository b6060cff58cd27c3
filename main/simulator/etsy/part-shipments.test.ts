import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEtsyConnector } from '../../engine/channels/etsy/connector.ts';
import { getOrder } from '../../engine/orders/order-rows.ts';
import { advance, ship } from '../../engine/orders/steps.ts';
import { addAccount } from '../../engine/sync/manage-accounts.ts';
import { publish } from '../../engine/sync/publish.ts';
import { pull } from '../../engine/sync/pull.ts';
import { testEngine, type TestEngine } from '../../engine/testing/test-engine.ts';
import type { ReceiptRow } from './rows.ts';
import { startEtsySimulator, type EtsySimulator } from './start.ts';

const signal = new AbortController().signal;
const call = { actor: 'test' };

let test: TestEngine;
let shop: EtsySimulator;
let receipt: ReceiptRow;
let orderId: string;

beforeEach(async () => {
  test = await testEngine({ connectors: [createEtsyConnector()], fetch: (url, init) => fetch(url, init) });
  const now = (): number => test.clock.now();
  shop = await startEtsySimulator({
    listings: 20,
    orders: 12,
    seed: 5,
    now,
    baseMs: now() - 3_600_000,
    quota: { perSecond: 1_000, perDay: 1_000_000 },
  });
  const account = { platform: 'etsy', name: 'Quay', baseUrl: shop.url } as const;
  await addAccount(test.engine, { ...account, credentials: { ...shop.credentials } }, call);
  await pull(test.engine, {}, signal);
  receipt = [...shop.store.receipts.values()].find(
    (row) => row.status === 'paid' && row.lines.length > 1,
  ) as ReceiptRow;
  orderId = test.engine.db.pluck<string>(
    `SELECT id FROM sales_order WHERE external_id = '${receipt.id}'`,
  )[0] as string;
  for (const step of ['pick', 'pack'] as const) advance(test.engine, step, { orderId }, call);
});
afterEach(async () => {
  test.close();
  await shop.close();
});

const detail = () => getOrder(test.engine.db, orderId, test.clock.now());
const open = () => detail().items.map((item) => item.quantity - item.shipped);
const first = () => {
  const [item] = detail().items;
  return [{ lineId: item?.lineId ?? '', quantity: item?.quantity ?? 0 }];
};
async function work(): Promise<void> {
  for (let run = 0; run < 2; run += 1) {
    await publish(test.engine, {}, signal).catch(() => undefined);
    test.clock.advance(120_000);
    await pull(test.engine, {}, signal).catch(() => undefined);
  }
}

describe('an Etsy order that leaves in parts', () => {
  it.each(['timeout-after-apply', 'rate-limit'] as const)(
    'tells the buyer once of each parcel and keeps the rest open although %s strikes',
    async (fault) => {
      ship(test.engine, { orderId, carrier: 'DHL', tracking: 'PART 1', lines: first() }, call);
      shop.faults.script({ fault, path: /tracking$/, delayMs: 5, retryAfter: 1 });
      await work();
      expect(receipt).toMatchObject({ shipped: true, mails: ['PART 1'] });
      expect(open()[0]).toBe(0);
      expect(
        open()
          .slice(1)
          .every((units) => units > 0),
      ).toBe(true);
      expect(detail().state).not.toBe('shipped');

      ship(test.engine, { orderId, carrier: 'DHL', tracking: 'PART-2' }, call);
      shop.faults.script({ fault, path: /tracking$/, delayMs: 5, retryAfter: 1 });
      await work();
      expect(receipt.mails).toEqual(['PART 1', 'PART-2']);
      expect(detail()).toMatchObject({ state: 'shipped' });
      expect(detail().shipments.map(({ state }) => state)).toEqual(['verified', 'verified']);
      expect(detail().events.some(({ text }) => text.includes('not shipped here'))).toBe(false);
    },
  );

  it('is closed when the shop has a parcel that is not ours', async () => {
    ship(test.engine, { orderId, carrier: 'DHL', tracking: 'PART-1', lines: first() }, call);
    await work();
    const parcel = { id: 99, at: shop.store.now(), carrier: 'dhl', code: 'BY-HAND' };
    receipt.parcels = [...receipt.parcels, parcel];
    shop.store.touchReceipt(receipt);
    await work();
    expect(open().every((units) => units === 0)).toBe(true);
    expect(detail().events.some(({ text }) => text.includes('not shipped here'))).toBe(true);
    expect(() => ship(test.engine, { orderId, tracking: 'PART-2' }, call)).toThrow(/shipped already/);
  });
});
