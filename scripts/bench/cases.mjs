// What is measured. Each case gives rows for the table and its raw numbers.
import { execFileSync } from 'node:child_process';
import { copyFileSync, createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import BetterSqlite from 'better-sqlite3';
import { eachCall, inTurns } from './measure.mjs';
import { openBench, seedListings, seedOrders } from './workspace.mjs';

/**
 * @typedef {{ work: string, measured: string, value: number, unit: 'x' | 'ms' | 's', budget: number | null, note?: string }} Row
 * @typedef {{ rows: Row[], raw: unknown }} Outcome
 * @typedef {{ listings: number, orders: number, log: (line: string) => void }} Options
 */

const FIELDS = ['sku', 'title', 'price', 'salePrice', 'quantity', 'status', 'weight', 'categories'];
const ratio = (a, b) => Math.round((a.median / b.median) * 100) / 100;

/** Opening a view and reading its first window, with 250,000 listings, with 1,000, and as bare SQL. */
export async function openView({ listings }) {
  const [large, small] = [await openBench(), await openBench()];
  try {
    seedListings(large.db, listings);
    seedListings(small.db, 1_000);
    const open = (bench, sort) => async () => {
      const { viewId } = await bench.call('views.open', sort ? { sort } : {});
      await bench.call('views.rows', { viewId, from: 0, to: 59, fields: FIELDS });
      await bench.call('views.close', { viewId });
    };
    const bare = (order) => () => {
      const rids = large.db.pluck(
        `SELECT l.rid FROM listing l JOIN product p ON p.rid = l.product_rid ORDER BY ${order}`,
      );
      return Int32Array.from(rids);
    };
    const byTitle = [{ field: 'title', direction: 'asc' }];
    const raw = await inTurns({
      large: open(large),
      small: open(small),
      bare: bare('l.product_rid, l.position, l.rid'),
      largeByTitle: open(large, byTitle),
      smallByTitle: open(small, byTitle),
      bareByTitle: bare('p.title COLLATE NOCASE, l.rid'),
    });
    const k = listings.toLocaleString('en');
    return {
      rows: [
        row(
          `open a view of ${k} listings`,
          'of the bare SQL that sorts the ids',
          ratio(raw.large, raw.bare),
          'x',
          2,
        ),
        row(
          `open a view of ${k} listings by title`,
          'of the bare SQL that sorts the ids',
          ratio(raw.largeByTitle, raw.bareByTitle),
          'x',
          2,
        ),
        row(
          `open a view of ${k} listings`,
          'of the same for 1,000 listings (engine only, no paint)',
          ratio(raw.large, raw.small),
          'x',
          null,
        ),
      ],
      raw,
    };
  } finally {
    await large.close();
    await small.close();
  }
}

/** One change to 100,000 cells: journalled, queued, durable; against a bare UPDATE of the same rows. */
export async function changeCells({ listings }) {
  const bench = await openBench();
  const plain = new BetterSqlite(join(bench.dir, 'bare.db'));
  try {
    seedListings(bench.db, listings);
    await bench.db.backupTo(join(bench.dir, 'copy.db'));
    plain.close();
    rmSync(join(bench.dir, 'bare.db'), { force: true });
    copyFileSync(join(bench.dir, 'copy.db'), join(bench.dir, 'bare.db'));
    const bareDb = new BetterSqlite(join(bench.dir, 'bare.db'));
    bareDb.pragma('journal_mode = WAL');
    bareDb.pragma('synchronous = FULL');
    bareDb.pragma('cache_size = -65536');
    const cells = Math.min(100_000, listings);
    const { viewId } = await bench.call('views.open', {});
    const spans = [[0, cells - 1]];
    const update = bareDb.prepare('UPDATE listing SET price_minor = ?, updated_at_ms = ? WHERE rid <= ?');
    let price = 100;
    const next = () => {
      price += 1;
      return price;
    };
    const setAll = (value) => ({
      selection: { viewId, spans },
      edits: [{ op: 'set', field: 'price', value: (value / 100).toFixed(2) }],
    });
    const raw = await inTurns(
      {
        bare: () => update.run(next(), Date.now(), cells),
        set: () => bench.call('listings.bulkEdit', setAll(next()), v7()),
        expression: () =>
          bench.call(
            'listings.bulkEdit',
            {
              selection: { viewId, spans },
              edits: [{ op: 'expression', field: 'price', expression: 'price * 1.01' }],
            },
            v7(),
          ),
        undo: () => bench.call('history.undo', {}, v7()),
      },
      { repetitions: 3, warmUp: 1 },
    );
    bareDb.close();
    const what = `one change to ${cells.toLocaleString('en')} cells`;
    return {
      rows: [
        row(`${what}, one value`, 'of one bare SQL UPDATE of those rows', ratio(raw.set, raw.bare), 'x', 4),
        row(
          `${what}, price * 1.01`,
          'of one bare SQL UPDATE of those rows',
          ratio(raw.expression, raw.bare),
          'x',
          4,
        ),
        row(`undo of ${what}`, 'of one bare SQL UPDATE of those rows', ratio(raw.undo, raw.bare), 'x', 4),
      ],
      raw,
    };
  } finally {
    await bench.close();
  }
}

/** The engine's share of a paste of 10,000 rows and 5 columns. */
export async function paste({ listings }) {
  const bench = await openBench();
  try {
    seedListings(bench.db, listings);
    const { viewId } = await bench.call('views.open', {});
    let turn = 0;
    const block = () => {
      turn += 1;
      return Array.from({ length: 10_000 }, (_, index) => [
        `Pasted ${turn} ${index}`,
        `${10 + turn}.${String(index % 100).padStart(2, '0')}`,
        String((index + turn) % 50),
        `${1 + (turn % 9)}.${index % 10}`,
        `Short ${turn} ${index}`,
      ]);
    };
    const fields = ['title', 'price', 'quantity', 'weight', 'shortDescription'];
    const raw = await inTurns(
      {
        paste: () =>
          bench.call('listings.paste', { viewId, fromRow: 0, fields, block: block(), locale: 'en' }, v7()),
      },
      { repetitions: 5, warmUp: 1 },
    );
    return {
      rows: [
        row(
          'paste 10,000 rows x 5 columns',
          'engine time',
          Math.round(raw.paste.median),
          'ms',
          1_000,
          'the budget is for the whole way from the key to the paint',
        ),
      ],
      raw,
    };
  } finally {
    await bench.close();
  }
}

async function writeCsv(file, count) {
  const out = createWriteStream(file);
  out.write(
    'SKU,Name,Price,Stock,Weight,Description,Short description,Tags,Categories,GTIN,Sale price,Brand\n',
  );
  for (let index = 0; index < count; index += 1) {
    const line = `SKU-${String(index).padStart(7, '0')},"Product ${index}, with a comma",${10 + (index % 90)}.99,${index % 97},1.5,"A longer description of product ${index}",Short ${index},tag ${index % 50},category ${index % 20},${String(index).padStart(13, '0')},,Brand ${index % 30}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** A CSV import as one command, against the same file read by SQLite's own shell. */
export async function importCsv({ listings, log }) {
  const dir = mkdtempSync(join(tmpdir(), 'quayside-bench-csv-'));
  try {
    const file = join(dir, 'listings.csv');
    await writeCsv(file, listings);
    const bareFile = join(dir, 'bare.db');
    const shell = hasSqliteShell();
    if (!shell) log('  no sqlite3 program here: the import is measured without its ratio');
    let bench = null;
    const works = {
      engine: {
        before: async () => {
          bench = await openBench();
        },
        run: () => bench.call('import.apply', { file, format: 'generic' }, v7()),
        after: () => bench.close(),
      },
    };
    if (shell) {
      works.bare = {
        before: () => rmSync(bareFile, { force: true }),
        run: () => execFileSync('sqlite3', [bareFile, '.mode csv', `.import ${file} listing`]),
      };
    }
    const raw = await inTurns(works, { repetitions: 3, warmUp: 0 });
    const what = `CSV import of ${listings.toLocaleString('en')} rows x 12`;
    const value = shell
      ? row(what, 'of sqlite3 .import of the same file', ratio(raw.engine, raw.bare), 'x', 3)
      : row(what, 'no sqlite3 program to compare with', Math.round(raw.engine.median) / 1000, 's', null);
    return { rows: [value], raw };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function hasSqliteShell() {
  return (process.env.PATH ?? '').split(':').some((dir) => existsSync(join(dir, 'sqlite3')));
}

/** Scans at a packing station and searches while many orders are stored. */
export async function orders({ orders: count }) {
  const bench = await openBench();
  try {
    seedOrders(bench.db, count);
    // The orders are stored, not being stored: their pages are on the disk before a scan is timed.
    bench.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const scans = await eachCall(200, async (index) => {
      const order = index * 10;
      const orderId = `00000000-0000-7000-8000-cc${String(order).padStart(10, '0')}`;
      const code = `SKU-${String((order * 3) % 250_000).padStart(7, '0')}`;
      const { outcome } = await bench.call(
        'orders.scan',
        { orderId, step: 'pick', code, scanId: v7() },
        v7(),
      );
      if (outcome !== 'taken') throw new Error(`scan ${index} was ${outcome}`);
    });
    // What one durable commit costs on this disk: a scan is one of them and little else.
    bench.db.exec('CREATE TABLE bare_commit (x INTEGER) STRICT');
    const commit = await eachCall(200, (index) =>
      bench.db.runComposed('INSERT INTO bare_commit VALUES (:x)', { x: index }),
    );
    const texts = (index) =>
      [
        `${100_000 + ((index * 7919) % count)}`,
        `Customer ${(index * 131) % count}`,
        `SKU-${String((index * 37) % 250_000).padStart(7, '0')}`,
      ][index % 3];
    const search = await eachCall(60, (index) =>
      bench.call('orders.query', { text: texts(index), limit: 100 }),
    );
    const queue = await eachCall(20, () => bench.call('orders.query', { states: ['ready'], limit: 100 }));
    const k = count.toLocaleString('en');
    return {
      rows: [
        row(
          `scan to confirmed and durable, ${k} orders stored`,
          'p95',
          scans.p95,
          'ms',
          30,
          `a bare durable commit takes ${commit.p50} ms (p50) and ${commit.p95} ms (p95) here`,
        ),
        row(`order search over ${k} orders`, 'p95', search.p95, 'ms', 100),
        row(`queue of orders to pick, ${k} orders stored`, 'p95', queue.p95, 'ms', null),
      ],
      raw: { scans, commit, search, queue },
    };
  } finally {
    await bench.close();
  }
}

function row(work, measured, value, unit, budget, note) {
  return { work, measured, value, unit, budget, ...(note ? { note } : {}) };
}

/** In the order of the report. */
export const CASES = { view: openView, change: changeCells, paste, import: importCsv, orders };
