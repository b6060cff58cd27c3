import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pullOrdersInto, remoteOrder } from '../../orders/order-test-kit.ts';
import { caller, inventoryEngine } from '../../testing/inventory-kit.ts';
import { seedListings } from '../../testing/seed-listings.ts';
import type { TestEngine } from '../../testing/test-engine.ts';

let test: TestEngine;
const call = caller(() => test);
const orderIds = async () => (await call('orders.query', {})).rows.map(({ orderId }) => orderId);
const sender = {
  name: 'Käse & Co',
  line1: 'Weg 1',
  line2: '',
  postcode: '10115',
  city: 'Berlin',
  country: 'de',
};

beforeEach(async () => {
  test = await inventoryEngine();
  seedListings(test.engine, 2);
  pullOrdersInto(test.engine, [remoteOrder('WC^100', [2, 1])]);
});
afterEach(() => test.close());

describe('an address label', () => {
  it('says what is missing, then names the sender; texts of buyers stay text on paper and in ZPL', async () => {
    const before = await call('papers.label', { orderIds: await orderIds(), locale: 'de' });
    expect(before.missing).toMatchObject([{ number: 'WC^100', what: ['sender'] }]);
    expect(before.html).toContain('Absender fehlt');
    await call('papers.setSender', { sender });
    const label = await call('papers.label', { orderIds: await orderIds(), size: 'a6' });
    expect(label.missing).toEqual([]);
    expect(label.html).toContain('size: 105mm 148mm');
    expect(label.html).toContain('Ada &#60;b&#62;Byron');
    expect(label.html).toContain('<svg');
    expect(label.zpl).toContain('^FDKäse & Co^FS');
    expect(label.zpl).toContain('^PW840');
    expect(label.zpl).toMatch(/\^BCN,160,N,N,N,N\^FH_\^FDWC_5E100\^FS/);
    expect(label.zpl.match(/\^XA/g)).toHaveLength(1);
    await call('history.undo', {});
    expect((await call('papers.sender', {})).sender).toBeNull();
  });
});

describe('a customs form', () => {
  it('marks what nobody knows and adds up what is known', async () => {
    const before = await call('papers.customs', { orderIds: await orderIds(), form: 'CN22' });
    expect(before.missing.map(({ sku, what }) => [sku, what.length])).toEqual([
      ['SKU-00000', 3],
      ['SKU-00001', 3],
    ]);
    for (const sku of ['SKU-00000', 'SKU-00001']) {
      await call('papers.setCustoms', {
        sku,
        hsCode: '691200',
        origin: 'pt',
        weightG: 250,
        description: 'Ceramic mug',
      });
    }
    const form = await call('papers.customs', { orderIds: await orderIds(), form: 'CN23' });
    expect(form.missing).toEqual([]);
    expect(form.html).toContain('0.750 kg');
    expect(form.html).toContain('15.00 EUR');
    expect(form.html).toContain('>PT<');
    await call('history.undo', {});
    expect((await call('papers.customs', { orderIds: await orderIds(), form: 'CN22' })).missing).toHaveLength(
      1,
    );
    await expect(call('papers.setCustoms', { sku: 'X', hsCode: '12' })).rejects.toThrow(/4 to 10 digits/);
  });
});
