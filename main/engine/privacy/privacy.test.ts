import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Params, Result } from '#shared/contract/methods.ts';
import { backUp } from '../jobs/maintenance.ts';
import { pullOrdersInto, remoteOrder } from '../orders/order-test-kit.ts';
import { dispatch } from '../rpc/dispatch.ts';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { digestOf, purgeDue } from './purge.ts';

let test: TestEngine;
beforeEach(async () => {
  test = await testEngine();
  seedListings(test.engine, 3);
  test.engine.db.exec('PRAGMA foreign_keys = ON');
});
afterEach(() => test.close());

async function call<
  M extends
    | 'privacy.overview'
    | 'privacy.setPolicy'
    | 'privacy.purge'
    | 'privacy.proofs'
    | 'orders.query'
    | 'orders.get',
>(method: M, params: Params<M>): Promise<Result<M>> {
  const signal = new AbortController().signal;
  const who = { actor: 'Mara', requestId: undefined, signal };
  return (await dispatch(test.engine, method, params, who, { checkOutput: true })) as Result<M>;
}

const DAY = 86_400_000;
const closed = {
  disposition: 'shipped',
  channelStatus: 'completed',
  modifiedAtMs: Date.UTC(2026, 10, 20),
} as const;
const named = (number: string, name: string, change = {}) => {
  const order = remoteOrder(number, [1], change);
  return {
    ...order,
    note: `Ring at ${name}`,
    raw: JSON.stringify({ billing: name }),
    shipTo: { ...order.shipTo, name, email: '' },
  };
};
const orderOf = async (text: string) => (await call('orders.query', { text })).rows;
async function accountId(): Promise<string> {
  return (await call('privacy.overview', {})).accounts[0]?.accountId ?? '';
}

/** Every file of the workspace, its backups too, that holds the text readable. */
function filesWith(text: string, dir = test.dir): string[] {
  return readdirSync(dir).flatMap((name) => {
    const file = join(dir, name);
    if (statSync(file).isDirectory()) return filesWith(text, file);
    return readFileSync(file).includes(text) ? [file] : [];
  });
}

describe("buyers' data", () => {
  it('is in no file of the workspace, and is still found, shown and listed', async () => {
    pullOrdersInto(test.engine, [named('1001', 'Wilhelmina Quartz')]);
    await backUp(test.engine, undefined, 'test', undefined);
    expect(filesWith('Wilhelmina')).toEqual([]);
    expect(filesWith('Quartz')).toEqual([]);
    const [row] = await orderOf('mina qua');
    expect(row).toMatchObject({ number: '1001', customerName: 'Wilhelmina Quartz', buyer: 'known' });
    const order = await call('orders.get', { orderId: row?.orderId ?? '' });
    expect(order).toMatchObject({ note: 'Ring at Wilhelmina Quartz', shipTo: { city: 'Town' } });
  });

  it('would be found by that look at the files', () => {
    expect(filesWith('1001')).toEqual([]);
    pullOrdersInto(test.engine, [named('1001', 'Wilhelmina Quartz')]);
    expect(filesWith('1001').length).toBeGreaterThan(0);
  });
});

