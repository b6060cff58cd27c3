import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestWorkspace, type TestWorkspace } from './import-test-kit.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => {
  workspace.close();
});

test('Etsy downloads bring pictures, spaced tags and their own currency', async () => {
  const file = workspace.put(
    'etsy.csv',
    'TITLE,DESCRIPTION,PRICE,CURRENCY_CODE,QUANTITY,TAGS,MATERIALS,IMAGE1,IMAGE2,SKU\r\n' +
      'Tom &amp; Jerry mug,"a, b",12.50,GBP,3,"blue_mug,gift",clay,https://x.example/1.jpg,https://x.example/2.jpg,M-1\r\n',
  );
  expect(await workspace.preview(file)).toMatchObject({ format: 'etsy', currency: 'GBP', create: 1 });
  await workspace.apply(file);
  expect(workspace.rows()).toMatchObject([
    { title: 'Tom & Jerry mug', sku: 'M-1', price_minor: 1_250, quantity: 3, tags: '["blue mug","gift"]' },
  ]);
  expect(workspace.rows()[0]?.images).toContain('https://x.example/2.jpg');
});

test('Amazon reports and inventory files are read by their own names', async () => {
  const report = workspace.put(
    'report.txt',
    'item-name\titem-description\tlisting-id\tseller-sku\tprice\tquantity\nMug 12" high\tGood\t9\t00123\t8.5\t4\n',
  );
  expect(await workspace.preview(report)).toMatchObject({ format: 'amazon', delimiter: '\t' });
  await workspace.apply(report);
  const flat = workspace.put(
    'flat.txt',
    'item_sku\titem_name\tstandard_price\tbullet_point1\tbullet_point2\n00123\tMug\t9\tOne\tTwo\n',
  );
  expect(await workspace.apply(flat)).toMatchObject({ changed: 1 });
  expect(workspace.rows()).toMatchObject([{ sku: '00123', title: 'Mug', price_minor: 900, quantity: 4 }]);
});

test('the locations of a SKU in a Shopify inventory file are added up, and only stock changes', async () => {
  await workspace.apply(workspace.put('a.csv', 'sku,title,quantity\nA1,Lamp,1\nA2,Cup,5\nA3,Bad,7\n'));
  const file = workspace.put(
    'stock.csv',
    'Handle,Title,Option1 Name,Option1 Value,SKU,Location,Available\n' +
      'x,New name,Title,Default,A1,Berlin,4\nx,New name,,,A1,Paris,not stocked\nx,,,,A1,Rome,3\ny,,,,A2,Berlin,not stocked\nz,,,,A3,Rome,many\n',
  );
  const outcome = await workspace.apply(file);
  expect(outcome).toMatchObject({ changed: 1, rejected: [{ field: 'quantity' }] });
  expect(workspace.rows().map(({ title, quantity }) => [title, quantity])).toEqual([
    ['Lamp', 7],
    ['Cup', 5],
    ['Bad', 7],
  ]);
});
