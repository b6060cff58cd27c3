import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyImport } from './import-file.ts';
import { openTestWorkspace, type TestWorkspace } from './import-test-kit.ts';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await openTestWorkspace();
});
afterEach(() => workspace.close());

const file = (price: string): string =>
  workspace.put(
    'list.csv',
    `SKU,Name,Price\n${Array.from({ length: 50 }, (_, n) => `S${n},P${n},${price}\n`).join('')}`,
  );
const compared = (): boolean =>
  workspace.db.getComposed("SELECT 1 FROM pragma_database_list WHERE name = 'staging'") !== undefined &&
  workspace.db.getComposed("SELECT 1 FROM staging.sqlite_schema WHERE name = 'variant_listing'") !==
    undefined;

describe('an import while others work', () => {
  it('takes a change into account that came after rows were matched', async () => {
    await workspace.apply(file('10.00'));
    const [first, second] = workspace.rows();
    const importing = workspace.apply(file('12.00'));
    while (!compared()) await setImmediate();
    // The first row moves to another SKU, which the file brings as a new row then.
    const call = { method: 'listings.edit', label: 'x', actor: 'test', reversible: true };
    workspace.journal.run(call, (scope) =>
      scope.write('listing', 'sku', [{ rid: Number(first?.['rid']), value: 'MOVED' }]),
    );
    expect(await importing).toMatchObject({ created: 1, changed: 49 });
    const rows = workspace.rows();
    expect(rows.find(({ sku }) => sku === 'MOVED')).toMatchObject({ price_minor: 1_000 });
    expect(rows.find(({ rid }) => rid === second?.['rid'])).toMatchObject({ price_minor: 1_200 });
    expect(rows.filter(({ sku }) => sku === 'S0')).toMatchObject([{ price_minor: 1_200 }]);
  });

  it('can be stopped between matching and writing, and leaves nothing', async () => {
    await workspace.apply(file('10.00'));
    const stop = new AbortController();
    const importing = applyImport(workspace, { file: file('12.00') }, { actor: 'test', signal: stop.signal });
    const outcome = importing.catch((error: unknown) => error);
    while (!compared()) await setImmediate();
    stop.abort();
    expect(await outcome).toMatchObject({ code: 'CANCELLED' });
    expect(workspace.rows().every(({ price_minor: price }) => price === 1_000)).toBe(true);
    expect(
      workspace.db.getComposed("SELECT 1 FROM pragma_database_list WHERE name = 'staging'"),
    ).toBeUndefined();
  });

  it('notes every new row for the search, and checks single rows again afterwards', async () => {
    await workspace.apply(file('10.00'));
    const { n } = workspace.db.getComposed<{ n: number }>(
      'SELECT count(*) AS n FROM listing_search_stale',
    ) ?? { n: 0 };
    expect(n).toBe(50);
    expect(workspace.db.getComposed('SELECT 1 FROM bulk_load')).toBeUndefined();
    expect(() => workspace.db.exec("UPDATE product SET kind = 'nonsense'")).toThrow(/CHECK/);
  });
});
