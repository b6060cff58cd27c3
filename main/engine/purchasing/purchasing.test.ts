import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Params, Result } from '#shared/contract/methods.ts';
import { caller, inventoryEngine } from '../testing/inventory-kit.ts';
import { seedListings } from '../testing/seed-listings.ts';
import type { TestEngine } from '../testing/test-engine.ts';

let test: TestEngine;
const call = caller(() => test);
const DAY = 86_400_000;

beforeEach(async () => {
  test = await inventoryEngine();
  seedListings(test.engine, 6);
});
afterEach(() => test.close());

interface Bench {
  readonly supplierId: string;
  readonly orderId: string;
  readonly lines: Result<'purchasing.order'>['lines'];
}

/** A supplier with two items and an order that was sent. */
async function bench(extra: Partial<Params<'purchasing.saveSupplier'>> = {}): Promise<Bench> {
  const { supplierId } = await call('purchasing.saveSupplier', {
    name: 'Nordholz',
    currency: 'EUR',
    leadDays: 10,
    ...extra,
  });
  await call('purchasing.saveItem', {
    supplierId,
    code: 'SKU-00001',
    supplierCode: 'NH-1',
    pack: 6,
    minimum: 12,
    weightG: 250,
    breaks: [
      { from: 100, price: '1.80' },
      { from: 1, price: '2.00' },
    ],
  });
  await call('purchasing.saveItem', { supplierId, code: 'SKU-00002', breaks: [{ from: 1, price: '5.55' }] });
  const { orderId } = await call('purchasing.createOrder', {
    supplierId,
    lines: [
      { code: 'SKU-00001', quantity: 20 },
      { code: 'SKU-00002', quantity: 3 },
    ],
  });
  await call('purchasing.step', { orderId, step: 'send' });
  return { supplierId, orderId, lines: (await call('purchasing.order', { orderId })).lines };
}

async function stockOf(sku: string) {
  const { ids } = await call('inventory.open', { text: sku });
  const { rows } = await call('inventory.rows', { rids: [...ids] });
  const row = rows.find((one) => one.sku === sku);
  if (!row) throw new Error(`There is no ${sku}`);
  return row;
}

