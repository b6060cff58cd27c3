// What is measured. Each case gives rows for the table and its raw numbers.
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { v7 } from 'uuid';
import BetterSqlite from 'better-sqlite3';
import { refreshListingSearch } from '../../main/engine/catalog/listing-search.ts';
import { importCsv } from './import-case.mjs';
import { cpuRatio, eachCall, inTurns, percentile, ratio, row } from './measure.mjs';
import { publishQueue } from './publish-case.mjs';
import { openBench, seedListings, seedOrders } from './workspace.mjs';

/**
 * @typedef {{ work: string, measured: string, value: number, unit: 'x' | 'ms' | 's' | '%' | 'calls', budget: number | null, note?: string }} Row
 * @typedef {{ rows: Row[], raw: unknown }} Outcome
 * @typedef {{ listings: number, orders: number, log: (line: string) => void }} Options
 */

const FIELDS = ['sku', 'title', 'price', 'salePrice', 'quantity', 'status', 'weight', 'categories'];

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

/** Searches of listings by SKU and title while all rows wait for the index, and when it is complete. */
export async function searchListings({ listings }) {
  const bench = await openBench();
  try {
    seedListings(bench.db, listings);
    const texts = (index) =>
      [
        `SKU-${String((index * 7919) % listings).padStart(7, '0')}`,
        `product ${(index * 131) % listings}`,
        `${(index * 37) % listings} quality`,
      ][index % 3];
    const search = (count) =>
      eachCall(count, async (index) => {
        const { viewId } = await bench.call('views.open', { text: texts(index) });
        await bench.call('views.rows', { viewId, from: 0, to: 59, fields: FIELDS });
        await bench.call('views.close', { viewId });
      });
    const waiting = await search(9);
    const steps = [];
    for (let rows = 1; rows > 0;) {
      const started = performance.now();
      rows = refreshListingSearch(bench.db, 500);
      steps.push(performance.now() - started);
    }
    const indexed = await search(60);
    const all = steps.reduce((sum, ms) => sum + ms, 0);
    const k = listings.toLocaleString('en');
    return {
      rows: [
        row(`search of ${k} listings`, 'p95', indexed.p95, 'ms', 100),
        row(`search of ${k} listings, none of them indexed yet`, 'p95', waiting.p95, 'ms', null),
        row(
          `index ${k} listings beside the work`,
          'all steps',
          Math.round(all) / 1000,
          's',
          null,
          `steps of 500 rows, p95 ${Math.round(percentile(steps, 0.95))} ms, longest ${Math.round(Math.max(...steps))} ms`,
        ),
      ],
      raw: { waiting, indexed, steps: steps.length },
    };
  } finally {
    await bench.close();
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
        // Nothing waits for these cells yet: every one of them gets an op.
        first: {
          before: () => {
            bench.db.exec('DELETE FROM outbox');
            bench.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
          },
          run: () => bench.call('listings.bulkEdit', setAll(next()), v7()),
        },
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
        row(
          `${what} that nothing waits for, one value`,
          'of one bare SQL UPDATE of those rows',
          ratio(raw.first, raw.bare),
          'x',
          4,
          cpuRatio(raw.first, raw.bare),
        ),
        row(
          `${what} that wait already, one value`,
          'of one bare SQL UPDATE of those rows',
          ratio(raw.set, raw.bare),
          'x',
          4,
          cpuRatio(raw.set, raw.bare),
        ),
        row(
          `${what}, price * 1.01`,
          'of one bare SQL UPDATE of those rows',
          ratio(raw.expression, raw.bare),
          'x',
          4,
          cpuRatio(raw.expression, raw.bare),
        ),
        row(
          `undo of ${what}`,
          'of one bare SQL UPDATE of those rows',
          ratio(raw.undo, raw.bare),
          'x',
          4,
          cpuRatio(raw.undo, raw.bare),
        ),
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

/** In the order of the report. */
export const CASES = {
  view: openView,
  search: searchListings,
  change: changeCells,
  paste,
  import: importCsv,
  publish: publishQueue,
  orders,
};
