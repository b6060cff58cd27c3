import { canonicalImages } from '#shared/domain/field-values.ts';
import type { ImageValue, ListingField } from '#shared/domain/listing-fields.ts';
import { formatMinor } from '#shared/domain/money.ts';
import type { Database } from '../../db/database.ts';
import { PRODUCT_FIELDS, VARIANT_FIELDS } from './staging.ts';
import type { Steps } from './steps.ts';
import type { TargetAccount } from './target-account.ts';

/**
 * Compares staged rows with what is there: after this, `cells` of a staged
 * variant or product counts what would change, and cells that break a rule
 * between fields are refused and taken out.
 */
export function* diffRows(db: Database, target: TargetAccount): Steps {
  const known =
    db.getComposed('SELECT 1 FROM staging.product WHERE product_rid IS NOT NULL LIMIT 1', {}) !== undefined;
  if (known) {
    if (target.platform !== 'local') keepReadOnly(db);
    yield;
    keepSalePrices(db, target);
    yield;
    refuseTakenSkus(db, target);
    yield;
  }
  refuseSaleNotBelow(db, target);
  yield;
  refuseReversedSales(db);
  yield;
  if (known) {
    mergeImages(db);
    yield;
    countCells(db);
    yield;
    warnKept(db, target);
    yield;
  }
}

/** Categories and the like come from the shop; a file does not change them there. */
function keepReadOnly(db: Database): void {
  for (const { name, column } of PRODUCT_FIELDS.filter(({ editable }) => !editable)) {
    db.exec(`INSERT INTO staging.problem (kind, row, sku, code, message, product_n)
      SELECT 'warn', s.row, s.parent_sku, 'READ_ONLY_FIELD', '${name} is kept as it is in the shop', s.n
      FROM staging.product s JOIN main.product p ON p.rid = s.product_rid
      WHERE s.${column} IS NOT NULL AND s.${column} IS NOT p.${column};
      UPDATE staging.product SET ${column} = NULL`);
  }
}

/**
 * A file that only has the selling price: on a listing on sale that is the
 * sale price. When it is not below the regular price the sale seems to be
 * over, but a blank never clears, so the row says what to do.
 */
function keepSalePrices(db: Database, target: TargetAccount): void {
  db.exec(`UPDATE staging.variant SET sale_price_minor = variant.price_minor, price_minor = NULL FROM main.listing l
    WHERE l.rid = variant.listing_rid AND variant.action = 'match' AND variant.selling_only = 1
      AND l.sale_price_minor IS NOT NULL AND variant.price_minor < l.price_minor`);
  const kept = db.allComposed<{ row: number; sku: string | null; sale: number; price: number }>(
    `SELECT v.row, v.sku, l.sale_price_minor AS sale, v.price_minor AS price
     FROM staging.variant v JOIN main.listing l ON l.rid = v.listing_rid
     WHERE v.action = 'match' AND v.selling_only = 1 AND l.sale_price_minor < v.price_minor`,
  );
  for (const { row, sku, sale, price } of kept) {
    problem(
      db,
      'warn',
      row,
      sku,
      'SALE_KEPT',
      `The file sells at ${formatMinor(price, target.currency)} without a compare-at price; the sale price ${formatMinor(sale, target.currency)} stays. Clear it in the grid when the sale is over`,
    );
  }
}

function refuseTakenSkus(db: Database, target: TargetAccount): void {
  db.runComposed(
    `CREATE TABLE staging.taken AS SELECT v.n FROM staging.variant v JOIN main.listing l ON l.rid = v.listing_rid
     WHERE v.action = 'match' AND v.sku IS NOT NULL AND v.sku IS NOT l.sku AND (
       EXISTS (SELECT 1 FROM main.listing o WHERE o.sku = v.sku AND o.account_rid = :account AND o.removed_at_ms IS NULL AND o.rid <> l.rid
         AND NOT EXISTS (SELECT 1 FROM staging.variant w WHERE w.listing_rid = o.rid AND w.action = 'match' AND w.sku IS NOT NULL AND w.sku <> o.sku))
       OR v.n > (SELECT min(w.n) FROM staging.variant w WHERE w.sku = v.sku AND w.action <> 'skip'))`,
    { account: target.rid ?? -1 },
  );
  refuse(
    db,
    'sku',
    'sku',
    'n IN (SELECT n FROM staging.taken)',
    'SKU_DUPLICATE',
    `'The SKU ' || v.sku || ' is already used here'`,
  );
  db.exec('DROP TABLE staging.taken');
}

