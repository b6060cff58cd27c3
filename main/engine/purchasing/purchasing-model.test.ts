import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { caller, inventoryEngine } from '../testing/inventory-kit.ts';
import { seedListings } from '../testing/seed-listings.ts';
import type { TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
const call = caller(() => test);
afterEach(() => test.close());

const SKUS = ['SKU-00001', 'SKU-00002'] as const;

/** What a person could be refused; everything else is a bug. */
const REFUSALS: ReadonlySet<string> = new Set([
  'INVALID_STATE',
  'INVALID_VALUE',
  'NOTHING_TO_UNDO',
  'NOTHING_TO_REDO',
]);

type Step =
  | { readonly kind: 'receive'; readonly line: number; readonly units: number; readonly freight: number }
  | { readonly kind: 'order'; readonly line: number; readonly units: number }
  | { readonly kind: 'short'; readonly line: number }
  | { readonly kind: 'confirm' | 'close' | 'cancel' | 'undo' | 'redo' | 'restart' };

const line = fc.integer({ min: 0, max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('receive' as const),
      line,
      units: fc.integer({ min: 1, max: 9 }),
      freight: fc.integer({ min: 0, max: 999 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('order' as const),
      line,
      units: fc.integer({ min: 1, max: 30 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('short' as const), line }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom('undo', 'undo', 'redo', 'confirm', 'close', 'cancel', 'restart'),
    }) as fc.Arbitrary<Step>,
  },
);

async function take(one: Step, orderId: string): Promise<void> {
  const { lines } = await call('purchasing.order', { orderId });
  const lineId = 'line' in one ? (lines[one.line]?.lineId ?? '') : '';
  switch (one.kind) {
    case 'receive':
      await call('purchasing.receive', {
        orderId,
        freight: (one.freight / 100).toFixed(2),
        split: 'quantity',
        lines: [{ lineId, quantity: one.units, overReason: 'counted twice' }],
      });
      return;
    case 'order':
      await call('purchasing.editLines', { orderId, change: [{ lineId, quantity: one.units }] });
      return;
    case 'short':
      await call('purchasing.shortClose', { lineId, reason: 'gone' });
      return;
    case 'confirm':
    case 'close':
    case 'cancel':
      await call('purchasing.step', { orderId, step: one.kind, reason: 'enough' });
      return;
    case 'undo':
      await call('history.undo', {});
      return;
    case 'redo':
      await call('history.redo', {});
      return;
    case 'restart':
      test = await test.restart();
  }
}

/** What an order says, from the ledger and the layers by themselves. */
async function check(orderId: string): Promise<void> {
  const { order, lines, receipts } = await call('purchasing.order', { orderId });
  const { db } = test.engine;
  for (const { itemId, received, quantity, short, open } of lines) {
    const moved = db.getComposed<{ n: number }>(
      `SELECT coalesce(sum(m.quantity), 0) AS n FROM stock_movement m JOIN stock_item i ON i.rid = m.item_rid WHERE i.id = :id`,
      { id: itemId },
    );
    expect(moved?.n).toBe(received);
    expect(open).toBe(Math.max(0, quantity - received - short));
    const { cost, incoming } = await call('inventory.item', { itemId });
    expect(cost.unknownUnits).toBe(0);
    expect(cost.layers.reduce((sum, layer) => sum + layer.quantity, 0)).toBe(received);
    const onOrder = ['sent', 'confirmed', 'part_received'].includes(order.state) ? open : 0;
    expect(incoming.reduce((sum, { units }) => sum + units, 0)).toBe(onOrder);
  }
  const paid = receipts.flatMap(({ lines: all }) =>
    all.map((one) => (one.goodsMinor ?? 0) + one.freightMinor),
  );
  for (const receipt of receipts) {
    expect(receipt.lines.reduce((sum, one) => sum + one.freightMinor, 0)).toBe(receipt.freightMinor);
  }
  const layers = db.getComposed<{ n: number }>(
    'SELECT coalesce(sum(cost_minor), 0) AS n FROM stock_cost_layer WHERE removed_at_ms IS NULL',
  );
  expect(layers?.n).toBe(paid.reduce((a, b) => a + b, 0));
  expect(await call('inventory.verify', {})).toMatchObject({ ok: true, wrongLevels: [] });
}

it('an order, its receipts, the ledger and the cost layers never disagree, whatever is done and undone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 12 }), async (steps) => {
      test = await inventoryEngine();
      try {
        seedListings(test.engine, 3);
        const { supplierId } = await call('purchasing.saveSupplier', { name: 'N', currency: 'EUR' });
        const { orderId } = await call('purchasing.createOrder', {
          supplierId,
          lines: SKUS.map((code) => ({ code, quantity: 12, price: '1.23' })),
        });
        await call('purchasing.step', { orderId, step: 'send' });
        for (const one of steps) {
          try {
            await take(one, orderId);
          } catch (error) {
            if (!(error instanceof CodedError) || !REFUSALS.has(error.code)) throw error;
          }
          // Undoing far enough takes the order itself back.
          const { total } = await call('purchasing.orders', {});
          if (total === 0) return;
          await check(orderId);
        }
      } finally {
        test.close();
      }
    }),
    { numRuns: 8 },
  );
  test = await inventoryEngine();
});
