import BetterSqlite from 'better-sqlite3';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pullOrdersInto, remoteOrder } from '../orders/order-test-kit.ts';
import { seedListings } from '../testing/seed-listings.ts';
import type { TestEngine } from '../testing/test-engine.ts';
import { DATABASE_FILE } from '../workspace.ts';
import { accountOf, caller, inventoryEngine } from '../testing/inventory-kit.ts';

let test: TestEngine;
const call = caller(() => test);

beforeEach(async () => {
  test = await inventoryEngine();
  seedListings(test.engine, 10);
});
afterEach(() => test.close());

const rows = async () => {
  const { ids } = await call('inventory.open', {});
  return (await call('inventory.rows', { rids: [...ids] })).rows;
};
const row = async (sku: string) => {
  const found = (await rows()).find((candidate) => candidate.sku === sku);
  if (!found) throw new Error(`${sku} is not in the ledger`);
  return found;
};
const open = () => call('inventory.takeOpening', { accountId: accountOf(test) });
const main = async () => {
  const location = (await call('inventory.locations', {})).locations.find((candidate) => candidate.main);
  if (!location) throw new Error('There is no main location');
  return location;
};
const sound = async () => {
  expect(await call('inventory.verify', {})).toMatchObject({ ok: true, brokenAt: null, wrongLevels: [] });
};

describe('opening stock', () => {
  it('takes what the listings show, once', async () => {
    const accountId = accountOf(test);
    expect(await call('inventory.openingPreview', { accountId })).toEqual({
      items: 10,
      units: 24,
      known: 0,
      unusable: 0,
    });
    expect(await open()).toMatchObject({ items: 10, units: 24, known: 0 });
    expect(await row('SKU-00006')).toMatchObject({ total: 6, reserved: 0, available: 6, title: 'Product 6' });
    expect(await open()).toMatchObject({ commandId: null, items: 0, known: 10 });
    expect((await call('inventory.verify', {})).movements).toBe(8);
    await sound();
  });

  it('lets a second shop with the same SKUs share the items, and adds nothing to them', async () => {
    await open();
    seedListings(test.engine, 12);
    const second =
      test.engine.db.getComposed<{ id: string }>('SELECT id FROM account WHERE rid = 2')?.id ?? '';
    const taken = await call('inventory.takeOpening', { accountId: second });
    expect(taken).toMatchObject({ items: 2, known: 10 });
    expect((await row('SKU-00006')).total).toBe(6);
    expect((await rows()).length).toBe(12);
  });

  it('counts what the shop has taken off for open orders as still on the shelf', async () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [0, 2])]);
    await open();
    expect(await row('SKU-00001')).toMatchObject({ total: 3, reserved: 2, available: 1 });
  });

  it('can be undone, redone and taken again after an undo', async () => {
    await open();
    await call('history.undo', {});
    expect((await row('SKU-00006')).total).toBe(0);
    await call('history.redo', {});
    expect((await row('SKU-00006')).total).toBe(6);
    await call('history.undo', {});
    expect(await open()).toMatchObject({ units: 24 });
    expect((await row('SKU-00006')).total).toBe(6);
    await sound();
  });
});