/** The row as it would be has a sale price that is not below its price, or none to be below. */
function refuseSaleNotBelow(db: Database, target: TargetAccount): void {
  const broken = db.allComposed<{
    n: number;
    row: number;
    sku: string | null;
    action: string;
    sets_price: number;
    sets_sale: number;
    price: number | null;
    sale: number;
  }>(
    `SELECT * FROM (
       SELECT v.n, v.row, coalesce(v.sku, l.sku) AS sku, v.action, v.price_minor IS NOT NULL AS sets_price, v.sale_price_minor IS NOT NULL AS sets_sale,
         coalesce(v.price_minor, l.price_minor) AS price, coalesce(v.sale_price_minor, l.sale_price_minor) AS sale,
         (v.price_minor IS NOT NULL AND v.price_minor IS NOT l.price_minor)
           OR (v.sale_price_minor IS NOT NULL AND v.sale_price_minor IS NOT l.sale_price_minor) AS changes
       FROM staging.variant v LEFT JOIN main.listing l ON l.rid = v.listing_rid WHERE v.action <> 'skip')
     WHERE changes AND sale IS NOT NULL AND (price IS NULL OR sale >= price)`,
  );
  for (const { n, row, sku, action, sets_price, sets_sale, price, sale } of broken) {
    const [code, message] =
      price === null
        ? ['SALE_WITHOUT_PRICE', 'A sale price needs a regular price']
        : [
            'SALE_NOT_BELOW_PRICE',
            `The sale price ${formatMinor(sale, target.currency)} is not below the price ${formatMinor(price, target.currency)}`,
          ];
    // A new row keeps its price; of an existing row both sides of the broken rule stay as they are.
    if (sets_sale) refuseCell(db, n, row, sku, 'salePrice', 'sale_price_minor', code, message);
    if (sets_price && action === 'match') refuseCell(db, n, row, sku, 'price', 'price_minor', code, message);
  }
}

function refuseReversedSales(db: Database): void {
  const broken = `n IN (SELECT v.n FROM staging.variant v LEFT JOIN main.listing l ON l.rid = v.listing_rid
    WHERE v.action <> 'skip' AND coalesce(v.sale_from_at_ms, l.sale_from_at_ms) > coalesce(v.sale_to_at_ms, l.sale_to_at_ms))`;
  const message = "'The sale ends before it begins'";
  db.exec(
    `DROP TABLE IF EXISTS staging.reversed; CREATE TABLE staging.reversed AS SELECT n FROM staging.variant WHERE ${broken}`,
  );
  refuse(
    db,
    'saleTo',
    'sale_to_at_ms',
    'n IN (SELECT n FROM staging.reversed)',
    'SALE_DATES_REVERSED',
    message,
  );
  refuse(
    db,
    'saleFrom',
    'sale_from_at_ms',
    'n IN (SELECT n FROM staging.reversed)',
    'SALE_DATES_REVERSED',
    message,
  );
}

function refuse(
  db: Database,
  field: string,
  column: string,
  only: string,
  code: string,
  message: string,
): void {
  db.exec(`INSERT INTO staging.problem (kind, row, sku, code, message, field, variant_n)
    SELECT 'refuse', v.row, v.sku, '${code}', ${message}, '${field}', v.n FROM staging.variant v
    WHERE v.${column} IS NOT NULL AND v.${only};
    UPDATE staging.variant SET ${column} = NULL WHERE ${only}`);
}

function refuseCell(
  db: Database,
  n: number,
  row: number,
  sku: string | null,
  field: string,
  column: string,
  code: string,
  message: string,
): void {
  db.runComposed(
    `INSERT INTO staging.problem (kind, row, sku, code, message, field, variant_n) VALUES ('refuse', :row, :sku, :code, :message, :field, :n)`,
    { row, sku, code, message, field, n },
  );
  db.runComposed(`UPDATE staging.variant SET ${column} = NULL WHERE n = :n`, { n });
}

/**
 * A file names images by address only; what is known of an address (its alt
 * text, its id in the shop) stays with it, and the same list is no change.
 */
