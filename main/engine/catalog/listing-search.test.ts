import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, TestClock, type TestEngine } from '../testing/test-engine.ts';
import { silentLogger } from '../system-ports.ts';
import { undo } from '../journal/undo.ts';
import { editListings } from './edit.ts';
import { composeIds } from './filter-sql.ts';
import { keepListingSearch, refreshListingSearch, trigramQuery } from './listing-search.ts';

let test: TestEngine;
beforeEach(async () => {
  test = await testEngine();
});
afterEach(() => test.close());

function search(text: string): number[] {
  const { sql, params } = composeIds(text, undefined, undefined);
  return test.engine.db.pluck<number>(sql, params);
}

/** The same search without any index: every word in one of the four cells. */
function slowSearch(text: string): number[] {
  const cell = (column: string): string => `${column} LIKE '%' || :word || '%' ESCAPE '\\'`;
  const sets = text
    .trim()
    .split(/\s+/)
    .map((word) =>
      test.engine.db.pluck<number>(
        `SELECT l.rid FROM listing l JOIN product p ON p.rid = l.product_rid
         WHERE l.removed_at_ms IS NULL AND (${['l.sku', 'p.title', 'l.variant', 'l.gtin'].map(cell).join(' OR ')})
         ORDER BY l.product_rid, l.position, l.rid`,
        { word: word.replace(/[\\%_]/g, '\\$&') },
      ),
    );
  const [first = [], ...rest] = sets;
  return first.filter((rid) => rest.every((set) => set.includes(rid)));
}

function stale(): number {
  return test.engine.db.pluck<number>('SELECT count(*) FROM listing_search_stale')[0] ?? -1;
}

const settle = (): void => {
  while (refreshListingSearch(test.engine.db, 7) > 0);
};

const set = (listingId: string, field: string, value: string): void => {
  editListings(test.engine.journal, { changes: [{ listingId, field, value }] }, { actor: 'test' });
};

describe('a search of listings', () => {
  it('finds the same as looking at every cell, while rows wait for the index and after', () => {
    const rows = seedListings(test.engine, 60);
    settle();
    const titles = [
      'Blue "wool" scarf',
      '50% off_mug',
      'ÄPFEL und Birnen',
      '茶色のマグ',
      'a\\b',
      'aaab',
      'abaa bab',
      'SCARF',
    ];
    titles.forEach((title, index) => set(rows[index]?.listingId ?? '', 'title', title));
    set(rows[9]?.listingId ?? '', 'sku', 'wool-1');
    const texts =
      'scarf|SKU-00012|wool|"wool"|scarf blue|wool sku|50%|%off|off_mug|off%mug|Äpfel|äpfel|ÄPFEL|マグ|色のマ|a\\b|ab|a|aaa|aba|product 1|nothing like it|000 1'.split(
        '|',
      );
    const before = texts.map(search);
    expect(before).toEqual(texts.map(slowSearch));
    expect(before.filter((found) => found.length > 0).length).toBeGreaterThan(15);
    expect(stale()).toBeGreaterThan(8);
    settle();
    expect(texts.map(search)).toEqual(before);
  });

  it('follows edits and undo of SKU and title, and forgets the old words', () => {
    const [row] = seedListings(test.engine, 3);
    settle();
    set(row?.listingId ?? '', 'title', 'Turquoise lamp');
    expect(search('turquoise')).toEqual([1]);
    expect(search('product')).toEqual([2, 3]);
    settle();
    expect(search('turquoise')).toEqual([1]);
    undo(test.engine.journal, [], { actor: 'test' });
    expect(search('turquoise')).toEqual([]);
    settle();
    expect(search('turquoise')).toEqual([]);
    expect(search('product')).toEqual([1, 2, 3]);
    const holds = test.engine.db.pluck<number>(
      'SELECT rowid FROM listing_search WHERE listing_search MATCH \'"tur"\'',
    );
    expect(holds).toEqual([]);
  });

  it('notes only rows whose texts changed', () => {
    const [row] = seedListings(test.engine, 3);
    settle();
    set(row?.listingId ?? '', 'price', '12.00');
    expect(stale()).toBe(0);
    set(row?.listingId ?? '', 'sku', 'OTHER');
    expect(stale()).toBe(1);
  });

  it('asks the index for words of three letters and more, by letters and not by code units', () => {
    expect(trigramQuery(['ab', 'c'])).toBeNull();
    expect(trigramQuery(['😀😀'])).toBeNull();
    expect(trigramQuery(['abcd', 'x', 'bcd'])).toBe('"abc" AND "bcd"');
    expect(trigramQuery(['a"b'])).toBe('"a""b"');
    expect(trigramQuery(['x'.repeat(5_000), 'y'.repeat(9)])?.split(' AND ')).toEqual(['"xxx"', '"yyy"']);
  });
});

describe('plans', () => {
  const plan = (text: string | undefined): string[] =>
    test.engine.db.explain(composeIds(text, undefined, undefined).sql);

  it('a search begins at the index and reads no table as a whole', () => {
    const steps = plan('scarf ab');
    expect(steps.some((step) => step.includes('listing_search VIRTUAL TABLE'))).toBe(true);
    expect(steps).toContain('SEARCH l USING INTEGER PRIMARY KEY (rowid=?)');
    expect(steps.filter((step) => /^SCAN (l|p|a)\b/.test(step))).toEqual([]);
  });

  it('the plain list is read from one index, in its order', () => {
    expect(plan(undefined)[0]).toBe('SCAN l USING COVERING INDEX listing_order');
    expect(plan(undefined).join()).not.toContain('TEMP B-TREE');
  });
});

describe('the keeper of the index', () => {
  it('takes what waits at the start and what changes later, and stops when told', async () => {
    const { db, bus } = test.engine;
    const rows = seedListings(test.engine, 5);
    const clock = new TestClock();
    const keeper = keepListingSearch(db, bus, clock, silentLogger);
    while (stale() > 0) await Promise.resolve();
    set(rows[0]?.listingId ?? '', 'title', 'Turquoise lamp');
    while (stale() > 0) await Promise.resolve();
    expect(search('turquoise')).toEqual([1]);
    await keeper.stop();
    set(rows[0]?.listingId ?? '', 'title', 'Green lamp');
    await clock.sleep(10_000);
    expect(stale()).toBe(1);
  });
});
