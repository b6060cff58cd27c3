import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATABASE_FILE, defaultMigrationsDir, openWorkspace } from '../workspace.ts';
import { silentLogger } from '../system-ports.ts';
import { memoryVault } from '../testing/test-engine.ts';
import { assertBinding } from './binding.ts';
import { Database } from './database.ts';
import { loadMigrations, migrate, schemaVersion, type Migration } from './migrate.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-storage-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const options = {
  create: true,
  clock: { now: () => Date.UTC(2026, 10, 23), sleep: () => Promise.resolve() },
  log: silentLogger,
  newId: () => '00000000-0000-7000-8000-000000000001',
  vault: memoryVault(),
};

describe('an opened workspace', () => {
  it('has every promised pragma in force on the writing connection', async () => {
    const workspace = await openWorkspace(dir, options);
    const { db } = workspace;
    expect(db.pragma('journal_mode')).toBe('wal');
    expect(db.pragma('synchronous')).toBe(2);
    expect(db.pragma('foreign_keys')).toBe(1);
    expect(db.pragma('trusted_schema')).toBe(0);
    expect(db.pragma('busy_timeout')).toBe(5_000);
    expect(db.pragma('journal_size_limit')).toBe(67_108_864);
    workspace.close();
  });

  it('has only STRICT tables, but for the full-text indexes', async () => {
    const workspace = await openWorkspace(dir, options);
    const loose = workspace.db.allComposed<{ name: string }>(
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    );
    expect(loose).toEqual([]);
    const kinds = workspace.db.pluck<string>(
      "SELECT DISTINCT type FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%' ORDER BY type",
    );
    expect(kinds).toEqual(['shadow', 'virtual']);
    workspace.close();
  });

  it('leaves no journal beside the file when it is closed', async () => {
    const workspace = await openWorkspace(dir, options);
    workspace.close();
    expect(readdirSync(dir).filter((name) => name.startsWith(DATABASE_FILE))).toEqual([DATABASE_FILE]);
  });
});

describe('migrations', () => {
  const own = (): Migration[] => loadMigrations(defaultMigrationsDir());
  const open = (): Database => new Database(join(dir, DATABASE_FILE));
  const step = (version: number, text: string): Migration => ({
    version,
    name: `step-${version}`,
    text,
    sha256: `sha-${version}`,
  });
  const never = (): Promise<void> => Promise.reject(new Error('no backup was needed'));

  it('upgrades from every released schema, keeping what is stored, after one backup', async () => {
    const all = own();
    for (let from = 1; from < all.length; from += 1) {
      const file = join(dir, `from-${from}.db`);
      const old = new Database(file);
      await migrate(old, all.slice(0, from), never, () => 0);
      old.exec(
        "INSERT INTO account (id, platform, name, base_url, created_at_ms) VALUES ('a', 'woocommerce', 'Kept', 'https://x', 0)",
      );
      let backups = 0;
      const count = (): Promise<void> => {
        backups += 1;
        return Promise.resolve();
      };
      expect(await migrate(old, all, count, () => 0)).toEqual({ from, to: all.length });
      expect(backups).toBe(1);
      expect(old.pluck('SELECT name FROM account')).toEqual(['Kept']);
      expect(old.pragma('integrity_check')).toBe('ok');
      old.close();
    }
  });

  it('records the checksum of each step and refuses a step that was changed afterwards', async () => {
    const db = open();
    const steps = [step(1, 'CREATE TABLE a (x INTEGER) STRICT')];
    await migrate(db, steps, never, () => 7);
    expect(db.allComposed('SELECT * FROM migration')).toEqual([
      { version: 1, name: 'step-1', sha256: 'sha-1', at_ms: 7 },
    ]);
    const changed = [{ ...step(1, 'CREATE TABLE b (x INTEGER) STRICT'), sha256: 'other' }];
    await expect(migrate(db, changed, never, () => 0)).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    db.close();
  });

  it('refuses a newer database and changes nothing of it', async () => {
    const workspace = await openWorkspace(dir, options);
    workspace.db.exec(`PRAGMA user_version = ${own().length + 1}`);
    workspace.close();
    const before = readFileSync(join(dir, DATABASE_FILE));
    await expect(openWorkspace(dir, options)).rejects.toMatchObject({ code: 'WORKSPACE_NEWER' });
    expect(readFileSync(join(dir, DATABASE_FILE)).equals(before)).toBe(true);
  });

  it('a step that fails leaves the old schema, its data and a backup', async () => {
    const before = await openWorkspace(dir, options);
    before.db.exec(
      "INSERT INTO account (id, platform, name, base_url, created_at_ms) VALUES ('a', 'woocommerce', 'Kept', 'https://x', 0)",
    );
    before.close();
    const migrationsDir = join(dir, 'steps');
    copyMigrations(migrationsDir, own());
    const next = String(own().length + 1).padStart(4, '0');
    writeFileSync(
      join(migrationsDir, `${next}-broken.sql`),
      "UPDATE account SET name = 'Lost'; CREATE TABLE half (x INTEGER) STRICT; SELECT nonsense FROM nowhere;",
    );
    await expect(openWorkspace(dir, { ...options, migrationsDir })).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
    });
    const after = await openWorkspace(dir, options);
    expect(schemaVersion(after.db)).toBe(own().length);
    expect(after.db.pluck('SELECT name FROM account')).toEqual(['Kept']);
    expect(after.db.pluck("SELECT name FROM sqlite_schema WHERE name = 'half'")).toEqual([]);
    after.close();
    expect(
      readdirSync(join(dir, 'backups')).filter((name) => name.endsWith('before-update.db')),
    ).toHaveLength(1);
  });

  it('does not begin an update whose backup fails', async () => {
    const db = open();
    await migrate(db, [step(1, 'CREATE TABLE a (x INTEGER) STRICT')], never, () => 0);
    const two = [step(1, ''), step(2, 'DROP TABLE a')];
    const full = (): Promise<void> => Promise.reject(new Error('disk full'));
    await expect(migrate(db, two, full, () => 0)).rejects.toThrow('disk full');
    expect(schemaVersion(db)).toBe(1);
    db.close();
  });
});

function copyMigrations(to: string, steps: readonly Migration[]): void {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to);
  for (const { version, name, text } of steps) {
    writeFileSync(join(to, `${String(version).padStart(4, '0')}-${name}.sql`), text);
  }
}

describe('a runtime that cannot load the binding', () => {
  it('says so in a code before anything native is touched', () => {
    expect(() => assertBinding('8')).toThrow('needs Node-API 10, this runtime has 8');
    expect(() => assertBinding(undefined)).not.toThrow();
    expect(() => assertBinding('10')).not.toThrow();
  });
});

describe('a second process', () => {
  it('is refused with the name of the first, and may come in when that one is gone', async () => {
    const first = await openWorkspace(dir, options);
    await expect(openWorkspace(dir, options)).rejects.toMatchObject({
      code: 'WORKSPACE_IN_USE',
      retryable: true,
      message: expect.stringContaining(String(process.pid)),
    });
    first.close();
    const second = await openWorkspace(dir, options);
    second.close();
  });

  it('that reads the file beside us does not stop a write', async () => {
    const workspace = await openWorkspace(dir, options);
    const reader = new BetterSqlite(join(dir, DATABASE_FILE), { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM account').get();
    workspace.db.exec(
      "INSERT INTO account (id, platform, name, base_url, created_at_ms) VALUES ('a', 'woocommerce', 'x', 'https://x', 0)",
    );
    expect(workspace.db.pluck('SELECT count(*) FROM account')).toEqual([1]);
    reader.close();
    workspace.close();
  });
});
