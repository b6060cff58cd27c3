import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pullOrdersInto, remoteOrder } from '../../orders/order-test-kit.ts';
import { dispatch } from '../../rpc/dispatch.ts';
import { accountOf, caller, inventoryEngine } from '../../testing/inventory-kit.ts';
import { seedListings } from '../../testing/seed-listings.ts';
import type { TestEngine } from '../../testing/test-engine.ts';
import { dayNumbers, dayText } from './calendar.ts';
import { DemandReader } from './demand.ts';

const DAY = 86_400_000;
let test: TestEngine;
const call = caller(() => test);

beforeEach(async () => {
  test = await inventoryEngine();
  seedListings(test.engine, 4);
});
afterEach(() => test.close());

/** One order a day and SKU with `units(day)`, `day` counted back from today. */
function sell(
  sku: string,
  days: number,
  units: (ago: number) => number,
  disposition: 'cancelled' | 'shipped' = 'shipped',
): void {
  const now = test.clock.now();
  const orders = Array.from({ length: days }, (_, at) => at + 1).flatMap((ago) => {
    if (units(ago) === 0) return [];
    const order = remoteOrder(v7(), [units(ago)], { placedAtMs: now - ago * DAY, disposition });
    return [{ ...order, lines: order.lines.map((line) => ({ ...line, sku })) }];
  });
  pullOrdersInto(test.engine, orders);
}

describe('the calendar', () => {
  it('counts days where the shop is, over the change of the clocks', () => {
    const berlin = dayNumbers('Europe/Berlin');
    expect(dayText(berlin(Date.UTC(2026, 2, 28, 22, 59)))).toBe('2026-03-28');
    expect(dayText(berlin(Date.UTC(2026, 2, 28, 23, 1)))).toBe('2026-03-29');
    expect(dayText(berlin(Date.UTC(2026, 2, 29, 21, 59)))).toBe('2026-03-29');
    expect(dayText(berlin(Date.UTC(2026, 2, 29, 22, 1)))).toBe('2026-03-30');
    expect(dayText(dayNumbers('Nowhere/Else')(0))).toBe('1970-01-01');
  });
});

describe('demand of a SKU', () => {
  it('is what was ordered, without cancelled orders, from where it begins', () => {
    sell('SKU-00000', 10, () => 2);
    sell('SKU-00000', 10, () => 50, 'cancelled');
    const [demand] = new DemandReader(test.engine.db, test.clock.now()).read(['SKU-00000'], 30);
    expect(Array.from(demand?.units ?? [])).toEqual(Array.from({ length: 10 }, () => 2));
    expect(demand?.knownFrom).toBeNull();
  });

  it('knows from the ledger on which days the shelf was empty, and marks are those of people', async () => {
    const at = test.clock.now();
    await call('inventory.takeOpening', { accountId: accountOf(test) });
    test.clock.advance(3 * DAY);
    const { ids } = await call('inventory.open', { text: 'SKU-00003' });
    const row = (await call('inventory.rows', { rids: [...ids] })).rows[0];
    const locationId = Object.keys(row?.onHand ?? {})[0] ?? '';
    const set = (onHand: number) =>
      call('inventory.adjust', {
        reason: 'lost',
        changes: [{ itemId: row?.itemId ?? '', locationId, onHand }],
      });
    await set(0);
    test.clock.advance(4 * DAY);
    await set(5);
    test.clock.advance(2 * DAY);
    sell('SKU-00003', 1, () => 1);
    const marked = await call('forecast.mark', {
      sku: 'SKU-00003',
      name: 'Sale',
      fromDay: dayText(dayNumbers('UTC')(at)),
      toDay: dayText(dayNumbers('UTC')(at + DAY)),
    });
    const read = async () => (await call('forecast.get', { sku: 'SKU-00003' })).history;
    expect((await read()).map(({ out }) => (out ? 1 : 0)).join('')).toBe('000011100');
    expect((await read()).map(({ marked: flag }) => (flag ? 1 : 0)).join('')).toBe('110000000');
    expect(await call('forecast.get', { sku: 'SKU-00003' })).toMatchObject({ daysKnown: 9, daysOut: 3 });
    await call('history.undo', { commandId: marked.commandId ?? '' });
    expect((await read()).some(({ marked: flag }) => flag)).toBe(false);
    expect((await call('forecast.marks', {})).marks).toEqual([]);
    await call('history.redo', {});
    expect((await call('forecast.marks', {})).marks).toMatchObject([{ name: 'Sale', sku: 'SKU-00003' }]);
    await call('forecast.unmark', { markId: marked.markId });
    expect((await call('forecast.marks', {})).marks).toEqual([]);
    await expect(
      call('forecast.mark', { name: 'x', fromDay: '2026-02-30', toDay: '2026-03-01' }),
    ).rejects.toMatchObject({ code: 'INVALID_VALUE' });
  });
});

