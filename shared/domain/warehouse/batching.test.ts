import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesBySavings, type BatchOrder } from './batching.ts';

/** A line of shelves from the depot: a round goes to the farthest shelf and back. */
const line =
  (shelf: Record<string, number>) =>
  (ids: readonly string[]): number =>
    2 * Math.max(...ids.map((id) => shelf[id] ?? 0));

const orders = (ids: string): BatchOrder[] => ids.split('').map((id) => ({ id, units: 1 }));

describe('batches by savings', () => {
  it('join the orders that save most first', () => {
    const batches = batchesBySavings(orders('abcd'), { orders: 2 }, line({ a: 1, b: 10, c: 2, d: 9 }));
    expect(batches.map(({ ids, length }) => ({ ids, length }))).toEqual([
      { ids: ['a', 'c'], length: 4 },
      { ids: ['b', 'd'], length: 20 },
    ]);
  });

  it('join nothing that saves nothing', () => {
    const apart = (ids: readonly string[]) => ids.length;
    expect(batchesBySavings(orders('ab'), { orders: 9 }, apart)).toHaveLength(2);
  });

  it('give an order that is too large a round of its own', () => {
    const batches = batchesBySavings(
      [{ id: 'a', units: 50 }, ...orders('bc')],
      { orders: 9, units: 10 },
      line({ a: 5, b: 5, c: 5 }),
    );
    expect(batches.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']]);
  });

  it('hold every order once, keep the limits and never walk farther than order by order', () => {
    const anyOrders = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        units: fc.integer({ min: 1, max: 8 }),
        shelf: fc.integer({ min: 1, max: 99 }),
      }),
      { selector: ({ id }) => id, maxLength: 14 },
    );
    fc.assert(
      fc.property(anyOrders, fc.integer({ min: 1, max: 5 }), (list, most) => {
        const lengthOf = line(Object.fromEntries(list.map(({ id, shelf }) => [id, shelf])));
        const batches = batchesBySavings(list, { orders: most, units: 12 }, lengthOf);
        expect(batches.flatMap(({ ids }) => ids).sort()).toEqual(list.map(({ id }) => id).sort());
        for (const { ids, units } of batches) {
          expect(ids.length).toBeLessThanOrEqual(most);
          expect(units).toBeLessThanOrEqual(12);
        }
        const alone = list.reduce((sum, { id }) => sum + lengthOf([id]), 0);
        expect(batches.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(alone);
      }),
    );
  });
});
