import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Database } from '../db/database.ts';
import { allStatements } from '../db/statement.ts';
import { pullOrdersInto, remoteOrder } from '../orders/order-test-kit.ts';
import { seedListings, type SeededListing } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { HANDLERS } from './handlers.ts';
import { dispatch } from './dispatch.ts';

/**
 * Steps of a plan that read a whole table: not a search by index, not a list
 * that came in as a parameter, not a command's own temporary tables, not the
 * handful of accounts, not the rows that wait for the search index.
 */
function scans(plan: readonly string[]): string[] {
  return plan.filter(
    (step) =>
      step.startsWith('SCAN ') &&
      !/VIRTUAL TABLE|CONSTANT ROW|^SCAN (\(|temp\.|s$|a$|account$|listing_search_stale$)/.test(step),
  );
}

let test: TestEngine;
let listings: SeededListing[];
beforeEach(async () => {
  test = await testEngine();
  listings = seedListings(test.engine, 5);
});
afterEach(() => {
  vi.restoreAllMocks();
  test.close();
});

describe('what the planner goes by', () => {
  it('is the schema alone: the plans below are those of every workspace, whatever its size was when it was closed', async () => {
    test = await test.restart();
    const tables = test.engine.db.pluck<string>(
      "SELECT name FROM sqlite_schema WHERE name LIKE 'sqlite_stat%'",
    );
    expect(tables).toEqual([]);
  });
});

describe('declared statements', () => {
  it('all prepare against the newest schema, and no hot one reads a whole table', () => {
    expect(Object.keys(HANDLERS).length).toBeGreaterThan(20);
    const statements = allStatements();
    expect(statements.filter(({ hot }) => hot).length).toBeGreaterThan(20);
    const wrong = statements.flatMap(({ sql, hot }) => {
      const found = scans(test.engine.db.explain(sql));
      return hot && found.length > 0 ? [`${found.join(', ')} in: ${sql}`] : [];
    });
    expect(wrong).toEqual([]);
  });

  it('a scan would be noticed', () => {
    expect(scans(test.engine.db.explain('SELECT rid FROM listing WHERE weight = :weight'))).toEqual([
      'SCAN listing',
    ]);
    expect(scans(test.engine.db.explain('SELECT rid FROM listing WHERE sku = :sku'))).toEqual([]);
  });
});

const call = (method: string, params: unknown): Promise<unknown> =>
  dispatch(
    test.engine,
    method,
    params,
    { actor: 'test', requestId: v7(), signal: new AbortController().signal },
    { checkOutput: true },
  );

/** Every statement text that a call sends to SQLite, composed ones too. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const texts = new Set<string>();
  for (const name of ['allComposed', 'getComposed', 'runComposed', 'pluck', 'get', 'all', 'run'] as const) {
    const original = Database.prototype[name];
    const watched = function (this: Database, first: string | { sql: string }, params?: unknown): unknown {
      texts.add(typeof first === 'string' ? first : first.sql);
      return Reflect.apply(original, this, [first, params]);
    };
    vi.spyOn(Database.prototype, name).mockImplementation(watched);
  }
  await work();
  vi.restoreAllMocks();
  return [...texts];
}

describe('calls that run per key, scan or window', () => {
  const edit = (price: string): Promise<unknown> =>
    call('listings.edit', { changes: [{ listingId: listings[0]?.listingId, field: 'price', value: price }] });

  function withOrder(): string {
    pullOrdersInto(test.engine, [remoteOrder('100', [1, 2])]);
    return test.engine.db.getComposed<{ id: string }>('SELECT id FROM sales_order')?.id ?? '';
  }

  const works: [string, () => Promise<() => Promise<unknown>>][] = [
    ['edit a cell', async () => () => edit('20.00')],
    [
      'edit a cell that waits already',
      async () => {
        await edit('20.00');
        return () => edit('21.00');
      },
    ],
    ['an edit that changes nothing', async () => () => edit('10.00')],
    [
      'undo a cell',
      async () => {
        await edit('20.00');
        return () => call('history.undo', {});
      },
    ],
    [
      'read a window',
      async () => {
        const { viewId } = (await call('views.open', {})) as { viewId: string };
        return () =>
          call('views.rows', { viewId, from: 0, to: 3, fields: ['sku', 'title', 'price', 'images'] });
      },
    ],
    [
      'read a window of a view that is grouped',
      async () => {
        const { viewId } = (await call('views.open', { group: 'product' })) as { viewId: string };
        const fields = ['sku', 'title', 'price', 'quantity'];
        return () => call('views.rows', { viewId, rids: [-1, -2, 3], fields });
      },
    ],
    [
      'read a window of SKUs',
      async () => {
        const { viewId } = (await call('matrix.open', {})) as { viewId: string };
        return () => call('matrix.rows', { viewId, from: 0, to: 3 });
      },
    ],
    [
      'edit a master that listings inherit',
      async () => {
        const change = { sku: listings[0]?.sku, column: 'master.price' };
        await call('matrix.edit', { changes: [{ ...change, value: '10.00' }] });
        return () => call('matrix.edit', { changes: [{ ...change, value: '11.00' }] });
      },
    ],
    [
      'edit a listing that inherits',
      async () => {
        const change = { sku: listings[0]?.sku, column: 'master.price', value: '10.00' };
        await call('matrix.edit', { changes: [change] });
        return () => edit('12.00');
      },
    ],
    ['search listings', async () => () => call('views.open', { text: 'product sku-0' })],
    ['open one listing', async () => () => call('listings.get', { listingId: listings[0]?.listingId })],
    [
      'scan an item',
      async () => {
        const orderId = withOrder();
        return () => call('orders.scan', { orderId, step: 'pick', code: 'SKU-00000', scanId: v7() });
      },
    ],
    [
      'scan a wrong item',
      async () => {
        const orderId = withOrder();
        return () => call('orders.scan', { orderId, step: 'pick', code: 'nothing', scanId: v7() });
      },
    ],
    [
      'open one order',
      async () => {
        const orderId = withOrder();
        return () => call('orders.get', { orderId });
      },
    ],
  ];

  it.each(works)('%s: no statement reads a whole table', async (_name, prepare) => {
    const run = await prepare();
    const texts = await statementsOf(run);
    expect(texts.length).toBeGreaterThan(0);
    const wrong = texts.flatMap((text) => {
      const found = scans(test.engine.db.explain(text));
      return found.length > 0 ? [`${found.join(', ')} in: ${text}`] : [];
    });
    expect(wrong).toEqual([]);
  });
});
