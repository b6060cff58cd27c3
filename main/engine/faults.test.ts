import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { v7 } from 'uuid';
import { editListings } from './catalog/edit.ts';
import { backupDatabase } from './db/backup.ts';
import { backUp, verifyWorkspace } from './jobs/maintenance.ts';
import { restoreWorkspace } from './jobs/restore.ts';
import { undo } from './journal/undo.ts';
import { addAccount } from './sync/manage-accounts.ts';
import { publish } from './sync/publish.ts';
import { pull } from './sync/pull.ts';
import { silentLogger } from './system-ports.ts';
import { FakeShop } from './testing/fake-shop.ts';
import { seedListings, type SeededListing } from './testing/seed-listings.ts';
import { memoryVault, testEngine, type TestEngine } from './testing/test-engine.ts';
import { DATABASE_FILE, openWorkspace } from './workspace.ts';

let test: TestEngine;
let listings: SeededListing[];
beforeEach(async () => {
  test = await testEngine();
  listings = seedListings(test.engine, 2_000);
});
afterEach(() => test.close());

const call = { actor: 'test' };
const editAll = (value: string) =>
  editListings(
    test.engine.journal,
    {
      changes: listings.map(({ listingId }) => ({ listingId, field: 'sku', value: `${value}-${listingId}` })),
    },
    call,
  );
const state = () => ({
  skus: test.engine.db.pluck<string>('SELECT sku FROM listing ORDER BY rid'),
  commands: test.engine.db.pluck<number>('SELECT count(*) FROM command'),
  ops: test.engine.db.pluck<number>('SELECT count(*) FROM outbox'),
});
const database = (): string => join(test.dir, DATABASE_FILE);

describe('a full disk', () => {
  it('refuses the change as a whole, and takes it once there is room', () => {
    const { db } = test.engine;
    const before = state();
    db.exec(`PRAGMA max_page_count = ${Number(db.pragma('page_count')) + 4}`);
    expect(() => editAll('full')).toThrow(expect.objectContaining({ code: 'DISK_FULL' }));
    expect(state()).toEqual(before);
    expect(verifyWorkspace(test.engine)).toMatchObject({ ok: true });
    db.exec('PRAGMA max_page_count = 1073741823');
    expect(editAll('room')).toMatchObject({ applied: 2_000 });
  });
});

describe('a second writer', () => {
  it('is waited for, then told about; the change is not half there and works afterwards', () => {
    const other = new BetterSqlite(database());
    other.exec('BEGIN IMMEDIATE');
    test.engine.db.exec('PRAGMA busy_timeout = 20');
    const before = state();
    expect(() => editAll('busy')).toThrow(expect.objectContaining({ code: 'WORKSPACE_IN_USE' }));
    other.exec('ROLLBACK');
    other.close();
    expect(state()).toEqual(before);
    expect(editAll('free')).toMatchObject({ applied: 2_000 });
  });
});

/** Overwrites a part of a file behind its middle, where rows are and the schema is not, as a failing disk does. */
function damage(file: string): void {
  const handle = openSync(file, 'r+');
  const { size } = statSync(file);
  const from = Math.floor(size / 2);
  const length = Math.floor(size / 4);
  writeSync(handle, Buffer.alloc(length, 0xa5), 0, length, from);
  closeSync(handle);
}

