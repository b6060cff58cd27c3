import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestWorkspace, type TestWorkspace } from './import-test-kit.ts';

// The counts and sums below were taken from the files with another CSV reader.
const data = join(process.cwd(), '..', 'shared', 'data');
const present = existsSync(data);
if (!present)
  process.stderr.write(`Reference data is missing (${data}): the real product files are not tested\n`);

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => {
  workspace.close();
});

const sum = (rows: readonly Record<string, string | number | null>[], column: string): number =>
  rows.reduce((total, row) => total + Number(row[column] ?? 0), 0);

test('the WooCommerce sample products come in whole', async () => {
  if (!present) return;
  const file = join(data, 'woocommerce-sample-products.csv');
  const plan = await workspace.preview(file);
  expect(plan).toMatchObject({
    format: 'woocommerce',
    encoding: 'utf-8',
    delimiter: ',',
    rows: 25,
    products: 18,
    variants: 23,
    images: 26,
    create: 23,
    change: 0,
    unchanged: 0,
    skipped: [],
    skippedTotal: 0,
  });
  expect(plan.warnings.map(({ code }) => code)).toEqual(['CURRENCY_ASSUMED']);
  expect(workspace.rows()).toEqual([]);

  expect(plan).toMatchObject({
    account: 'Imported catalogue',
    newAccount: true,
    currency: 'EUR',
    currencyAssumed: true,
  });

  const outcome = await workspace.apply(file, { planId: plan.planId });
  expect(outcome).toMatchObject({
    accountId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    products: 18,
    created: 23,
    changed: 0,
    unchanged: 0,
    skipped: [],
    rejected: [],
  });
  const rows = workspace.rows();
  expect(rows).toHaveLength(23);
  expect(sum(rows, 'price_minor')).toBe(69_305);
  expect(sum(rows, 'sale_price_minor')).toBe(18_600);
  expect(rows.filter((row) => row.sale_price_minor !== null)).toHaveLength(7);
  expect(
    rows.every((row) => row.status === 'publish' && row.stock_status === 'instock' && row.manage_stock === 0),
  ).toBe(true);
  expect(rows.map((row) => row.kind).filter((kind) => kind === 'variable')).toHaveLength(7);

  const bySku = new Map(rows.map((row) => [row.sku, row]));
  expect(bySku.get('woo-hoodie-blue-logo')).toMatchObject({
    title: 'Hoodie',
    variant: 'Blue / Yes',
    price_minor: 4_500,
    sale_price_minor: null,
  });
  expect(bySku.get('woo-hoodie-red')).toMatchObject({
    title: 'Hoodie',
    variant: 'Red / No',
    price_minor: 4_500,
    sale_price_minor: 4_200,
  });
  // "Any size" is no part of the name.
  expect(bySku.get('woo-vneck-tee-blue')).toMatchObject({
    title: 'V-Neck T-Shirt',
    variant: 'Blue',
    price_minor: 1_500,
  });
  expect(bySku.get('woo-beanie')).toMatchObject({
    kind: 'simple',
    price_minor: 2_000,
    sale_price_minor: 1_800,
    weight: '0.2',
    categories: '["Clothing > Accessories"]',
  });
  expect(bySku.get('logo-collection')).toMatchObject({ kind: 'grouped', price_minor: null });
  expect(bySku.get('wp-pennant')).toMatchObject({ kind: 'external', price_minor: 1_105 });
  expect(bySku.get('woo-album')).toMatchObject({
    kind: 'simple',
    short_description: 'This is a simple, virtual product.',
  });
  expect(JSON.parse(String(bySku.get('logo-collection')?.images))).toHaveLength(4);

  const source = (sku: string): unknown =>
    (JSON.parse(String(bySku.get(sku)?.product_raw)) as { source: unknown }).source;
  expect(source('woo-album')).toMatchObject({
    format: 'woocommerce',
    id: '73',
    weightUnit: 'lbs',
    columns: {
      Type: 'simple, downloadable, virtual',
      'Tax status': 'taxable',
      'Download 2 name': 'Single 2',
    },
  });
  expect(source('logo-collection')).toMatchObject({
    columns: { 'Grouped products': 'woo-hoodie-with-logo, woo-tshirt, woo-beanie' },
  });
  expect(source('wp-pennant')).toMatchObject({
    columns: {
      'External URL': 'https://mercantile.wordpress.org/product/wordpress-pennant/',
      'Button text': 'Buy on the WordPress swag store!',
    },
  });
  expect(source('woo-hoodie-red')).toMatchObject({ sku: 'woo-hoodie', columns: { 'Length (in)': '10' } });
  expect(JSON.parse(String(bySku.get('woo-hoodie-red')?.raw))).toMatchObject({
    source: {
      options: [
        { name: 'Color', value: 'Red' },
        { name: 'Logo', value: 'No' },
      ],
      columns: { Images: expect.stringContaining('hoodie-2.jpg') as string },
    },
  });
});

