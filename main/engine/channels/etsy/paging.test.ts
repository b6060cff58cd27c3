import { describe, expect, it } from 'vitest';
import { MOST_REPEATS, nextPosition, PAGE, START } from './listing-pages.ts';
import { nextCursor } from './pull-orders.ts';

const listings = (from: number, count: number, state = 'active'): object[] =>
  Array.from({ length: count }, (_unused, index) => ({ listing_id: from + index, state }));

describe('pages of listings', () => {
  it('begin with the last record of the page before', () => {
    const next = nextPosition(START, listings(1, PAGE), 150);
    expect(next).toEqual({ state: 0, offset: 99, last: '100', repeats: 0 });
    expect(nextPosition(next ?? START, listings(100, 51), 150)).toMatchObject({
      state: 1,
      offset: 0,
      last: null,
    });
  });

  it('go one back when the list has shifted', () => {
    const at = { state: 0, offset: 198, last: '199', repeats: 0 };
    expect(nextPosition(at, listings(200, PAGE), 400)).toEqual({
      state: 0,
      offset: 98,
      last: null,
      repeats: 1,
    });
    expect(nextPosition(at, [], 198)).toEqual({ state: 0, offset: 98, last: null, repeats: 1 });
  });

  it('are asked for again when they are of another state, but not for ever', () => {
    const at = { ...START, state: 1 };
    const again = nextPosition(at, listings(1, 3, 'active'), 3);
    expect(again).toEqual({ ...at, repeats: 1 });
    expect(nextPosition({ ...at, repeats: MOST_REPEATS }, listings(1, 3, 'active'), 3)).toMatchObject({
      state: 2,
    });
  });

  it('go on when a page is short although more is counted, and end behind the last state', () => {
    expect(nextPosition(START, listings(1, 40), 90)).toMatchObject({ state: 0, offset: 39, last: '40' });
    expect(nextPosition({ ...START, state: 4 }, listings(1, 2, 'sold_out'), 2)).toBeNull();
    expect(nextPosition({ ...START, state: 4 }, [], 0)).toBeNull();
    // A count that is too high must not keep a reader waiting for ever.
    const at = { state: 4, offset: 9, last: '10', repeats: 0 };
    expect(nextPosition(at, listings(10, 1, 'sold_out'), 12)).toBeNull();
  });
});

describe('pages of receipts', () => {
  const begin = { v: 1, since: 0, offset: 0, newest: 0, repeats: 0 } as const;
  const at = (times: readonly number[]): object[] =>
    times.map((updated_timestamp) => ({ updated_timestamp }));
  const rising = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_unused, index) => from + index);

  it('go on at the time of the last one', () => {
    const { cursor, done } = nextCursor(begin, at(rising(1_000, 100)), 250, 60);
    expect([cursor, done]).toEqual([{ ...begin, since: 1_099, newest: 1_099 }, false]);
  });

  it('are counted on where all have the same time or none are in order', () => {
    const same = nextCursor({ ...begin, since: 5 }, at(Array.from({ length: 100 }, () => 5)), 250, 60);
    expect(same.cursor).toMatchObject({ since: 5, offset: 100 });
    const mixed = nextCursor(begin, at(rising(1_000, 100).toReversed()), 250, 60);
    expect(mixed.cursor).toMatchObject({ since: 0, offset: 100, newest: 1_099 });
  });

  it('end with an overlap, and leave the last cursor where nothing came', () => {
    const end = nextCursor({ ...begin, since: 900 }, at([950, 1_000]), 2, 60);
    expect([end.cursor, end.done]).toEqual([{ ...begin, since: 940, newest: 1_000 }, true]);
    expect(nextCursor(end.cursor, [], 0, 60)).toEqual(end);
  });

  it('that are older than asked for are asked for again', () => {
    const stale = nextCursor({ ...begin, since: 900 }, at(rising(700, 100)), 250, 60);
    expect([stale.cursor, stale.done]).toEqual([{ ...begin, since: 900, newest: 799, repeats: 1 }, false]);
  });
});
