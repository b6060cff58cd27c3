import type { Database } from '../../db/database.ts';
import type { ImportFormat } from './load-file.ts';
import { PRODUCT_FIELDS } from './staging.ts';
import type { Steps } from './steps.ts';
import type { TargetAccount } from './target-account.ts';

/**
 * Finds the listing and the product that each staged row means. A listing is
 * found by its own id (files exported here), else by SKU, else within its
 * product by its variant; a product by its own id, its listings, its handle,
 * the parent's SKU, the source's id, or its title. Whatever is not found is
 * created in the local catalogue; every row that is not used is named.
 */
export function* matchRows(db: Database, target: TargetAccount, format: ImportFormat): Steps {
  const account = target.rid ?? -1;
  db.exec('CREATE INDEX IF NOT EXISTS staging.variant_product ON variant (product_n)');
  yield;
  joinAliases(db);
  yield;
  if (holdsListings(db, account)) {
    matchListings(db, account);
    yield;
    matchProducts(db, target, account, format);
    yield;
    matchVariants(db, account);
    db.exec(
      'CREATE INDEX IF NOT EXISTS staging.variant_listing ON variant (listing_rid) WHERE listing_rid IS NOT NULL',
    );
    yield;
    joinSameProducts(db);
    yield;
  }
  skipDuplicates(db);
  yield;
  decide(db, target);
  yield;
}

/** In an empty catalogue there is nothing to look for. */
function holdsListings(db: Database, account: number): boolean {
  return (
    db.getComposed(
      'SELECT 1 FROM main.product WHERE account_rid = :account AND removed_at_ms IS NULL LIMIT 1',
      {
        account,
      },
    ) !== undefined
  );
}

/** Variations that name their parent by its other name move to it. */
function joinAliases(db: Database): void {
  db.exec(`
    UPDATE staging.variant SET product_n = a.n
    FROM staging.product s JOIN staging.alias a ON a.name = s.key
    WHERE s.n = variant.product_n AND s.kind IS NULL AND a.n <> s.n;
    DELETE FROM staging.product WHERE kind IS NULL AND n IN (
      SELECT s.n FROM staging.product s JOIN staging.alias a ON a.name = s.key AND a.n <> s.n)
      AND n NOT IN (SELECT product_n FROM staging.variant)`);
}

const LIVE = 'l.account_rid = :account AND l.removed_at_ms IS NULL';

function matchListings(db: Database, account: number): void {
  db.runComposed(
    `UPDATE staging.variant SET listing_rid =
       (SELECT l.rid FROM main.listing l WHERE l.id = variant.listing_id AND ${LIVE})
     WHERE listing_id IS NOT NULL`,
    { account },
  );
  const bySku = `SELECT CASE count(*) WHEN 1 THEN max(l.rid) END FROM main.listing l`;
  db.runComposed(
    `UPDATE staging.variant SET listing_rid = (${bySku} WHERE l.sku = variant.sku AND ${LIVE})
     WHERE listing_rid IS NULL AND sku IS NOT NULL`,
    { account },
  );
  // A SKU that the shop uses twice: title and variant may still tell which one is meant.
  db.runComposed(
    `UPDATE staging.variant SET listing_rid = (${bySku}
       JOIN main.product p ON p.rid = l.product_rid JOIN staging.product s ON s.n = variant.product_n
       WHERE l.sku = variant.sku AND ${LIVE} AND p.title = s.title AND l.variant = variant.variant)
     WHERE listing_rid IS NULL AND sku IS NOT NULL
       AND EXISTS (SELECT 1 FROM main.listing l WHERE l.sku = variant.sku AND ${LIVE})`,
    { account },
  );
  db.runComposed(
    `UPDATE staging.variant SET action = 'skip' WHERE listing_rid IS NULL AND sku IS NOT NULL
       AND EXISTS (SELECT 1 FROM main.listing l WHERE l.sku = variant.sku AND ${LIVE})`,
    { account },
  );
  nameSkipped(
    db,
    'AMBIGUOUS_SKU',
    "'More than one listing has the SKU ' || v.sku || '; give them different SKUs first'",
    "v.action = 'skip'",
  );
}

