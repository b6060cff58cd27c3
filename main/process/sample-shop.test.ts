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
import { SAMPLE_STATE_FILE, startSampleShop } from './sample-shop.ts';

const signal = new AbortController().signal;
let dir = '';
const vault = memoryVault();

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-sample-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function open(): Promise<{ opened: OpenedEngine; close: () => Promise<void> }> {
  const opened = await openEngine({
    dir,
    create: true,
    ports: systemPorts(vault, silentLogger),
    actor: 'user',
  });
  const sample = await startSampleShop(opened.engine);
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
const firstRow = ({ engine }: OpenedEngine) =>
  listingRows(engine.db, engine.db.pluck<number>('SELECT rid FROM listing ORDER BY rid LIMIT 1'))[0];

it('fills a new workspace by itself and finds everything again after a restart', async () => {
  const first = await open();
  const { engine } = first.opened;
  // Waits for the read that the start began: one account is read by one pull at a time.
  await pull(engine, {}, signal);
  expect(count(first.opened, 'listing')).toBe(520);
  expect(count(first.opened, 'sales_order')).toBe(96);
  const [account] = listAccounts(engine.db);
  expect(account).toMatchObject({
    sample: 1,
    platform: 'woocommerce',
    currency: 'EUR',
    time_zone: 'Europe/Berlin',
  });
  const row = firstRow(first.opened);
  if (!row) throw new Error('The sample store is empty');
  editListings(
    engine.journal,
    { changes: [{ listingId: row.listingId, field: 'price', value: '987.65' }] },
    { actor: 'test' },
  );
  expect(await publish(engine, {}, signal)).toMatchObject({ sent: 1, verified: 1 });
  await first.close();

  // A crash may tear the last line; it was never answered.
  const file = join(dir, SAMPLE_STATE_FILE);
  writeFileSync(file, `${readFileSync(file, 'utf8')}{"rows":[{"kind":"pro`);

  const second = await open();
  const outcome = await pull(second.opened.engine, { full: true }, signal);
  expect(outcome).toMatchObject({ listings: { added: 0, removed: 0 }, failed: [], conflicts: 0 });
  expect(firstRow(second.opened)).toMatchObject({ price: { minor: 98_765 } });
  expect(listAccounts(second.opened.engine.db)).toHaveLength(1);
  expect(count(second.opened, 'listing')).toBe(520);
  await second.close();
});
