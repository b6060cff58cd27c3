import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { silentLogger, systemClock } from '../../system-ports.ts';
import { memoryVault } from '../../testing/test-engine.ts';
import { openWorkspace, type OpenWorkspace } from '../../workspace.ts';
import { archivedTables, MANIFEST_FILE } from './archive-format.ts';
import { exportWorkspace } from './export-workspace.ts';
import { importWorkspace, readManifest } from './import-workspace.ts';

let home: string;
let source: OpenWorkspace;
const open = (name: string, create: boolean): Promise<OpenWorkspace> =>
  openWorkspace(join(home, name), { create, clock: systemClock, log: silentLogger, newId: v7, vault });
const vault = memoryVault();
const parts = { vault, log: silentLogger, nowMs: 7 };
const ORDER = '018f0000-0000-7000-8000-000000000007';

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'quayside-archive-'));
  source = await open('source', true);
  source.db.transaction(() =>
    source.db.exec(`
INSERT INTO account (rid, id, platform, name, base_url, currency, created_at_ms) VALUES (1, 'a', 'woocommerce', 'Kai "7"', 'https://x', 'EUR', 9007199254740991);
INSERT INTO product (rid, id, account_rid, external_id, kind, title, status) VALUES (1, 'p', 1, '501', 'simple', 'Zeile
zwei ' || char(8232) || ' 🦉', 'publish');
INSERT INTO listing (rid, id, account_rid, product_rid, sku, price_minor, updated_at_ms) VALUES (1, 'l', 1, 1, '00123', 1250, 1), (2, 'm', 1, 1, '1E5', NULL, 1);
INSERT INTO command (rid, id, method, label, actor, at_ms, reversible) VALUES (1, 'c', 'listings.edit', 'Edit', 'ada', 1, 1);
INSERT INTO change (command_rid, entity, field, entity_rid, before, after) VALUES (1, 'listing', 'price', 1, 1000, 1250), (1, 'listing', 'sku', 1, '1E5', '00123'), (1, 'listing', 'weight', 1, 2.0, 5000000000);
INSERT INTO sales_order (rid, id, account_rid, external_id, number, state, channel_status, currency, total_minor, placed_at_ms, remote_modified_at_ms, shipping_method, country, read_at_ms)
  VALUES (1, '${ORDER}', 1, '9001', 'W-9001', 'ready', 'processing', 'EUR', 1250, 1, 1, 'post', 'DE', 1);
INSERT INTO order_person (order_rid, sealed, sealed_raw) VALUES (1, person_seal('${ORDER}', '{"name":"Grace Hopper","company":"","email":""}'), person_seal('${ORDER}', '{}'));
`),
  );
});
afterEach(() => {
  source.close();
  rmSync(home, { recursive: true, force: true });
});

/** Every table row by row, values with their SQLite types. */
function contents(workspace: OpenWorkspace): Record<string, unknown[]> {
  return Object.fromEntries(
    archivedTables(workspace.db).map(({ name, columns }) => [
      name,
      workspace.db.pluck(
        `SELECT json_array(${columns.map((column) => `typeof("${column}"), "${column}"`).join(', ')}) FROM "${name}" ORDER BY 1`,
      ),
    ]),
  );
}

it('comes back with every row, value and type, searchable, and without buyers', async () => {
  const folder = join(home, 'out');
  exportWorkspace(source.db, folder, { buyers: false, nowMs: 5 });
  const text = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.jsonl?$/.test(name))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('');
  expect(text).toContain('00123');
  expect(text).not.toContain('Grace');
  await importWorkspace(folder, join(home, 'copy'), parts);
  const copy = await open('copy', false);
  expect(contents(copy)).toEqual(contents(source));
  expect(contents(copy)['change']).toHaveLength(3);
  const triggers = "SELECT sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY name";
  expect(copy.db.pluck(triggers)).toEqual(source.db.pluck(triggers));
  expect(copy.db.pluck('SELECT rid FROM listing_search_stale ORDER BY rid')).toEqual([1, 2]);
  expect(copy.db.pluck('SELECT sealed FROM order_person')).toEqual([null]);
  expect(copy.db.pragma('integrity_check')).toBe('ok');
  copy.close();
});

it('takes buyers along only when told, and seals them anew', async () => {
  const folder = join(home, 'out');
  expect(exportWorkspace(source.db, folder, { buyers: true, nowMs: 5 }).buyers?.orders).toBe(1);
  await importWorkspace(folder, join(home, 'copy'), parts);
  const copy = await open('copy', false);
  expect(copy.db.pluck('SELECT person_open(:id, sealed) FROM order_person', { id: ORDER })).toEqual([
    '{"name":"Grace Hopper","company":"","email":""}',
  ]);
  expect(copy.db.pluck('SELECT rowid FROM order_search(person_tokens(:word))', { word: 'Hopper' })).toEqual([
    1,
  ]);
  copy.close();
  for (const file of readdirSync(join(home, 'copy')))
    expect(readFileSync(join(home, 'copy', file)).includes('Hopper')).toBe(false);
});

it('refuses what was changed, what is not whole and what is newer, and leaves nothing behind', async () => {
  const folder = join(home, 'out');
  exportWorkspace(source.db, folder, { buyers: false, nowMs: 5 });
  const dir = join(home, 'copy');
  const refused = (code: string): Promise<void> =>
    expect(importWorkspace(folder, dir, parts)).rejects.toMatchObject({ code });
  const listing = join(folder, 'tables', 'listing.jsonl');
  const whole = readFileSync(listing, 'utf8');
  writeFileSync(listing, whole.replace('1250', '1'));
  await refused('FILE_FORMAT');
  expect(existsSync(dir)).toBe(false);
  writeFileSync(listing, whole);
  appendFileSync(listing, '[broken\n');
  await refused('FILE_FORMAT');
  rmSync(listing);
  await refused('FILE_UNREADABLE');
  const manifest = { ...readManifest(folder), schema: 9_999 };
  writeFileSync(join(folder, MANIFEST_FILE), JSON.stringify(manifest));
  await refused('WORKSPACE_NEWER');
  expect(() => exportWorkspace(source.db, folder, { buyers: false, nowMs: 5 })).toThrow('exists already');
});
