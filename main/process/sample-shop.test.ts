import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { editListings } from '../engine/catalog/edit.ts';
import { listingRows } from '../engine/catalog/rows.ts';
import { openEngine, type OpenedEngine } from '../engine/open-engine.ts';
import { listAccounts } from '../engine/sync/accounts.ts';
import { publish } from '../engine/sync/publish.ts';
import { pull } from '../engine/sync/pull.ts';
import { silentLogger, systemPorts } from '../engine/system-ports.ts';
import { memoryVault } from '../engine/testing/test-engine.ts';
import { SAMPLE_SHOPS, startSampleShops } from './sample-shop.ts';

const signal = new AbortController().signal;
let dir = '';
const vault = memoryVault();

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-sample-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function open(
  platforms?: readonly string[],
): Promise<{ opened: OpenedEngine; close: () => Promise<void> }> {
  const opened = await openEngine({
    dir,
    create: true,
    ports: systemPorts(vault, silentLogger),
    actor: 'user',
  });
  const sample = await startSampleShops(opened.engine, platforms);
  await sample.complete;
  return {
    opened,
    close: async () => {
      await sample.close();
      await opened.close();
    },
  };
}

const count = ({ engine }: OpenedEngine, table: string): number =>
  engine.db.pluck<number>(`SELECT count(*) FROM ${table}`)[0] ?? 0;
/** The first listing of each shop. */
const sampleRows = ({ engine }: OpenedEngine) =>
  listingRows(engine.db, engine.db.pluck<number>('SELECT min(rid) FROM listing GROUP BY account_rid'));

const etsy = SAMPLE_SHOPS.find((shop) => shop.platform === 'etsy');

it('fills a new workspace by itself and finds everything again after a restart', async () => {
  // Amazon's own pace would make this a long test; it is started and read in the same way.
  const quick = ['woocommerce', 'shopify', 'etsy'];
  const first = await open(quick);
  const { engine } = first.opened;
  expect(count(first.opened, 'listing')).toBe(880);
  expect(count(first.opened, 'sales_order')).toBe(152);
  expect(listAccounts(engine.db)).toMatchObject([
    { sample: 1, platform: 'woocommerce', currency: 'EUR', time_zone: 'Europe/Berlin' },
    { sample: 1, platform: 'shopify', currency: 'EUR', time_zone: 'Europe/Berlin' },
    { sample: 1, platform: 'etsy', currency: 'EUR' },
  ]);
  const [everywhere] = engine.db.pluck<number>(
    'SELECT count(*) FROM (SELECT sku FROM listing WHERE sku IS NOT NULL GROUP BY sku HAVING count(DISTINCT account_rid) = 3)',
  );
  expect(everywhere).toBeGreaterThan(60);
  const changes = sampleRows(first.opened).map(({ listingId }) => ({
    listingId,
    field: 'price',
    value: '987.65',
  }));
  expect(changes).toHaveLength(3);
  editListings(engine.journal, { changes }, { actor: 'test' });
  expect(await publish(engine, {}, signal)).toMatchObject({ sent: 3, verified: 3 });
  await first.close();

  // A crash may tear the last line; it was never answered.
  for (const { stateFile } of SAMPLE_SHOPS.filter(({ platform }) => quick.includes(platform))) {
    const file = join(dir, stateFile);
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"rows":[{"kind":"pro`);
  }

  const second = await open(quick);
  const outcome = await pull(second.opened.engine, { full: true }, signal);
  expect(outcome).toMatchObject({ listings: { added: 0, removed: 0 }, failed: [], conflicts: 0 });
  expect(sampleRows(second.opened).map((row) => row.price?.minor)).toEqual(Array(3).fill(98_765));
  expect(listAccounts(second.opened.engine.db)).toHaveLength(3);
  expect(count(second.opened, 'listing')).toBe(880);
  await second.close();
});

it('opens a store that was made with one shop, and adds the others to it', async () => {
  const before = await open(['woocommerce']);
  expect(count(before.opened, 'listing')).toBe(520);
  await before.close();

  const after = await open(['woocommerce', 'etsy']);
  expect(listAccounts(after.opened.engine.db).map((account) => account.name)).toEqual([
    'Harbour & Home',
    etsy?.name,
  ]);
  expect(count(after.opened, 'listing')).toBe(640);
  await after.close();
});
