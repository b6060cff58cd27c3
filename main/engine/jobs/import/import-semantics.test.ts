import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestWorkspace, type TestWorkspace } from './import-test-kit.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => {
  workspace.close();
});

const csv = (...lines: string[]): string => lines.join('\r\n');

test('a blank keeps, a value sets, and undo restores what was there', async () => {
  const first = workspace.put(
    'a.csv',
    csv('sku,title,price,tags,quantity', 'A1,Lamp,10,"red, blue",5', 'A2,Chair,20,,7'),
  );
  expect(await workspace.apply(first)).toMatchObject({ created: 2 });
  const second = workspace.put(
    'b.csv',
    csv('sku,title,price,tags,quantity', 'A1,,12.50,,', 'A2,Chair,20,,7', 'A3,Table,30,,'),
  );
  const plan = await workspace.preview(second);
  expect(plan).toMatchObject({ create: 1, change: 1, unchanged: 1, cells: 1 });
  expect(plan.samples.find(({ action }) => action === 'change')).toMatchObject({
    sku: 'A1',
    title: 'Lamp',
    changes: [{ field: 'price', before: '10.00', after: '12.50' }],
  });
  await workspace.apply(second);
  const lamp = { sku: 'A1', title: 'Lamp', tags: '["red","blue"]', quantity: 5 };
  expect(workspace.rows()).toMatchObject([{ ...lamp, price_minor: 1_250 }, { sku: 'A2' }, { sku: 'A3' }]);
  workspace.undo();
  expect(workspace.rows()).toMatchObject([
    { ...lamp, price_minor: 1_000 },
    { sku: 'A2', price_minor: 2_000 },
  ]);
});

test('an import is one journal entry with all its cells', async () => {
  const file = workspace.put('a.csv', csv('sku,title,price', 'A1,Lamp,10', 'A2,Chair,20'));
  const { commandId } = await workspace.apply(file);
  const commands = workspace.db.allComposed<{ id: string; label: string; cells: number; rows: number }>(
    'SELECT id, label, cells, rows FROM command',
  );
  expect(commands).toEqual([{ id: commandId, label: 'Import a.csv', cells: 4, rows: 4 }]);
});

test('rows of the file that cannot be used are named, never dropped', async () => {
  const file = workspace.put(
    'a.csv',
    csv(
      'sku,title,price',
      'A1,Lamp,10',
      'A1,Other,11',
      'A2,,20',
      ',,5',
      'A3,Shelf,9,extra',
      'A4,Box',
      'A5,Bad,abc',
    ),
  );
  const plan = await workspace.preview(file);
  expect(plan.skipped.map(({ row, code }) => [row, code])).toEqual([
    [3, 'DUPLICATE_SKU'],
    [4, 'NO_TITLE'],
    [5, 'NO_PRODUCT'],
    [6, 'RAGGED_ROW'],
  ]);
  expect(plan).toMatchObject({ rows: 7, create: 3, skippedTotal: 4 });
  expect(plan.warnings.map(({ row, code }) => [row, code])).toEqual([
    [1, 'CURRENCY_ASSUMED'],
    [7, 'RAGGED_ROW'],
    [8, 'NOT_MONEY'],
  ]);
  const outcome = await workspace.apply(file);
  expect(outcome.skipped).toEqual(plan.skipped);
  expect(outcome.rejected).toMatchObject([
    { field: 'price', code: 'NOT_MONEY', message: expect.stringContaining('Row 8 (A5)') as string },
  ]);
  const bad = workspace.rows().find((row) => row.sku === 'A5');
  expect(outcome.rejected[0]?.listingId).toBe(bad?.id);
  expect(bad?.price_minor).toBeNull();
});

test('a plan is refused when the file or the choices changed after the preview', async () => {
  const file = workspace.put('a.csv', csv('sku,title,price', 'A1,Lamp,10'));
  const { planId } = await workspace.preview(file);
  workspace.put('a.csv', csv('sku,title,price', 'A1,Lamp,1'));
  await expect(workspace.apply(file, { planId })).rejects.toMatchObject({ code: 'INVALID_STATE' });
  const other = await workspace.preview(file);
  await expect(workspace.apply(file, { planId: other.planId, currency: 'USD' })).rejects.toMatchObject({
    code: 'INVALID_STATE',
  });
  expect(workspace.rows()).toEqual([]);
  expect(await workspace.apply(file, { planId: other.planId })).toMatchObject({ created: 1 });
});