function matchProducts(db: Database, target: TargetAccount, account: number, format: ImportFormat): void {
  db.runComposed(
    `UPDATE staging.product SET product_rid = (SELECT p.rid FROM main.product p
       WHERE p.id = product.product_id AND p.account_rid = :account AND p.removed_at_ms IS NULL)
     WHERE product_id IS NOT NULL`,
    { account },
  );
  db.exec(
    `UPDATE staging.product SET product_rid = (SELECT l.product_rid FROM staging.variant v
       JOIN main.listing l ON l.rid = v.listing_rid WHERE v.product_n = product.n ORDER BY v.n LIMIT 1)
     WHERE product_rid IS NULL`,
  );
  if (target.rid === null) return;
  const open = db.getComposed('SELECT 1 FROM staging.product WHERE product_rid IS NULL LIMIT 1', {});
  if (open) matchByNames(db, target, account, format);
}

function matchByNames(db: Database, target: TargetAccount, account: number, format: ImportFormat): void {
  const source = (name: string): string => `json_extract(raw, '$.source.${name}')`;
  const local = target.platform === 'local';
  const sameShop = target.platform === format;
  db.exec('DROP TABLE IF EXISTS staging.known');
  db.runComposed(
    `CREATE TABLE staging.known AS SELECT rid, title,
       ${local ? `coalesce(${source('handle')}, slug)` : 'slug'} AS handle,
       ${local ? source('sku') : sameShop ? `CASE kind WHEN 'variable' THEN json_extract(raw, '$.sku') END` : 'NULL'} AS parent_sku,
       ${local ? `CASE ${source('format')} WHEN '${format}' THEN ${source('id')} END` : sameShop ? 'external_id' : 'NULL'} AS source_id
     FROM main.product WHERE account_rid = :account AND removed_at_ms IS NULL AND json_valid(raw)`,
    { account },
  );
  for (const column of ['handle', 'parent_sku', 'source_id', 'title']) {
    db.exec(`CREATE INDEX staging.known_${column} ON known (${column})`);
  }
  // A SKU that was not found is a new product, whatever else it has in common with an old one.
  const noSku =
    'NOT EXISTS (SELECT 1 FROM staging.variant v WHERE v.product_n = product.n AND v.sku IS NOT NULL)';
  const by = (column: string, only: string): void =>
    db.exec(
      `UPDATE staging.product SET product_rid = (SELECT min(k.rid) FROM staging.known k WHERE k.${column} = product.${column})
       WHERE product_rid IS NULL AND ${column} IS NOT NULL AND ${only}`,
    );
  by('handle', '1');
  by('parent_sku', '1');
  by('source_id', `parent_sku IS NULL AND ${noSku}`);
  matchTitles(db, noSku);
}

/** Products without SKU and handle go by title; same titles pair up in their order when there are equally many. */
function matchTitles(db: Database, noSku: string): void {
  db.exec(
    `WITH mine AS (
       SELECT n, title, row_number() OVER (PARTITION BY title ORDER BY n) AS place, count(*) OVER (PARTITION BY title) AS many
       FROM staging.product WHERE product_rid IS NULL AND handle IS NULL AND title IS NOT NULL AND ${noSku}),
     theirs AS (
       SELECT rid, title, row_number() OVER (PARTITION BY title ORDER BY rid) AS place, count(*) OVER (PARTITION BY title) AS many
       FROM staging.known)
     UPDATE staging.product SET product_rid = theirs.rid
     FROM mine JOIN theirs ON theirs.title = mine.title AND theirs.place = mine.place AND theirs.many = mine.many
     WHERE mine.n = product.n`,
  );
  db.exec(
    `UPDATE staging.variant SET action = 'skip' WHERE listing_rid IS NULL AND action IS NULL AND sku IS NULL AND product_n IN (
       SELECT n FROM staging.product WHERE product_rid IS NULL AND handle IS NULL AND ${noSku}
         AND title IN (SELECT title FROM staging.known))`,
  );
  nameSkipped(
    db,
    'AMBIGUOUS_TITLE',
    "'The row has no SKU, and several products have its title; give it a SKU'",
    "v.action = 'skip' AND v.sku IS NULL",
  );
}

