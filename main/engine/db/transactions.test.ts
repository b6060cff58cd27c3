import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Database } from './database.ts';

let dir: string;
let db: Database;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-db-'));
  db = new Database(join(dir, 'test.db'));
  db.exec('CREATE TABLE t (x INTEGER CHECK (x > 0)) STRICT');
});
afterEach(() => {
  db.close();
  rmSync(dir, { recursive: true, force: true });
});

const add = (x: number): void => db.exec(`INSERT INTO t VALUES (${x})`);
const all = (): number[] => db.pluck('SELECT x FROM t ORDER BY x');
const FULL = 2;
const NORMAL = 1;

describe('kinds of transactions', () => {
  it('a relaxed one does not wait for the disk, the next one does again, however it ended', () => {
    expect(db.relaxedTransaction(() => db.pragma('synchronous'))).toBe(NORMAL);
    expect(db.pragma('synchronous')).toBe(FULL);
    const fails = (): void => {
      add(1);
      throw new Error('no');
    };
    expect(() => db.relaxedTransaction(fails)).toThrow('no');
    expect([all(), db.pragma('synchronous')]).toEqual([[], FULL]);
  });

  it('a relaxed one within another one is as durable as that', () => {
    expect(db.transaction(() => db.relaxedTransaction(() => db.pragma('synchronous')))).toBe(FULL);
  });

  it('a savepoint takes back its own part only', () => {
    db.transaction(() => {
      add(1);
      expect(() =>
        db.savepoint(() => {
          add(2);
          throw new Error('no');
        }),
      ).toThrow('no');
      db.savepoint(() => add(3));
    });
    expect(all()).toEqual([1, 3]);
  });

  it('a rehearsal gives its result and leaves nothing', () => {
    expect(
      db.rehearse(() => {
        add(1);
        return all();
      }),
    ).toEqual([1]);
    expect([all(), db.inTransaction]).toEqual([[], false]);
  });

  it('checks are off only for the work that was checked before', () => {
    db.withoutChecks(() => db.runComposed('INSERT INTO t VALUES (-1)'));
    expect(() => add(-2)).toThrow(/CHECK/);
  });
});