test('a shop takes changes of what it has; new rows are listed with the advice', async () => {
  const accountId = workspace.addShop('Shop');
  workspace.db.exec(`
    INSERT INTO product (id, account_rid, external_id, kind, title, status, raw) VALUES ('p1', 1, '44', 'simple', 'Lamp', 'publish', '{}');
    INSERT INTO listing (id, account_rid, product_rid, sku, price_minor, updated_at_ms) VALUES ('l1', 1, 1, 'A1', 1000, 0)`);
  const file = workspace.put('a.csv', csv('sku,title,price,category', 'A1,Lamp,12,Light', 'A2,Chair,20,'));
  const plan = await workspace.preview(file, { accountId });
  expect(plan).toMatchObject({ create: 0, change: 1, cells: 1, skippedTotal: 1 });
  expect(plan.skipped).toMatchObject([{ row: 3, sku: 'A2', code: 'NOT_ON_CHANNEL' }]);
  expect(plan.warnings).toMatchObject([{ row: 2, code: 'READ_ONLY_FIELD' }]);
  await workspace.apply(file, { accountId });
  expect(workspace.db.allComposed('SELECT field, base, state FROM outbox')).toEqual([
    { field: 'price', base: 1_000, state: 'pending' },
  ]);
  expect(workspace.rows()).toMatchObject([{ sku: 'A1', price_minor: 1_200, categories: null }]);
  await expect(workspace.preview(file, { accountId, currency: 'USD' })).rejects.toMatchObject({
    code: 'INVALID_VALUE',
  });
});

test('decimal commas are read by what the file itself shows, with a word about it', async () => {
  const file = workspace.put(
    'a.csv',
    csv('sku;title;price;weight', 'A1;Lamp;12,50;0,5', 'A2;Chair;1.234,00;2', 'A3;Table;1.500;'),
  );
  const plan = await workspace.preview(file);
  expect(plan.delimiter).toBe(';');
  expect(plan.warnings.map(({ code }) => code)).toContain('DECIMAL_COMMA');
  await workspace.apply(file);
  expect(workspace.rows()).toMatchObject([
    { price_minor: 1_250, weight: '0.5' },
    { price_minor: 123_400 },
    { price_minor: 150_000 },
  ]);
});

test('a number that could mean two things is refused, not guessed', async () => {
  const file = workspace.put('a.csv', csv('sku,title,price', 'A1,Lamp,"1,234"', 'A2,Chair,1.234'));
  await workspace.apply(file);
  expect(workspace.rows().map((row) => row.price_minor)).toEqual([null, null]);
});

test('a currency in the cells names the catalogue, and other currencies get their own', async () => {
  const pounds = workspace.put('a.csv', csv('sku,title,price', 'A1,Lamp,£12.50'));
  expect((await workspace.preview(pounds)).warnings).toEqual([]);
  await workspace.apply(pounds);
  const yen = workspace.put('b.csv', csv('sku,title,price', 'A1,Lamp,1250'));
  await workspace.apply(yen, { currency: 'JPY' });
  expect(workspace.rows().map((row) => row.price_minor)).toEqual([1_250, 1_250]);
  expect(
    workspace.db.allComposed('SELECT name, currency, currency_exponent FROM account ORDER BY rid'),
  ).toEqual([
    { name: 'Imported catalogue', currency: 'GBP', currency_exponent: 2 },
    { name: 'Imported catalogue (JPY)', currency: 'JPY', currency_exponent: 0 },
  ]);
});

