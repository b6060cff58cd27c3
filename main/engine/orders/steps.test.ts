import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { orderState, type BlockedState } from '#shared/domain/order-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { RemoteOrder } from '../channels/contract.ts';
import { redo, undo } from '../journal/undo.ts';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { queryOrders } from './order-query.ts';
import { getOrder } from './order-rows.ts';
import { pullOrdersInto, remoteOrder as remote } from './order-test-kit.ts';
import { scan } from './scan.ts';
import { advance, ship } from './steps.ts';
import { orderUndoHook, unship } from './unship.ts';

let test: TestEngine;
const call = { actor: 'test' };

const pullOrders = (...orders: RemoteOrder[]) => pullOrdersInto(test.engine, orders);

const orders = () => queryOrders(test.engine.db, {}, test.clock.now()).rows;
const first = (): string => orders()[0]?.orderId ?? '';
const detail = () => getOrder(test.engine.db, first(), test.clock.now());
const undoLast = () => undo(test.engine.journal, [orderUndoHook], { actor: 'test' });

beforeEach(async () => {
  test = await testEngine({ undoHooks: [orderUndoHook] });
  seedListings(test.engine, 3);
  test.engine.db.exec("UPDATE listing SET gtin = '4006381333931' WHERE rid = 2");
});
afterEach(() => test.close());

describe('an order on its way', () => {
  it('goes from ready to shipped and queues one confirmation', () => {
    pullOrders(remote('100', [2, 1]));
    expect(() => advance(test.engine, 'pack', { orderId: first() }, call)).toThrow(
      /first it has to be picked/,
    );
    expect(
      advance(test.engine, 'pick', { orderId: first(), lines: [{ sku: 'sku-00000', quantity: 1 }] }, call)
        .state,
    ).toBe('picking');
    expect(advance(test.engine, 'pick', { orderId: first() }, call).state).toBe('picked');
    expect(advance(test.engine, 'pack', { orderId: first() }, call).state).toBe('packed');
    expect(ship(test.engine, { orderId: first(), carrier: 'DHL', tracking: 'T1' }, call).state).toBe(
      'shipped',
    );
    expect(() => ship(test.engine, { orderId: first() }, call)).toThrow(/shipped already/);
    expect(detail().shipments).toMatchObject([{ carrier: 'DHL', tracking: 'T1', state: 'pending' }]);
    expect(detail().items[1]).toMatchObject({ gtin: '4006381333931' });
  });

  it('does not let the undo of a shipment that was taken back reach into the one after it', () => {
    pullOrders(remote('100', [2]));
    advance(test.engine, 'pick', { orderId: first() }, call);
    advance(test.engine, 'pack', { orderId: first() }, call);
    const { commandId } = ship(test.engine, { orderId: first() }, call);
    unship(test.engine, { shipmentId: detail().shipments[0]?.shipmentId ?? '' }, call);
    ship(test.engine, { orderId: first() }, call);
    expect(commandId).not.toBeNull();
    expect(() =>
      undo(test.engine.journal, [orderUndoHook], { actor: 'test', commandId: commandId ?? '' }),
    ).toThrow(/later step builds on this one/);
    expect(detail()).toMatchObject({ state: 'shipped', shipments: [{ state: 'pending' }] });
    unship(test.engine, { shipmentId: detail().shipments[0]?.shipmentId ?? '' }, call);
    expect(detail()).toMatchObject({ state: 'packed', shipments: [] });
  });

  it('takes an unsent shipment back by undo or by hand, and never a sent one', () => {
    pullOrders(remote('100', [1]));
    advance(test.engine, 'pick', { orderId: first() }, call);
    advance(test.engine, 'pack', { orderId: first() }, call);
    ship(test.engine, { orderId: first() }, call);
    undoLast();
    expect(detail()).toMatchObject({ state: 'packed', shipments: [] });
    redo(test.engine.journal, [orderUndoHook], { actor: 'test' });
    expect(detail()).toMatchObject({ state: 'shipped', shipments: [{ state: 'pending' }] });
    unship(test.engine, { shipmentId: detail().shipments[0]?.shipmentId ?? '' }, call);
    expect(detail().state).toBe('packed');
    ship(test.engine, { orderId: first() }, call);
    test.engine.db.exec("UPDATE outbox SET state = 'verified' WHERE state = 'pending'");
    expect(undoLast).toThrow(/has been sent/);
    expect(() => unship(test.engine, { shipmentId: detail().shipments[0]?.shipmentId ?? '' }, call)).toThrow(
      /has been sent/,
    );
  });

  it('does not undo a step that a later one builds on', () => {
    pullOrders(remote('100', [1]));
    const picked = advance(test.engine, 'pick', { orderId: first() }, call);
    advance(test.engine, 'pack', { orderId: first() }, call);
    expect(() =>
      undo(test.engine.journal, [orderUndoHook], { actor: 'test', commandId: picked.commandId }),
    ).toThrow(/undo that first/);
    expect(detail().state).toBe('packed');
  });

  it.each<[BlockedState, RegExp]>([
    ['cancelled', /cancelled/],
    ['on_hold', /on hold/],
    ['awaiting_payment', /awaiting payment/],
  ])('is stopped when the shop says %s', (disposition, message) => {
    pullOrders(remote('100', [1]));
    advance(test.engine, 'pick', { orderId: first() }, call);
    pullOrders(remote('100', [1], { disposition, channelStatus: disposition, modifiedAtMs: 2 }));
    expect(() => advance(test.engine, 'pack', { orderId: first() }, call)).toThrow(message);
  });

  it('is not shipped a second time when the shop shipped it', () => {
    pullOrders(remote('100', [2]));
    advance(test.engine, 'pick', { orderId: first() }, call);
    pullOrders(remote('100', [2], { disposition: 'shipped', channelStatus: 'completed', modifiedAtMs: 2 }));
    expect(() => ship(test.engine, { orderId: first() }, call)).toThrow(/shipped already/);
    expect(detail().events.some(({ text }) => text.includes('not shipped here'))).toBe(true);
  });

  it('keeps local progress when the order is read again, and shrinks it only with the order', () => {
    pullOrders(remote('100', [3]));
    advance(test.engine, 'pick', { orderId: first() }, call);
    expect(pullOrders(remote('100', [3]))).toMatchObject({ added: 0, changed: 0 });
    expect(detail().items[0]?.picked).toBe(3);
    pullOrders(remote('100', [1], { modifiedAtMs: 2 }));
    expect(detail().items[0]).toMatchObject({ quantity: 1, picked: 1 });
  });

  it('finds orders by number, buyer and SKU', () => {
    pullOrders(remote('100', [1]), remote('2001', [1, 1]));
    const found = (text: string): string[] =>
      queryOrders(test.engine.db, { text }, 0).rows.map((row) => row.number);
    expect(found('20')).toEqual(['2001']);
    expect(found('2001')).toEqual(['2001']);
    expect(found('byron')).toHaveLength(2);
    expect(found('SKU-00001')).toEqual(['2001']);
    expect(found('"; DROP TABLE')).toEqual([]);
  });
});

