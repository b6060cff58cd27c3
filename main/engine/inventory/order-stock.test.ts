import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RemoteOrder } from '../channels/contract.ts';
import { pullOrdersInto, remoteOrder } from '../orders/order-test-kit.ts';
import { accountOf, caller, inventoryEngine } from '../testing/inventory-kit.ts';
import { seedListings } from '../testing/seed-listings.ts';
import type { TestEngine } from '../testing/test-engine.ts';
import { noteGaps } from './stock-gaps.ts';

let test: TestEngine;
const call = caller(() => test);

beforeEach(async () => {
  test = await inventoryEngine();
  seedListings(test.engine, 6);
  for (let n = 0; n < 6; n += 1) {
    test.engine.db.runComposed('UPDATE listing SET quantity = 100 WHERE sku = :sku', { sku: `SKU-0000${n}` });
  }
  await call('inventory.takeOpening', { accountId: accountOf(test) });
  await call('channelStock.setRule', { accountId: accountOf(test), since: test.clock.now() });
});
afterEach(() => test.close());

const onHand = async (n: number): Promise<number> => {
  const { ids } = await call('inventory.open', { text: `SKU-0000${n}` });
  return (await call('inventory.rows', { rids: [...ids] })).rows[0]?.total ?? Number.NaN;
};
const sound = async () =>
  expect(await call('inventory.verify', {})).toMatchObject({ ok: true, brokenAt: null, wrongLevels: [] });
/** As a shop sends it now: placed and changed at the moment. */
const now = (
  number: string,
  quantities: readonly number[],
  change: Partial<RemoteOrder> = {},
): RemoteOrder => {
  const at = test.clock.now();
  return remoteOrder(number, quantities, { placedAtMs: at, modifiedAtMs: at, ...change });
};
const gone = { disposition: 'shipped', channelStatus: 'completed' } as const;

describe('what a shop ships by itself', () => {
  it('is one sale, however often the order is read', async () => {
    const order = now('1', [2, 3], gone);
    pullOrdersInto(test.engine, [order]);
    pullOrdersInto(test.engine, [order]);
    pullOrdersInto(test.engine, [{ ...order, modifiedAtMs: test.clock.now(), note: 'x' }]);
    expect([await onHand(0), await onHand(1)]).toEqual([98, 97]);
    const { ids } = await call('inventory.open', { text: 'SKU-00001' });
    const itemId = (await call('inventory.rows', { rids: [...ids] })).rows[0]?.itemId ?? '';
    const { movements } = await call('inventory.ledger', { itemId });
    expect(movements[0]).toMatchObject({
      quantity: -3,
      reason: 'sale',
      document: { kind: 'shipment', reference: '1' },
    });
    await sound();
  });

  it('comes line by line as the shop sends it, and back when the order is cancelled or loses units', async () => {
    const partly = now('1', [4], {});
    const withGone = (order: RemoteOrder, units: number): RemoteOrder => ({
      ...order,
      modifiedAtMs: test.clock.now(),
      lines: order.lines.map((line) => ({ ...line, fulfilled: units })),
    });
    pullOrdersInto(test.engine, [partly]);
    expect(await onHand(0)).toBe(100);
    pullOrdersInto(test.engine, [withGone(partly, 1)]);
    expect(await onHand(0)).toBe(99);
    pullOrdersInto(test.engine, [withGone(partly, 4)]);
    expect(await onHand(0)).toBe(96);
    pullOrdersInto(test.engine, [now('1', [3], {})]);
    expect(await onHand(0)).toBe(97);
    pullOrdersInto(test.engine, [now('1', [3], { disposition: 'cancelled', channelStatus: 'cancelled' })]);
    expect(await onHand(0)).toBe(100);
    await sound();
  });

  it('comes back from a refund only where the rule says so', async () => {
    pullOrdersInto(test.engine, [now('1', [2], gone)]);
    const refunded = { disposition: 'refunded', channelStatus: 'refunded' } as const;
    pullOrdersInto(test.engine, [now('1', [2], refunded)]);
    expect(await onHand(0)).toBe(98);
    await call('channelStock.setRule', {
      accountId: accountOf(test),
      since: test.clock.now(),
      restock: true,
    });
    pullOrdersInto(test.engine, [now('1', [2], refunded)]);
    expect(await onHand(0)).toBe(100);
  });

  it('is never posted twice beside a shipment of this program, undone or not', async () => {
    pullOrdersInto(test.engine, [now('1', [2])]);
    const orderId = test.engine.db.getComposed<{ id: string }>('SELECT id FROM sales_order')?.id ?? '';
    const { items } = await call('orders.get', { orderId });
    for (const { lineId } of items) {
      await call('orders.pick', { orderId, lines: [{ lineId, quantity: 2 }] });
      await call('orders.pack', { orderId, lines: [{ lineId, quantity: 2 }] });
    }
    await call('orders.ship', { orderId, carrier: 'DHL', tracking: '1' });
    expect(await onHand(0)).toBe(98);
    pullOrdersInto(test.engine, [now('1', [2], gone)]);
    expect(await onHand(0)).toBe(98);
    await call('history.undo', {});
    expect(await onHand(0)).toBe(100);
    await call('history.redo', {});
    expect(await onHand(0)).toBe(98);
    await sound();
  });
});