test('WooCommerce variations find parents by SKU or id, before or after them, and missing parents are named', async () => {
  const file = workspace.put(
    'woo.csv',
    csv(
      'ID,Type,SKU,Name,Published,Regular price,Parent,Attribute 1 name,Attribute 1 value(s),Stock,In stock?,Backorders allowed?',
      '11,variation,S-red,,1,10,id:10,Color,Red,3,1,0',
      '10,variable,S,Shirt,0,,,Color,"Red, Blue",,1,0',
      '12,variation,S-blue,,1,11,S,Color,Blue,,0,notify',
      '13,variation,X-1,,1,11,nowhere,Color,Blue,,0,0',
      '20,variable,E,Empty,1,,,,,,,',
      '21,simple,D,Draft,-1,5,,,,,backorder,1',
    ),
  );
  const plan = await workspace.preview(file);
  expect(plan.skipped.map(({ row, code }) => [row, code])).toEqual([
    [5, 'PARENT_MISSING'],
    [6, 'NO_VARIANTS'],
  ]);
  await workspace.apply(file);
  expect(workspace.rows()).toMatchObject([
    {
      sku: 'S-red',
      title: 'Shirt',
      kind: 'variable',
      variant: 'Red',
      status: 'private',
      quantity: 3,
      manage_stock: 1,
      stock_status: 'instock',
      backorders: 'no',
    },
    {
      sku: 'S-blue',
      title: 'Shirt',
      variant: 'Blue',
      quantity: null,
      manage_stock: 0,
      stock_status: 'outofstock',
      backorders: 'notify',
    },
    { sku: 'D', kind: 'simple', status: 'draft', stock_status: 'onbackorder', backorders: 'yes' },
  ]);
  expect(new Set(workspace.rows().map((row) => row.product_rid)).size).toBe(2);
  // A later file with only the parent's row still reaches the product.
  const parent = workspace.put(
    'parent.csv',
    csv('ID,Type,SKU,Name,Published', '10,variable,S,Better shirt,1'),
  );
  expect(await workspace.apply(parent)).toMatchObject({ changed: 1, skippedTotal: 0 });
  expect(workspace.rows()[0]).toMatchObject({ title: 'Better shirt', status: 'publish' });
});

test('Shopify: new column names, scattered rows, sale prices that end', async () => {
  const header =
    'Title,URL handle,Description,Tags,Published on online store,Status,SKU,Barcode,Option1 name,Option1 value,Price,Compare-at price,Inventory tracker,Inventory quantity,Continue selling when out of stock,Weight value (grams),Weight unit for display,Product image URL,Image position,Image alt text';
  const file = workspace.put(
    'shopify.csv',
    csv(
      header,
      'Mug,mug,<p>A mug</p>,"a, b",true,active,M-1,4006381333931,Size,S,8,10,shopify,4,CONTINUE,250,g,https://x.example/2.jpg,2,two',
      ',mug,,,,,M-2,,,L,9,,,,deny,,,https://x.example/1.jpg,1,one',
      'Cap,cap,,,false,active,,,Title,Default Title,5,,,,,,,,,',
      ',mug,,,,,,,,,,,,,,,,https://x.example/3.jpg,3,',
    ),
  );
  expect(await workspace.preview(file)).toMatchObject({
    format: 'shopify',
    products: 2,
    variants: 3,
    images: 3,
    skippedTotal: 0,
  });
  await workspace.apply(file);
  expect(workspace.rows()).toMatchObject([
    {
      title: 'Mug',
      sku: 'M-1',
      variant: 'S',
      gtin: '4006381333931',
      price_minor: 1_000,
      sale_price_minor: 800,
      quantity: 4,
      manage_stock: 1,
      backorders: 'yes',
      weight: '250',
      status: 'publish',
    },
    { title: 'Mug', sku: 'M-2', variant: 'L', price_minor: 900, sale_price_minor: null, backorders: 'no' },
    { title: 'Cap', variant: '', status: 'private', price_minor: 500 },
  ]);
  expect(JSON.parse(String(workspace.rows()[0]?.images))).toEqual([
    { src: 'https://x.example/1.jpg', alt: 'one' },
    { src: 'https://x.example/2.jpg', alt: 'two' },
    { src: 'https://x.example/3.jpg', alt: '' },
  ]);
  const lower = workspace.put(
    'lower.csv',
    csv('Handle,Option1 Value,Variant SKU,Variant Price', 'mug,S,M-1,7', 'mug,L,M-2,8.50'),
  );
  expect(await workspace.apply(lower)).toMatchObject({ changed: 2 });
  expect(workspace.rows()).toMatchObject([
    { price_minor: 1_000, sale_price_minor: 700 },
    { price_minor: 850, sale_price_minor: null },
    {},
  ]);
  const over = workspace.put(
    'over.csv',
    csv('Handle,Option1 Value,Variant SKU,Variant Price', 'mug,S,M-1,10'),
  );
  expect(await workspace.preview(over)).toMatchObject({
    cells: 0,
    warnings: [{ row: 2, code: 'SALE_KEPT' }],
  });
});

test('a changed handle neither edits the wrong product nor doubles it', async () => {
  const first = workspace.put(
    'a.csv',
    csv('Handle,Title,Option1 Value,Variant SKU,Variant Price', 'mug,Mug,Default Title,M-1,8'),
  );
  await workspace.apply(first);
  const second = workspace.put(
    'b.csv',
    csv('Handle,Title,Option1 Value,Variant SKU,Variant Price', 'big-mug,Mug,Default Title,M-1,9'),
  );
  const plan = await workspace.preview(second);
  expect(plan).toMatchObject({ create: 0, change: 1, cells: 1 });
  expect(plan.warnings.map(({ code }) => code)).toEqual(['HANDLE_DIFFERS']);
});

