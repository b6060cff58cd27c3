import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { editListings } from '../../../catalog/edit.ts';
import { advance, ship } from '../../../orders/steps.ts';
import { addAccount } from '../../../sync/manage-accounts.ts';
import { exportHandList, handList, importAccountFile } from '../../../sync/by-hand.ts';
import { publish } from '../../../sync/publish.ts';
import { testEngine, type TestEngine } from '../../../testing/test-engine.ts';
import { createEtsyConnector } from '../connector.ts';

const LISTINGS =
  'TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,IMAGE2,VARIATION 1 TYPE,VARIATION 1 NAME,VARIATION 1 VALUES,SKU';
const ORDERS =
  'Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,Variations,SKU';

interface Shop {
  mug: { title: string; price: string; quantity: number };
  shipped: string;
}

const signal = new AbortController().signal;
const call = { actor: 'test' };
let test: TestEngine;
let accountId: string;
let shop: Shop;
beforeEach(async () => {
  shop = { mug: { title: 'Blue mug', price: '20.00', quantity: 5 }, shipped: '' };
  test = await testEngine({ connectors: [createEtsyConnector()] });
  ({ accountId } = await addAccount(
    test.engine,
    { platform: 'etsy', name: 'Clay', baseUrl: 'https://www.etsy.com/shop/Clay', credentials: {} },
    call,
  ));
});
afterEach(() => test.close());

const path = (name: string): string => join(test.dir, name);
const bring = async (kind: 'listings' | 'orders') => {
  const { mug, shipped } = shop;
  const listings = [
    LISTINGS,
    `"${mug.title}","Line one, with a comma",${mug.price},EUR,${mug.quantity},"blue_mug,stoneware",clay,https://i/1.jpg,https://i/2.jpg,,,,MUG-1`,
    'Fern print,Green,16.00,EUR,9,fern,paper,https://i/3.jpg,,Size,Size,"A4,A3",',
    'Ring,,see shop,EUR,1,,,https://i/4.jpg,,,,,RING',
  ];
  const orders = [
    ORDERS,
    `09/22/26,Blue mug,jane,2,20.00,4.00,8.50,1.00,40.00,EUR,4001,1501,09/22/26,${shipped},Jane Doe,1 Main St,Austin,TX,78701,United States,3001,,MUG-1`,
    `09/22/26,Fern print,jane,1,16.00,0,0,0,16.00,EUR,4002,1502,09/22/26,${shipped},Jane Doe,1 Main St,Austin,TX,78701,United States,3001,Size:A4,`,
  ];
  const file = path(`${kind}.csv`);
  writeFileSync(file, `${(kind === 'listings' ? listings : orders).join('\n')}\n`);
  return importAccountFile(test.engine, { accountId, file }, signal);
};
const one = <T>(query: string): T => test.engine.db.getComposed<{ value: T }>(query)?.value as T;
const mug = (): string => one<string>("SELECT id AS value FROM listing WHERE sku = 'MUG-1'");
const edit = (fields: Record<string, string | number>): void => {
  const changes = Object.entries(fields).map(([field, value]) => ({ listingId: mug(), field, value }));
  expect(editListings(test.engine.journal, { changes }, call).rejected).toEqual([]);
};
const states = (): string[] => test.engine.db.pluck('SELECT state FROM outbox ORDER BY rid');

