import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  LISTING_FIELDS,
  type ListingField,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import type { Database } from '../../db/database.ts';
import { BulkInsert } from './bulk-insert.ts';
import { idSeries } from './id-series.ts';
import type { ImportedProduct, ImportedVariant, RowProblem } from './imported-product.ts';
import { toStoredFields, type RefusedCell, type StoredFields, type ValueContext } from './stored-fields.ts';

export const PRODUCT_FIELDS = LISTING_FIELDS.filter((field) => field.entity === 'product');
export const VARIANT_FIELDS = LISTING_FIELDS.filter((field) => field.entity === 'listing');

const NUMERIC = new Set<ListingField['type']>(['money', 'integer', 'boolean', 'dateTime']);
const declare = (fields: readonly ListingField[]): string =>
  fields.map(({ column, type }) => `${column} ${NUMERIC.has(type) ? 'INTEGER' : 'TEXT'}`).join(', ');
const columnsOf = (fields: readonly ListingField[]): string[] => fields.map(({ column }) => column);

const PRODUCT_COLUMNS = [
  'n',
  'row',
  'key',
  'kind',
  'product_id',
  'handle',
  'source_id',
  'parent_sku',
  'rest',
  'weight_unit',
  'new_id',
  ...columnsOf(PRODUCT_FIELDS),
];
const VARIANT_COLUMNS = [
  'n',
  'row',
  'product_n',
  'listing_id',
  'source_id',
  'variant',
  'position',
  'options',
  'rest',
  'selling_only',
  'counts_stock',
  'new_id',
  ...columnsOf(VARIANT_FIELDS),
];

const SCHEMA = `
CREATE TABLE staging.product (
  n INTEGER PRIMARY KEY, row INTEGER, key TEXT, kind TEXT, product_id TEXT, handle TEXT, source_id TEXT,
  parent_sku TEXT, rest TEXT, weight_unit TEXT, new_id TEXT, ${declare(PRODUCT_FIELDS)},
  product_rid INTEGER, cells INTEGER NOT NULL DEFAULT 0);
CREATE UNIQUE INDEX staging.product_key ON product (key) WHERE key IS NOT NULL;
CREATE TABLE staging.alias (name TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE staging.variant (
  n INTEGER PRIMARY KEY, row INTEGER, product_n INTEGER, listing_id TEXT, source_id TEXT, variant TEXT, position INTEGER,
  options TEXT, rest TEXT, selling_only INTEGER, counts_stock INTEGER, new_id TEXT, ${declare(VARIANT_FIELDS)},
  listing_rid INTEGER, action TEXT, cells INTEGER NOT NULL DEFAULT 0);
CREATE TABLE staging.problem (
  n INTEGER PRIMARY KEY, kind TEXT NOT NULL, row INTEGER NOT NULL, sku TEXT, code TEXT NOT NULL, message TEXT NOT NULL,
  field TEXT, variant_n INTEGER, product_n INTEGER)`;

/** A further part of a product: what it adds is taken, what differs is not. */
const mergeProduct = `UPDATE staging.product SET
  row = CASE WHEN kind IS NULL THEN :row ELSE row END, kind = coalesce(kind, :kind), handle = coalesce(handle, :handle), source_id = coalesce(source_id, :source_id),
  parent_sku = coalesce(parent_sku, :parent_sku), product_id = coalesce(product_id, :product_id),
  weight_unit = coalesce(weight_unit, :weight_unit), rest = CASE rest WHEN '{}' THEN :rest ELSE rest END,
  ${columnsOf(PRODUCT_FIELDS)
    .map((column) => `${column} = coalesce(${column}, :${column})`)
    .join(', ')}
  WHERE n = :n`;
const findProduct = `SELECT n, row, kind, ${columnsOf(PRODUCT_FIELDS).join(', ')} FROM staging.product WHERE key = :key`;
const insertAlias = 'INSERT OR IGNORE INTO staging.alias (name, n) VALUES (:name, :n)';
const insertProblem = `INSERT INTO staging.problem (kind, row, sku, code, message, field, variant_n, product_n)
  VALUES (:kind, :row, :sku, :code, :message, :field, :variant, :product)`;