describe('a purge on request', () => {
  it('destroys one buyer for good, a restart and a new pull included, and proves it', async () => {
    pullOrdersInto(test.engine, [named('1001', 'Ada Quartz', closed), named('1002', 'Ben Quartz', closed)]);
    const [row] = await orderOf('Ada');
    const orderId = row?.orderId ?? '';
    const done = await call('privacy.purge', { orderIds: [orderId] });
    expect(done).toMatchObject({ purged: 1, kept: [] });
    expect(done.proofs).toEqual([
      expect.objectContaining({
        actor: 'Mara',
        reason: 'request',
        orders: 1,
        keysDestroyed: 1,
        digest: digestOf([{ id: orderId }]),
      }),
    ]);
    test = await test.restart();
    pullOrdersInto(test.engine, [named('1001', 'Ada Quartz', { ...closed, modifiedAtMs: 9 })]);
    expect(await orderOf('Ada')).toEqual([]);
    expect((await orderOf('Quartz')).map(({ number }) => number)).toEqual(['1002']);
    const order = await call('orders.get', { orderId });
    expect(order).toMatchObject({ buyer: 'purged', customerName: '', note: '', number: '1001' });
    expect(order.shipTo.line1).toBe('');
    expect(order.items).toHaveLength(1);
    expect(order.events.map(({ kind }) => kind)).toContain('purged');
    expect((await orderOf('1001')).map(({ number }) => number)).toEqual(['1001']);
    expect((await call('privacy.proofs', {})).proofs).toHaveLength(1);
  });

  it('keeps what still has to leave, what it does not know and what is gone', async () => {
    pullOrdersInto(test.engine, [named('1001', 'Ada'), named('1002', 'Ben', closed)]);
    const [open] = await orderOf('1001');
    const [gone] = await orderOf('1002');
    const unknown = '00000000-0000-7000-8000-00000000abcd';
    await call('privacy.purge', { orderIds: [gone?.orderId ?? ''] });
    const ids = [open?.orderId ?? '', gone?.orderId ?? '', unknown];
    expect(await call('privacy.purge', { orderIds: ids })).toEqual({
      purged: 0,
      kept: [
        { orderId: ids[0], reason: 'open' },
        { orderId: ids[1], reason: 'purged' },
        { orderId: unknown, reason: 'unknown' },
      ],
      proofs: [],
    });
  });
});

describe('a purge by rule', () => {
  it('takes closed orders past their time on both sides of the day, and no open one', async () => {
    pullOrdersInto(test.engine, [
      named('1001', 'Ada', { ...closed, placedAtMs: 0, modifiedAtMs: test.clock.now() - 30 * DAY - 60_000 }),
      named('1002', 'Ben', { ...closed, placedAtMs: 0, modifiedAtMs: test.clock.now() - 30 * DAY + 60_000 }),
      named('1003', 'Cleo', { placedAtMs: 0, modifiedAtMs: 0 }),
    ]);
    expect((await call('privacy.overview', {})).accounts).toMatchObject([
      { days: null, from: 'channel', held: 3, due: 0 },
    ]);
    const { accounts } = await call('privacy.setPolicy', { accountId: await accountId(), days: 30 });
    expect(accounts).toMatchObject([{ days: 30, from: 'chosen', held: 3, due: 1 }]);
    expect(await purgeDue(test.engine, { actor: 'policy' })).toBe(1);
    expect(await purgeDue(test.engine, { actor: 'policy' })).toBe(0);
    const rows = (await call('orders.query', { sort: 'number' })).rows;
    expect(rows.map(({ number, buyer }) => [number, buyer])).toEqual([
      ['1001', 'purged'],
      ['1002', 'known'],
      ['1003', 'known'],
    ]);
  });

  it("is the channel's where nothing else was chosen: 30 days for Amazon", async () => {
    test.engine.db.exec("UPDATE account SET platform = 'amazon'");
    const account = await accountId();
    expect((await call('privacy.overview', {})).accounts).toMatchObject([{ days: 30, from: 'channel' }]);
    await call('privacy.setPolicy', { accountId: account, days: null });
    expect((await call('privacy.overview', {})).accounts).toMatchObject([{ days: null, from: 'chosen' }]);
    await call('privacy.setPolicy', { accountId: account });
    expect((await call('privacy.overview', {})).accounts).toMatchObject([{ days: 30, from: 'channel' }]);
  });

  it('that was cut off after the keys leaves nothing readable, and is finished by the next', async () => {
    let broken = true;
    test.close();
    test = await testEngine({
      atPoint: (point) => {
        if (point === 'privacy:keys-destroyed' && broken) throw new Error('killed');
      },
    });
    seedListings(test.engine, 1);
    pullOrdersInto(test.engine, [named('1001', 'Ada', closed)]);
    await call('privacy.setPolicy', { accountId: await accountId(), days: 0 });
    await expect(purgeDue(test.engine, { actor: 'policy' })).rejects.toThrow('killed');
    expect((await call('orders.query', {})).rows[0]).toMatchObject({ customerName: '', buyer: 'sealed' });
    broken = false;
    expect(await purgeDue(test.engine, { actor: 'policy' })).toBe(1);
    expect((await call('orders.query', {})).rows[0]).toMatchObject({ customerName: '', buyer: 'purged' });
  });
});