describe('scanning', () => {
  const take = (code: string, step: 'pick' | 'pack' = 'pick', scanId = v7()) =>
    scan(test.engine, { orderId: first(), step, code, scanId }, call);

  it('counts every scan once and refuses the wrong item', () => {
    pullOrders(remote('100', [2, 1]));
    const scanId = v7();
    expect(take('SKU-00000', 'pick', scanId)).toMatchObject({ outcome: 'taken', done: 1, total: 3 });
    expect(take('SKU-00000', 'pick', scanId)).toMatchObject({ outcome: 'taken', done: 1 });
    expect(take('nonsense')).toMatchObject({ outcome: 'wrong_item', line: null, done: 1, commandId: null });
    expect(take('4006381333931')).toMatchObject({ outcome: 'taken', done: 2 });
    expect(take('4006381333931')).toMatchObject({ outcome: 'too_many', done: 2 });
    expect(take('sku-00000')).toMatchObject({ outcome: 'complete', done: 3, state: 'picked' });
    expect(take('SKU-00000', 'pack')).toMatchObject({ outcome: 'taken', done: 1 });
    undoLast();
    expect(detail().items[0]?.packed).toBe(0);
  });
});

describe('any walk through the steps', () => {
  const action = fc.constantFrom('pick', 'pack', 'ship', 'unship', 'undo', 'cancel', 'uncancel');

  it('never gets ahead of itself, and the state follows from the lines', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(action, fc.nat(2), fc.integer({ min: 1, max: 2 })), { maxLength: 25 }),
        async (walk) => {
          test.close();
          test = await testEngine({ undoHooks: [orderUndoHook] });
          seedListings(test.engine, 3);
          pullOrders(remote('100', [1, 2, 3]));
          let modified = 2;
          for (const [what, index, quantity] of walk) {
            try {
              const line = detail().items[index];
              const lines = [{ lineId: line?.lineId, quantity }];
              if (what === 'pick' || what === 'pack')
                advance(test.engine, what, { orderId: first(), lines }, call);
              if (what === 'ship') ship(test.engine, { orderId: first(), lines }, call);
              if (what === 'unship')
                unship(test.engine, { shipmentId: detail().shipments[0]?.shipmentId ?? v7() }, call);
              if (what === 'undo') undoLast();
              if (what === 'cancel' || what === 'uncancel') {
                const disposition = what === 'cancel' ? ('cancelled' as const) : null;
                pullOrders(
                  remote('100', [1, 2, 3], {
                    disposition,
                    channelStatus: what,
                    modifiedAtMs: (modified += 1),
                  }),
                );
              }
            } catch (error) {
              // Steps out of order are refused; anything else is a defect.
              if (!(error instanceof CodedError)) throw error;
            }
            const now = detail();
            for (const item of now.items) {
              expect(item.picked).toBeLessThanOrEqual(item.quantity);
              expect(item.packed).toBeLessThanOrEqual(item.picked);
              expect(item.shipped).toBeLessThanOrEqual(item.packed);
            }
            const blocked = now.channelStatus === 'cancel' ? 'cancelled' : null;
            expect(now.state).toBe(orderState(blocked, now.items));
            const shipped = now.shipments
              .flatMap((shipment) => shipment.lines)
              .reduce((sum, line) => sum + line.quantity, 0);
            expect(shipped).toBe(now.items.reduce((sum, item) => sum + item.shipped, 0));
          }
        },
      ),
      { numRuns: 40 },
    );
  }, 90_000);
});
