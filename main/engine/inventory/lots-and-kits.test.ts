import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { v7 } from 'uuid';
import { pullOrdersInto, remoteOrder } from '../orders/order-test-kit.ts';
import { caller, inventoryEngine } from '../testing/inventory-kit.ts';
import { seedListings } from '../testing/seed-listings.ts';
import type { TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
const call = caller(() => test);
let main: string;

beforeEach(async () => {
  test = await inventoryEngine();
  seedListings(test.engine, 8);
  main = (await call('inventory.addLocation', { name: 'Main', kind: 'warehouse' })).locationId;
});
afterEach(() => test.close());

async function receive(
  code: string,
  quantity: number,
  more: { lot?: string; expiresOn?: string; bin?: string; unit?: string } = {},
) {
  return call('inventory.receive', { locationId: main, lines: [{ code, quantity, ...more }] });
}
async function rowOf(sku: string) {
  const { ids } = await call('inventory.open', {});
  const { rows } = await call('inventory.rows', { rids: [...ids] });
  const row = rows.find((one) => one.sku === sku);
  if (!row) throw new Error(`There is no ${sku}`);
  return row;
}
const itemOf = async (sku: string) => call('inventory.item', { itemId: (await rowOf(sku)).itemId });

/** An item kept by lot with two lots in two bins: the one that expires first is in the emptier bin. */
async function lots(): Promise<string> {
  await receive('SKU-00001', 1);
  const { itemId } = await rowOf('SKU-00001');
  await call('inventory.setTracking', { itemId, tracking: 'lot' });
  await receive('SKU-00001', 9, { lot: 'L-late', expiresOn: '2027-06-30', bin: 'A-1' });
  await receive('SKU-00001', 4, { lot: 'L-soon', expiresOn: '2026-12-10', bin: 'B-7' });
  return itemId;
}

describe('lots', () => {
  it('are asked for on receipt, add up to the level and keep their day', async () => {
    const itemId = await lots();
    await expect(receive('SKU-00001', 2)).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      details: { field: 'lot' },
    });
    await expect(receive('SKU-00002', 2, { lot: 'X' })).rejects.toMatchObject({ details: { field: 'lot' } });
    await expect(receive('SKU-00001', 2, { lot: 'L-soon', expiresOn: '2027-01-01' })).rejects.toMatchObject({
      details: { expiresOn: '2026-12-10' },
    });
    const item = await call('inventory.item', { itemId });
    expect(item.lots.map(({ code, quantity }) => `${code} ${quantity}`)).toEqual(['L-soon 4', 'L-late 9']);
    expect(item.withoutLot).toBe(1);
    await call('inventory.assignLot', { itemId, locationId: main, binId: null, quantity: 1, lot: 'L-late' });
    expect((await call('inventory.item', { itemId })).withoutLot).toBe(0);
    await call('history.undo', {});
    expect((await call('inventory.item', { itemId })).withoutLot).toBe(1);
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true, wrongLevels: [] });
  });

  it('are picked first expired first: the pick list names their bin, the shipment takes their units', async () => {
    const itemId = await lots();
    pullOrdersInto(test.engine, [remoteOrder('100', [0, 6])]);
    const orderId = test.engine.db.getComposed<{ id: string }>('SELECT id FROM sales_order')?.id ?? '';
    const { items } = await call('orders.get', { orderId });
    expect(items.find(({ sku }) => sku === 'SKU-00001')?.bin).toContain('B-7');
    await call('orders.pick', { orderId });
    await call('orders.pack', { orderId });
    await call('orders.ship', { orderId });
    const left = (await call('inventory.item', { itemId })).lots.map(
      ({ code, quantity }) => `${code} ${quantity}`,
    );
    expect(left).toEqual(['L-late 7']);
    await call('history.undo', {});
    expect((await rowOf('SKU-00001')).total).toBe(14);
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true });
  });

  it('that have expired or are blocked are there and not available', async () => {
    const itemId = await lots();
    expect(await rowOf('SKU-00001')).toMatchObject({ total: 14, available: 14, blocked: 0 });
    const [soon, late] = (await call('inventory.item', { itemId })).lots;
    await expect(
      call('inventory.changeLot', { lotId: late?.lotId ?? '', blocked: true }),
    ).rejects.toMatchObject({
      details: { field: 'reason' },
    });
    await call('inventory.changeLot', { lotId: late?.lotId ?? '', blocked: true, reason: 'Recall' });
    expect(await rowOf('SKU-00001')).toMatchObject({ total: 14, available: 5, blocked: 9 });
    await call('inventory.changeLot', { lotId: soon?.lotId ?? '', expiresOn: '2026-11-01' });
    expect(await rowOf('SKU-00001')).toMatchObject({ total: 14, available: 1, blocked: 13 });
    const { lots: expiring } = await call('inventory.expiry', { withinDays: 0 });
    expect(expiring).toMatchObject([{ code: 'L-soon', sellable: false, quantity: 4 }]);
    expect((await call('today.get', {})).tasks.find(({ kind }) => kind === 'lots_expiring')).toMatchObject({
      facts: { sku: 'SKU-00001', days: -22 },
    });
    await call('history.undo', {});
    await call('history.undo', {});
    expect(await rowOf('SKU-00001')).toMatchObject({ available: 14, blocked: 0 });
  });

  it('travel with their units through moves and transfers', async () => {
    const itemId = await lots();
    const { locationId: barn } = await call('inventory.addLocation', { name: 'Barn', kind: 'warehouse' });
    const lines = [{ code: 'SKU-00001', quantity: 6 }];
    const { transferId } = await call('inventory.transferOut', {
      fromLocationId: main,
      toLocationId: barn,
      lines,
    });
    await call('inventory.transferIn', { transferId, lines: [{ code: 'SKU-00001', quantity: 5 }] });
    const places = async () =>
      (await call('inventory.item', { itemId })).lots.flatMap(({ code, places: at }) =>
        at.map(({ location, quantity }) => `${code} ${location} ${quantity}`),
      );
    expect(await places()).toEqual([
      'L-soon Barn 4',
      'L-late Main 7',
      'L-late Barn 1',
      'L-late In transit 1',
    ]);
    await call('inventory.closeTransfer', { transferId, how: 'lost', reason: 'Box was open' });
    expect(await places()).toEqual(['L-soon Barn 4', 'L-late Main 7', 'L-late Barn 1']);
    const [transfer] = (await call('inventory.transferHistory', {})).transfers;
    expect(transfer).toMatchObject({
      state: 'discrepancy',
      lines: [
        { lot: 'L-late', sent: 2, arrived: 1, lost: 1, open: 0 },
        { lot: 'L-soon', sent: 4, arrived: 4, lost: 0 },
      ],
    });
    await call('history.undo', {});
    expect((await call('inventory.transferHistory', {})).transfers[0]).toMatchObject({
      state: 'part_arrived',
    });
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true });
  });

  it('by serial number are one unit each, there once', async () => {
    await receive('SKU-00003', 1);
    const { itemId } = await rowOf('SKU-00003');
    await call('inventory.adjust', {
      reason: 'correction',
      changes: [{ itemId, locationId: main, onHand: 0 }],
    });
    await call('inventory.setTracking', { itemId, tracking: 'serial' });
    await receive('SKU-00003', 1, { lot: 'SN-1' });
    await expect(receive('SKU-00003', 1, { lot: 'SN-1' })).rejects.toMatchObject({ code: 'INVALID_STATE' });
    await expect(receive('SKU-00003', 2, { lot: 'SN-2' })).rejects.toMatchObject({
      details: { field: 'quantity' },
    });
    await expect(call('inventory.setTracking', { itemId, tracking: 'none' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    expect((await call('inventory.item', { itemId })).tracking).toBe('serial');
  });
});

describe('packs', () => {
  it('count as their single units on receipt and in counts, by name and by barcode', async () => {
    await receive('SKU-00002', 1);
    const { itemId } = await rowOf('SKU-00002');
    await call('inventory.saveUnit', { itemId, name: 'Case', factor: 24, barcode: '4006381333931' });
    await receive('SKU-00002', 2, { unit: 'case' });
    await receive('4006381333931', 1);
    expect((await rowOf('SKU-00002')).total).toBe(73);
    await expect(receive('SKU-00002', 2, { unit: 'pallet' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { countId } = await call('inventory.startCount', { name: 'c', locationId: main, blind: false });
    const entries = [
      { entryId: v7(), code: 'SKU-00002', quantity: 3, unit: 'Case' },
      { entryId: v7(), code: 'SKU-00002', quantity: 5 },
    ];
    await call('inventory.recordCount', { countId, entries });
    await call('inventory.finishCount', { countId, uncounted: 'keep' });
    expect((await rowOf('SKU-00002')).total).toBe(77);
  });
});

describe('kits', () => {
  async function parts(kind: 'virtual' | 'built'): Promise<string> {
    await receive('SKU-00004', 10);
    await receive('SKU-00005', 7);
    await receive('SKU-00006', 1);
    const { itemId, rid } = await rowOf('SKU-00006');
    void rid;
    await call('inventory.adjust', {
      reason: 'correction',
      changes: [{ itemId, locationId: main, onHand: 0 }],
    });
    await call('inventory.saveKit', {
      itemId,
      kind,
      parts: [
        { code: 'SKU-00004', quantity: 2 },
        { code: 'SKU-00005', quantity: 1 },
      ],
    });
    return itemId;
  }

  it('that are virtual have what their parts are enough for, reserve the parts and ship as them', async () => {
    await parts('virtual');
    expect(await rowOf('SKU-00006')).toMatchObject({ kit: 'virtual', available: 5, total: 0 });
    pullOrdersInto(test.engine, [remoteOrder('100', [0, 0, 0, 0, 1, 0, 3])]);
    // 1 of the part itself and 3 kits of 2.
    expect(await rowOf('SKU-00004')).toMatchObject({ reserved: 7, available: 3 });
    expect(await rowOf('SKU-00005')).toMatchObject({ reserved: 3, available: 4 });
    expect(await rowOf('SKU-00006')).toMatchObject({ reserved: 3, available: 1 });
    const orderId = test.engine.db.getComposed<{ id: string }>('SELECT id FROM sales_order')?.id ?? '';
    await call('orders.pick', { orderId });
    await call('orders.pack', { orderId });
    await call('orders.ship', { orderId });
    expect(await rowOf('SKU-00004')).toMatchObject({ total: 3, reserved: 0 });
    expect(await rowOf('SKU-00005')).toMatchObject({ total: 4, reserved: 0 });
    await call('history.undo', {});
    expect(await rowOf('SKU-00004')).toMatchObject({ total: 10, reserved: 7 });
    await expect(receive('SKU-00006', 1)).rejects.toMatchObject({ code: 'INVALID_STATE' });
    const { itemId } = await rowOf('SKU-00006');
    const set = await call('inventory.adjust', {
      reason: 'found',
      changes: [{ itemId, locationId: main, onHand: 4 }],
    });
    expect(set.rejected).toMatchObject([{ code: 'READ_ONLY_FIELD' }]);
  });

  it('never contain themselves, through other kits either, and a refused one changes nothing', async () => {
    const itemId = await parts('virtual');
    const part = await rowOf('SKU-00004');
    await call('inventory.adjust', {
      reason: 'lost',
      changes: [{ itemId: part.itemId, locationId: main, onHand: 0 }],
    });
    await expect(
      call('inventory.saveKit', {
        itemId: part.itemId,
        kind: 'virtual',
        parts: [{ code: 'SKU-00006', quantity: 1 }],
      }),
    ).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      details: { cycle: expect.stringContaining('→') as string },
    });
    expect((await rowOf('SKU-00004')).kit).toBeNull();
    // Nested: 1 of 7 is 2 of 6 and so 4 of 4.
    await receive('SKU-00004', 9);
    await receive('SKU-00007', 1);
    const outer = await rowOf('SKU-00007');
    await call('inventory.adjust', {
      reason: 'lost',
      changes: [{ itemId: outer.itemId, locationId: main, onHand: 0 }],
    });
    await call('inventory.saveKit', {
      itemId: outer.itemId,
      kind: 'virtual',
      parts: [{ code: 'SKU-00006', quantity: 2 }],
    });
    expect((await rowOf('SKU-00007')).available).toBe(2);
    await call('inventory.saveKit', { itemId, kind: 'virtual', parts: [] });
    expect((await rowOf('SKU-00006')).kit).toBeNull();
    await call('history.undo', {});
    expect((await rowOf('SKU-00007')).available).toBe(2);
  });

  it('that are built take their parts and their cost, and give both back', async () => {
    const itemId = await parts('built');
    const supplier = await call('purchasing.saveSupplier', { name: 'N', currency: 'EUR' });
    for (const code of ['SKU-00004', 'SKU-00005']) {
      const row = await rowOf(code);
      await call('inventory.adjust', {
        reason: 'lost',
        changes: [{ itemId: row.itemId, locationId: main, onHand: 0 }],
      });
    }
    const order = await call('purchasing.createOrder', {
      supplierId: supplier.supplierId,
      locationId: main,
      lines: [
        { code: 'SKU-00004', quantity: 10, price: '1.50' },
        { code: 'SKU-00005', quantity: 4, price: '2.00' },
      ],
    });
    await call('purchasing.step', { orderId: order.orderId, step: 'send' });
    const { lines } = await call('purchasing.order', { orderId: order.orderId });
    await call('purchasing.receive', {
      orderId: order.orderId,
      lines: lines.map(({ lineId, open }) => ({ lineId, quantity: open })),
    });
    const build = { itemId, locationId: main, quantity: 3, direction: 'assemble' } as const;
    expect((await call('inventory.assemble', build)).cost).toEqual({
      minor: 3 * (300 + 200),
      currency: 'EUR',
    });
    expect(await rowOf('SKU-00006')).toMatchObject({ total: 3, kit: 'built' });
    expect(await rowOf('SKU-00004')).toMatchObject({ total: 4 });
    expect((await itemOf('SKU-00006')).cost.layers).toMatchObject([{ quantity: 3, costMinor: 1_500 }]);
    await expect(call('inventory.assemble', { ...build, quantity: 2 })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      details: { sku: 'SKU-00005', there: 1, needed: 2 },
    });
    await call('inventory.assemble', { ...build, quantity: 1, direction: 'disassemble' });
    expect(await rowOf('SKU-00004')).toMatchObject({ total: 6 });
    expect((await itemOf('SKU-00004')).cost.layers).toMatchObject([{ quantity: 6, costMinor: 900 }]);
    await call('history.undo', {});
    await call('history.undo', {});
    expect(await rowOf('SKU-00006')).toMatchObject({ total: 0 });
    expect((await itemOf('SKU-00006')).cost.layers).toEqual([]);
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true });
  });
});

