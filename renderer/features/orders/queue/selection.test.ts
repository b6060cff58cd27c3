import { describe, expect, it } from 'vitest';
import { choose, MAX_CHOSEN, moveTo, NOTHING, targets, toggle } from './selection.ts';

describe('choosing orders', () => {
  it('is for the row under the hand until something is chosen', () => {
    const there = moveTo(NOTHING, 3, 'c');
    expect(targets(NOTHING)).toEqual([]);
    expect(targets(there)).toEqual(['c']);
    expect(targets(toggle(there, 5, 'e'))).toEqual(['e']);
  });

  it('adds and takes away one by one', () => {
    const two = toggle(toggle(NOTHING, 1, 'a'), 2, 'b');
    expect(targets(two)).toEqual(['a', 'b']);
    expect(targets(toggle(two, 1, 'a'))).toEqual(['b']);
  });

  it('by range replaces what was chosen and keeps where it began', () => {
    const from = moveTo(NOTHING, 2, 'c');
    const range = choose(from, ['c', 'd', 'e'], 4, 'e');
    expect(range.anchor).toBe(2);
    expect(targets(range)).toEqual(['c', 'd', 'e']);
    expect(targets(choose(range, ['b', 'c'], 1, 'b'))).toEqual(['b', 'c']);
  });

  it('ends at what one batch can hold', () => {
    const ids = Array.from({ length: MAX_CHOSEN + 5 }, (_, index) => String(index));
    const full = choose(NOTHING, ids, 0, '0');
    expect(full.chosen.size).toBe(MAX_CHOSEN);
    expect(toggle(full, 0, 'one more').chosen.size).toBe(MAX_CHOSEN);
  });
});