function matchVariants(db: Database, account: number): void {
  db.runComposed(
    `UPDATE staging.variant SET listing_rid = (SELECT l.rid FROM main.listing l JOIN staging.product s ON s.product_rid = l.product_rid
       WHERE s.n = variant.product_n AND l.external_id = variant.source_id AND ${LIVE})
     WHERE listing_rid IS NULL AND action IS NULL AND sku IS NULL AND source_id IS NOT NULL`,
    { account },
  );
  db.runComposed(
    `UPDATE staging.variant SET listing_rid = (SELECT min(l.rid) FROM main.listing l JOIN staging.product s ON s.product_rid = l.product_rid
       WHERE s.n = variant.product_n AND l.variant = variant.variant AND ${LIVE}
         -- A listing that has another SKU is another variant with the same name.
         AND (variant.sku IS NULL OR l.sku IS NULL))
     WHERE listing_rid IS NULL AND action IS NULL`,
    { account },
  );
}

/** Rows that turn out to mean one product become one; the first filled cell counts. */
function joinSameProducts(db: Database): void {
  db.exec(`DROP TABLE IF EXISTS staging.same;
    CREATE TABLE staging.same AS SELECT n, first FROM (
      SELECT n, min(n) OVER (PARTITION BY product_rid) AS first FROM staging.product WHERE product_rid IS NOT NULL)
    WHERE n <> first`);
  if (!db.getComposed('SELECT 1 FROM staging.same LIMIT 1', {})) return;
  for (const { name, column } of PRODUCT_FIELDS) {
    db.exec(`UPDATE staging.product SET ${column} = (SELECT o.${column} FROM staging.same j JOIN staging.product o ON o.n = j.n
        WHERE j.first = product.n AND o.${column} IS NOT NULL ORDER BY o.n LIMIT 1)
      WHERE ${column} IS NULL AND n IN (SELECT first FROM staging.same);
      INSERT INTO staging.problem (kind, row, sku, code, message)
      SELECT 'warn', o.row, NULL, 'PRODUCT_CELL_DIFFERS',
        '${name} differs from row ' || f.row || ' of the same product; that of row ' || f.row || ' is used'
      FROM staging.same j JOIN staging.product o ON o.n = j.n JOIN staging.product f ON f.n = j.first
      WHERE o.${column} IS NOT NULL AND o.${column} IS NOT f.${column}`);
  }
  db.exec(`UPDATE staging.variant SET product_n = j.first FROM staging.same j WHERE j.n = variant.product_n;
    UPDATE staging.problem SET product_n = j.first FROM staging.same j WHERE j.n = problem.product_n;
    DELETE FROM staging.product WHERE n IN (SELECT n FROM staging.same)`);
}

