import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CodedError } from '#shared/errors/coded-error.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { canonicalImages, canonicalTags } from '#shared/domain/field-values.ts';
import { openTestWorkspace, type TestWorkspace } from '../import/import-test-kit.ts';
import { runExport } from './export-file.ts';
import type { ExportFormat } from './export-product.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => {
  workspace.close();
});

const FORMATS: readonly ExportFormat[] = ['woocommerce', 'shopify', 'generic'];
const data = join(process.cwd(), '..', 'shared', 'data');

const HOSTILE = [
  '=1+1',
  '+49 30',
  '-5',
  '@SUM(A1)',
  "'=x",
  "''-",
  '\tTab',
  '\rCR',
  '00123',
  '1E5',
  '1,234',
  '12.50',
  'a;b',
  'a,b',
  'a\\,b',
  'a\\',
  'say "hi"',
  "it's",
  'line\nbreak',
  'line\r\nbreak',
  '\\n',
  '\\\\n',
  '\\\nx',
  'emoji 👩‍👩‍👧 🇩🇪',
  'שלום עולם',
  'مرحبا',
  '\u202ertl',
  ' lead',
  'trail ',
  '\ufeffbom',
  '[]',
  '["a"]',
  '{"a":1}',
  'TRUE',
  'null',
  '#N/A',
  'x'.repeat(32_000),
  '"',
  '""',
  ',',
  ';',
  '\u00a0',
  '\u0001',
  'id:5',
  'a / b',
  'Default Title',
];
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HOSTILE) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 30 }).filter((value) => !value.includes('\0')),
  },
);
const filled = text.filter((value) => value.trim() !== '');
const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null });
const list = optional(fc.array(text, { maxLength: 4 }).map(canonicalTags));
const images = optional(
  fc
    .array(
      fc.record({
        src: fc.constantFrom(
          'https://x.example/a.jpg',
          'https://x.example/b,c.jpg',
          'https://x.example/d.jpg?x=1',
        ),
        alt: text,
        externalId: optional(fc.constant('7')).map((id) => id ?? undefined),
      }),
      { maxLength: 3 },
    )
    .map(canonicalImages),
);
const weight = optional(fc.constantFrom('0', '0.5', '1.234', '12', '0.123456789', '1000.5'));
const listing = fc.record({
  variant: fc.oneof(fc.constant(''), text),
  sku: optional(filled.map((value) => value.trim()).filter((value) => value !== '' && value.length < 200)),
  gtin: optional(text.filter((value) => value.length < 90)),
  price: optional(fc.integer({ min: 0, max: 10_000_000 })),
  sale: optional(fc.integer({ min: 0, max: 10_000_000 })),
  from: optional(fc.integer({ min: 0, max: 4_000_000_000_000 })),
  to: optional(fc.integer({ min: 0, max: 4_000_000_000_000 })),
  quantity: optional(fc.integer({ min: -5, max: 1_000_000 })),
  manage: fc.constantFrom(0, 1),
  stock: optional(fc.constantFrom('instock', 'outofstock', 'onbackorder')),
  backorders: optional(fc.constantFrom('no', 'notify', 'yes')),
  weight,
});
const product = fc.record({
  kind: fc.constantFrom('simple', 'variable', 'grouped', 'external'),
  title: text,
  description: optional(text),
  short: optional(text),
  slug: optional(text),
  status: fc.constantFrom('publish', 'draft', 'pending', 'private'),
  tags: list,
  categories: list,
  images,
  listings: fc.array(listing, { minLength: 1, maxLength: 4 }),
});
type Product = typeof product extends fc.Arbitrary<infer T> ? T : never;

