import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pullOrdersInto, remoteOrder } from '../orders/order-test-kit.ts';
import { accountOf, caller, inventoryEngine } from '../testing/inventory-kit.ts';
import { seedListings } from '../testing/seed-listings.ts';
import type { TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
const call = caller(() => test);
let moment: string;

beforeEach(async () => {
  test = await inventoryEngine();
  seedListings(test.engine, 6);
  pullOrdersInto(test.engine, [remoteOrder('100', [1, 1]), remoteOrder('200', [1])]);
  await call('inventory.takeOpening', { accountId: accountOf(test) });
  moment = (await call('history.list', {})).commands[0]?.commandId ?? '';
});
afterEach(() => test.close());

const orderId = async (text: string): Promise<string> =>
  (await call('orders.query', { text })).rows[0]?.orderId ?? '';
const progress = (): unknown =>
  test.engine.db.allComposed('SELECT picked, packed, shipped FROM order_line ORDER BY rid');
const levels = (): unknown =>
  test.engine.db.allComposed('SELECT item_rid, location_rid, quantity FROM stock_level ORDER BY 1, 2');
async function ship(text: string): Promise<void> {
  const id = await orderId(text);
  await call('orders.pick', { orderId: id });
  await call('orders.pack', { orderId: id });
  await call('orders.ship', { orderId: id, carrier: 'DHL', tracking: `T${text}` });
}
async function count(onHand: number): Promise<string> {
  const { ids } = await call('inventory.open', {});
  const item = (await call('inventory.rows', { rids: [...ids] })).rows.find(({ sku }) => sku === 'SKU-00005');
  const place = (await call('inventory.locations', {})).locations.find(({ main }) => main);
  const changes = [{ itemId: item?.itemId ?? '', locationId: place?.locationId ?? '', onHand }];
  const { commandId } = await call('inventory.adjust', { reason: 'correction', changes });
  return commandId ?? '';
}

describe('a warehouse that returns to a moment', () => {
  it('takes back steps, shipments that wait, and stock; undoing that brings all of it again', async () => {
    const then = { progress: progress(), levels: levels() };
    await ship('100');
    const first = await count(9);
    await call('history.undo', { commandId: first });
    await call('history.redo', {});
    await count(3);
    const later = { progress: progress(), levels: levels() };

    const preview = await call('history.previewRevert', { commandId: moment });
    expect({ progress: progress(), levels: levels() }).toEqual(later);
    const { commandId, ...outcome } = await call('history.revertTo', { commandId: moment });
    expect(outcome).toEqual(preview);
    expect(outcome).toMatchObject({ keptTotal: 0, changedSinceTotal: 0 });
    expect({ progress: progress(), levels: levels() }).toEqual(then);
    expect((await call('orders.get', { orderId: await orderId('100') })).state).toBe('ready');

    await call('history.undo', { commandId });
    expect({ progress: progress(), levels: levels() }).toEqual(later);
    expect((await call('orders.get', { orderId: await orderId('100') })).state).toBe('shipped');
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true });
    expect((await call('workspace.verify', {})).ok).toBe(true);
  });

  it('keeps a shipment that the shop knows, with the steps under it, and takes the rest back', async () => {
    const then = levels();
    await ship('100');
    test.engine.db.exec("UPDATE outbox SET state = 'verified' WHERE kind = 'ship'");
    await call('orders.pick', { orderId: await orderId('200') });
    await count(9);
    const outcome = await call('history.revertTo', { commandId: moment });
    expect(outcome.kept).toMatchObject([{ label: 'Ship order 100', code: 'INVALID_STATE' }]);
    expect(progress()).toEqual([
      { picked: 1, packed: 1, shipped: 1 },
      { picked: 1, packed: 1, shipped: 1 },
      { picked: 0, packed: 0, shipped: 0 },
    ]);
    expect(levels()).not.toEqual(then);
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true });
    expect((await call('workspace.verify', {})).ok).toBe(true);
  });
});
