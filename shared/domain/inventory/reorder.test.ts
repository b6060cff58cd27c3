import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { abcClasses, deseasonalised, xyzClass } from './abc-xyz.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import {
  cheapestLot,
  economicOrderQuantity,
  fillRate,
  lotCost,
  newsvendorRatio,
  reorderPoint,
  safetyStock,
  serviceFactor,
  unitLoss,
} from './reorder.ts';

const CARPET = { demand: 30, demandDeviation: 5, leadTime: 10, leadTimeDeviation: 0 };

describe('the normal distribution', () => {
  it('has the known values', () => {
    expect(normalQuantile(0.95)).toBeCloseTo(1.6448536269514722, 12);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
    expect(normalCdf(1.959963984540054)).toBeCloseTo(0.975, 14);
    expect(normalCdf(-6)).toBeCloseTo(9.865876450376946e-10, 20);
  });

  it('is undone by its quantile, on both sides', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (z) => {
        expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, z > 4 ? 4 : 8);
        expect(normalCdf(z) + normalCdf(-z)).toBeCloseTo(1, 14);
      }),
    );
  });
});

describe('safety stock and reorder point', () => {
  it('give the published values', () => {
    expect(safetyStock(1.65, CARPET)).toBeCloseTo(26.1, 1);
    expect(reorderPoint(1.65, CARPET)).toBeCloseTo(326.1, 1);
    expect(serviceFactor(0.95)).toBeCloseTo(1.644854, 6);
    expect(safetyStock(serviceFactor(0.95), CARPET)).toBeCloseTo(26.0074, 4);
    expect(economicOrderQuantity(1_200, 50, 6)).toBeCloseTo(141.4214, 4);
    expect(unitLoss(1)).toBeCloseTo(0.0833155, 7);
  });

  it('a periodic review covers its interval too', () => {
    expect(reorderPoint(0, CARPET, 4)).toBe(30 * 14);
    expect(reorderPoint(1.65, CARPET, 4)).toBeGreaterThan(reorderPoint(1.65, CARPET));
  });

  it('grow with the service, the spread and the lead time', () => {
    const size = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(size, size, size, size, fc.double({ min: 0, max: 3, noNaN: true }), (d, sd, l, sl, z) => {
        const input = { demand: d, demandDeviation: sd, leadTime: l, leadTimeDeviation: sl };
        const base = safetyStock(z, input);
        expect(base).toBeGreaterThanOrEqual(0);
        expect(safetyStock(z + 1, input)).toBeGreaterThanOrEqual(base);
        expect(safetyStock(z, { ...input, leadTime: l + 1 })).toBeGreaterThanOrEqual(base);
        expect(safetyStock(z, { ...input, demandDeviation: sd + 1 })).toBeGreaterThanOrEqual(base);
      }),
    );
  });

  it('the fill rate lies between 0 and 1 and grows with the lot', () => {
    expect(fillRate(1, 10, 100)).toBeCloseTo(1 - 0.833155 / 100, 6);
    expect(fillRate(-3, 100, 1)).toBe(0);
    expect(fillRate(0, 10, 200)).toBeGreaterThan(fillRate(0, 10, 100));
    expect(newsvendorRatio(3, 1)).toBe(0.75);
    expect(() => newsvendorRatio(0, 0)).toThrow(RangeError);
  });
});

describe('the cheapest lot', () => {
  it('is no worse than any other feasible lot', () => {
    const price = fc.integer({ min: 1, max: 50 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 0, max: 200 }),
        fc.array(fc.tuple(fc.integer({ min: 2, max: 400 }), price), { maxLength: 3 }),
        price,
        (demand, orderCost, pack, minimum, breaks, first) => {
          const prices = [
            { from: 0, price: first },
            ...breaks.map(([from, each]) => ({ from, price: each })),
          ].filter((step, index, all) => all.findIndex(({ from }) => from === step.from) === index);
          const input = { demand, orderCost, holdingRate: 0.25, minimum, pack, prices };
          const best = cheapestLot(input);
          expect(best.quantity % pack).toBe(0);
          expect(best.quantity).toBeGreaterThanOrEqual(minimum);
          for (let quantity = pack; quantity <= 2_400; quantity += pack) {
            if (quantity < minimum) continue;
            const step = prices.filter(({ from }) => from <= quantity).toSorted((a, b) => b.from - a.from)[0];
            expect(best.cost).toBeLessThanOrEqual(lotCost(input, quantity, step?.price ?? 0) + 1e-6);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('ABC', () => {
  it('ends at 80 and 95 percent', () => {
    const items = [70, 10, 10, 5, 4, 1].map((value, at) => ({ id: String(at), value }));
    expect([...abcClasses(items).values()]).toEqual(['A', 'A', 'A', 'B', 'C', 'C']);
  });

  it('gives every item one class whatever the order, and equal values the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5, max: 50 }), { maxLength: 40 }),
        fc.integer({ min: 0, max: 39 }),
        (values, turn) => {
          const items = values.map((value, at) => ({ id: `i${at}`, value }));
          const classes = abcClasses(items);
          expect(classes.size).toBe(items.length);
          const turned = abcClasses([...items.slice(turn), ...items.slice(0, turn)]);
          for (const { id, value } of items) {
            expect(turned.get(id)).toBe(classes.get(id));
            const alike = items.filter((other) => other.value === value);
            expect(alike.every((other) => classes.get(other.id) === classes.get(id))).toBe(true);
          }
          const total = items.reduce((sum, { value }) => sum + Math.max(0, value), 0);
          const a = items
            .filter(({ id }) => classes.get(id) === 'A')
            .reduce((sum, { value }) => sum + value, 0);
          expect(a).toBeGreaterThanOrEqual(0.8 * total - 1e-9);
        },
      ),
    );
  });
});

describe('XYZ', () => {
  it('looks at demand without its season', () => {
    const seasonal = Array.from({ length: 16 }, (_, at) => [1, 1, 1, 20][at % 4] ?? 0);
    expect(xyzClass(seasonal)).toBe('Z');
    expect(xyzClass(seasonal, 4)).toBe('X');
    expect(deseasonalised(seasonal, 4).every((value) => Math.abs(value - 5.75) < 1e-9)).toBe(true);
    expect(xyzClass([1, 1, 1, 4])).toBe('Y');
    expect(xyzClass([0, 0])).toBeNull();
    expect(xyzClass([])).toBeNull();
  });
});
