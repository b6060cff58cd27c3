/** How far a frozen order is from what the same filter and sort would give now. */
export interface OrderDrift {
  /** Rows that would stand elsewhere: the fewest that have to be moved. */
  readonly moved: number;
  /** Rows that no longer match. */
  readonly left: number;
  /** Rows that match now. */
  readonly entered: number;
}

export const NO_DRIFT: OrderDrift = { moved: 0, left: 0, entered: 0 };

export function driftCount({ moved, left, entered }: OrderDrift): number {
  return moved + left + entered;
}

export function sameOrder(a: Int32Array, b: Int32Array): boolean {
  return a.length === b.length && a.every((rid, at) => rid === b[at]);
}

/** Compares two orders of distinct row ids in O(n log n). */
export function orderDrift(before: Int32Array, after: Int32Array): OrderDrift {
  if (sameOrder(before, after)) return NO_DRIFT;
  const places = new Map<number, number>();
  for (const [at, rid] of after.entries()) places.set(rid, at);
  const common: number[] = [];
  for (const rid of before) {
    const place = places.get(rid);
    if (place !== undefined) common.push(place);
  }
  return {
    moved: common.length - longestIncreasing(common),
    left: before.length - common.length,
    entered: after.length - common.length,
  };
}

/** Length of the longest increasing subsequence of distinct numbers (patience sorting). */
function longestIncreasing(places: readonly number[]): number {
  const tails: number[] = [];
  for (const place of places) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    tails[low] = place;
  }
  return tails.length;
}