describe('adjusting', () => {
  it('posts the difference with the reason, and undo posts its opposite', async () => {
    await open();
    const { itemId } = await row('SKU-00006');
    const { locationId } = await main();
    const outcome = await call('inventory.adjust', {
      reason: 'damaged',
      note: 'wet box',
      changes: [{ itemId, locationId, onHand: 2 }],
    });
    expect(outcome).toMatchObject({ applied: 1, unchanged: 0, rejectedTotal: 0 });
    expect((await row('SKU-00006')).total).toBe(2);
    await call('history.undo', {});
    const ledger = await call('inventory.ledger', { itemId, locationId });
    expect(ledger.movements.map(({ quantity, balance, reason }) => [quantity, balance, reason])).toEqual([
      [4, 6, 'undo'],
      [-4, 2, 'damaged'],
      [6, 6, 'opening'],
    ]);
    expect(ledger.movements[1]).toMatchObject({
      actor: 'mia',
      note: 'wet box',
      document: { kind: 'adjustment' },
    });
    expect(ledger.movements[0]?.reverses).toBe(ledger.movements[1]?.seq);
    await sound();
  });

  it('names what cannot be set and sets the rest', async () => {
    await open();
    const { locationId } = await main();
    const good = await row('SKU-00005');
    const bad = await row('SKU-00006');
    const outcome = await call('inventory.adjust', {
      reason: 'correction',
      changes: [
        { itemId: good.itemId, locationId, onHand: 9 },
        { itemId: bad.itemId, locationId, onHand: -1 },
        { itemId: bad.itemId, locationId: v7(), onHand: 1 },
      ],
    });
    expect(outcome).toMatchObject({ applied: 1, rejectedTotal: 2 });
    expect(outcome.rejected.map(({ code }) => code)).toEqual(['OUT_OF_RANGE', 'NOT_FOUND']);
    expect((await row('SKU-00005')).total).toBe(9);
    expect((await row('SKU-00006')).total).toBe(6);
  });

  it('shows in the history what each place had before and after', async () => {
    await open();
    const { itemId } = await row('SKU-00006');
    const { locationId } = await main();
    const changes = [{ itemId, locationId, onHand: 2 }];
    const { commandId } = await call('inventory.adjust', { reason: 'lost', changes });
    const found = await call('history.changes', { commandId: commandId ?? '' });
    expect(found).toMatchObject({
      total: 1,
      changes: [
        { listingId: null, sku: 'SKU-00006', title: 'Product 6', field: 'stock', before: 6, after: 2 },
      ],
    });
  });

  it('leaves no trace when nothing changes', async () => {
    await open();
    const { itemId } = await row('SKU-00006');
    const { locationId } = await main();
    const outcome = await call('inventory.adjust', {
      reason: 'correction',
      changes: [{ itemId, locationId, onHand: 6 }],
    });
    expect(outcome).toMatchObject({ commandId: null, applied: 0, unchanged: 1 });
  });
});