describe('a damaged file', () => {
  it('is called damaged, is never made a backup of, still closes, and gives way to a good backup', async () => {
    editAll('kept');
    await test.engine.safety.settled();
    const good = state().skus;
    const { file } = await backUp(test.engine, undefined, 'manual', undefined);
    test.engine.db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const dir = join(test.dir, 'damaged');
    mkdirSync(dir);
    copyFileSync(database(), join(dir, DATABASE_FILE));
    damage(join(dir, DATABASE_FILE));

    const broken = await openWorkspace(dir, options);
    const corrupt = expect.objectContaining({ code: 'WORKSPACE_CORRUPT' });
    expect(() => broken.db.pluck('SELECT sku FROM listing ORDER BY updated_at_ms')).toThrow(corrupt);
    await expect(backupDatabase(broken.db, join(dir, 'bad.db'))).rejects.toMatchObject({
      code: 'BACKUP_FAILED',
    });
    expect(readdirSync(dir).filter((name) => name.startsWith('bad.db'))).toEqual([]);
    broken.close();

    const { kept } = restoreWorkspace(dir, file, test.clock.now());
    const restored = await openWorkspace(dir, options);
    expect(restored.db.pluck('SELECT sku FROM listing ORDER BY rid')).toEqual(good);
    restored.close();
    expect(existsSync(kept ?? '')).toBe(true);
  });

  it('that is no database at all is refused and left as it is', async () => {
    const dir = join(test.dir, 'text');
    mkdirSync(dir);
    writeFileSync(join(dir, DATABASE_FILE), 'Dear diary, this is no database.'.repeat(200));
    await expect(openWorkspace(dir, options)).rejects.toMatchObject({ code: 'WORKSPACE_CORRUPT' });
    expect(readFileSync(join(dir, DATABASE_FILE), 'utf8')).toMatch(/^Dear diary/);
  });

  it('a torn write-ahead log costs at most its last commands, never a half one', async () => {
    const { db } = test.engine;
    db.exec('PRAGMA wal_autocheckpoint = 0');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    for (let turn = 1; turn <= 5; turn += 1) editAll(`turn${turn}`);
    await test.engine.safety.settled();
    const wal = `${database()}-wal`;
    const { size } = statSync(wal);
    for (const share of [0.1, 0.35, 0.6, 0.85, 0.999]) {
      const dir = join(test.dir, `torn-${share}`);
      mkdirSync(dir);
      copyFileSync(database(), join(dir, DATABASE_FILE));
      copyFileSync(wal, join(dir, `${DATABASE_FILE}-wal`));
      truncateSync(join(dir, `${DATABASE_FILE}-wal`), Math.floor(size * share));
      const torn = await openWorkspace(dir, options);
      const turns = new Set(torn.db.pluck<string>('SELECT sku FROM listing').map((sku) => sku.split('-')[0]));
      expect(turns.size, `whole commands at ${share}`).toBe(1);
      const commands =
        torn.db.pluck<number>("SELECT count(*) FROM command WHERE method = 'listings.edit'")[0] ?? -1;
      expect([...turns]).toEqual([commands === 0 ? 'SKU' : `turn${commands}`]);
      expect(torn.db.pragma('integrity_check')).toBe('ok');
      torn.close();
    }
  });
});

describe('a folder that cannot be written', () => {
  it('is refused with what to do, before anything is made', async () => {
    // Nobody makes files here, not even root, whom permissions do not stop.
    const dir = '/sys/kernel';
    const denied = process.platform === 'linux' ? dir : join(test.dir, DATABASE_FILE);
    await expect(openWorkspace(denied, options)).rejects.toMatchObject({ code: 'WORKSPACE_UNWRITABLE' });
  });

  it('a backup to such a place fails and leaves nothing', async () => {
    const file = join(test.dir, DATABASE_FILE, 'backup.db');
    await expect(backUp(test.engine, file, 'manual', undefined)).rejects.toMatchObject({
      code: 'BACKUP_FAILED',
    });
    expect(editAll('still')).toMatchObject({ applied: 2_000 });
  });
});

describe('a clock that jumps', () => {
  it('back: undo takes the newest command all the same', () => {
    editAll('first');
    test.clock.advance(-10 * DAY);
    editAll('second');
    undo(test.engine.journal, [], call);
    expect(state().skus[0]).toMatch(/^first-/);
    undo(test.engine.journal, [], call);
    expect(state().skus[0]).toBe('SKU-00000');
  });

  it.each([
    ['back', -10 * DAY],
    ['forward', 400 * DAY],
  ])('%s while an op waits to be tried again: the next publish sends it once', async (_way, jump) => {
    test.close();
    const shop = new FakeShop();
    shop.add('1', { title: 'P', sku: 'S', price: 1_000, status: 'publish' });
    test = await testEngine({ connectors: [shop] });
    const { engine } = test;
    await addAccount(
      engine,
      { platform: 'woocommerce', name: 'Shop', baseUrl: 'https://shop.example', credentials: {} },
      call,
    );
    await pull(engine, {}, signal);
    const [id = ''] = engine.db.pluck<string>('SELECT id FROM listing');
    editListings(engine.journal, { changes: [{ listingId: id, field: 'price', value: '12.00' }] }, call);
    shop.pushFaults.push(...Array.from({ length: 30 }, () => 'drop-before' as const));
    const first = await publish(engine, {}, signal);
    expect(first).toMatchObject({ verified: 0, waiting: [{ ops: 1 }] });
    shop.pushFaults.length = 0;
    test.clock.advance(jump);
    expect(await publish(engine, {}, signal)).toMatchObject({ verified: 1, waiting: [] });
    expect(shop.applied).toEqual([{ id: '1', field: 'price', value: 1_200 }]);
  });
});

const DAY = 86_400_000;
const signal = new AbortController().signal;
const options = {
  create: true,
  clock: { now: () => Date.UTC(2026, 10, 23), sleep: () => Promise.resolve() },
  log: silentLogger,
  newId: () => v7(),
  vault: memoryVault(),
};