describe('a forecast run', () => {
  it('works in a thread, stores what it chose and why, and replaces the run before', async () => {
    expect(await call('forecast.status', {})).toEqual({ run: null, models: [], classes: [] });
    sell('SKU-00000', 400, (ago) => ((ago * 13) % 7) + (ago % 7 === 0 ? 6 : 2));
    sell('SKU-00001', 400, (ago) => (ago % 9 === 0 ? 4 : 0));
    const { skus } = await call('forecast.run', { horizon: 28 });
    expect(skus).toBe(2);
    const found = await call('forecast.get', { sku: 'SKU-00001' });
    expect(found.forecast).toMatchObject({ class: 'intermittent', weeksCompared: 32 });
    expect(found.forecast?.daily).toBeGreaterThan(0.3);
    expect(found.forecast?.daily).toBeLessThan(0.6);
    expect(found.forecast?.ahead).toHaveLength(28);
    expect(found.forecast?.scores.map(({ model }) => model)).toContain('tsb');
    for (const { low, expected, high } of found.forecast?.weeks ?? []) {
      expect(low).toBeLessThanOrEqual(expected);
      expect(high).toBeGreaterThanOrEqual(expected);
    }
    const first = (await call('forecast.status', {})).run;
    expect(first).toMatchObject({ skus: 2, horizon: 28, days: 730 });
    test.engine.db.runComposed("DELETE FROM order_line WHERE sku = 'SKU-00001'");
    test.clock.advance(DAY);
    await call('forecast.run', {});
    expect((await call('forecast.get', { sku: 'SKU-00001' })).forecast).toBeNull();
    expect((await call('forecast.status', {})).run?.runId).not.toBe(first?.runId);
    expect((await call('jobs.list', {})).jobs[0]).toMatchObject({
      kind: 'forecast',
      state: 'done',
      done: 1,
      total: 1,
    });
  });

  it('is stopped by its signal and leaves the forecasts before it', async () => {
    sell('SKU-00000', 100, () => 3);
    await call('forecast.run', {});
    const stop = new AbortController();
    const running = dispatch(
      test.engine,
      'forecast.run',
      {},
      { actor: 'mia', requestId: v7(), signal: stop.signal },
      { checkOutput: true },
    );
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await call('forecast.get', { sku: 'SKU-00000' })).forecast?.daily).toBe(3);
    expect((await call('jobs.list', {})).jobs[0]).toMatchObject({ kind: 'forecast', state: 'cancelled' });
  });
});

describe('the stock sheet', () => {
  it('shows class, demand and what channels show, and finds stock that is too much or that nobody buys', async () => {
    test.engine.db.runComposed('UPDATE listing SET quantity = 500');
    await call('inventory.takeOpening', { accountId: accountOf(test) });
    test.clock.advance(120 * DAY);
    sell('SKU-00000', 100, () => 1);
    sell('SKU-00001', 100, () => 9);
    await call('forecast.run', {});
    const find = async (filter: 'over' | 'dead') => {
      const { ids } = await call('inventory.open', { filter });
      return (await call('inventory.rows', { rids: [...ids] })).rows;
    };
    expect(await find('over')).toMatchObject([
      { sku: 'SKU-00000', daily: 1, abc: 'B', xyz: 'X', shown: { [accountOf(test)]: 500 } },
    ]);
    expect((await find('dead')).map(({ sku, daily }) => [sku, daily])).toEqual([
      ['SKU-00002', null],
      ['SKU-00003', null],
    ]);
  });
});
