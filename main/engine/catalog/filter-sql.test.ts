import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ListingFilter } from '#shared/contract/common.ts';
import { seedListings } from '../testing/seed-listings.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { composeIds } from './filter-sql.ts';

let test: TestEngine;
beforeEach(async () => {
  test = await testEngine();
  seedListings(test.engine, 5);
});
afterEach(() => test.close());

function count(filter: ListingFilter): number {
  const { sql, params } = composeIds(undefined, filter, undefined);
  return test.engine.db.pluck<number>(sql, params).length;
}

describe('a filter', () => {
  it('that allows nothing of a kind matches no row', () => {
    expect(count({})).toBe(5);
    expect(count({ states: ['clean'] })).toBe(5);
    expect([count({ states: [] }), count({ accountIds: [] }), count({ status: [] })]).toEqual([0, 0, 0]);
  });

  it('takes any text to search for', () => {
    const texts = ['product\0 1', '\0', '"', 'a"\0"b', '%%%', "';--", 'NEAR(abc)', '\uD83D\uD83D\uD83D'];
    const found = texts.map((text) => {
      const { sql, params } = composeIds(text, undefined, undefined);
      return test.engine.db.pluck<number>(sql, params).length;
    });
    expect(found).toEqual([1, 5, 0, 0, 0, 0, 0, 0]);
  });

  it('without conditions asks for none', () => {
    expect(count({ conditions: [], match: 'any' })).toBe(5);
  });
});