describe('places', () => {
  it('are renamed and archived, undo included, and an archived one takes nothing', async () => {
    const { locationId } = await call('inventory.addLocation', { name: 'Barn', kind: 'warehouse' });
    await call('inventory.editLocation', { locationId, name: 'Shed' });
    await expect(call('inventory.editLocation', { locationId, name: 'main' })).rejects.toMatchObject({
      code: 'INVALID_VALUE',
    });
    await call('inventory.editLocation', { locationId, archived: true });
    const names = async (all?: boolean) =>
      (await call('inventory.locations', all ? { all } : {})).locations.map(({ name }) => name);
    expect(await names()).toEqual(['Main']);
    expect(await names(true)).toEqual(['Main', 'Shed']);
    const lines = [{ code: 'SKU-00001', quantity: 1 }];
    await expect(call('inventory.receive', { locationId, lines })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    await call('history.undo', {});
    const renamed = test.engine.db.getComposed<{ id: string }>(
      `SELECT id FROM command WHERE label = 'Rename place Barn to Shed'`,
    );
    // The former name is another place's by now: it stays theirs.
    await call('inventory.addLocation', { name: 'Barn', kind: 'warehouse' });
    const left = await call('history.undo', { commandId: renamed?.id ?? '' });
    expect(left).toMatchObject({ applied: 0, changedSinceTotal: 1 });
    expect(await names()).toEqual(['Main', 'Shed', 'Barn']);
    await receive('SKU-00001', 1, { bin: 'A-1' });
    await expect(call('inventory.editLocation', { locationId: main, archived: true })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    const binId = (await call('inventory.locations', {})).locations[0]?.bins[0]?.binId ?? '';
    await expect(call('inventory.editBin', { binId, archived: true })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    await call('inventory.editBin', { binId, code: 'A-01' });
    expect(
      (await call('inventory.ledger', { itemId: (await rowOf('SKU-00001')).itemId })).places[0]?.bin,
    ).toBe('A-01');
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true });
  });
});
