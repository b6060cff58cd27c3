import { describe, expect, it } from 'vitest';
import { dueParts } from './due-text.ts';

const H = 3_600_000;

describe('the clock of an order', () => {
  it.each([
    [-30_000, 'late', 'late', 'minutes', 1],
    [-3 * H - 1, 'late', 'late', 'hours', 3],
    [-50 * H, 'late', 'late', 'days', 2],
    [90 * 60_000, 'today', 'today', 'hours', 1],
    [20 * H, 'later', 'later', 'hours', 20],
    [72 * H, 'later', 'later', 'days', 3],
    // It ran out while the row was on the screen.
    [-1, 'today', 'late', 'minutes', 1],
  ] as const)('%i ms away and %s is %s, %s %i', (ms, due, key, unit, count) => {
    expect(dueParts(1_000_000_000 + ms, due, 1_000_000_000)).toEqual({ key, unit, count });
  });
});