/** Two rows cannot both be one listing: the first counts, the others are named. */
function skipDuplicates(db: Database): void {
  const later = (partition: string, only: string, code: string, message: string): void => {
    db.exec(`DROP TABLE IF EXISTS staging.later;
      CREATE TABLE staging.later AS
      SELECT v.n, f.row AS first_row FROM (
        SELECT ${partition}, min(n) AS first FROM staging.variant WHERE action IS NULL AND ${only}
        GROUP BY ${partition} HAVING count(*) > 1) g
      JOIN staging.variant f ON f.n = g.first
      JOIN staging.variant v ON ${partition
        .split(', ')
        .map((column) => `v.${column} = g.${column}`)
        .join(
          ' AND ',
        )} AND v.n <> g.first AND v.action IS NULL AND ${only.replaceAll(/(listing_rid|sku) IS/g, 'v.$1 IS')};
      UPDATE staging.variant SET action = 'skip' WHERE n IN (SELECT n FROM staging.later);
      INSERT INTO staging.problem (kind, row, sku, code, message, variant_n)
      SELECT 'skip', v.row, v.sku, '${code}', ${message}, v.n FROM staging.later d JOIN staging.variant v ON v.n = d.n`);
  };
  later(
    'listing_rid',
    'listing_rid IS NOT NULL',
    'DUPLICATE_ROW',
    "'Row ' || d.first_row || ' already changes the listing' || coalesce(' with the SKU ' || v.sku, '') || '; only that row is used'",
  );
  later(
    'sku',
    'listing_rid IS NULL AND sku IS NOT NULL',
    'DUPLICATE_SKU',
    "'Row ' || d.first_row || ' has the SKU ' || v.sku || ' too; only that row is used'",
  );
  later(
    'product_n, variant',
    'listing_rid IS NULL AND sku IS NULL',
    'DUPLICATE_VARIANT',
    "'Row ' || d.first_row || ' is the same variant of the same product, and neither has a SKU; only that row is used'",
  );
}

function decide(db: Database, target: TargetAccount): void {
  db.exec("UPDATE staging.variant SET action = 'match' WHERE action IS NULL AND listing_rid IS NOT NULL");
  if (target.platform !== 'local') {
    skipOpen(
      db,
      'NOT_ON_CHANNEL',
      `'This product does not exist in the shop yet and cannot be created from here; add it in the shop, or import the file into the local catalogue'`,
      '1',
    );
  }
  skipOpen(
    db,
    'PARENT_MISSING',
    `'The product that this variation belongs to is neither in the file nor in the catalogue'`,
    "p.product_rid IS NULL AND p.kind IS NULL AND p.title IS NULL AND (p.key LIKE 'sku:%' OR p.key LIKE 'id:%')",
  );
  skipOpen(db, 'NO_TITLE', `'A new product needs a title'`, 'p.product_rid IS NULL AND p.title IS NULL');
  db.exec("UPDATE staging.variant SET action = 'create' WHERE action IS NULL");
  // Rows that only describe a product, whose variants are not there.
  db.exec(`INSERT INTO staging.problem (kind, row, sku, code, message, product_n)
    SELECT 'skip', p.row, p.parent_sku,
      CASE WHEN EXISTS (SELECT 1 FROM staging.variant v WHERE v.product_n = p.n) THEN 'VARIANTS_SKIPPED' ELSE 'NO_VARIANTS' END,
      'None of the variants of this product can be used, so it is left out', p.n
    FROM staging.product p WHERE p.product_rid IS NULL
      AND NOT EXISTS (SELECT 1 FROM staging.variant v WHERE v.product_n = p.n AND (v.action <> 'skip' OR v.row = p.row))`);
}

function skipOpen(db: Database, code: string, message: string, only: string): void {
  db.exec(`UPDATE staging.variant SET action = 'new-skip' WHERE action IS NULL AND product_n IN (
    SELECT p.n FROM staging.product p WHERE ${only})`);
  nameSkipped(db, code, message, "v.action = 'new-skip'");
  db.exec("UPDATE staging.variant SET action = 'skip' WHERE action = 'new-skip'");
}

function nameSkipped(db: Database, code: string, message: string, only: string): void {
  db.exec(`INSERT INTO staging.problem (kind, row, sku, code, message, variant_n)
    SELECT 'skip', v.row, v.sku, '${code}', ${message}, v.n FROM staging.variant v
    WHERE ${only} AND NOT EXISTS (SELECT 1 FROM staging.problem q WHERE q.variant_n = v.n AND q.kind = 'skip')`);
}