test.each([
  {
    name: 'shopify-apparel.csv',
    rows: 22,
    products: 20,
    variants: 22,
    images: 20,
    price: 129_500,
    sale: 0,
    sales: 0,
    quantity: 22,
  },
  {
    name: 'shopify-jewelery.csv',
    rows: 41,
    products: 20,
    variants: 23,
    images: 41,
    price: 111_279,
    sale: 67_480,
    sales: 17,
    quantity: 20,
  },
])('$name comes in whole', async ({ name, price, sale, sales, quantity, ...counts }) => {
  if (!present) return;
  const file = join(data, name);
  expect(await workspace.preview(file)).toMatchObject({
    format: 'shopify',
    ...counts,
    create: counts.variants,
    skippedTotal: 0,
  });
  expect(await workspace.apply(file)).toMatchObject({
    created: counts.variants,
    skippedTotal: 0,
    rejected: [],
  });
  const rows = workspace.rows();
  expect(sum(rows, 'price_minor')).toBe(price);
  expect(sum(rows, 'sale_price_minor')).toBe(sale);
  expect(rows.filter((row) => row.sale_price_minor !== null)).toHaveLength(sales);
  expect(sum(rows, 'quantity')).toBe(quantity);
  expect(rows.every((row) => row.sku === null && row.status === 'publish' && row.backorders === 'no')).toBe(
    true,
  );
});

test('values of the Shopify jewelry stand where they belong', async () => {
  if (!present) return;
  await workspace.apply(join(data, 'shopify-jewelery.csv'));
  const rows = workspace.rows();
  const of = (title: string): Record<string, string | number | null>[] =>
    rows.filter((row) => row.title === title);
  expect(of('Anchor Bracelet Mens')).toMatchObject([
    {
      variant: 'Gold',
      kind: 'variable',
      price_minor: 8_500,
      sale_price_minor: 6_999,
      quantity: 1,
      slug: 'leather-anchor',
      tags: '["Anchor","Gold","Leather","Silver"]',
      categories: '["Bracelet"]',
    },
    { variant: 'Silver', price_minor: 8_500, sale_price_minor: 5_500, quantity: 0 },
  ]);
  expect(JSON.parse(String(of('Anchor Bracelet Mens')[0]?.images))).toHaveLength(3);
  expect(of('Boho Earrings')).toMatchObject([{ kind: 'simple', variant: '', weight: '0.987670935' }]);
  expect(String(of('Choker with Gold Pendant')[0]?.description)).toContain(
    '<li>Length, 12" with 2.5" extender</li>\n',
  );
  expect(of('Gemstone Necklace')).toHaveLength(2);
  expect(JSON.parse(String(of('Gemstone Necklace')[0]?.images))).toHaveLength(4);
});

test.each(['woocommerce-sample-products.csv', 'shopify-apparel.csv', 'shopify-jewelery.csv'])(
  '%s a second time changes nothing, and undo takes it all back',
  async (name) => {
    if (!present) return;
    const file = join(data, name);
    const first = await workspace.apply(file);
    const again = await workspace.apply(file);
    expect(again).toMatchObject({
      commandId: null,
      created: 0,
      changed: 0,
      unchanged: first.created,
      skippedTotal: 0,
      rejected: [],
    });
    workspace.undo();
    expect(workspace.rows()).toEqual([]);
    expect((await workspace.apply(file)).created).toBe(first.created);
  },
);