function mergeImages(db: Database): void {
  const BATCH = 2_000;
  for (let from = 0; ;) {
    const rows = db.allComposed<{ n: number; mine: string; theirs: string | null }>(
      `SELECT s.n, s.images AS mine, p.images AS theirs FROM staging.product s JOIN main.product p ON p.rid = s.product_rid
       WHERE s.n > :from AND s.images IS NOT NULL AND s.images IS NOT p.images ORDER BY s.n LIMIT ${BATCH}`,
      { from },
    );
    for (const { n, mine, theirs } of rows) {
      if (theirs === null) continue;
      const merged = withKnownImages(JSON.parse(mine) as ImageValue[], JSON.parse(theirs) as ImageValue[]);
      db.runComposed('UPDATE staging.product SET images = :images WHERE n = :n', { images: merged, n });
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    from = last.n;
  }
}

function withKnownImages(mine: readonly ImageValue[], known: readonly ImageValue[]): string {
  const bySrc = new Map<string, ImageValue[]>();
  for (const image of known) bySrc.set(image.src, [...(bySrc.get(image.src) ?? []), image]);
  return canonicalImages(
    mine.map((image) => {
      // An address that stands twice pairs up in its order.
      const old = bySrc.get(image.src)?.shift();
      return old ? { ...old, alt: image.alt === '' ? old.alt : image.alt } : image;
    }),
  );
}

/** What of a field would change; a blank keeps. */
function differs(field: ListingField, mine: string, theirs: string): string {
  return `(${mine}.${field.column} IS NOT NULL AND ${mine}.${field.column} IS NOT ${theirs}.${field.column})`;
}

function countCells(db: Database): void {
  const sum = (fields: readonly ListingField[], mine: string, theirs: string): string =>
    fields.map((field) => differs(field, mine, theirs)).join(' + ');
  db.exec(`UPDATE staging.variant SET cells = ${sum(VARIANT_FIELDS, 'variant', 'l')}
      FROM main.listing l WHERE l.rid = variant.listing_rid AND variant.action = 'match';
    UPDATE staging.product SET cells = ${sum(PRODUCT_FIELDS, 'product', 'p')}
      FROM main.product p WHERE p.rid = product.product_rid
        -- A product all of whose rows were skipped is not touched.
        AND (EXISTS (SELECT 1 FROM staging.variant v WHERE v.product_n = product.n AND v.action <> 'skip')
          OR NOT EXISTS (SELECT 1 FROM staging.variant v WHERE v.product_n = product.n))`);
}

/** What a file says and an existing row does not take over. */
function warnKept(db: Database, target: TargetAccount): void {
  db.exec(`INSERT INTO staging.problem (kind, row, sku, code, message, product_n)
    SELECT 'warn', s.row, s.parent_sku, 'HANDLE_DIFFERS',
      'The handle is "' || s.handle || '" in the file and "' || p.slug || '" here; it stays, because a changed handle changes addresses', s.n
    FROM staging.product s JOIN main.product p ON p.rid = s.product_rid
    WHERE s.handle IS NOT NULL AND p.slug IS NOT NULL AND p.slug <> s.handle`);
  if (target.platform !== 'local') return;
  const differ = (mine: string, raw: string): string => `EXISTS (SELECT 1 FROM json_each(${mine}) e
    WHERE NOT EXISTS (SELECT 1 FROM json_each(${raw}, '$.source.columns') o WHERE o.key = e.key AND o.value = e.value))`;
  const count = db.getComposed<{ rows: number }>(
    `SELECT (SELECT count(*) FROM staging.product s JOIN main.product p ON p.rid = s.product_rid WHERE s.rest <> '{}' AND ${differ('s.rest', 'p.raw')})
       + (SELECT count(*) FROM staging.variant v JOIN main.listing l ON l.rid = v.listing_rid
          WHERE v.action = 'match' AND v.rest <> '{}' AND ${differ('v.rest', 'l.raw')}) AS rows`,
    {},
  );
  if (count && count.rows > 0) {
    problem(
      db,
      'warn',
      1,
      null,
      'COLUMNS_KEPT',
      `${count.rows} rows differ in columns that are not fields here; what the first import of those rows brought is kept`,
    );
  }
}

function problem(
  db: Database,
  kind: 'warn' | 'skip',
  row: number,
  sku: string | null,
  code: string,
  message: string,
): void {
  db.runComposed(
    'INSERT INTO staging.problem (kind, row, sku, code, message) VALUES (:kind, :row, :sku, :code, :message)',
    { kind, row, sku, code, message },
  );
}
