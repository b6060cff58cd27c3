import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { driftCount, NO_DRIFT, orderDrift } from './order-drift.ts';

const ids = (...list: number[]): Int32Array => Int32Array.from(list);
const order = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 12 });

describe('orderDrift', () => {
  it('finds nothing between equal orders', () => {
    expect(orderDrift(ids(3, 1, 2), ids(3, 1, 2))).toEqual(NO_DRIFT);
  });

  it('counts the fewest rows that have to be moved', () => {
    // One row from the front to the end shifts all others but moves one.
    expect(orderDrift(ids(1, 2, 3, 4, 5), ids(2, 3, 4, 5, 1))).toEqual({ moved: 1, left: 0, entered: 0 });
    expect(orderDrift(ids(1, 2, 3), ids(3, 2, 1)).moved).toBe(2);
  });

  it('tells rows that left and rows that entered apart from moves', () => {
    expect(orderDrift(ids(1, 2, 3, 4), ids(2, 9, 1, 4))).toEqual({ moved: 1, left: 1, entered: 1 });
  });

  it('is zero only for equal orders, and moving back costs as much', () => {
    fc.assert(
      fc.property(order, order, (a, b) => {
        const there = orderDrift(ids(...a), ids(...b));
        const back = orderDrift(ids(...b), ids(...a));
        expect(driftCount(there) === 0).toBe(a.join() === b.join());
        expect(back).toEqual({ moved: there.moved, left: there.entered, entered: there.left });
      }),
    );
  });
});