test('rules between fields hold: a sale price has to be below the price', async () => {
  const file = workspace.put('a.csv', csv('sku,title,price,sale price', 'A1,Lamp,10,12', 'A2,Chair,10,8'));
  expect((await workspace.apply(file)).rejected).toMatchObject([
    { field: 'salePrice', code: 'SALE_NOT_BELOW_PRICE' },
  ]);
  expect(workspace.rows()).toMatchObject([
    { price_minor: 1_000, sale_price_minor: null },
    { sale_price_minor: 800 },
  ]);
  const lower = workspace.put('b.csv', csv('sku,price', 'A2,7'));
  expect((await workspace.apply(lower)).rejected).toMatchObject([
    { field: 'price', code: 'SALE_NOT_BELOW_PRICE' },
  ]);
  expect(workspace.rows()[1]).toMatchObject({ price_minor: 1_000 });
});

test('a SKU can be renamed through the id of an export, but not onto another listing', async () => {
  await workspace.apply(workspace.put('a.csv', csv('sku,title', 'A1,Lamp', 'A2,Chair')));
  const [lamp, chair] = workspace.rows();
  const file = workspace.put(
    'b.csv',
    csv('Quayside ID,sku', `${String(lamp?.id)},A9`, `${String(chair?.id)},A9`),
  );
  const outcome = await workspace.apply(file);
  expect(outcome.rejected).toMatchObject([{ listingId: chair?.id, field: 'sku', code: 'SKU_DUPLICATE' }]);
  expect(workspace.rows().map((row) => row.sku)).toEqual(['A9', 'A2']);
});

test('generic columns are learned in German too, or chosen', async () => {
  const file = workspace.put(
    'a.csv',
    csv('Artikelnummer;Bezeichnung;Preis (EUR);Bestand;EAN;Farbe', 'A1;Leuchte;9,99;3;4006381333931;rot'),
  );
  const plan = await workspace.preview(file);
  expect(plan.columns).toEqual([
    { header: 'Artikelnummer', target: 'sku' },
    { header: 'Bezeichnung', target: 'title' },
    { header: 'Preis (EUR)', target: 'price' },
    { header: 'Bestand', target: 'quantity' },
    { header: 'EAN', target: 'gtin' },
    { header: 'Farbe', target: null },
  ]);
  await workspace.apply(file, {
    format: 'generic',
    mapping: { Artikelnummer: 'sku', Bezeichnung: 'title', Farbe: 'tags', Bestand: '-' },
  });
  expect(workspace.rows()).toMatchObject([
    { sku: 'A1', title: 'Leuchte', tags: '["rot"]', quantity: null, price_minor: null },
  ]);
  await expect(
    workspace.preview(file, { format: 'generic', mapping: { Farbe: 'colour' } }),
  ).rejects.toMatchObject({ code: 'UNKNOWN_FIELD' });
  await expect(workspace.preview(file, { format: 'generic', mapping: { Nix: 'sku' } })).rejects.toMatchObject(
    { code: 'BAD_INPUT' },
  );
});

test('a repeated request answers with the first result', async () => {
  const file = workspace.put('a.csv', csv('sku,title', 'A1,Lamp'));
  const { applyImport } = await import('./import-file.ts');
  const requestId = workspace.newId();
  const once = await applyImport(workspace, { file }, { actor: 'test', requestId });
  workspace.put('a.csv', csv('sku,title', 'A1,Lamp', 'A2,Chair'));
  expect(await applyImport(workspace, { file }, { actor: 'test', requestId })).toEqual(once);
  expect(workspace.rows()).toHaveLength(1);
});

test('rows without SKU pair up by title, and titles that are not clear are named', async () => {
  const file = workspace.put('a.csv', csv('title,price', 'Lamp,10', 'Lamp,11', 'Chair,5'));
  await workspace.apply(file);
  expect(await workspace.apply(file)).toMatchObject({ created: 0, unchanged: 3 });
  const one = workspace.put('b.csv', csv('title,price', 'Lamp,12', 'Chair,6'));
  const plan = await workspace.preview(one);
  expect(plan.skipped).toMatchObject([{ row: 2, code: 'AMBIGUOUS_TITLE' }]);
  expect(plan).toMatchObject({ change: 1, create: 0 });
});