describe('suppliers', () => {
  it('are changed part by part, keep the name to themselves, and undo brings every part back', async () => {
    const { supplierId } = await call('purchasing.saveSupplier', { name: 'Nordholz', currency: 'EUR' });
    await call('purchasing.saveSupplier', { supplierId, minimum: '250.00', terms: 'Net 30', leadDays: 14 });
    const read = async () => (await call('purchasing.supplier', { supplierId })).supplier;
    expect(await read()).toMatchObject({
      name: 'Nordholz',
      minimumMinor: 25_000,
      terms: 'Net 30',
      leadDays: 14,
    });
    await call('history.undo', {});
    expect(await read()).toMatchObject({ minimumMinor: null, terms: '', leadDays: null });
    await call('history.redo', {});
    expect(await read()).toMatchObject({ minimumMinor: 25_000, leadDays: 14 });
    await expect(
      call('purchasing.saveSupplier', { name: 'nordholz', currency: 'USD' }),
    ).rejects.toMatchObject({ code: 'INVALID_VALUE' });
    await expect(call('purchasing.saveSupplier', { supplierId, minimum: '2,50' })).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      details: { field: 'minimum' },
    });
    await call('purchasing.removeSupplier', { supplierId });
    expect((await call('purchasing.suppliers', {})).suppliers).toEqual([]);
    await call('history.undo', {});
    expect((await call('purchasing.suppliers', { text: 'nord' })).suppliers).toHaveLength(1);
  });

  it('give back what still is as the undone step left it, and name what was changed since', async () => {
    const { supplierId } = await call('purchasing.saveSupplier', { name: 'Nordholz', currency: 'EUR' });
    const { commandId } = await call('purchasing.saveSupplier', {
      supplierId,
      terms: 'Net 30',
      leadDays: 14,
    });
    await call('purchasing.saveSupplier', { supplierId, terms: 'Net 60' });
    const outcome = await call('history.undo', { commandId: commandId ?? '' });
    expect(outcome).toMatchObject({ applied: 1, changedSinceTotal: 1, changedSince: [{ field: 'terms' }] });
    expect((await call('purchasing.supplier', { supplierId })).supplier).toMatchObject({
      terms: 'Net 60',
      leadDays: null,
    });
  });

  it('keep a log of what was agreed and warn before it ends', async () => {
    const { supplierId } = await call('purchasing.saveSupplier', { name: 'Nordholz', currency: 'EUR' });
    const terms = { supplierId, kind: 'terms', day: '2026-11-01', text: '2 % within 10 days' } as const;
    await call('purchasing.addNote', { ...terms, validUntil: '2026-12-01', saving: '120.00' });
    await call('purchasing.addNote', { ...terms, validUntil: '2027-11-01', saving: '30.00' });
    await call('purchasing.addNote', { ...terms, validUntil: '2026-11-20', saving: '1000.00' });
    const { notes, savingMinor, supplier } = await call('purchasing.supplier', { supplierId });
    expect(notes).toHaveLength(3);
    // What has ended saves nothing any more.
    expect(savingMinor).toBe(15_000);
    expect(supplier.termsUntil).toBe('2026-11-20');
    const { terms: ending } = await call('purchasing.alerts', { withinDays: 30 });
    expect(ending.map(({ endsInDays }) => endsInDays)).toEqual([-3, 8]);
    expect((await call('today.get', {})).tasks.find(({ kind }) => kind === 'terms_ending')).toMatchObject({
      count: 2,
      severity: 'soon',
      facts: { supplier: 'Nordholz', supplierId, days: -3 },
    });
    await expect(call('purchasing.addNote', { ...terms, validUntil: '2026-10-01' })).rejects.toMatchObject({
      details: { field: 'validUntil' },
    });
  });
});

