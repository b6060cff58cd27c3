import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { editListings } from '../catalog/edit.ts';
import { Database } from '../db/database.ts';
import { undo } from '../journal/undo.ts';
import { seedListings, type SeededListing } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { BULK_ROWS } from './safety-backups.ts';

let test: TestEngine;
let listings: SeededListing[];
beforeEach(async () => {
  test = await testEngine();
  listings = seedListings(test.engine, BULK_ROWS + 200);
});
afterEach(() => test.close());

const edit = (count: number, price: string): void => {
  const changes = listings
    .slice(0, count)
    .map(({ listingId }) => ({ listingId, field: 'price', value: price }));
  editListings(test.engine.journal, { changes }, { actor: 'test' });
};
const folder = (): string => join(test.dir, 'backups');
const backups = (): string[] => (existsSync(folder()) ? readdirSync(folder()).sort() : []);
const pricesIn = (file: string): number[] => {
  const db = new Database(join(folder(), file), { readonly: true });
  try {
    return db.pluck<number>('SELECT DISTINCT price_minor FROM listing ORDER BY rid LIMIT 2');
  } finally {
    db.close();
  }
};

it('a change of many rows leaves a whole backup of what was before it, made while work goes on', async () => {
  edit(BULK_ROWS, '50.00');
  expect(backups()).toEqual([]);
  edit(BULK_ROWS + 1, '60.00');
  // The copy has only begun; what follows it must not get in.
  edit(5, '70.00');
  await test.engine.safety.settled();
  const [file = '', ...others] = backups();
  expect(others).toEqual([]);
  expect(file).toMatch(/-before-change\.db$/);
  expect(pricesIn(file)).toEqual([5_000, 2_000]);
  const noted = test.engine.db.pluck<string>('SELECT reason FROM backup');
  expect(noted).toEqual(['before-change']);
});

it('changes close together share one backup, an undo of many rows counts too, and later ones get their own', async () => {
  edit(BULK_ROWS + 1, '60.00');
  await test.engine.safety.settled();
  edit(BULK_ROWS + 1, '61.00');
  await test.engine.safety.settled();
  expect(backups()).toHaveLength(1);
  test.clock.advance(11 * 60_000);
  undo(test.engine.journal, [], { actor: 'test' });
  await test.engine.safety.settled();
  expect(backups()).toHaveLength(2);
  expect(pricesIn(backups()[1] ?? '')[0]).toBe(6_100);
});

it('a backup that cannot be made stops nothing and leaves no half file', async () => {
  writeFileSync(folder(), 'a file where the folder should be');
  edit(BULK_ROWS + 1, '60.00');
  await test.engine.safety.settled();
  expect(test.engine.db.pluck('SELECT price_minor FROM listing LIMIT 1')).toEqual([6_000]);
  expect(test.engine.db.pluck('SELECT count(*) FROM backup')).toEqual([0]);
});

it('closing does not wait for a copy and leaves none behind', async () => {
  edit(BULK_ROWS + 1, '60.00');
  await test.engine.safety.stop();
  expect(backups()).toEqual([]);
});

it('one backup a day, none when there is a fresh one, and a clock set back does not put it off', async () => {
  test.engine.safety.daily();
  await test.engine.safety.settled();
  expect(backups()).toHaveLength(1);
  expect(backups()[0]).toMatch(/-daily\.db$/);
  test.clock.advance(23 * 3_600_000);
  test.engine.safety.daily();
  await test.engine.safety.settled();
  expect(backups()).toHaveLength(1);
  test.clock.advance(2 * 3_600_000);
  test.engine.safety.daily();
  await test.engine.safety.settled();
  expect(backups()).toHaveLength(2);
  test.clock.advance(-30 * 86_400_000);
  test.engine.safety.daily();
  await test.engine.safety.settled();
  expect(backups()).toHaveLength(3);
});
