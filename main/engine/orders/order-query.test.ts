import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPEN_STATES, ORDER_STATES, type OrderState } from '#shared/domain/order-states.ts';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { queryOrders } from './order-query.ts';
import { pullOrdersInto, remoteOrder } from './order-test-kit.ts';
import { advance, ship } from './steps.ts';
import { orderUndoHook } from './unship.ts';

let test: TestEngine;
const call = { actor: 'test' };
const DAY = 86_400_000;

beforeEach(async () => {
  test = await testEngine({ undoHooks: [orderUndoHook] });
  seedListings(test.engine, 3);
});
afterEach(() => test.close());

const ask = (input: Parameters<typeof queryOrders>[1]) =>
  queryOrders(test.engine.db, input, test.clock.now());
const numbers = (input: Parameters<typeof queryOrders>[1]): string[] =>
  ask(input).rows.map((row) => row.number);

const isSoon = (row: { state: OrderState; shipBy: number | null }, now: number): boolean =>
  (OPEN_STATES as readonly OrderState[]).includes(row.state) &&
  row.shipBy !== null &&
  row.shipBy >= now &&
  row.shipBy < now + DAY;

describe('the queue', () => {
  it('puts what leaves first on top and counts every state', () => {
    const now = test.clock.now();
    pullOrdersInto(test.engine, [
      remoteOrder('1', [1], { placedAtMs: now }),
      remoteOrder('2', [1], { placedAtMs: now - 5 * DAY }),
      remoteOrder('3', [1], { placedAtMs: now - 4 * DAY, disposition: 'cancelled' }),
      remoteOrder('4', [1], { placedAtMs: now - 3 * DAY }),
    ]);
    expect(numbers({ states: [...OPEN_STATES] })).toEqual(['2', '4', '1']);
    expect(numbers({ states: [...OPEN_STATES], direction: 'desc' })).toEqual(['1', '4', '2']);
    expect(numbers({ late: true })).toEqual(['2']);
    expect(numbers({ soon: true })).toEqual(['4']);
    expect(numbers({ soon: true, late: true })).toEqual(['2', '4']);
    expect(ask({ soon: true })).toMatchObject({ total: 1, soon: 1 });
    expect(ask({ states: ['cancelled'] })).toMatchObject({
      total: 1,
      late: 1,
      counts: { ready: 3, cancelled: 1 },
    });
    expect(ask({}).rows.map((row) => row.due)).toEqual(['late', null, 'today', 'later']);
  });

  it('calls an order due today on the calendar of its shop', () => {
    // Promised for 16:00 of Monday in UTC; the clock shows 09:00 of that Monday there.
    pullOrdersInto(test.engine, [remoteOrder('100', [1], { placedAtMs: Date.UTC(2026, 10, 20, 12) })]);
    for (const [zone, due] of [
      ['UTC', 'today'],
      // In Auckland it is still Monday evening, and the promise ends on Tuesday morning.
      ['Pacific/Auckland', 'later'],
    ] as const) {
      test.engine.db.runComposed('UPDATE account SET time_zone = :zone', { zone });
      expect(ask({}).rows[0]?.due, zone).toBe(due);
    }
    test.clock.advance(7 * 3_600_000);
    expect(ask({}).rows[0]).toMatchObject({ due: 'late', late: true });
  });

  it('leaves out the orders of a removed account', () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [1])]);
    test.engine.db.exec('UPDATE account SET removed_at_ms = 1');
    expect(ask({})).toMatchObject({ total: 0, rows: [], counts: {}, late: 0 });
    expect(ask({ text: '100' })).toMatchObject({ total: 0, rows: [], counts: {} });
  });

  it('takes any text to search for', () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [1]), remoteOrder('200', [1])]);
    expect(numbers({ text: 'byron\u0000100' })).toEqual(['100']);
    for (const text of ['\0\0\0', '"" \0 NEAR(', '\uD83D\uD83D\uD83D']) expect(numbers({ text })).toEqual([]);
  });

  it('finds an order by its tracking number', () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [1]), remoteOrder('200', [1])]);
    const orderId = ask({ text: '200' }).rows[0]?.orderId ?? '';
    advance(test.engine, 'pick', { orderId }, call);
    advance(test.engine, 'pack', { orderId }, call);
    ship(test.engine, { orderId, carrier: 'DHL', tracking: 'JD0146' }, call);
    expect(numbers({ text: 'jd01' })).toEqual(['200']);
    expect(numbers({ text: 'JD0147' })).toEqual([]);
    expect(numbers({ text: 'a b' })).toEqual([]);
    expect(numbers({ text: 'byron ad' })).toEqual(['100', '200']);
    expect(numbers({ text: 'byron 20' })).toEqual(['200']);
  });

  it('gives for any question what filtering all orders one by one gives', () => {
    const dispositions = [null, 'cancelled', 'on_hold', 'shipped'] as const;
    const anyOrder = fc.record({
      disposition: fc.constantFrom(...dispositions),
      age: fc.integer({ min: 0, max: 9 }),
      total: fc.integer({ min: 1, max: 5 }),
    });
    const anyQuestion = fc.record(
      {
        states: fc.subarray([...ORDER_STATES]),
        late: fc.boolean(),
        soon: fc.boolean(),
        sort: fc.constantFrom('shipBy' as const, 'placedAt' as const, 'number' as const, 'total' as const),
        direction: fc.constantFrom('asc' as const, 'desc' as const),
        offset: fc.nat(6),
        limit: fc.integer({ min: 1, max: 6 }),
        text: fc.constantFrom('', 'n1', 'byron', 'SKU-00000', 'nobody'),
      },
      { requiredKeys: [] },
    );
    let made = 0;
    fc.assert(
      fc.property(fc.array(anyOrder, { maxLength: 6 }), anyQuestion, (orders, question) => {
        pullOrdersInto(
          test.engine,
          orders.map(({ disposition, age, total }) =>
            remoteOrder(`N${(made += 1)}`, [1], {
              disposition,
              totalMinor: total,
              placedAtMs: test.clock.now() - age * DAY,
            }),
          ),
        );
        const now = test.clock.now();
        const all = queryOrders(test.engine.db, { limit: 1_000, sort: 'placedAt' }, now).rows;
        const text = (question.text ?? '').toLowerCase();
        const found = all.filter(
          (row) =>
            text === '' ||
            row.number.toLowerCase().startsWith(text) ||
            row.customerName.toLowerCase().includes(text) ||
            text === 'sku-00000',
        );
        const shown = found.filter(
          (row) =>
            (!question.states || question.states.includes(row.state)) &&
            ((!question.late && !question.soon) ||
              (question.late === true && row.late) ||
              (question.soon === true && isSoon(row, now))),
        );
        const answer = queryOrders(test.engine.db, question, now);
        expect(answer.total).toBe(shown.length);
        expect(answer.late).toBe(found.filter((row) => row.late).length);
        expect(answer.soon).toBe(found.filter((row) => isSoon(row, now)).length);
        const counted: Partial<Record<OrderState, number>> = {};
        for (const row of found) counted[row.state] = (counted[row.state] ?? 0) + 1;
        expect(answer.counts).toEqual(counted);
        const key = (row: (typeof all)[number]): string | number => {
          switch (question.sort ?? 'shipBy') {
            case 'placedAt':
              return row.placedAt;
            case 'number':
              return row.number.toLowerCase();
            case 'total':
              return row.total.minor;
            case 'shipBy':
              return row.shipBy ?? 0;
          }
        };
        const sorted = shown.map(key).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        if (question.direction === 'desc') sorted.reverse();
        const offset = question.offset ?? 0;
        expect(answer.rows.map(key)).toEqual(sorted.slice(offset, offset + (question.limit ?? 100)));
      }),
      { numRuns: 60 },
    );
  });
});