describe('purchase orders', () => {
  it('raise quantities to whole packs and take prices from the breaks, which follow the quantity', async () => {
    const { supplierId } = await bench();
    const { orderId, raised } = await call('purchasing.createOrder', {
      supplierId,
      lines: [{ code: 'SKU-00001', quantity: 95 }],
    });
    expect(raised).toBe(1);
    const read = async () => (await call('purchasing.order', { orderId })).lines[0];
    const line = await read();
    expect(line).toMatchObject({
      quantity: 96,
      priceMinor: 200,
      supplierCode: 'NH-1',
      cheaper: { quantity: 102, savesMinor: 840 },
    });
    const lineId = line?.lineId ?? '';
    await call('purchasing.editLines', { orderId, change: [{ lineId, quantity: 100 }] });
    expect(await read()).toMatchObject({ quantity: 102, priceMinor: 180, cheaper: null });
    // A price that a person gave stays.
    await call('purchasing.editLines', { orderId, change: [{ lineId, price: '1.75' }] });
    await call('purchasing.editLines', { orderId, change: [{ lineId, quantity: 12 }] });
    expect(await read()).toMatchObject({ quantity: 12, priceMinor: 175 });
    const outcome = await call('purchasing.editLines', {
      orderId,
      change: [
        { lineId, quantity: 0, price: 'abc' },
        { lineId, quantity: 1.5, expectedOn: '2026-02-30' },
      ],
    });
    expect(outcome).toMatchObject({ applied: 0, commandId: null });
    expect(outcome.rejected.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'quantity OUT_OF_RANGE',
      'price INVALID_VALUE',
      'quantity INVALID_VALUE',
      'expectedOn INVALID_VALUE',
    ]);
  });

  it('show what is on its way once they are sent, and take partial deliveries into stock with undo', async () => {
    const { orderId, lines } = await bench();
    expect((await stockOf('SKU-00001')).incoming).toBe(24);
    const lineId = lines[0]?.lineId ?? '';
    const got = await call('purchasing.receive', {
      orderId,
      reference: 'LS-77',
      lines: [{ lineId, quantity: 10, bin: 'A-1' }],
    });
    expect(got).toMatchObject({ units: 10, state: 'part_received' });
    expect(await stockOf('SKU-00001')).toMatchObject({ incoming: 14, total: 10, available: 10 });
    const item = await call('inventory.item', { itemId: (await stockOf('SKU-00001')).itemId });
    expect(item.incoming).toEqual([
      { orderId, number: 'PO-0001', supplier: 'Nordholz', units: 14, expectedOn: '2026-12-03' },
    ]);
    await call('history.undo', {});
    expect(await stockOf('SKU-00001')).toMatchObject({ incoming: 24, total: 0 });
    expect((await call('purchasing.order', { orderId })).receipts).toEqual([]);
    await call('history.redo', {});
    expect(await stockOf('SKU-00001')).toMatchObject({ incoming: 14, total: 10 });
    await call('purchasing.receive', {
      orderId,
      lines: lines.map(({ lineId: id, open }) => ({ lineId: id, quantity: id === lineId ? 14 : open })),
    });
    expect((await call('purchasing.order', { orderId })).order).toMatchObject({
      state: 'received',
      steps: ['receive', 'close'],
      openUnits: 0,
    });
    expect(await call('inventory.verify', {})).toMatchObject({ ok: true });
  });

  it('refuse more than is open without a reason, and give up what will not come with one', async () => {
    const { orderId, lines } = await bench();
    const [first, second] = lines;
    const over = { lineId: second?.lineId ?? '', quantity: 5 };
    await expect(call('purchasing.receive', { orderId, lines: [over] })).rejects.toMatchObject({
      code: 'INVALID_VALUE',
      details: { open: 3 },
    });
    // Two rows of one line share what is open.
    const twice = { lineId: second?.lineId ?? '', quantity: 2 };
    await expect(call('purchasing.receive', { orderId, lines: [twice, twice] })).rejects.toMatchObject({
      details: { open: 1 },
    });
    expect((await stockOf('SKU-00002')).total).toBe(0);
    await call('purchasing.receive', { orderId, lines: [{ ...over, overReason: 'Two for free' }] });
    const one = await call('purchasing.shortClose', { lineId: first?.lineId ?? '', reason: 'Discontinued' });
    expect(one.state).toBe('received');
    expect((await stockOf('SKU-00001')).incoming).toBe(0);
    await call('history.undo', {});
    await expect(call('purchasing.step', { orderId, step: 'close' })).rejects.toMatchObject({
      details: { field: 'reason' },
    });
    await call('purchasing.step', { orderId, step: 'close', reason: 'Supplier is out' });
    const { order, lines: after } = await call('purchasing.order', { orderId });
    expect(order).toMatchObject({ state: 'closed', closeReason: 'Supplier is out', steps: [] });
    expect(after[0]).toMatchObject({ short: 24, shortReason: 'Supplier is out', open: 0 });
    await expect(
      call('purchasing.receive', { orderId, lines: [{ lineId: first?.lineId ?? '', quantity: 1 }] }),
    ).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });

  it('keep later steps standing: what a receipt rests on cannot be undone under it', async () => {
    const { orderId, lines } = await bench();
    await call('purchasing.receive', { orderId, lines: [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }] });
    const sent = test.engine.db.getComposed<{ id: string }>(
      `SELECT id FROM command WHERE label = 'Send PO-0001'`,
    );
    await expect(call('history.undo', { commandId: sent?.id ?? '' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
    });
    expect((await call('purchasing.order', { orderId })).order.state).toBe('part_received');
  });
});

