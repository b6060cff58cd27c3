import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { redo, undo } from '../journal/undo.ts';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { queryOrders } from './order-query.ts';
import { getOrder } from './order-rows.ts';
import { pullOrdersInto, remoteOrder } from './order-test-kit.ts';
import { scan } from './scan.ts';
import { shortPick } from './short-pick.ts';
import { advance, ship } from './steps.ts';
import { orderUndoHook } from './unship.ts';

let test: TestEngine;
const call = { actor: 'test' };

beforeEach(async () => {
  test = await testEngine({ undoHooks: [orderUndoHook] });
  seedListings(test.engine, 3);
  pullOrdersInto(test.engine, [remoteOrder('100', [3, 1])]);
});
afterEach(() => test.close());

const orderId = (): string => queryOrders(test.engine.db, {}, test.clock.now()).rows[0]?.orderId ?? '';
const detail = () => getOrder(test.engine.db, orderId(), test.clock.now());
const lineId = (index: number): string => detail().items[index]?.lineId ?? '';
const take = (code: string, step: 'pick' | 'pack' = 'pick', scanId = v7()) =>
  scan(test.engine, { orderId: orderId(), step, code, scanId }, call);
const short = (index: number, quantity?: number) =>
  shortPick(
    test.engine,
    { orderId: orderId(), lineId: lineId(index), reason: 'not_found', ...(quantity ? { quantity } : {}) },
    call,
  );

describe('a unit that is not there', () => {
  it('is written down, finishes the pick, and the rest can leave', () => {
    take('SKU-00000');
    expect(short(0).lines[0]).toMatchObject({ quantity: 3, picked: 1, missing: 2 });
    expect(take('SKU-00001')).toMatchObject({ outcome: 'complete', state: 'picking', done: 2, total: 4 });
    expect(detail()).toMatchObject({ missing: 2, items: [{ missing: 2 }, { missing: 0 }] });
    expect(detail().events.some((event) => event.kind === 'missing' && event.facts['units'] === 2)).toBe(
      true,
    );
    expect(take('SKU-00000', 'pack').outcome).toBe('taken');
    expect(take('SKU-00001', 'pack').outcome).toBe('complete');
    const sent = ship(test.engine, { orderId: orderId() }, call);
    expect(sent.state).toBe('picking');
    expect(detail().shipments[0]?.lines).toHaveLength(2);
  });

  it('is found after all when it is picked later', () => {
    short(0);
    expect(detail().items[0]?.missing).toBe(3);
    take('SKU-00000');
    expect(detail().items[0]).toMatchObject({ picked: 1, missing: 2 });
    advance(test.engine, 'pick', { orderId: orderId(), lines: [{ lineId: lineId(0) }] }, call);
    expect(detail().items[0]).toMatchObject({ picked: 3, missing: 0 });
    undo(test.engine.journal, [orderUndoHook], { actor: 'test' });
    expect(detail().items[0]).toMatchObject({ picked: 1, missing: 2 });
  });

  it('can be taken back and reported again, never beyond what is left', () => {
    short(0, 2);
    expect(() => short(0, 2)).toThrow(/1 of SKU-00000/);
    undo(test.engine.journal, [orderUndoHook], { actor: 'test' });
    expect(detail().items[0]?.missing).toBe(0);
    redo(test.engine.journal, [orderUndoHook], { actor: 'test' });
    expect(detail().items[0]?.missing).toBe(2);
    expect(() => short(9)).toThrow(/has no line/);
  });

  it('is forgotten when the shop takes it off the order', () => {
    short(0);
    pullOrdersInto(test.engine, [remoteOrder('100', [1, 1], { modifiedAtMs: 2 })]);
    expect(detail().items[0]).toMatchObject({ quantity: 1, missing: 1 });
  });
});

describe('a repeated scan', () => {
  it('is answered with its first result and its command, even after a restart', async () => {
    const scanId = v7();
    const first = take('SKU-00000', 'pick', scanId);
    expect(first.commandId).not.toBeNull();
    take('SKU-00000');
    test = await test.restart();
    const again = take('SKU-00000', 'pick', scanId);
    expect(again).toMatchObject({ outcome: 'taken', commandId: first.commandId, done: 2 });
    expect(detail().items[0]?.picked).toBe(2);
  });

  it('of a wrong item stays refused after the item is ordered', () => {
    const scanId = v7();
    expect(take('SKU-00002', 'pick', scanId).outcome).toBe('wrong_item');
    pullOrdersInto(test.engine, [remoteOrder('100', [3, 1, 1], { modifiedAtMs: 2 })]);
    expect(take('SKU-00002', 'pick', scanId).outcome).toBe('wrong_item');
    expect(take('SKU-00002').outcome).toBe('taken');
  });

  it('counts every one of a burst exactly once whatever is sent twice', () => {
    const ids = Array.from({ length: 3 }, () => v7());
    const order = [0, 1, 0, 2, 1, 2, 0].map((index) => ids[index] ?? '');
    const outcomes = order.map((scanId) => take('SKU-00000', 'pick', scanId).outcome);
    expect(outcomes).toEqual(Array<string>(7).fill('taken'));
    expect(detail().items[0]?.picked).toBe(3);
  });
});

describe('undo at the station', () => {
  it('takes back the scan that is named, not the last change', () => {
    const first = take('SKU-00000');
    take('SKU-00001');
    undo(test.engine.journal, [orderUndoHook], { actor: 'test', commandId: first.commandId ?? '' });
    expect(detail().items.map((line) => line.picked)).toEqual([0, 1]);
    expect(detail().state).toBe('picking');
  });
});
