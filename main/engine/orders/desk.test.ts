import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MethodName, Params, Result } from '#shared/contract/methods.ts';
import { inventoryUndoHook } from '../inventory/undo-hook.ts';
import { dispatch } from '../rpc/dispatch.ts';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { pullOrdersInto, remoteOrder } from './order-test-kit.ts';
import { orderRecordsHook } from './records-hook.ts';
import { orderUndoHook } from './unship.ts';

let test: TestEngine;

async function call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
  const who = { actor: 'test', requestId: undefined, signal: new AbortController().signal };
  return (await dispatch(test.engine, method, params, who, { checkOutput: true })) as Result<M>;
}
const idOf = async (number: string): Promise<string> =>
  (await call('orders.query', { text: number })).rows.find((row) => row.number === number)?.orderId ?? '';
const order = async (number: string) => call('orders.get', { orderId: await idOf(number) });
const refused = (message: RegExp) => ({
  code: 'INVALID_STATE',
  message: expect.stringMatching(message) as string,
});

async function pack(number: string): Promise<string> {
  const orderId = await idOf(number);
  await call('orders.pick', { orderId });
  await call('orders.pack', { orderId });
  return orderId;
}

beforeEach(async () => {
  test = await testEngine({
    undoHooks: [orderUndoHook, inventoryUndoHook({ newId: () => crypto.randomUUID() }), orderRecordsHook],
  });
  seedListings(test.engine, 3);
});
afterEach(() => test.close());

describe('a hold of ours', () => {
  it('stops picking and shipping with its reason, and undo takes it back', async () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [2]), remoteOrder('101', [1])]);
    const orderIds = [await idOf('100'), await idOf('101')];
    const { changed } = await call('orders.mark', {
      orderIds,
      hold: 'address',
      priority: 2,
      addTags: ['gift'],
    });
    expect(changed).toBe(2);
    expect(await order('100')).toMatchObject({
      state: 'on_hold',
      hold: 'address',
      priority: 2,
      tags: ['gift'],
    });
    await expect(call('orders.pick', { orderId: orderIds[0] ?? '' })).rejects.toMatchObject(
      refused(/held here \(address\)/),
    );
    // What the shop sends again does not lift it.
    pullOrdersInto(test.engine, [remoteOrder('100', [2], { modifiedAtMs: 2 })]);
    expect((await order('100')).state).toBe('on_hold');
    expect((await call('orders.query', { tag: 'gift', urgent: true })).total).toBe(2);
    expect(await call('orders.tags', {})).toEqual({ tags: [{ tag: 'gift', orders: 2 }] });

    await call('history.undo', {});
    expect(await order('100')).toMatchObject({ state: 'ready', hold: null, priority: 0, tags: [] });
    expect((await call('orders.query', { tag: 'gift' })).total).toBe(0);
    await call('history.redo', {});
    expect((await order('101')).state).toBe('on_hold');
    await call('orders.mark', { orderIds, hold: null });
    expect((await call('orders.pick', { orderId: orderIds[0] ?? '' })).state).toBe('picked');
  });
});

describe('a note', () => {
  it('is nowhere in the clear, and can be taken back', async () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [1])]);
    const orderId = await idOf('100');
    await call('orders.note', { orderId, text: 'Mrs Byron rang' });
    await call('orders.note', { orderId, text: 'Mrs Byron rang twice' });
    expect((await call('orders.desk', { orderId })).note).toBe('Mrs Byron rang twice');
    const { db } = test.engine;
    const kept = JSON.stringify([
      db.pluck('SELECT note FROM order_mark'),
      db.pluck('SELECT before || after FROM record_change WHERE before IS NOT NULL'),
      db.pluck('SELECT result FROM command'),
      db.pluck('SELECT label FROM command'),
      db.pluck('SELECT facts FROM order_event'),
    ]);
    expect(kept).not.toContain('Byron');
    await call('history.undo', {});
    expect((await call('orders.desk', { orderId })).note).toBe('Mrs Byron rang');
  });
});

describe('a split order', () => {
  it('leaves package by package, each once', async () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [3, 1])]);
    const { items, orderId } = await order('100');
    const line = items[0]?.lineId ?? '';
    const { packageId } = await call('orders.split', { orderId, lines: [{ lineId: line, quantity: 2 }] });
    await expect(
      call('orders.split', { orderId, lines: [{ lineId: line, quantity: 2 }] }),
    ).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
    await pack('100');
    await expect(call('orders.ship', { orderId })).rejects.toMatchObject(refused(/is split/));
    const { commandId } = await call('orders.ship', { orderId, packageId, tracking: 'A' });
    await expect(call('orders.ship', { orderId, packageId })).rejects.toMatchObject(
      refused(/has left already/),
    );
    expect((await order('100')).items.map(({ shipped }) => shipped)).toEqual([2, 0]);

    await call('history.undo', { commandId });
    expect((await call('orders.desk', { orderId })).packages.map(({ shipped }) => shipped)).toEqual([
      false,
      false,
    ]);
    await call('orders.ship', { orderId, packageId, tracking: 'A' });
    await call('orders.unship', { shipmentId: (await order('100')).shipments[0]?.shipmentId ?? '' });
    await call('orders.ship', { orderId, packageId, tracking: 'A' });
    const second = (await call('orders.desk', { orderId })).packages.find(({ shipped }) => !shipped);
    const left = await call('orders.ship', { orderId, packageId: second?.packageId ?? '', tracking: 'B' });
    expect(left.state).toBe('shipped');
    expect((await order('100')).shipments.map(({ tracking }) => tracking)).toEqual(['A', 'B']);
  });
});

describe('merged orders', () => {
  it('leave together with one number, and each is confirmed once', async () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [1]), remoteOrder('101', [2]), remoteOrder('102', [1])]);
    const orderIds = [await idOf('100'), await idOf('101')];
    const { mergeable, duplicates } = await call('orders.desk', { orderId: orderIds[0] ?? '' });
    expect(mergeable.map(({ number }) => number).sort()).toEqual(['101', '102']);
    expect(duplicates.map(({ skus }) => skus)).toEqual([['SKU-00000'], ['SKU-00000']]);
    const { groupId } = await call('orders.merge', { orderIds });
    await pack('100');
    await expect(call('orders.shipMerged', { groupId })).rejects.toMatchObject(refused(/101 is not packed/));
    expect((await order('100')).state).toBe('packed');
    await pack('101');
    await expect(call('orders.ship', { orderId: orderIds[1] ?? '' })).rejects.toMatchObject(
      refused(/one package/),
    );
    await call('orders.shipMerged', { groupId, carrier: 'DHL', tracking: 'T1' });
    await expect(call('orders.shipMerged', { groupId })).rejects.toMatchObject(refused(/shipped already/));
    for (const number of ['100', '101']) {
      expect((await order(number)).shipments).toMatchObject([{ tracking: 'T1', state: 'pending' }]);
    }
    await call('history.undo', {});
    expect((await order('101')).state).toBe('packed');
  });

  it('are of one buyer and one address', async () => {
    const other = remoteOrder('101', [1]);
    pullOrdersInto(test.engine, [
      remoteOrder('100', [1]),
      { ...other, shipTo: { ...other.shipTo, line1: 'Street 2' } },
    ]);
    const orderIds = [await idOf('100'), await idOf('101')];
    await expect(call('orders.merge', { orderIds })).rejects.toMatchObject(
      refused(/another buyer or address/),
    );
  });
});
