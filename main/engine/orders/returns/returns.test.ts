import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MethodName, Params, Result } from '#shared/contract/methods.ts';
import { inventoryUndoHook } from '../../inventory/undo-hook.ts';
import { dispatch } from '../../rpc/dispatch.ts';
import { seedListings } from '../../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../../testing/test-engine.ts';
import { pullOrdersInto, remoteOrder } from '../order-test-kit.ts';
import { orderRecordsHook } from '../records-hook.ts';
import { orderUndoHook } from '../unship.ts';

let test: TestEngine;
async function call<M extends MethodName>(method: M, params: Params<M>): Promise<Result<M>> {
  const who = { actor: 'test', requestId: undefined, signal: new AbortController().signal };
  return (await dispatch(test.engine, method, params, who, { checkOutput: true })) as Result<M>;
}
const stock = async (sku: string) => {
  const { ids } = await call('inventory.open', {});
  const { rows } = await call('inventory.rows', { rids: [...ids] });
  const row = rows.find((one) => one.sku === sku);
  return row && { total: row.total, quarantined: row.quarantined };
};

beforeEach(async () => {
  test = await testEngine({
    undoHooks: [orderUndoHook, inventoryUndoHook({ newId: () => crypto.randomUUID() }), orderRecordsHook],
  });
  seedListings(test.engine, 2);
});
afterEach(() => test.close());

async function shipped(quantity: number): Promise<{ orderId: string; lineId: string }> {
  pullOrdersInto(test.engine, [remoteOrder('100', [quantity])]);
  const orderId = (await call('orders.query', {})).rows[0]?.orderId ?? '';
  const lineId = (await call('orders.get', { orderId })).items[0]?.lineId ?? '';
  await expect(
    call('returns.open', { orderId, lines: [{ lineId, quantity: 1, reason: 'unwanted' }] }),
  ).rejects.toMatchObject({ code: 'INVALID_STATE' });
  await call('orders.pick', { orderId });
  await call('orders.pack', { orderId });
  await call('orders.ship', { orderId });
  return { orderId, lineId };
}

describe('a return', () => {
  it('puts grades where they belong, ends at what was sent, and is undone unit by unit', async () => {
    const { locationId } = await call('inventory.addLocation', { name: 'Main', kind: 'warehouse' });
    await call('inventory.receive', { locationId, lines: [{ code: 'SKU-00000', quantity: 10 }] });
    const { orderId, lineId } = await shipped(4);
    expect(await stock('SKU-00000')).toEqual({ total: 6, quarantined: 0 });
    const lines = [{ lineId, quantity: 4, reason: 'damaged' as const }];
    const { returnId } = await call('returns.open', { orderId, lines });
    await expect(
      call('returns.open', { orderId, lines: [{ lineId, quantity: 1, reason: 'late' }] }),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });

    const receive = (grade: 'A' | 'B' | 'scrap', quantity = 1) =>
      call('returns.receive', { returnId, code: 'sku-00000', quantity, grade });
    expect(await receive('A')).toMatchObject({ booked: true, state: 'partly' });
    expect(await stock('SKU-00000')).toEqual({ total: 7, quarantined: 0 });
    await expect(receive('B')).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await call('inventory.addLocation', { name: 'Cage', kind: 'quarantine' });
    await receive('B');
    expect(await stock('SKU-00000')).toEqual({ total: 7, quarantined: 1 });
    await receive('scrap');
    expect(await stock('SKU-00000')).toEqual({ total: 7, quarantined: 1 });
    await expect(receive('A', 2)).rejects.toMatchObject({ code: 'INVALID_STATE' });
    expect((await call('orders.get', { orderId })).state).toBe('shipped');
    expect((await receive('A')).state).toBe('received');
    expect((await call('orders.get', { orderId })).state).toBe('returned');

    await call('history.undo', {});
    expect(await stock('SKU-00000')).toEqual({ total: 7, quarantined: 1 });
    expect((await call('orders.get', { orderId })).state).toBe('shipped');
    expect((await call('inventory.verify', {})).ok).toBe(true);
    const detail = await call('returns.get', { returnId });
    expect(detail.lines[0]?.receipts.map(({ grade }) => grade)).toEqual(['A', 'B', 'scrap']);

    await call('returns.close', { returnId, closed: true });
    await expect(receive('A')).rejects.toMatchObject({ code: 'INVALID_STATE' });
    expect((await call('returns.list', { states: ['closed'] })).returns).toMatchObject([
      { received: 3, expected: 4 },
    ]);
    // What a closed return did not see may still come back with another.
    await call('returns.open', { orderId, lines: [{ lineId, quantity: 1, reason: 'late' }] });
  });
});