type KnownProduct = { n: number; row: number; kind: string | null } & Record<string, string | number | null>;

/**
 * The rows of one file in a throw-away database on disk, attached to the
 * workspace's connection: memory does not grow with the file, and matching
 * and writing are joins instead of loops.
 */
export class Staging {
  readonly db: Database;
  private readonly dir: string;
  private readonly context: ValueContext;
  private readonly newId: () => string;
  private readonly products: BulkInsert;
  private readonly variants: BulkInsert;
  /** Keys of products that wait in the bulk insert. */
  private readonly waiting = new Set<string>();
  private nextProduct = 1;
  private nextVariant = 1;
  private lastKey = '';
  private lastN = 0;
  images = 0;

  constructor(db: Database, context: ValueContext, newId: () => string) {
    this.db = db;
    this.context = context;
    this.newId = idSeries(newId);
    this.products = new BulkInsert(db, 'staging.product', PRODUCT_COLUMNS);
    this.variants = new BulkInsert(db, 'staging.variant', VARIANT_COLUMNS);
    this.dir = mkdtempSync(join(tmpdir(), 'quayside-import-'));
    try {
      db.runComposed('ATTACH DATABASE :file AS staging', { file: join(this.dir, 'staging.db') });
      // Nothing is rolled back here while the file is read: a failed import throws the staging away.
      db.exec('PRAGMA staging.journal_mode = OFF');
      db.exec('PRAGMA staging.synchronous = OFF');
      db.exec('PRAGMA staging.cache_size = -65536');
      db.exec(SCHEMA);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    try {
      this.db.exec('DETACH DATABASE staging');
    } finally {
      rmSync(this.dir, { recursive: true, force: true });
    }
  }

  /** Adds one batch of products in one go. */
  add(products: readonly ImportedProduct[], problems: readonly RowProblem[]): void {
    this.db.transaction(() => {
      for (const product of products) this.addProduct(product);
      for (const problem of problems) this.problem(problem);
      this.flush();
    });
  }

  private flush(): void {
    this.products.flush();
    this.variants.flush();
    this.waiting.clear();
  }

  problem(problem: {
    kind: 'skip' | 'warn' | 'refuse';
    row: number;
    sku: string | null;
    code: string;
    message: string;
  }): void {
    this.db.runComposed(insertProblem, {
      kind: problem.kind,
      row: problem.row,
      sku: problem.sku,
      code: problem.code,
      message: problem.message,
      field: null,
      variant: null,
      product: null,
    });
  }

  private addProduct(product: ImportedProduct): void {
    const sku = product.variants[0]?.sku ?? product.parentSku;
    const { fields, refused } = toStoredFields(product.fields, this.context);
    this.images += countImages(fields.images);
    const n = this.productRow(product, fields, sku);
    for (const cell of refused) this.refuse(cell, product.row, sku, null, n);
    for (const alias of product.aliases) this.db.runComposed(insertAlias, { name: alias, n });
    for (const variant of product.variants) this.addVariant(variant, n);
  }

  private productRow(product: ImportedProduct, fields: StoredFields, sku: string | null): number {
    const standsAlone = product.key.startsWith('row:');
    const brings = product.kind !== null || Object.keys(fields).length > 0;
    if (!standsAlone && !brings && product.key === this.lastKey) return this.lastN;
    const known = standsAlone ? undefined : this.findProduct(product.key);
    if (known) {
      this.mergeProduct(known, product, fields, sku);
      this.lastN = known.n;
    } else {
      this.lastN = this.nextProduct;
      this.nextProduct += 1;
      this.products.add([
        this.lastN,
        product.row,
        standsAlone ? null : product.key,
        product.kind,
        product.productId,
        product.handle,
        product.sourceId,
        product.parentSku,
        JSON.stringify(product.rest),
        product.weightUnit,
        this.newId(),
        ...PRODUCT_FIELDS.map(({ name }) => fields[name] ?? null),
      ]);
      if (!standsAlone) this.waiting.add(product.key);
    }
    this.lastKey = product.key;
    return this.lastN;
  }

  private findProduct(key: string): KnownProduct | undefined {
    if (this.waiting.has(key)) this.flush();
    return this.db.getComposed<KnownProduct>(findProduct, { key });
  }

  private mergeProduct(
    known: KnownProduct,
    product: ImportedProduct,
    fields: StoredFields,
    sku: string | null,
  ): void {
    const images =
      product.kind === null && product.handle !== null ? appended(known.images, fields.images) : null;
    this.reportDifferences(known, product, images === null ? fields : { ...fields, images: undefined }, sku);
    const params: Record<string, string | number | null> = {
      n: known.n,
      row: product.row,
      kind: product.kind,
      product_id: product.productId,
      handle: product.handle,
      source_id: product.sourceId,
      parent_sku: product.parentSku,
      rest: JSON.stringify(product.rest),
      weight_unit: product.weightUnit,
    };
    for (const { name, column } of PRODUCT_FIELDS) params[column] = fields[name] ?? null;
    this.db.runComposed(mergeProduct, params);
    if (images !== null)
      this.db.runComposed('UPDATE staging.product SET images = :images WHERE n = :n', { images, n: known.n });
  }

  /** The first filled cell of a product counts; a later one that says something else is named. */
  private reportDifferences(
    known: KnownProduct,
    product: ImportedProduct,
    fields: Readonly<Partial<Record<ListingFieldName, StoredValue | undefined>>>,
    sku: string | null,
  ): void {
    for (const { name, column } of PRODUCT_FIELDS) {
      const mine = fields[name] ?? null;
      if (mine === null || known[column] === null || known[column] === mine) continue;
      this.problem({
        kind: 'warn',
        row: product.row,
        sku,
        code: 'PRODUCT_CELL_DIFFERS',
        message: `${name} differs from row ${known.row} of the same product; that of row ${known.row} is used`,
      });
    }
  }

  private addVariant(variant: ImportedVariant, productN: number): void {
    const { fields, refused } = toStoredFields(
      variant.sku === null ? variant.fields : { ...variant.fields, sku: variant.sku },
      this.context,
    );
    const n = this.nextVariant;
    this.nextVariant += 1;
    const countsStock =
      variant.countsStock && fields.manageStock === undefined && fields.quantity !== undefined;
    this.variants.add([
      n,
      variant.row,
      productN,
      variant.listingId,
      variant.sourceId,
      variant.variant,
      variant.position,
      variant.options.length === 0 ? null : JSON.stringify(variant.options),
      JSON.stringify(variant.rest),
      variant.sellingPriceOnly ? 1 : 0,
      countsStock ? 1 : 0,
      this.newId(),
      ...VARIANT_FIELDS.map(({ name }) => fields[name] ?? null),
    ]);
    for (const cell of refused) this.refuse(cell, variant.row, variant.sku, n, null);
  }

  private refuse(
    cell: RefusedCell,
    row: number,
    sku: string | null,
    variant: number | null,
    product: number | null,
  ): void {
    this.db.runComposed(insertProblem, {
      kind: 'refuse',
      row,
      sku,
      code: cell.code,
      message: cell.message,
      field: cell.field,
      variant,
      product,
    });
  }
}

function countImages(stored: string | number | undefined): number {
  if (typeof stored !== 'string') return 0;
  return (JSON.parse(stored) as unknown[]).length;
}

/** Further images of a product that some other row has begun. */
function appended(
  known: string | number | null | undefined,
  more: string | number | undefined,
): string | null {
  if (typeof known !== 'string' || typeof more !== 'string') return null;
  return JSON.stringify([...(JSON.parse(known) as unknown[]), ...(JSON.parse(more) as unknown[])]);
}
