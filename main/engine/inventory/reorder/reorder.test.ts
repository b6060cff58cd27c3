import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pullOrdersInto, remoteOrder } from '../../orders/order-test-kit.ts';
import { accountOf, caller, inventoryEngine } from '../../testing/inventory-kit.ts';
import { seedListings } from '../../testing/seed-listings.ts';
import type { TestEngine } from '../../testing/test-engine.ts';

const DAY = 86_400_000;
let test: TestEngine;
const call = caller(() => test);

beforeEach(async () => {
  test = await inventoryEngine();
  seedListings(test.engine, 3);
  await call('inventory.takeOpening', { accountId: accountOf(test) });
  const now = test.clock.now();
  pullOrdersInto(
    test.engine,
    Array.from({ length: 120 }, (_, ago) =>
      remoteOrder(v7(), [1 + (ago % 3), ago % 4 === 0 ? 1 : 0], {
        placedAtMs: now - (ago + 1) * DAY,
        disposition: 'shipped',
      }),
    ),
  );
  await call('forecast.run', {});
});
afterEach(() => test.close());

describe('what to order', () => {
  it('says for every item how its quantity came about, in packs of its supplier', async () => {
    const plain = await call('reorder.plan', {});
    expect(plain.policy).toEqual({ leadDays: 14, coverDays: 28, reviewDays: 7, service: 0.95 });
    expect(plain.proposals.map(({ sku }) => sku)).toEqual(['SKU-00000', 'SKU-00001']);
    const [first] = plain.proposals;
    expect(first).toMatchObject({ position: 0, supplier: null, cost: null, abc: 'A', rounded: 'none' });
    expect(first?.quantity).toBe(first?.upTo);
    expect(first?.odds).toBeGreaterThan(0.99);
    expect(first?.leadDemand).toBeCloseTo((first?.daily ?? 0) * 14, 0);
    expect(plain.unpriced).toBe(2);

    const { supplierId } = await call('purchasing.saveSupplier', {
      name: 'Mill',
      currency: 'EUR',
      leadDays: 30,
    });
    const itemId = first?.itemId ?? '';
    await call('purchasing.saveItem', {
      supplierId,
      code: 'SKU-00000',
      pack: 24,
      breaks: [
        { from: 1, price: '2.00' },
        { from: 100, price: '1.50' },
      ],
    });
    const bought = await call('reorder.plan', { supplierId });
    expect(bought.proposals).toMatchObject([
      { itemId, supplier: { supplierId, name: 'Mill' }, leadDays: 30, pack: 24, rounded: 'pack' },
    ]);
    const [line] = bought.proposals;
    expect((line?.quantity ?? 1) % 24).toBe(0);
    expect(line?.quantity).toBeGreaterThan(first?.quantity ?? 0);
    expect(line?.cost).toEqual({ minor: (line?.quantity ?? 0) * 150, currency: 'EUR' });
    expect(bought.costs).toEqual([line?.cost]);
    // What is on order counts as there; what does not fit the budget is said to.
    const poor = await call('reorder.plan', { supplierId, budgetMinor: 100 });
    expect(poor).toMatchObject({ units: 0, costs: [], proposals: [{ affordable: false }] });
    const { orderId } = await call('purchasing.createOrder', {
      supplierId,
      lines: [{ code: 'SKU-00000', quantity: line?.quantity ?? 0 }],
    });
    await call('purchasing.step', { orderId, step: 'send' });
    expect((await call('reorder.plan', { supplierId })).proposals).toEqual([]);
  });

  it('shows what the safety stock would have bought in the last year', async () => {
    const { withSafety, withoutSafety } = await call('reorder.backtest', { sku: 'SKU-00000', service: 0.99 });
    expect(withSafety?.fillRate).toBeGreaterThan(0.98);
    expect(withSafety?.averageStock).toBeGreaterThan(withoutSafety?.averageStock ?? Infinity);
    await expect(call('reorder.backtest', { sku: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('goes into a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quayside-reorder-'));
    const file = join(folder, 'plan.csv');
    expect(await call('reorder.export', { file })).toEqual({ file, rows: 2 });
    const [head = '', first = ''] = readFileSync(file, 'utf8').split('\r\n');
    expect(head).toMatch(/^sku,title,supplier,quantity,/);
    expect(first).toMatch(/^SKU-00000,/);
    rmSync(folder, { recursive: true });
    await expect(call('reorder.export', { file: join(folder, 'a', 'b') })).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
    });
  });
});