describe('receiving, moving and transferring', () => {
  it('keeps units by bin and moves only what lies there', async () => {
    await open();
    const { locationId } = await main();
    await call('inventory.receive', {
      locationId,
      reference: 'DN 7',
      lines: [{ code: 'SKU-00001', quantity: 5, bin: 'A-01' }],
    });
    const [bin] = (await main()).bins;
    const from = { locationId, binId: bin?.binId ?? '' };
    const to = { locationId, binId: null };
    await expect(call('inventory.move', { code: 'SKU-00001', quantity: 6, from, to })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    await call('inventory.move', { code: 'SKU-00001', quantity: 2, from, to });
    const { itemId, total } = await row('SKU-00001');
    expect(total).toBe(6);
    const { places } = await call('inventory.ledger', { itemId });
    expect(places.map(({ bin, quantity }) => [bin, quantity])).toEqual([
      [null, 3],
      ['A-01', 3],
    ]);
    await sound();
  });

  it('books nothing of a receipt with an unknown code', async () => {
    await open();
    const { locationId } = await main();
    const lines = [
      { code: 'SKU-00001', quantity: 1 },
      { code: 'nobody', quantity: 1 },
    ];
    await expect(call('inventory.receive', { locationId, lines })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await row('SKU-00001')).total).toBe(1);
  });

  it('shows what is on its way, and refuses to take back what has arrived', async () => {
    await open();
    const { locationId: fromLocationId } = await main();
    const { locationId: toLocationId } = await call('inventory.addLocation', {
      name: 'Barn',
      kind: 'warehouse',
    });
    const sent = await call('inventory.transferOut', {
      fromLocationId,
      toLocationId,
      lines: [{ code: 'SKU-00006', quantity: 4 }],
    });
    expect(await row('SKU-00006')).toMatchObject({ total: 2, inTransit: 4 });
    const { transferId } = sent;
    const arrived = await call('inventory.transferIn', {
      transferId,
      lines: [{ code: 'SKU-00006', quantity: 1 }],
    });
    expect(arrived.open).toBe(3);
    expect((await row('SKU-00006')).onHand).toMatchObject({ [fromLocationId]: 2, [toLocationId]: 1 });
    await expect(call('history.undo', { commandId: sent.commandId ?? '' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    expect((await call('inventory.transfers', {})).transfers[0]?.lines).toEqual([
      { sku: 'SKU-00006', open: 3 },
    ]);
    await call('inventory.transferIn', { transferId });
    expect(await row('SKU-00006')).toMatchObject({ total: 6, inTransit: 0 });
    expect((await call('inventory.transfers', {})).transfers).toEqual([]);
    await expect(call('inventory.transferIn', { transferId })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    await sound();
  });

  it('does not sell what is in quarantine', async () => {
    await open();
    const { locationId } = await call('inventory.addLocation', { name: 'Cage', kind: 'quarantine' });
    await call('inventory.receive', { locationId, lines: [{ code: 'SKU-00006', quantity: 9 }] });
    expect(await row('SKU-00006')).toMatchObject({ total: 6, available: 6, quarantined: 9 });
  });
});

describe('orders', () => {
  const order = () => test.engine.db.getComposed<{ id: string }>('SELECT id FROM sales_order')?.id ?? '';

  it('reserve while they are open; shipping posts the sale once, and taking it back compensates', async () => {
    await open();
    pullOrdersInto(test.engine, [remoteOrder('100', [1, 2, 3])]);
    expect(await row('SKU-00002')).toMatchObject({ total: 2, reserved: 3, available: -1 });
    const orderId = order();
    await call('orders.pick', { orderId });
    await call('orders.pack', { orderId });
    const { shipmentId } = await call('orders.ship', { orderId });
    expect(await row('SKU-00002')).toMatchObject({ total: -1, reserved: 0, available: -1 });
    const { itemId } = await row('SKU-00002');
    expect((await call('inventory.ledger', { itemId })).movements[0]).toMatchObject({
      reason: 'sale',
      quantity: -3,
      balance: -1,
      document: { kind: 'shipment', reference: '100' },
    });
    await call('history.undo', {});
    expect(await row('SKU-00002')).toMatchObject({ total: 2, reserved: 3 });
    await call('history.redo', {});
    expect((await row('SKU-00002')).total).toBe(-1);
    await call('orders.unship', { shipmentId: shipmentId ?? '' });
    expect(await row('SKU-00002')).toMatchObject({ total: 2, reserved: 3 });
    await sound();
  });

  it('name the bin to pick from', async () => {
    await open();
    const { locationId } = await main();
    await call('inventory.receive', { locationId, lines: [{ code: 'SKU-00000', quantity: 5, bin: 'B-12' }] });
    pullOrdersInto(test.engine, [remoteOrder('100', [1, 1])]);
    const { items } = await call('orders.get', { orderId: order() });
    expect(items.map(({ sku, bin }) => [sku, bin])).toEqual([
      ['SKU-00000', 'B-12'],
      ['SKU-00001', null],
    ]);
  });

  it('leave workspaces alone that keep no stock', async () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [1])]);
    const orderId = order();
    await call('orders.pick', { orderId });
    await call('orders.pack', { orderId });
    await call('orders.ship', { orderId });
    expect(await rows()).toEqual([]);
  });
});