describe('an Etsy shop without access to the API', () => {
  it('is read from Etsy’s own downloads; what cannot be read is set aside with its row', async () => {
    expect(await bring('listings')).toMatchObject({
      kind: 'listings',
      listings: { added: 2 },
      quarantined: 1,
    });
    expect(one('SELECT reason AS value FROM quarantine')).toBe('row 4: "see shop" is no price');
    expect(one("SELECT price_minor AS value FROM listing WHERE sku = 'MUG-1'")).toBe(2_000);
    expect(one(`SELECT tags AS value FROM product WHERE title = 'Blue mug'`)).toBe(
      '["blue mug","stoneware"]',
    );
    expect(await bring('orders')).toMatchObject({ kind: 'orders', orders: { added: 1 } });
    expect(one('SELECT total_minor AS value FROM sales_order')).toBe(5_600 - 400 + 850 + 100);
    expect(one('SELECT count(*) AS value FROM order_line')).toBe(2);
    // An unreadable row is no deletion.
    shop.mug.price = 'ask';
    expect(await bring('listings')).toMatchObject({
      listings: { added: 0, changed: 0, removed: 0 },
      quarantined: 2,
    });
  });

  it('nothing is green until a download shows it', async () => {
    await bring('listings');
    edit({ price: '25.00', title: 'Blue mug, large' });
    await publish(test.engine, {}, signal);
    expect(states()).toEqual(['accepted', 'accepted']);
    expect(handList(test.engine, { accountId })).toMatchObject({
      total: 2,
      items: [
        { title: 'Blue mug, large', sku: 'MUG-1', field: 'price', from: '20.00', to: '25.00' },
        { field: 'title', from: 'Blue mug', to: 'Blue mug, large' },
      ],
    });
    // The person has made one of the two.
    shop.mug.price = '25.00';
    expect(await bring('listings')).toMatchObject({ verified: 1, waiting: 1 });
    expect(states()).toEqual(['verified', 'accepted']);
    shop.mug.title = 'Blue mug, large';
    expect(await bring('listings')).toMatchObject({ verified: 1, waiting: 0 });
    expect(states()).toEqual(['verified', 'verified']);
  });

  it('a restart keeps the list, and a value that nobody wanted is told', async () => {
    await bring('listings');
    edit({ quantity: 7 });
    await publish(test.engine, {}, signal);
    test = await test.restart();
    expect(states()).toEqual(['accepted']);
    shop.mug.quantity = 6;
    await bring('listings');
    expect(one('SELECT code AS value FROM outbox')).toBe('READ_BACK_MISMATCH');
  });

  it('the list is a file that a spreadsheet opens safely', async () => {
    await bring('listings');
    edit({ title: '=HYPERLINK("x")' });
    await publish(test.engine, {}, signal);
    const file = path('todo.csv');
    expect(await exportHandList(test.engine, { accountId, file })).toMatchObject({ items: 1 });
    expect(readFileSync(file, 'utf8')).toContain(`title,Blue mug,"'=HYPERLINK(""x"")"`);
  });

  it('a shipment waits until a download shows the order as sent', async () => {
    await bring('listings');
    await bring('orders');
    const orderId = one<string>('SELECT id AS value FROM sales_order');
    for (const step of ['pick', 'pack'] as const) advance(test.engine, step, { orderId }, call);
    ship(test.engine, { orderId, carrier: 'DHL', tracking: 'T1' }, call);
    await publish(test.engine, {}, signal);
    expect(handList(test.engine, { accountId }).items).toMatchObject([
      { title: '3001', field: null, to: 'DHL T1' },
    ]);
    await bring('orders');
    expect(states()).not.toContain('verified');
    shop.shipped = '09/24/26';
    await bring('orders');
    expect(states()).toEqual(['verified']);
    expect(handList(test.engine, { accountId }).total).toBe(0);
  });

  it('other tables, and accounts with an API, are refused with the reason', async () => {
    const file = path('other.csv');
    writeFileSync(file, 'A,B\n1,2\n');
    await expect(importAccountFile(test.engine, { accountId, file }, signal)).rejects.toMatchObject({
      code: 'FILE_FORMAT',
    });
    const api = await addAccount(
      test.engine,
      {
        platform: 'etsy',
        name: 'API',
        baseUrl: 'https://api.etsy.com',
        credentials: { keystring: 'k', sharedSecret: 's' },
      },
      call,
    );
    await expect(
      importAccountFile(test.engine, { accountId: api.accountId, file }, signal),
    ).rejects.toMatchObject({ code: 'BAD_INPUT' });
  });
});