function store(
  target: TestWorkspace,
  products: readonly Product[],
  platform: 'local' | 'woocommerce',
  currency: string,
): string {
  const { db } = target;
  const id = target.newId();
  db.runComposed(
    "INSERT INTO account (id, platform, name, base_url, currency, created_at_ms) VALUES (:id, :platform, 'A', '', :currency, 0)",
    { id, platform, currency },
  );
  let n = 0;
  for (const item of products) {
    n += 1;
    const productId = target.newId();
    const { rid } = db.runComposed(
      `INSERT INTO product (id, account_rid, external_id, kind, title, description, short_description, slug, status, tags, categories, images)
       VALUES (:id, 1, :external, :kind, :title, :description, :short, :slug, :status, :tags, :categories, :images)`,
      {
        id: productId,
        external: platform === 'local' ? null : String(n),
        kind: item.kind,
        title: item.title,
        description: item.description,
        short: item.short,
        slug: item.slug,
        status: item.status,
        tags: item.tags,
        categories: item.categories,
        images: item.images,
      },
    );
    for (const row of item.listings) {
      n += 1;
      db.runComposed(
        `INSERT INTO listing (id, account_rid, product_rid, external_id, variant, sku, gtin, price_minor, sale_price_minor, sale_from_at_ms, sale_to_at_ms,
           quantity, manage_stock, stock_status, backorders, weight, updated_at_ms)
         VALUES (:id, 1, :product, :external, :variant, :sku, :gtin, :price, :sale, :from, :to, :quantity, :manage, :stock, :backorders, :weight, 0)`,
        {
          id: target.newId(),
          product: rid,
          external: platform === 'local' ? null : String(n),
          variant: row.variant,
          sku: row.sku,
          gtin: row.gtin,
          price: row.price,
          sale: row.sale,
          from: row.from,
          to: row.to,
          quantity: row.quantity,
          manage: row.manage,
          stock: row.stock,
          backorders: row.backorders,
          weight: row.weight,
        },
      );
    }
  }
  return id;
}

function snapshot(target: TestWorkspace): unknown {
  return [
    target.db.allComposed('SELECT * FROM product ORDER BY rid'),
    target.db.allComposed('SELECT * FROM listing ORDER BY rid'),
  ];
}

const CASES = [
  ...FORMATS.flatMap((format) =>
    (['local', 'woocommerce'] as const).map((platform) => ({ format, platform, kind: 'csv' })),
  ),
  { format: 'generic', platform: 'local', kind: 'xlsx' },
  { format: 'shopify', platform: 'local', kind: 'xlsx' },
  { format: 'generic', platform: 'woocommerce', kind: 'json' },
  { format: 'woocommerce', platform: 'local', kind: 'jsonl' },
  { format: 'generic', platform: 'local', kind: 'tsv' },
] as const;

/** False where Excel could not hold a cell, which the export has to say. */
async function fits(kind: string, exporting: Promise<unknown>): Promise<boolean> {
  try {
    await exporting;
    return true;
  } catch (error) {
    if (kind === 'xlsx' && error instanceof CodedError && error.code === 'FILE_TOO_LARGE') return false;
    throw error;
  }
}

test.each(CASES)(
  'importing an export in $format as $kind into a $platform account changes nothing, whatever the cells hold',
  async ({ format, platform, kind }) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(product, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        async (products, currency) => {
          const fresh = await openTestWorkspace();
          try {
            const accountId = store(fresh, products, platform, currency);
            const before = snapshot(fresh);
            const file = join(fresh.dir, `out.${kind}`);
            fc.pre(await fits(kind, runExport(fresh, { file, format, accountId })));
            const plan = await fresh.preview(file, { format, accountId });
            const variants = products.reduce((sum, item) => sum + item.listings.length, 0);
            expect({
              create: plan.create,
              change: plan.change,
              unchanged: plan.unchanged,
              cells: plan.cells,
              skipped: plan.skipped,
            }).toEqual({
              create: 0,
              change: 0,
              unchanged: variants,
              cells: 0,
              skipped: [],
            });
            expect(await fresh.apply(file, { format, accountId })).toMatchObject({
              commandId: null,
              changed: 0,
            });
            expect(snapshot(fresh)).toEqual(before);
          } finally {
            fresh.close();
          }
        },
      ),
      { numRuns: kind === 'csv' ? 10 : 6 },
    );
  },
  120_000,
);

/** Field values that every format has to carry to another workspace. */
function values(target: TestWorkspace, format: ExportFormat): unknown[] {
  return target.rows().map((row) => [
    row.title,
    row.variant,
    row.sku,
    row.status,
    row.description,
    row.short_description,
    // Shopify knows no product without a handle, so one is made up.
    format === 'shopify' ? null : row.slug,
    row.tags,
    row.categories,
    row.images,
    row.gtin,
    row.price_minor,
    row.sale_price_minor,
    row.quantity,
    row.manage_stock,
    row.stock_status,
    row.backorders,
    row.weight,
  ]);
}

