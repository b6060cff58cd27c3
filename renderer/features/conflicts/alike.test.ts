import { describe, expect, it } from 'vitest';
import type { Conflict } from '#shared/contract/publish.ts';
import { alike, nextAfter } from './alike.ts';

const conflict = (opId: string, field: Conflict['field'], accountId = 'x'): Conflict => ({
  opId,
  listingId: opId,
  accountId,
  sku: null,
  title: '',
  field,
  base: null,
  mine: null,
  theirs: null,
  mineAt: 0,
  at: 0,
});
const list = [
  conflict('1', 'price'),
  conflict('2', 'title'),
  conflict('3', 'price'),
  conflict('4', 'price', 'y'),
];
const ids = (found: readonly Conflict[]): string[] => found.map(({ opId }) => opId);

describe('conflicts', () => {
  it('are alike by field and account', () => {
    const [first] = list;
    expect(first && ids(alike(list, first))).toEqual(['1', '3']);
  });

  it('go on to the next that is open, then to the one before, then to none', () => {
    expect(nextAfter(list, new Set(['1', '3']), '1')).toBe('2');
    expect(nextAfter(list, new Set(['3']), '3')).toBe('4');
    expect(nextAfter(list, new Set(['4']), '4')).toBe('3');
    expect(nextAfter(list, new Set(['1', '2', '3', '4']), '2')).toBeNull();
  });
});