describe('allocation', () => {
  it('writes what the rules leave into the listings as one edit that can be undone', async () => {
    await open();
    pullOrdersInto(test.engine, [remoteOrder('100', [0, 0, 0, 0, 0, 2])]);
    const { itemId } = await row('SKU-00006');
    await call('inventory.setRule', {
      itemId: null,
      accountId: null,
      rule: { buffer: 1, floor: 0, maximum: null },
    });
    await call('inventory.setRule', {
      itemId,
      accountId: accountOf(test),
      rule: { buffer: 0, floor: 0, maximum: 4 },
    });
    const preview = await call('inventory.allocationPreview', {});
    const shown = new Map(preview.lines.map((line) => [line.sku, [line.now, line.next]]));
    expect(shown.get('SKU-00006')).toEqual([6, 4]);
    expect(shown.get('SKU-00005')).toEqual([5, 2]);
    const outcome = await call('inventory.allocate', {});
    expect(outcome.applied).toBe(preview.changes);
    expect((await call('inventory.allocationPreview', {})).changes).toBe(0);
    const lanes = test.engine.db.pluck<number>("SELECT DISTINCT lane FROM outbox WHERE field = 'quantity'");
    expect(lanes).toEqual([0]);
    await call('history.undo', {});
    expect((await call('inventory.allocationPreview', {})).changes).toBe(preview.changes);
  });

  it('undoing a rule puts the one before in force', async () => {
    await open();
    const pair = { itemId: null, accountId: null };
    await call('inventory.setRule', { ...pair, rule: { buffer: 1, floor: 0, maximum: null } });
    await call('inventory.setRule', { ...pair, rule: { buffer: 3, floor: 0, maximum: null } });
    await call('history.undo', {});
    expect((await call('inventory.rules', {})).rules.map(({ buffer }) => buffer)).toEqual([1]);
    await call('history.undo', {});
    expect((await call('inventory.rules', {})).rules).toEqual([]);
    await call('history.redo', {});
    expect((await call('inventory.rules', {})).rules.map(({ buffer }) => buffer)).toEqual([1]);
  });
});

describe('the chain of hashes', () => {
  it('does not let a movement be changed or deleted', async () => {
    await open();
    const { db } = test.engine;
    expect(() => db.exec('UPDATE stock_movement SET quantity = 9')).toThrow(/never changed/);
    expect(() => db.exec('DELETE FROM stock_movement')).toThrow(/never deleted/);
  });

  it.each([
    ['a changed quantity', 'UPDATE stock_movement SET quantity = 99 WHERE rid = 3', 3],
    ['a changed actor', "UPDATE stock_movement SET actor = 'eve' WHERE rid = 5", 5],
    ['a removed row', 'DELETE FROM stock_movement WHERE rid = 4', 4],
  ])('shows %s that somebody made past the triggers', async (_name, text, at) => {
    await open();
    await sound();
    const raw = new BetterSqlite(join(test.dir, DATABASE_FILE));
    raw.exec('DROP TRIGGER stock_movement_fixed; DROP TRIGGER stock_movement_kept');
    raw.exec(text);
    raw.close();
    expect(await call('inventory.verify', {})).toMatchObject({ ok: false, brokenAt: at });
  });

  it('holds for notes that are no proper Unicode', async () => {
    await open();
    const { itemId } = await row('SKU-00003');
    const { locationId } = await main();
    await call('inventory.adjust', {
      reason: 'correction',
      note: 'half an emoji \uD83D and \u0000 too',
      changes: [{ itemId, locationId, onHand: 9 }],
    });
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true, brokenAt: null });
  });

  it('shows rows cut off at the end by the levels', async () => {
    await open();
    const raw = new BetterSqlite(join(test.dir, DATABASE_FILE));
    raw.exec('DROP TRIGGER stock_movement_kept');
    raw.exec('DELETE FROM stock_movement WHERE rid = (SELECT max(rid) FROM stock_movement)');
    raw.close();
    const found = await call('inventory.verify', {});
    expect(found).toMatchObject({ ok: false, brokenAt: null });
    expect(found.wrongLevels).toHaveLength(1);
  });
});
