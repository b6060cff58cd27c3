import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undo } from '../journal/undo.ts';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { queryOrders } from './order-query.ts';
import { getOrder } from './order-rows.ts';
import { pullOrdersInto, remoteOrder } from './order-test-kit.ts';
import { shipMany, shipPreview } from './ship-many.ts';
import { advance } from './steps.ts';
import { readTrackingList } from './tracking-list.ts';
import { orderUndoHook } from './unship.ts';

let test: TestEngine;
const call = { actor: 'test' };

beforeEach(async () => {
  test = await testEngine({ undoHooks: [orderUndoHook] });
  seedListings(test.engine, 3);
  pullOrdersInto(test.engine, [
    remoteOrder('100', [2, 1]),
    remoteOrder('#200', [1]),
    remoteOrder('300', [1], { disposition: 'cancelled', channelStatus: 'cancelled' }),
    remoteOrder('400', [1], { disposition: 'shipped', channelStatus: 'completed' }),
  ]);
});
afterEach(() => test.close());

const order = (text: string) => {
  const row = queryOrders(test.engine.db, { text }, test.clock.now()).rows[0];
  return getOrder(test.engine.db, row?.orderId ?? '', test.clock.now());
};
const openOps = (): number =>
  test.engine.db.getComposed<{ n: number }>(
    "SELECT count(*) AS n FROM outbox WHERE kind = 'ship' AND state = 'pending'",
  )?.n ?? 0;

describe('a list of tracking numbers', () => {
  it('is read with any delimiter, with or without header, in any order of columns', () => {
    const rows = [{ row: 2, order: '100', tracking: 'T1', carrier: 'DHL' }];
    expect(readTrackingList('Order number,Tracking number,Carrier\n100,T1,DHL')).toEqual(rows);
    expect(
      readTrackingList('\uFEFFSendungsnummer;Name des Käufers;Bestellnummer;Paketdienst\r\nT1;A;100;DHL'),
    ).toEqual(rows);
    expect(readTrackingList('100\tT1\tDHL\n\n"#2,00"\tT2')).toEqual([
      { row: 1, order: '100', tracking: 'T1', carrier: 'DHL' },
      { row: 3, order: '#2,00', tracking: 'T2', carrier: '' },
    ]);
    expect(readTrackingList('100')).toEqual([{ row: 1, order: '100', tracking: '', carrier: '' }]);
    expect(readTrackingList('')).toEqual([]);
  });

  it('says row by row what would happen, and changes nothing', () => {
    const rows = ['100', '200', '300', '400', '500', '', '100'].map((name) => ({ order: name }));
    const preview = shipPreview(test.engine.db, { rows });
    expect(preview).toMatchObject({ total: 7, ready: 0, problems: 7 });
    expect(preview.rows.map((row) => row.problem)).toEqual([
      'not_packed',
      'not_packed',
      'blocked',
      'shipped',
      'unknown_order',
      'empty',
      'repeated',
    ]);
    const advancing = shipPreview(test.engine.db, { rows, advance: true });
    expect(advancing).toMatchObject({ total: 7, ready: 2, advanced: 2, problems: 5 });
    expect(advancing.rows.filter((row) => row.problem === null)).toMatchObject([
      { order: '100', units: 3, advanced: true },
      { order: '200', units: 1, advanced: true },
    ]);
    expect(openOps()).toBe(0);
  });

  it('refuses a number that two shops use, until the shop is named', () => {
    seedListings(test.engine, 1);
    test.engine.db.exec("UPDATE sales_order SET account_rid = 2 WHERE number = '#200'");
    test.engine.db.exec("UPDATE sales_order SET number = '100' WHERE number = '#200'");
    const accountId =
      test.engine.db.getComposed<{ id: string }>('SELECT id FROM account WHERE rid = 2')?.id ?? '';
    const rows = [{ order: '100' }];
    expect(shipPreview(test.engine.db, { rows, advance: true }).rows[0]?.problem).toBe('ambiguous');
    expect(shipPreview(test.engine.db, { rows, advance: true, accountId }).rows[0]).toMatchObject({
      problem: null,
      units: 1,
    });
  });

  it('is shipped as one command, and undo takes all of it back', () => {
    advance(test.engine, 'pick', { orderId: order('100').orderId }, call);
    const text = 'order,tracking\n100,T1\n200,T2\n999,T9';
    const done = shipMany(test.engine, { text, advance: true, carrier: 'DHL' }, call);
    expect(done).toMatchObject({ shipped: 2, advanced: 2, rejectedTotal: 1 });
    expect(done.rejected).toMatchObject([{ row: 4, order: '999', problem: 'unknown_order' }]);
    expect(order('100')).toMatchObject({
      state: 'shipped',
      shipments: [{ carrier: 'DHL', tracking: 'T1', state: 'pending' }],
    });
    expect(order('100').shipments[0]?.lines.map((line) => line.quantity)).toEqual([2, 1]);
    expect(openOps()).toBe(2);
    undo(test.engine.journal, [orderUndoHook], { actor: 'test' });
    expect(order('100')).toMatchObject({ state: 'picked', shipments: [] });
    expect(order('#200')).toMatchObject({ state: 'ready', shipments: [] });
    expect(openOps()).toBe(0);
  });

  it('ships only what is packed unless it may go further', () => {
    const { orderId, items } = order('100');
    const lines = [{ lineId: items[0]?.lineId ?? '', quantity: 1 }];
    advance(test.engine, 'pick', { orderId, lines }, call);
    advance(test.engine, 'pack', { orderId, lines }, call);
    expect(shipMany(test.engine, { text: '100,T1' }, call)).toMatchObject({ shipped: 1, advanced: 0 });
    expect(order('100')).toMatchObject({ state: 'picking', items: [{ shipped: 1 }, { shipped: 0 }] });
    expect(shipMany(test.engine, { text: '100,T2', advance: true }, call)).toMatchObject({ shipped: 1 });
    expect(order('100').shipments.map((shipment) => shipment.lines.map((line) => line.quantity))).toEqual([
      [1],
      [1, 1],
    ]);
    expect(order('100').state).toBe('shipped');
  });

  it('with nothing to ship leaves no trace', () => {
    const before = test.engine.db.getComposed<{ n: number }>('SELECT count(*) AS n FROM command')?.n;
    expect(shipMany(test.engine, { text: '999,T1' }, call)).toMatchObject({ commandId: null, shipped: 0 });
    expect(test.engine.db.getComposed<{ n: number }>('SELECT count(*) AS n FROM command')?.n).toBe(before);
  });
});
