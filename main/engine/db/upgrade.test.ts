import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import { openEngine, type OpenedEngine } from '../open-engine.ts';
import type { Ports, Vault } from '../ports.ts';
import { dispatch } from '../rpc/dispatch.ts';
import { silentLogger, systemClock } from '../system-ports.ts';
import { memoryVault } from '../testing/test-engine.ts';
import { DATABASE_FILE, defaultMigrationsDir } from '../workspace.ts';
import { Database } from './database.ts';
import { loadMigrations, migrate, schemaVersion } from './migrate.ts';
import { createSealing } from './sealing/sealing.ts';
import { openKeyStore } from './sealing/key-store.ts';

/**
 * Workspaces of earlier schemas, built here by the repository's own steps with
 * rows that a person would miss, opened by today's engine.
 */
const BUYER = 'Grace Brewster Hopper';
const SECRETS = [BUYER, 'grace@navy.example', 'Quay Lane 7', 'ring the ship bell'];
/** Before step 15 buyers stood in the clear. */
const SEALED_BY = 15;
const ALL = loadMigrations(defaultMigrationsDir());

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-upgrade-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const id = (n: number): string => `018f0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A shop with two listings, one of them edited and queued, and one order of a buyer. */
const ROWS = `
INSERT INTO account (rid, id, platform, name, base_url, currency, created_at_ms) VALUES (1, '${id(1)}', 'woocommerce', 'Harbour', 'https://shop.example', 'EUR', 1);
INSERT INTO product (rid, id, account_rid, external_id, kind, title, status) VALUES (1, '${id(2)}', 1, '501', 'simple', 'Ångström lamp', 'publish');
INSERT INTO listing (rid, id, account_rid, product_rid, sku, price_minor, quantity, updated_at_ms) VALUES
  (1, '${id(3)}', 1, 1, '00123', 1250, 4, 1);
INSERT INTO product (rid, id, account_rid, external_id, kind, title, status) VALUES (2, '${id(4)}', 1, '502', 'simple', 'Rope', 'publish');
INSERT INTO listing (rid, id, account_rid, product_rid, sku, price_minor, quantity, updated_at_ms) VALUES
  (2, '${id(5)}', 1, 2, '1E5', 990, 0, 1);
INSERT INTO command (rid, id, request_id, method, label, actor, at_ms, cells, rows, reversible, result) VALUES
  (1, '${id(6)}', 'kept-request', 'listings.edit', 'Edit price', 'ada', 1, 1, 1, 1, '{}');
INSERT INTO change (command_rid, entity, field, entity_rid, before, after) VALUES (1, 'listing', 'price', 1, 1000, 1250);
INSERT INTO outbox (rid, account_rid, kind, lane, entity, entity_rid, product_rid, field, base, state, command_rid, created_at_ms, updated_at_ms) VALUES
  (1, 1, 'set', 0, 'listing', 1, 1, 'price', 1000, 'pending', 1, 1, 1),
  (2, 1, 'set', 1, 'product', 2, 2, 'title', 'Old rope', 'verified', NULL, 1, 1);
INSERT INTO op_step (op_rid, seq, at_ms, step, text) VALUES (2, 1, 1, 'verified', 'read back');
INSERT INTO cursor (account_rid, resource, value, complete, at_ms) VALUES (1, 'orders', '2026-01-01', 1, 1);
INSERT INTO sales_order (rid, id, account_rid, external_id, number, state, channel_status, currency, total_minor, placed_at_ms, remote_modified_at_ms, note, shipping_method, customer_name, country, raw, read_at_ms) VALUES
  (1, '${id(7)}', 1, '9001', 'W-9001', 'ready', 'processing', 'EUR', 1250, 1, 1, 'ring the ship bell', 'post', '${BUYER}', 'DE', '{"billing":{"email":"grace@navy.example"}}', 1);
INSERT INTO order_contact (order_rid, name, company, line1, line2, city, region, postcode, country, phone, email) VALUES
  (1, '${BUYER}', '', 'Quay Lane 7', '', 'Emden', '', '26721', 'DE', '', 'grace@navy.example');
INSERT INTO order_search (rowid, number, customer, skus) VALUES (1, 'W-9001', '${BUYER}', '00123');
INSERT INTO order_line (rid, id, order_rid, external_id, position, sku, title, variant, quantity, unit_price_minor) VALUES
  (1, '${id(8)}', 1, '1', 0, '00123', 'Lamp', '', 1, 1250);
