import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, PickPoint } from './block.ts';
import { bestRoute, routesOf, type RouteRule } from './pick-route.ts';
import { shortestRound } from './shortest-round.ts';

const block: Block = { pitch: 3, length: 20, depotAisle: 1 };
const points = (aisles: Record<number, number[]>): PickPoint[] =>
  Object.entries(aisles).flatMap(([aisle, positions]) =>
    positions.map((position) => ({ aisle: Number(aisle), position })),
  );
const lengths = (picks: readonly PickPoint[], where = block) =>
  Object.fromEntries(routesOf(picks, where).map(({ rule, length }) => [rule, length])) as Record<
    RouteRule,
    number
  >;

describe('routes by rule', () => {
  const published = points({ 1: [5], 3: [4, 18], 4: [10], 6: [8, 12] });

  it('have the published lengths', () => {
    expect(lengths(published)).toMatchObject({ 's-shape': 110, return: 120, 'largest-gap': 102 });
  });

  it('give the best first', () => {
    const routes = routesOf(published, block);
    expect(bestRoute(published, block)).toEqual(routes[0]);
    expect(routes.map(({ length }) => length)).toEqual(
      routes.map(({ length }) => length).sort((a, b) => a - b),
    );
  });

  it('leave the last of an odd number of aisles at its front', () => {
    // Through aisles 1 and 2, seven into aisle 3 and back, six metres across each way.
    expect(lengths(points({ 1: [5], 2: [5], 3: [7] }))['s-shape']).toBe(20 + 20 + 14 + 12);
  });

  it('walk each aisle in the direction in which they come through it', () => {
    const route = routesOf(points({ 1: [2, 9], 2: [4, 15] }), block).find(({ rule }) => rule === 's-shape');
    expect(route?.stops).toEqual([
      { aisle: 1, position: 2 },
      { aisle: 1, position: 9 },
      { aisle: 2, position: 15 },
      { aisle: 2, position: 4 },
    ]);
  });

  it('are nothing without picks and refuse a place outside the block', () => {
    expect(bestRoute([], block)).toMatchObject({ length: 0, stops: [] });
    expect(() => bestRoute([{ aisle: 1, position: 21 }], block)).toThrow(RangeError);
    expect(() => bestRoute([{ aisle: 1.5, position: 1 }], block)).toThrow(RangeError);
  });

  it('begin and end at the depot wherever it stands', () => {
    const middle = { ...block, depotAisle: 4 };
    expect(lengths(points({ 4: [6] }), middle)).toEqual({
      's-shape': 12,
      return: 12,
      'largest-gap': 12,
      combined: 12,
    });
    expect(lengths(points({ 2: [6], 7: [6] }), middle).return).toBe(24 + (2 + 5 + 3) * 3);
  });
});

const anyBlock = fc.record({
  pitch: fc.integer({ min: 1, max: 9 }),
  length: fc.integer({ min: 1, max: 40 }),
  depotAisle: fc.integer({ min: 1, max: 6 }),
});
const anyRound = anyBlock.chain((where) =>
  fc.tuple(
    fc.constant(where),
    fc.array(
      fc.record({
        aisle: fc.integer({ min: 1, max: 6 }),
        position: fc.integer({ min: 0, max: where.length }),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  ),
);

describe('any round', () => {
  it('is never shorter than the shortest possible one, and the combined rule never longer than its parts', () => {
    fc.assert(
      fc.property(anyRound, ([where, picks]) => {
        const found = lengths(picks, where);
        const least = shortestRound(picks, where);
        for (const length of Object.values(found)) expect(length).toBeGreaterThanOrEqual(least);
        expect(found.combined).toBeLessThanOrEqual(Math.min(found['s-shape'], found.return));
      }),
    );
  });

  it('stops once at every distinct place, and walking the stops is no longer than the round', () => {
    fc.assert(
      fc.property(anyRound, ([where, picks]) => {
        const wanted = new Set(picks.map(({ aisle, position }) => `${aisle}/${position}`));
        for (const { stops, length } of routesOf(picks, where)) {
          expect(stops.map(({ aisle, position }) => `${aisle}/${position}`).sort()).toEqual(
            [...wanted].sort(),
          );
          expect(walked(stops, where)).toBeLessThanOrEqual(length);
        }
      }),
    );
  });

  it('has the shortest length that trying all orders finds', () => {
    fc.assert(
      fc.property(
        anyRound.filter(([, picks]) => picks.length <= 6),
        ([where, picks]) => {
          const best = Math.min(...ordersOf(picks).map((order) => walked(order, where)));
          expect(shortestRound(picks, where)).toBe(best);
        },
      ),
      { numRuns: 60 },
    );
  });
});

function ordersOf<T>(list: readonly T[]): T[][] {
  if (list.length === 0) return [[]];
  return list.flatMap((first, index) => ordersOf(list.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

/** Depot, the stops in this order, depot, each leg by its own shortest way. */
function walked(stops: readonly PickPoint[], { pitch, length, depotAisle }: Block): number {
  const depot = { aisle: depotAisle, position: 0 };
  const legs = [...stops, depot].map((to, index) => ({ from: stops[index - 1] ?? depot, to }));
  return legs.reduce((sum, { from, to }) => {
    const inside =
      from.aisle === to.aisle
        ? Math.abs(from.position - to.position)
        : Math.min(from.position + to.position, 2 * length - from.position - to.position);
    return sum + inside + Math.abs(from.aisle - to.aisle) * pitch;
  }, 0);
}