describe('landed cost', () => {
  it('is in the layers to the cent, by value, by weight and by quantity', async () => {
    const { orderId, lines } = await bench();
    const [first, second] = lines;
    await call('purchasing.receive', {
      orderId,
      freight: '10.01',
      duty: '0.99',
      split: 'value',
      lines: [
        { lineId: first?.lineId ?? '', quantity: 7 },
        { lineId: second?.lineId ?? '', quantity: 2 },
      ],
    });
    const [receipt] = (await call('purchasing.order', { orderId })).receipts;
    const parts = receipt?.lines ?? [];
    expect(parts.reduce((sum, line) => sum + line.freightMinor, 0)).toBe(1_001);
    expect(parts.reduce((sum, line) => sum + line.dutyMinor, 0)).toBe(99);
    expect(parts.map(({ goodsMinor }) => goodsMinor)).toEqual([1_400, 1_110]);
    const costs = await Promise.all(
      ['SKU-00001', 'SKU-00002'].map(async (sku) => {
        const { itemId } = await stockOf(sku);
        return (await call('inventory.item', { itemId })).cost.layers[0]?.costMinor ?? 0;
      }),
    );
    expect(costs.reduce((a, b) => a + b, 0)).toBe(1_400 + 1_110 + 1_001 + 99);
    await expect(
      call('purchasing.receive', {
        orderId,
        freight: '1.00',
        split: 'weight',
        lines: lines.map(({ lineId }) => ({ lineId, quantity: 1 })),
      }),
    ).rejects.toMatchObject({ code: 'INVALID_VALUE', details: { sku: 'SKU-00002', field: 'split' } });
    await call('history.undo', {});
    const { itemId } = await stockOf('SKU-00001');
    expect((await call('inventory.item', { itemId })).cost.layers).toEqual([]);
  });
});

describe('the scorecard', () => {
  it('comes from own receipts: lead times, punctuality and fill, with how many and since when', async () => {
    const { supplierId, orderId, lines } = await bench();
    test.clock.advance(4 * DAY);
    await call('purchasing.receive', { orderId, lines: [{ lineId: lines[0]?.lineId ?? '', quantity: 24 }] });
    test.clock.advance(9 * DAY);
    const { overdue } = await call('purchasing.alerts', {});
    expect(overdue).toMatchObject([{ number: 'PO-0001', daysLate: 3, openUnits: 3 }]);
    const late = async () =>
      (await call('today.get', {})).tasks.find(({ kind }) => kind === 'purchases_late');
    expect(await late()).toMatchObject({ count: 1, facts: { number: 'PO-0001', days: 3, orderId } });
    await call('purchasing.receive', { orderId, lines: [{ lineId: lines[1]?.lineId ?? '', quantity: 3 }] });
    expect(await late()).toBeUndefined();
    const { scorecard } = await call('purchasing.supplier', { supplierId });
    expect(scorecard.onTime).toEqual({ n: 2, hits: 1, rate: 0.5 });
    expect(scorecard.fill).toEqual({ n: 2, ordered: 27, received: 27, rate: 1 });
    expect(scorecard.leadTime.n).toBe(2);
    expect(scorecard.leadTime.mean).toBeCloseTo(8.5, 3);
    expect(scorecard.leadTime.sd).toBeCloseTo(Math.sqrt(40.5), 3);
    expect(scorecard.from).not.toBeNull();
  });
});

describe('papers', () => {
  it('print what a supplier writes as text and export it without formulas', async () => {
    const { orderId } = await bench({ name: '<b>Nord</b>', terms: '=cmd()' });
    const { html, title } = await call('purchasing.document', { orderId, locale: 'de' });
    expect(title).toBe('Bestellung PO-0001');
    expect(html).toContain('&#60;b&#62;Nord');
    expect(html).not.toContain('<b>Nord');
    const item = { code: 'SKU-00003', supplierCode: '=HYPERLINK("x")' };
    const { order } = await call('purchasing.order', { orderId });
    await call('purchasing.saveItem', { supplierId: order.supplierId, ...item });
    await call('purchasing.editLines', { orderId, add: [{ code: 'SKU-00003', quantity: 2 }] });
    const file = join(test.dir, 'order.csv');
    const written = await call('purchasing.export', { orderId, file });
    expect(written.rows).toBe(3);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(`"'=HYPERLINK(""x"")"`);
    expect(text).toContain('PO-0001,1,NH-1,SKU-00001,');
    expect(text).toContain(',24,2.00,EUR,2026-12-03');
  });
});