INSERT INTO order_event (order_rid, at_ms, actor, kind, facts) VALUES (1, 1, 'channel', 'imported', '{}');
INSERT INTO backup (file, at_ms, bytes, reason) VALUES ('x.db', 1, 10, 'daily');
`;
const COUNTED =
  'account product listing command change outbox op_step cursor sales_order order_line order_event backup'.split(
    ' ',
  );

/** Writes a workspace as a program of schema `version` left it. */
async function storeOld(version: number): Promise<Record<string, number>> {
  const none = (): Promise<void> => Promise.resolve();
  const keys = openKeyStore(join(dir, 'unused-keys.db'));
  const db = new Database(join(dir, DATABASE_FILE), { sealing: createSealing(Buffer.alloc(32), keys) });
  await migrate(db, ALL.slice(0, 1), none, () => 1);
  db.exec(ROWS);
  await migrate(db, ALL.slice(0, version), none, () => 2);
  const counts = countRows(db);
  db.close();
  keys.close();
  return counts;
}

function countRows(db: Database): Record<string, number> {
  return Object.fromEntries(
    COUNTED.map((table) => [table, db.pluck<number>(`SELECT count(*) FROM ${table}`)[0] ?? -1]),
  );
}

function open(vault: Vault): Promise<OpenedEngine> {
  const ports: Ports = {
    clock: systemClock,
    fetch: () => Promise.reject(new Error('no network in this test')),
    vault,
    log: silentLogger,
    random: () => 0.5,
    newId: () => v7(),
  };
  return openEngine({ dir, create: false, ports, actor: 'test', connectors: [] });
}

const call = (opened: OpenedEngine, method: string, params: unknown): Promise<unknown> =>
  dispatch(
    opened.engine,
    method,
    params,
    { actor: 'test', requestId: undefined, signal: new AbortController().signal },
    { checkOutput: true },
  );

/** Which of the buyer's words stand readable in the files of the workspace itself. */
function leaked(): string[] {
  const files = readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = Buffer.concat(files.map(({ name }) => readFileSync(join(dir, name))));
  return SECRETS.filter((word) => bytes.includes(word));
}

describe.each([1, 6, 11, SEALED_BY - 1])('a workspace of schema %i', (version) => {
  it('opens with every row and value, its queue and its undo; buyers are sealed and readable', async () => {
    const before = await storeOld(version);
    expect(leaked()).toEqual(SECRETS);
    const vault = memoryVault();
    const first = await open(vault);
    const { db } = first.engine;
    expect(schemaVersion(db)).toBe(ALL.length);
    expect(countRows(db)).toEqual(before);
    expect(db.allComposed('SELECT sku, price_minor, quantity FROM listing ORDER BY rid')).toEqual([
      { sku: '00123', price_minor: 1250, quantity: 4 },
      { sku: '1E5', price_minor: 990, quantity: 0 },
    ]);
    expect(db.allComposed('SELECT field, base, state, command_rid FROM outbox ORDER BY rid')).toEqual([
      { field: 'price', base: 1000, state: 'pending', command_rid: 1 },
      { field: 'title', base: 'Old rope', state: 'verified', command_rid: null },
    ]);
    expect(db.pragma('integrity_check')).toBe('ok');
    expect(db.allComposed('PRAGMA foreign_key_check')).toEqual([]);
    expect(await call(first, 'workspace.verify', {})).toMatchObject({ ok: true });

    await call(first, 'history.undo', { commandId: id(6) });
    expect(db.pluck('SELECT price_minor FROM listing WHERE rid = 1')).toEqual([1000]);
    expect(db.pluck("SELECT count(*) FROM outbox WHERE state = 'pending'")).toEqual([0]);
    await first.close();
    expect(leaked()).toEqual([]);

    // The keys outlive the program that made them.
    const again = await open(vault);
    expect(await call(again, 'orders.get', { orderId: id(7) })).toMatchObject({
      shipTo: { name: BUYER, line1: 'Quay Lane 7' },
      note: 'ring the ship bell',
    });
    expect(await call(again, 'orders.query', { text: 'Brewster' })).toMatchObject({ total: 1 });
    await again.close();
  });
});

describe('an update that cannot be done', () => {
  it('leaves buyers and schema as they were while the key store is locked, and works afterwards', async () => {
    await storeOld(SEALED_BY - 1);
    const locked: Vault = {
      ...memoryVault(),
      get: () => Promise.reject(new CodedError('VAULT_LOCKED', 'locked')),
    };
    await expect(open(locked)).rejects.toMatchObject({ code: 'VAULT_LOCKED' });
    const old = new Database(join(dir, DATABASE_FILE), { readonly: true });
    expect(schemaVersion(old)).toBe(SEALED_BY - 1);
    expect(old.pluck('SELECT customer_name FROM sales_order')).toEqual([BUYER]);
    old.close();
    const opened = await open(memoryVault());
    expect(schemaVersion(opened.engine.db)).toBe(ALL.length);
    await opened.close();
  });

  it('keeps the old database when sealing is done and the rest of the step fails', async () => {
    await storeOld(SEALED_BY - 1);
    const steps = join(dir, 'steps');
    mkdirSync(steps);
    for (const { version, name, text } of ALL.slice(0, SEALED_BY)) {
      const broken = version === SEALED_BY ? `${text}\nINSERT INTO no_such_table VALUES (1);` : text;
      writeFileSync(join(steps, `${String(version).padStart(4, '0')}-${name}.sql`), broken);
    }
    const db = new Database(join(dir, DATABASE_FILE), {
      sealing: createSealing(Buffer.alloc(32), openKeyStore(join(dir, 'other-keys.db'))),
    });
    await expect(
      migrate(
        db,
        loadMigrations(steps),
        () => Promise.resolve(),
        () => 3,
      ),
    ).rejects.toMatchObject({ code: 'MIGRATION_FAILED', details: { step: SEALED_BY } });
    expect(schemaVersion(db)).toBe(SEALED_BY - 1);
    expect(db.pluck('SELECT name FROM order_contact')).toEqual([BUYER]);
    expect(db.pluck("SELECT name FROM sqlite_schema WHERE name = 'order_person'")).toEqual([]);
    db.close();
  });
});