describe('what left before', () => {
  it('the account was followed, the item was known or was counted stays out', async () => {
    const old = remoteOrder('1', [5], { ...gone, modifiedAtMs: test.clock.now() });
    pullOrdersInto(test.engine, [old]);
    expect(await onHand(0)).toBe(100);
    // An item that the ledger does not know yet.
    const strange = now('2', [1], gone);
    pullOrdersInto(test.engine, [
      { ...strange, lines: strange.lines.map((line) => ({ ...line, sku: 'NEW', productExternalId: null })) },
    ]);
    // Shipped, then counted, and only then read.
    const shipped = now('3', [7], gone);
    const { locations } = await call('inventory.locations', {});
    const { countId } = await call('inventory.startCount', {
      name: 'c',
      locationId: locations[0]?.locationId ?? '',
      blind: true,
      codes: ['SKU-00000'],
    });
    await call('inventory.recordCount', {
      countId,
      entries: [{ entryId: '018f3a5e-0000-7000-8000-000000000001', code: 'SKU-00000', quantity: 93 }],
    });
    await call('inventory.finishCount', { countId, uncounted: 'keep' });
    pullOrdersInto(test.engine, [shipped]);
    pullOrdersInto(test.engine, [{ ...shipped, modifiedAtMs: test.clock.now() }]);
    expect(await onHand(0)).toBe(93);
    await sound();
  });

  it('cannot be asked for: a count has seen it', async () => {
    const accountId = accountOf(test);
    await expect(call('channelStock.setRule', { accountId, since: 1 })).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      details: { field: 'since' },
    });
  });

  it('is posted for orders that are here when the rule begins earlier', async () => {
    const accountId = accountOf(test);
    const begin = test.clock.now();
    await call('channelStock.setRule', { accountId, since: null });
    pullOrdersInto(test.engine, [now('1', [2], gone)]);
    expect(await onHand(0)).toBe(100);
    expect(await call('channelStock.setRule', { accountId, since: begin })).toMatchObject({ posted: 1 });
    expect(await onHand(0)).toBe(98);
    expect((await call('channelStock.rules', {})).accounts[0]).toMatchObject({
      since: begin,
      orders: 1,
      posted: 2,
    });
  });
});

describe('a month of orders', () => {
  it('in any order and however often it is replayed, gives the levels of a plain model', async () => {
    const rows = fc.array(
      fc.record({
        quantities: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 }),
        fate: fc.constantFrom('open', 'shipped', 'cancelled', 'partial'),
      }),
      { minLength: 60, maxLength: 60 },
    );
    const [month = []] = fc.sample(rows, { numRuns: 1, seed: 7 });
    const gaveUp = new Map<number, number>();
    const pages: RemoteOrder[] = [];
    for (const [at, { quantities, fate }] of month.entries()) {
      test.clock.advance(12 * 3_600_000);
      const first = now(String(at), quantities);
      const last: RemoteOrder =
        fate === 'open'
          ? first
          : fate === 'partial'
            ? { ...first, lines: first.lines.map((line) => ({ ...line, fulfilled: 1 })) }
            : { ...first, disposition: fate, channelStatus: fate };
      // Half of them are seen as they arrive, the others only when all is over.
      if (at % 2 === 0) pages.push(first);
      if (fate === 'cancelled') pages.push({ ...first, ...gone, modifiedAtMs: test.clock.now() });
      pages.push({ ...last, modifiedAtMs: test.clock.now() });
      for (const [line, quantity] of quantities.entries()) {
        const units = fate === 'shipped' ? quantity : fate === 'partial' ? Math.min(1, quantity) : 0;
        gaveUp.set(line, (gaveUp.get(line) ?? 0) + units);
      }
    }
    for (const page of pages) pullOrdersInto(test.engine, [page]);
    const levels = async () => Promise.all([0, 1, 2, 3, 4].map(onHand));
    const expected = [0, 1, 2, 3, 4].map((line) => 100 - (gaveUp.get(line) ?? 0));
    expect(await levels()).toEqual(expected);
    expect(expected.some((level) => level < 90)).toBe(true);
    const last = new Map(pages.map((page) => [page.number, page]));
    const before = (await call('inventory.verify', {})).movements;
    pullOrdersInto(test.engine, [...last.values()].toReversed());
    pullOrdersInto(test.engine, [...last.values()]);
    expect(await levels()).toEqual(expected);
    expect((await call('inventory.verify', {})).movements).toBe(before);
    await sound();
  });
});

describe('differences between channel and ledger', () => {
  it('have an age from when they were first seen, and go when both agree', async () => {
    const accountId = accountOf(test);
    expect(await call('channelStock.gaps', {})).toMatchObject({ total: 0 });
    test.engine.db.runComposed("UPDATE listing SET quantity = 103 WHERE sku = 'SKU-00000'");
    test.engine.db.runComposed("UPDATE listing SET quantity = 99 WHERE sku = 'SKU-00001'");
    expect((await call('channelStock.gaps', {})).gaps[0]).toMatchObject({
      sku: 'SKU-00000',
      channel: 103,
      ledger: 100,
      since: null,
    });
    const seen = test.clock.now();
    noteGaps(test.engine.db, accountId, seen);
    noteGaps(test.engine.db, accountId, seen + 5_000);
    expect(await call('channelStock.gaps', {})).toMatchObject({
      total: 2,
      above: 3,
      below: 1,
      gaps: [{ since: seen }, { since: seen }],
    });
    expect((await call('today.get', {})).tasks.find(({ kind }) => kind === 'stock_gaps')).toMatchObject({
      count: 2,
      facts: { sku: 'SKU-00000', since: seen },
    });
    // Waiting to be published is no difference.
    await call('inventory.allocate', {});
    expect(await call('channelStock.gaps', {})).toMatchObject({ total: 0 });
    noteGaps(test.engine.db, accountId, seen + 9_000);
    expect((await call('today.get', {})).tasks.some(({ kind }) => kind === 'stock_gaps')).toBe(false);
  });
});
