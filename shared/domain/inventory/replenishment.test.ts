import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countQuantile } from './negative-binomial.ts';
import { lostSales, reorder, tryPolicy, type ReorderPolicy } from './replenishment.ts';

const policy: ReorderPolicy = {
  leadDays: 10,
  leadDeviation: 0,
  coverDays: 20,
  reviewDays: 7,
  service: 0.95,
  minimum: 0,
  pack: 1,
};
const steady = { ahead: Array.from({ length: 28 }, () => 3), dispersion: 1 };

describe('a reorder proposal', () => {
  it('holds the quantile of the demand until the next chance, and fills up to the quantile of the plan', () => {
    const figures = reorder(steady, policy, 40);
    expect(figures).toMatchObject({
      leadDemand: 30,
      planDemand: 90,
      reorderPoint: countQuantile(51, 1, 0.95),
      upTo: countQuantile(90, 1, 0.95),
      daysLeft: 13,
    });
    expect(figures.safety).toBe(figures.reorderPoint - 51);
    expect(figures.quantity).toBe(figures.upTo - 40);
    expect(reorder(steady, policy, figures.reorderPoint + 1)).toMatchObject({ need: 0, quantity: 0 });
    expect(reorder(steady, policy, -5).quantity).toBe(figures.upTo + 5);
  });

  it('rounds up to packs and to the minimum, and says which', () => {
    expect(reorder(steady, { ...policy, pack: 12 }, 40)).toMatchObject({ quantity: 72, rounded: 'pack' });
    expect(reorder(steady, { ...policy, minimum: 100, pack: 12 }, 40)).toMatchObject({
      quantity: 108,
      rounded: 'minimum',
    });
    expect(reorder({ ahead: [], dispersion: 1 }, { ...policy, minimum: 100 }, 0)).toMatchObject({
      quantity: 0,
      daysLeft: null,
    });
  });

  it('wants more for better service, longer or less certain deliveries and wilder demand', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        fc.integer({ min: 1, max: 60 }),
        (rate, leadDays) => {
          const forecast = { ahead: Array.from({ length: 28 }, () => rate), dispersion: 1.5 };
          const of = (change: Partial<ReorderPolicy>, spread = 1.5): number =>
            reorder({ ...forecast, dispersion: spread }, { ...policy, leadDays, ...change }, 0).upTo;
          const base = of({});
          expect(of({ service: 0.99 })).toBeGreaterThanOrEqual(base);
          expect(of({ leadDays: leadDays + 10 })).toBeGreaterThanOrEqual(base);
          expect(of({ leadDeviation: 5 })).toBeGreaterThanOrEqual(base);
          expect(of({}, 4)).toBeGreaterThanOrEqual(base);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a trial on the last year', () => {
  // A fixed pattern of buyers with busy and empty weeks, the same for every run.
  const units = Array.from(
    { length: 500 },
    (_, day) => [0, 2, 0, 5, 1, 0, 3, 0, 0, 7, 2][(day * 7) % 11] ?? 0,
  );
  const history = { units, masked: units.map(() => false) };

  it('serves more with a safety stock than without, and holds more for it', () => {
    const safe = tryPolicy(history, 'ses', policy);
    const bare = tryPolicy(history, 'ses', { ...policy, service: 0.5 });
    expect(safe?.fillRate).toBeGreaterThan(0.97);
    expect(safe?.fillRate).toBeGreaterThanOrEqual(bare?.fillRate ?? 1);
    expect(safe?.averageStock).toBeGreaterThan(bare?.averageStock ?? Infinity);
    expect(safe?.orders).toBeGreaterThan(5);
    expect(safe?.days).toBe(364);
  });

  it('keeps the books: what was wanted is served or lost', () => {
    const poor = tryPolicy(history, 'ses', { ...policy, service: 0.01, coverDays: 1 });
    expect(poor?.demand).toBeCloseTo(
      units.slice(-364).reduce((sum, value) => sum + value, 0),
      9,
    );
    expect(poor?.lost).toBeGreaterThan(0);
    expect(poor?.fillRate).toBeCloseTo(1 - (poor?.lost ?? 0) / (poor?.demand ?? 1), 12);
    expect(poor?.daysOut).toBeGreaterThan(0);
  });

  it('is not made of too short a history', () => {
    expect(tryPolicy({ units: units.slice(0, 60), masked: [] }, 'ses', policy)).toBeNull();
  });
});

describe('lost sales', () => {
  it('are what the same weekdays sold when there was stock, with an interval around', () => {
    const units = Array.from({ length: 70 }, (_, day) => (day >= 56 && day < 63 ? 0 : 2));
    const out = units.map((_value, day) => day >= 56 && day < 63);
    const found = lostSales({ units, masked: out }, out);
    expect(found.expected).toBe(14);
    expect(found.low).toBe(countQuantile(14, 1, 0.05));
    expect(found.low).toBeLessThan(14);
    expect(found.high).toBeGreaterThan(14);
    expect(lostSales({ units, masked: [] }, []).expected).toBe(0);
  });
});
