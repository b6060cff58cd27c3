import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MethodName, Params, Result } from '#shared/contract/methods.ts';
import { openEngine, type OpenedEngine } from '../engine/open-engine.ts';
import { dispatch } from '../engine/rpc/dispatch.ts';
import { silentLogger, systemPorts } from '../engine/system-ports.ts';
import { seedListings } from '../engine/testing/seed-listings.ts';
import { memoryVault } from '../engine/testing/test-engine.ts';
import { quayside } from './testing/quayside-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'quayside-stock-'));
const dir = join(folder, 'shop');
const env = { QUAYSIDE_VAULT_KEY: join(folder, 'vault.key') };

const open = (): Promise<OpenedEngine> =>
  openEngine({
    dir,
    create: true,
    ports: { ...systemPorts(memoryVault(), silentLogger), newId: v7 },
    actor: 'test',
  });

async function call<M extends MethodName>(
  { engine }: OpenedEngine,
  method: M,
  params: Params<M>,
): Promise<Result<M>> {
  const context = { actor: 'test', requestId: v7(), signal: new AbortController().signal };
  return (await dispatch(engine, method, params, context, { checkOutput: true })) as Result<M>;
}

/** Every level and what an order still waits for, after the ledger was proven. */
async function standing(): Promise<readonly unknown[]> {
  const opened = await open();
  try {
    expect(await call(opened, 'inventory.verify', {})).toMatchObject({ ok: true, wrongLevels: [] });
    const { db } = opened.engine;
    return [
      db.allComposed('SELECT item_rid, location_rid, bin_rid, quantity FROM stock_level WHERE quantity <> 0'),
      db.allComposed('SELECT lot_rid, quantity FROM stock_lot_level WHERE quantity <> 0'),
      db.allComposed('SELECT quantity, cost_minor FROM stock_cost_layer'),
      db.allComposed('SELECT count(*) AS n FROM purchase_receipt'),
      db.allComposed('SELECT count(*) AS n FROM stock_document'),
      db.allComposed('SELECT finished_at_ms IS NULL AS open FROM stock_count'),
    ];
  } finally {
    await opened.close();
  }
}

type Work = readonly [MethodName, unknown];
const works: Record<'receipt' | 'count' | 'transfer', Work> = {
  receipt: ['inventory.verify', {}],
  count: ['inventory.verify', {}],
  transfer: ['inventory.verify', {}],
};

beforeAll(async () => {
  const opened = await open();
  seedListings(opened.engine, 4);
  opened.engine.db.exec("UPDATE account SET status = 'paused'");
  const locationId = (await call(opened, 'inventory.addLocation', { name: 'Main', kind: 'warehouse' }))
    .locationId;
  const barn = (await call(opened, 'inventory.addLocation', { name: 'Barn', kind: 'warehouse' })).locationId;
  const codes = ['SKU-00001', 'SKU-00002', 'SKU-00003'];
  await call(opened, 'inventory.receive', {
    locationId,
    lines: codes.map((code) => ({ code, quantity: 10 })),
  });
  const { supplierId } = await call(opened, 'purchasing.saveSupplier', { name: 'Nordholz', currency: 'EUR' });
  const { orderId } = await call(opened, 'purchasing.createOrder', {
    supplierId,
    locationId,
    lines: codes.map((code) => ({ code, quantity: 5, price: '2.00' })),
  });
  await call(opened, 'purchasing.step', { orderId, step: 'send' });
  const { lines } = await call(opened, 'purchasing.order', { orderId });
  const { countId } = await call(opened, 'inventory.startCount', {
    name: 'Year end',
    locationId,
    blind: true,
  });
  await call(opened, 'inventory.recordCount', {
    countId,
    entries: codes.map((code, index) => ({ entryId: v7(), code, quantity: 7 + index })),
  });
  works.receipt = [
    'purchasing.receive',
    { orderId, freight: '1.00', lines: lines.map(({ lineId }) => ({ lineId, quantity: 4 })) },
  ];
  works.count = ['inventory.finishCount', { countId, uncounted: 'keep' }];
  works.transfer = [
    'inventory.transferOut',
    { fromLocationId: locationId, toLocationId: barn, lines: codes.map((code) => ({ code, quantity: 2 })) },
  ];
  await opened.close();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// One process that is killed and one that sends the same again, for each: what no test in one process can show.
it.each(['receipt', 'count', 'transfer'] as const)(
  'killed in the middle of a %s, nothing of it is there, and sending it again books it once',
  async (name) => {
    const [method, params] = works[name];
    const before = await standing();
    const args = ['call', method, '-', '--request-id', v7(), '--workspace', dir];
    const input = JSON.stringify(params);
    const killed = await quayside(args, { env: { ...env, QUAYSIDE_CRASH_AT: 'stock.half' }, input });
    expect(killed.signal).toBe('SIGKILL');
    expect(await standing()).toEqual(before);
    const again = await quayside(args, { env: { ...env, QUAYSIDE_CRASH_AT: 'command.committed' }, input });
    expect(again.signal).toBe('SIGKILL');
    const after = await standing();
    expect(after).not.toEqual(before);
    const answered = await quayside(args, { env, input });
    expect(answered.code).toBe(0);
    expect(await standing()).toEqual(after);
  },
);