test.each([
  ...FORMATS.map((format) => [format, 'csv'] as const),
  ['generic', 'xlsx'] as const,
  ['woocommerce', 'json'] as const,
  ['shopify', 'tsv'] as const,
])('what %s as %s carries to another workspace is the same there', async (format, kind) => {
  for (const name of ['woocommerce-sample-products.csv', 'shopify-apparel.csv', 'shopify-jewelery.csv']) {
    if (!existsSync(data)) {
      process.stderr.write(`Reference data is missing (${data}): the real product files are not tested\n`);
      return;
    }
    const [from, to] = [await openTestWorkspace(), await openTestWorkspace()];
    try {
      await from.apply(join(data, name));
      const file = join(from.dir, `out.${kind}`);
      const { rows } = await runExport(from, { file, format });
      const outcome = await to.apply(file, { format });
      expect(outcome).toMatchObject({ created: from.rows().length, skippedTotal: 0, rejected: [] });
      const sorted = (list: unknown[]): string[] => list.map((row) => JSON.stringify(row)).sort();
      const mine = sorted(values(from, format));
      expect(sorted(values(to, format))).toEqual(mine);
      expect(rows).toBeGreaterThanOrEqual(mine.length);
    } finally {
      from.close();
      to.close();
    }
  }
});

test('what a file brought beyond our fields goes out again in its format', async () => {
  const source =
    'ID,Type,SKU,Name,Published,Regular price,Tax class,Meta: _x\r\n5,"simple, virtual",A1,Lamp,1,10,reduced-rate,=7\r\n';
  await workspace.apply(workspace.put('a.csv', source.replace('=7', "'=7")));
  const file = join(workspace.dir, 'out.csv');
  await runExport(workspace, { file, format: 'woocommerce' });
  const out = readFileSync(file, 'utf8');
  expect(out.startsWith('\ufeffID,Type,')).toBe(true);
  expect(out).toContain('"simple, virtual"');
  expect(out).toContain('reduced-rate');
  expect(out).toContain("'=7");
});

test('text that a spreadsheet would run is escaped, numbers stay numbers', async () => {
  await workspace.apply(workspace.put('a.csv', "sku,title,price\r\nA1,'=cmd|x,10.50\r\n"));
  const file = join(workspace.dir, 'out.csv');
  for (const format of FORMATS) {
    await runExport(workspace, { file, format });
    const out = readFileSync(file, 'utf8');
    expect(out).toContain("'=cmd|x");
    expect(out).toMatch(/(^|,)10\.50(,|$)/m);
  }
});

test('an edit in the spreadsheet wins over what the exact column remembers', async () => {
  await workspace.apply(
    workspace.put('a.csv', 'sku,title,status\r\nA1,Lamp,pending\r\nA2,Chair,pending\r\n'),
  );
  const file = join(workspace.dir, 'out.csv');
  await runExport(workspace, { file, format: 'woocommerce' });
  const [head, first, second] = readFileSync(file, 'utf8').trim().split('\r\n');
  const edited = workspace.put('edited.csv', [head, first?.replace(',-1,', ',1,'), second].join('\r\n'));
  expect(await workspace.apply(edited)).toMatchObject({ changed: 1, unchanged: 1 });
  expect(workspace.rows().map((row) => row.status)).toEqual(['publish', 'pending']);
});

test('rows of a view keep its order, with a product in one place; an unknown account is named', async () => {
  await workspace.apply(
    workspace.put('a.csv', 'sku,title,variant\r\nA1,Lamp,\r\nB1,Shirt,Red\r\nC1,Cup,\r\nB2,Shirt,Blue\r\n'),
  );
  const rid = Object.fromEntries(workspace.rows().map((row) => [row.sku, Number(row.rid)]));
  const file = join(workspace.dir, 'out.csv');
  const outcome = await runExport(workspace, {
    file,
    format: 'generic',
    rids: [rid.B2, rid.C1, rid.B1].map(Number),
  });
  expect(outcome.rows).toBe(3);
  expect(outcome.bytes).toBe(readFileSync(file).length);
  const skus = readFileSync(file, 'utf8')
    .split('\r\n')
    .slice(1, -1)
    .map((line) => line.split(',')[3]);
  expect(skus).toEqual(['B2', 'B1', 'C1']);
  await expect(
    runExport(workspace, { file, format: 'generic', accountId: workspace.newId() }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a stopped or failed export leaves the old file alone and nothing beside it', async () => {
  await workspace.apply(workspace.put('a.csv', 'sku,title\r\nA1,Lamp\r\n'));
  const file = workspace.put('out.csv', 'old');
  const before = readdirSync(workspace.dir).sort();
  const stopped = runExport(workspace, { file, format: 'generic' }, { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(readdirSync(workspace.dir).sort()).toEqual(before);
  await expect(
    runExport(workspace, { file: join(workspace.dir, 'no', 'out.csv'), format: 'generic' }),
  ).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
});
