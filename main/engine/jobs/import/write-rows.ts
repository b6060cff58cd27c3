import type { Database } from '../../db/database.ts';
import type { CommandScope } from '../../journal/journal.ts';
import { resetStage } from '../../journal/write-cells.ts';
import type { ImportFormat } from './load-file.ts';
import type { Counts } from './plan-summary.ts';
import { PRODUCT_FIELDS, VARIANT_FIELDS } from './staging.ts';

/** Writes what the staged rows change and create, all within the command's transaction. */
export function writeRows(
  scope: CommandScope,
  accountRid: number,
  format: ImportFormat,
  counts: Counts,
): void {
  // Product ids are taken before any product exists: listings refer to them by the same sum.
  const base = topRid(scope.db, 'product');
  const create = (): number =>
    createProducts(scope, accountRid, format, base) + createListings(scope, accountRid, base);
  const created = counts.create === 0 ? 0 : bulkLoad(scope.db, create);
  const changed = counts.cells === 0 ? 0 : changeCells(scope);
  if (created + changed === 0) return;
  scope.touch('listings');
  if (changed > 0) scope.touch('outbox');
  if (created > 0) scope.touch('accounts');
}

/**
 * Loads many rows without what costs most for each: their kinds are looked at
 * as a set instead of row by row, and the search is told of them in one go.
 */
function bulkLoad(db: Database, load: () => number): number {
  const wrong = db.getComposed(
    `SELECT 1 FROM staging.product WHERE kind NOT IN ('simple', 'variable', 'grouped', 'external')
     UNION ALL SELECT 1 FROM staging.variant WHERE manage_stock NOT IN (0, 1) LIMIT 1`,
  );
  if (wrong !== undefined) throw new Error('The file was read into something that is no product');
  const base = topRid(db, 'listing');
  db.exec('INSERT INTO main.bulk_load (one) VALUES (1)');
  const created = db.withoutChecks(load);
  db.exec('DELETE FROM main.bulk_load');
  db.runComposed(
    'INSERT OR IGNORE INTO main.listing_search_stale (rid) SELECT rid FROM main.listing WHERE rid > :base ORDER BY rid',
    { base },
  );
  return created;
}

function changeCells(scope: CommandScope): number {
  const { db } = scope;
  let changed = 0;
  for (const { name, column } of VARIANT_FIELDS) {
    resetStage(db);
    const { changes } = db.runComposed(
      `INSERT INTO temp.stage (rid, after) SELECT v.listing_rid, v.${column} FROM staging.variant v JOIN main.listing l ON l.rid = v.listing_rid
       WHERE v.action = 'match' AND v.cells > 0 AND v.${column} IS NOT NULL AND v.${column} IS NOT l.${column}`,
    );
    if (changes > 0) changed += scope.writeStaged('listing', name);
  }
  for (const { name, column } of PRODUCT_FIELDS) {
    resetStage(db);
    const { changes } = db.runComposed(
      `INSERT INTO temp.stage (rid, after) SELECT s.product_rid, s.${column} FROM staging.product s JOIN main.product p ON p.rid = s.product_rid
       WHERE s.cells > 0 AND s.${column} IS NOT NULL AND s.${column} IS NOT p.${column}`,
    );
    if (changes > 0) changed += scope.writeStaged('product', name);
  }
  return changed;
}

/**
 * New rows are logged as a change of `removedAt` from the command's moment to
 * NULL, so that undo takes them away again. Row ids follow the file's order
 * above all that exist; the command's transaction is the only writer.
 */
function createProducts(scope: CommandScope, accountRid: number, format: ImportFormat, base: number): number {
  const { db } = scope;
  db.exec(`
    UPDATE main.product SET kind = 'variable' WHERE kind = 'simple' AND rid IN (
      SELECT s.product_rid FROM staging.product s WHERE s.product_rid IS NOT NULL
        AND EXISTS (SELECT 1 FROM staging.variant v WHERE v.product_n = s.n AND v.action = 'create'));
    UPDATE staging.product SET kind = 'variable' WHERE kind = 'simple' AND n IN (
      SELECT product_n FROM staging.variant WHERE action = 'create' GROUP BY product_n HAVING count(*) > 1)`);
  const isNew =
    "s.product_rid IS NULL AND EXISTS (SELECT 1 FROM staging.variant v WHERE v.product_n = s.n AND v.action = 'create')";
  const columns = PRODUCT_FIELDS.map(({ column }) => column);
  const values = columns.map((column) =>
    column === 'status'
      ? "coalesce(s.status, 'draft')"
      : column === 'slug'
        ? 'coalesce(s.slug, s.handle)'
        : `s.${column}`,
  );
  db.runComposed(
    `INSERT INTO main.product (rid, id, account_rid, kind, raw, ${columns.join(', ')})
     SELECT :base + s.n, s.new_id, :account, coalesce(s.kind, 'simple'),
       json_object('source', json_object('format', :format, 'id', s.source_id, 'sku', s.parent_sku, 'handle', s.handle,
         'weightUnit', s.weight_unit, 'columns', json(s.rest))),
       ${values.join(', ')}
     FROM staging.product s WHERE ${isNew} ORDER BY s.n`,
    { base, account: accountRid, format },
  );
  return scope.logCreated('product', base);
}

function createListings(scope: CommandScope, accountRid: number, productBase: number): number {
  const { db } = scope;
  const base = topRid(db, 'listing');
  const columns = VARIANT_FIELDS.map(({ column }) => column);
  const values = columns.map((column) =>
    column === 'manage_stock' ? 'coalesce(v.manage_stock, v.counts_stock, 0)' : `v.${column}`,
  );
  db.runComposed(
    `INSERT INTO main.listing (rid, id, account_rid, product_rid, variant, position, raw, updated_at_ms, ${columns.join(', ')})
     SELECT :base + v.n, v.new_id, :account, coalesce(s.product_rid, :products + s.n), v.variant, v.position,
       CASE WHEN v.options IS NULL AND v.rest = '{}' THEN '{}'
         ELSE json_object('source', json_object('options', json(coalesce(v.options, '[]')), 'columns', json(v.rest))) END,
       :at, ${values.join(', ')}
     FROM staging.variant v JOIN staging.product s ON s.n = v.product_n WHERE v.action = 'create' ORDER BY v.n`,
    { base, products: productBase, account: accountRid, at: scope.atMs },
  );
  return scope.logCreated('listing', base);
}

function topRid(db: Database, table: 'product' | 'listing'): number {
  return db.getComposed<{ top: number }>(`SELECT coalesce(max(rid), 0) AS top FROM main.${table}`)?.top ?? 0;
}
