import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aisleNumber, binMatcher, DEFAULT_LAYOUT, placeOfBin } from './bin-place.ts';
import { PICK_MODES, planBatches, routeOver, zoneOf, type PlannedPick } from './wave-plan.ts';

const pick = (orderId: string, bin: string, units = 1): PlannedPick => ({
  orderId,
  lineId: `${orderId} ${bin}`,
  bin,
  units,
});

describe('a bin code', () => {
  it('gives aisle and metres from the front by the pattern of its location', () => {
    expect(placeOfBin('A-03-12', DEFAULT_LAYOUT)).toEqual({ name: 'A', aisle: 1, position: 3 });
    expect(placeOfBin('ab-40-1', DEFAULT_LAYOUT)).toEqual({ name: 'AB', aisle: 28, position: 40 });
    expect(placeOfBin('R07/B2', { ...DEFAULT_LAYOUT, pattern: 'R{aisle}/B{bay}', bayPitch: 1.5 })).toEqual({
      name: '07',
      aisle: 7,
      position: 3,
    });
  });

  it('that does not fit is nowhere on the map', () => {
    for (const code of ['', 'shelf by the door', 'A-41-1', 'A-3', 'ABC-1-1', 'A-03-12 ·', '99999-1-1']) {
      expect(placeOfBin(code, DEFAULT_LAYOUT), code).toBeNull();
    }
    expect(binMatcher('{bay}-{level}')).toBeNull();
    expect(binMatcher('{aisle}{aisle}{bay}')).toBeNull();
    expect([aisleNumber('Z'), aisleNumber('aa'), aisleNumber('12'), aisleNumber('1a')]).toEqual([
      26,
      27,
      12,
      null,
    ]);
  });
});

describe('a round', () => {
  it('knows all four rules, the shortest first, and puts unknown bins last', () => {
    // Two deep picks in neighbouring aisles: through the one, back by the other.
    const route = routeOver(['B-38-1', 'door', 'A-40-1', 'A-40-2', ''], DEFAULT_LAYOUT);
    expect(route.costs.map(({ rule, metres }) => [rule, metres])).toEqual([
      ['s-shape', 88],
      ['largest-gap', 88],
      ['combined', 88],
      ['return', 162],
    ]);
    expect(route.bins).toEqual(['A-40-1', 'A-40-2', 'B-38-1', 'door', '']);
    expect(route.offMap).toEqual(['door', '']);
  });

  it('holds every bin once, whatever the codes', () => {
    const code = fc.oneof(
      fc
        .tuple(fc.integer({ min: 0, max: 25 }), fc.integer({ min: 0, max: 50 }))
        .map(([aisle, bay]) => `${String.fromCharCode(65 + aisle)}-${bay}-1`),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(code, { maxLength: 20 }), (codes) => {
        const { bins } = routeOver(codes, DEFAULT_LAYOUT);
        expect([...bins].toSorted()).toEqual([...new Set(codes)].toSorted());
      }),
      { numRuns: 100 },
    );
  });
});

describe('the rounds of a wave', () => {
  const far = [pick('1', 'A-30-1'), pick('2', 'A-31-1'), pick('3', 'F-30-1'), pick('4', 'F-31-1')];

  it('join orders that lie together, within the totes of a cart', () => {
    expect(
      planBatches(far, 'multi', { totes: 2 }, DEFAULT_LAYOUT).map(({ orderIds }) => [...orderIds].toSorted()),
    ).toEqual(
      expect.arrayContaining([
        ['1', '2'],
        ['3', '4'],
      ]),
    );
    expect(planBatches(far, 'single', { totes: 9 }, DEFAULT_LAYOUT)).toHaveLength(4);
    expect(planBatches(far, 'batch', { totes: 9, units: 1 }, DEFAULT_LAYOUT)).toHaveLength(4);
  });

  it('by zone give an order to every zone that it has something in', () => {
    const zones = [
      { name: 'front', from: 1, to: 3 },
      { name: 'back', from: 4, to: 9 },
    ];
    const picks = [pick('1', 'A-1-1'), pick('1', 'F-1-1'), pick('2', 'E-2-1'), pick('3', 'nowhere')];
    expect(
      planBatches(picks, 'zone', { totes: 9 }, DEFAULT_LAYOUT, zones).map(({ zone, orderIds }) => [
        zone,
        [...orderIds].toSorted(),
      ]),
    ).toEqual([
      ['back', ['1', '2']],
      ['front', ['1']],
      ['', ['3']],
    ]);
    expect(zoneOf('Z-1-1', DEFAULT_LAYOUT, zones)).toBe('');
    expect(zoneOf('C-1-1', DEFAULT_LAYOUT, [])).toBe('C');
  });

  it('hold every unit once and never more than a cart, unless one order is more', () => {
    const picks = fc.array(
      fc.record({
        orderId: fc.integer({ min: 1, max: 8 }).map(String),
        lineId: fc.uuid(),
        bin: fc.constantFrom('A-1-1', 'B-9-1', 'C-20-1', 'door', ''),
        units: fc.integer({ min: 1, max: 4 }),
      }),
      { minLength: 1, maxLength: 16 },
    );
    fc.assert(
      fc.property(
        picks,
        fc.constantFrom(...PICK_MODES),
        fc.integer({ min: 1, max: 4 }),
        (all, mode, totes) => {
          const batches = planBatches(all, mode, { totes, units: 6 }, DEFAULT_LAYOUT);
          expect(batches.reduce((sum, { units }) => sum + units, 0)).toBe(
            all.reduce((sum, { units }) => sum + units, 0),
          );
          for (const batch of batches) {
            expect(batch.orderIds.length).toBeLessThanOrEqual(totes);
            expect(batch.orderIds.length === 1 || batch.units <= 6).toBe(true);
          }
          // In zone picking an order is in a round of every zone, and in one round of each.
          const places = batches.flatMap(({ zone, orderIds }) => orderIds.map((id) => `${zone} ${id}`));
          expect(new Set(places).size).toBe(places.length);
          const ids = new Set(batches.flatMap(({ orderIds }) => orderIds));
          expect([...ids].toSorted()).toEqual([...new Set(all.map(({ orderId }) => orderId))].toSorted());
        },
      ),
      { numRuns: 100 },
    );
  });
});
