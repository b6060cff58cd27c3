import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OrderDetail } from '#shared/contract/orders.ts';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { queryOrders } from './order-query.ts';
import { getOrder } from './order-rows.ts';
import { pullOrdersInto, remoteOrder } from './order-test-kit.ts';
import { packingSlips } from './packing-slip.ts';
import { pickList } from './pick-list.ts';
import { shortPick } from './short-pick.ts';
import { advance, ship } from './steps.ts';

let test: TestEngine;
const call = { actor: 'test' };

beforeEach(async () => {
  test = await testEngine();
  seedListings(test.engine, 3);
});
afterEach(() => test.close());

const details = (): OrderDetail[] =>
  queryOrders(test.engine.db, { sort: 'number' }, test.clock.now()).rows.map((row) =>
    getOrder(test.engine.db, row.orderId, test.clock.now()),
  );
const first = (): OrderDetail => {
  const [order] = details();
  if (!order) throw new Error('There is no order');
  return order;
};
/** The words of a page, without styles and pictures. */
const words = (html: string): string =>
  html
    .replace(/<style>[^]*?<\/style>|<svg[^]*?<\/svg>/g, ' ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

describe('a packing slip', () => {
  it('shows what a buyer typed as text, never as markup, and carries a barcode', () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [2], { note: '<script>alert(1)</script>' })]);
    const slip = packingSlips(details(), 'de');
    expect(slip.html).not.toContain('<script');
    expect(slip.html).not.toContain('<b>');
    expect(slip.html).toContain('<svg');
    expect(slip.title).toBe('Lieferschein 100');
    expect(words(slip.html)).toContain('Bestellsumme 10,00');
  });

  it('lists what is in the box and what is still to come', () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [3, 1])]);
    const [line] = first().items;
    const lines = [{ lineId: line?.lineId ?? '', quantity: 2 }];
    advance(test.engine, 'pick', { orderId: first().orderId, lines }, call);
    advance(test.engine, 'pack', { orderId: first().orderId, lines }, call);
    expect(words(packingSlips(details(), 'en').html)).toMatch(
      /Thing 0 Still to come: 1 2 .*Thing 1 Still to come: 1 0 /,
    );
    ship(test.engine, { orderId: first().orderId, carrier: 'DHL', tracking: 'T1' }, call);
    expect(words(packingSlips(details(), 'en').html)).toContain('DHL T1');
    advance(test.engine, 'pick', { orderId: first().orderId }, call);
    advance(test.engine, 'pack', { orderId: first().orderId }, call);
    ship(test.engine, { orderId: first().orderId }, call);
    // The second box holds the rest, and nothing is owed any more.
    const second = words(packingSlips(details(), 'en').html);
    expect(second).toMatch(/Thing 0 1 .*Thing 1 1 /);
    expect(second).not.toContain('Still to come');
  });

  it('of several orders is one document with a sheet for each', () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [1]), remoteOrder('200', [1])]);
    const slips = packingSlips(details(), 'en');
    expect(slips.title).toBe('Packing slip 100 +1');
    expect(slips.html.match(/class="sheet"/g)).toHaveLength(2);
  });
});

describe('a pick list', () => {
  it('joins the same item of all orders and says whose it is', () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [2, 1]), remoteOrder('200', [3])]);
    const list = words(pickList(details(), 'en', 0).html);
    expect(list).toContain('2 orders · 2 items · 6 units');
    expect(list).toMatch(/SKU-00000 Thing 0 5 100 \(2\), 200 \(3\) SKU-00001 Thing 1 1 100 /);
  });

  it('leaves out what is picked, what is missing, and orders that were stopped', () => {
    pullOrdersInto(test.engine, [
      remoteOrder('100', [2, 1]),
      remoteOrder('200', [1], { disposition: 'cancelled' }),
    ]);
    const { orderId, items } = first();
    advance(test.engine, 'pick', { orderId, lines: [{ lineId: items[0]?.lineId, quantity: 1 }] }, call);
    shortPick(test.engine, { orderId, lineId: items[1]?.lineId ?? '', reason: 'damaged' }, call);
    expect(words(pickList(details(), 'en', 0).html)).toContain('1 order · 1 item · 1 unit');
    advance(test.engine, 'pick', { orderId, lines: [{ lineId: items[0]?.lineId }] }, call);
    expect(words(pickList(details(), 'de', 0).html)).toContain('Alles ist gepickt.');
  });

  it('walks from bin to bin, items without one last', () => {
    pullOrdersInto(test.engine, [remoteOrder('100', [1, 1, 1])]);
    const order = first();
    const bins = ['B-10', null, 'B-2'];
    const items = order.items.map((line, index) => ({ ...line, bin: bins[index] ?? null }));
    const list = words(pickList([{ ...order, items }], 'en', 0).html);
    expect(list).toMatch(/Bin B-2 SKU-00002 .*Bin B-10 SKU-00000 .*Without a bin SKU-00001/);
  });
});
