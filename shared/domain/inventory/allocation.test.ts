import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantityToShow } from './allocation.ts';
import { countedPlaces, countFigures, mergeEntries, type CountEntry } from './counting.ts';
import { bufferForRisk, oversellOdds, poissonTail } from './oversell.ts';
import { spread } from './spread.ts';

const rule = fc.record({
  buffer: fc.integer({ min: 0, max: 50 }),
  floor: fc.integer({ min: 0, max: 50 }),
  maximum: fc.option(fc.integer({ min: 0, max: 50 })),
});

describe('the quantity to show', () => {
  it.each([
    [10, { buffer: 2, floor: 0, maximum: null }, 8],
    [10, { buffer: 2, floor: 0, maximum: 5 }, 5],
    [10, { buffer: 2, floor: 9, maximum: null }, 0],
    [2, { buffer: 2, floor: 0, maximum: null }, 0],
    [-3, { buffer: 0, floor: 0, maximum: null }, 0],
  ])('of %i by %j is %i', (available, own, expected) => {
    expect(quantityToShow(available, own)).toBe(expected);
  });

  it('is never negative, never more than there is, and grows with what there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 200 }), rule, (available, own) => {
        const shown = quantityToShow(available, own);
        expect(shown).toBeGreaterThanOrEqual(0);
        expect(shown).toBeLessThanOrEqual(Math.max(0, available - own.buffer));
        expect(quantityToShow(available + 1, own)).toBeGreaterThanOrEqual(shown);
      }),
    );
  });
});

describe('oversell odds', () => {
  /** P(N > k) summed the plain way; good for small means. */
  const plain = (mean: number, k: number): number => {
    let term = Math.exp(-mean);
    let sum = term;
    for (let n = 1; n <= k; n += 1) {
      term *= mean / n;
      sum += term;
    }
    return 1 - sum;
  };

  it('has the known values', () => {
    expect(poissonTail(2, 3)).toBeCloseTo(0.14287653950145296, 14);
    expect(poissonTail(1, 0)).toBeCloseTo(1 - Math.exp(-1), 15);
    expect(poissonTail(0.001, 3)).toBeCloseTo(4.163334722e-14, 22);
    expect(poissonTail(0, 5)).toBe(0);
    expect(poissonTail(3, -1)).toBe(1);
    // Exact by the normal limit: half of a large Poisson lies above its mean, give or take 1/(3 sqrt(2 pi m)).
    expect(poissonTail(1e6, 1e6)).toBeCloseTo(0.5 - 2 / 3 / Math.sqrt(2 * Math.PI * 1e6), 6);
  });

  it('agrees with the plain sum', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 30, noNaN: true }),
        fc.integer({ min: 0, max: 60 }),
        (mean, k) => {
          expect(poissonTail(mean, k)).toBeCloseTo(plain(mean, k), 10);
        },
      ),
    );
  });

  it('adds the channels up, falls with stock and grows with age', () => {
    const rate = fc.double({ min: 0, max: 20, noNaN: true });
    fc.assert(
      fc.property(rate, rate, fc.integer({ min: 0, max: 40 }), rate, (a, b, stock, ageDays) => {
        const odds = oversellOdds({ ratesPerDay: [a, b], ageDays, stock });
        expect(odds).toBeCloseTo(oversellOdds({ ratesPerDay: [a + b], ageDays, stock }), 10);
        expect(oversellOdds({ ratesPerDay: [a, b], ageDays, stock: stock + 1 })).toBeLessThanOrEqual(
          odds + 1e-12,
        );
        expect(oversellOdds({ ratesPerDay: [a, b], ageDays: ageDays + 1, stock })).toBeGreaterThanOrEqual(
          odds - 1e-12,
        );
      }),
    );
  });

  it('the buffer for a risk is the smallest that keeps it', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 30, noNaN: true }),
        fc.constantFrom(0.001, 0.01, 0.1),
        (rate, risk) => {
          const buffer = bufferForRisk([rate], 1, risk);
          expect(oversellOdds({ ratesPerDay: [rate], ageDays: 1, stock: buffer })).toBeLessThanOrEqual(risk);
          const smaller = Array.from({ length: buffer }, (_, stock) =>
            oversellOdds({ ratesPerDay: [rate], ageDays: 1, stock }),
          );
          expect(smaller.every((odds) => odds > risk)).toBe(true);
        },
      ),
    );
  });
});

describe('a change spread over bins', () => {
  const levels = fc.uniqueArray(
    fc.record({ bin: fc.integer({ min: 0, max: 6 }), quantity: fc.integer({ min: -5, max: 30 }) }),
    { selector: ({ bin }) => bin, maxLength: 5 },
  );

  it('adds up to the change, and takes no bin below 0 but "no bin"', () => {
    fc.assert(
      fc.property(levels, fc.integer({ min: -80, max: 80 }), (known, delta) => {
        const parts = spread(known, delta);
        expect(parts.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(delta);
        expect(parts.every(({ quantity }) => quantity !== 0)).toBe(true);
        expect(new Set(parts.map(({ bin }) => bin)).size).toBe(parts.length);
        for (const { bin, quantity } of parts) {
          const before = known.find((level) => level.bin === bin)?.quantity ?? 0;
          expect(bin === 0 || quantity > 0 || before + quantity >= 0).toBe(true);
        }
      }),
    );
  });

  it('takes loose stock first and then from the fullest bin', () => {
    const known = [
      { bin: 0, quantity: 2 },
      { bin: 1, quantity: 3 },
      { bin: 2, quantity: 9 },
    ];
    expect(spread(known, -4)).toEqual([
      { bin: 0, quantity: -2 },
      { bin: 2, quantity: -2 },
    ]);
    expect(spread(known, 5)).toEqual([{ bin: 2, quantity: 5 }]);
  });
});

describe('counts of several devices', () => {
  const entry: fc.Arbitrary<CountEntry> = fc.record({
    id: fc.uuid(),
    item: fc.integer({ min: 1, max: 4 }),
    bin: fc.integer({ min: 0, max: 2 }),
    quantity: fc.integer({ min: 0, max: 20 }),
    at: fc.integer({ min: 1, max: 1_000 }),
  });
  const entries = fc.array(entry, { maxLength: 20 });

  it('join in any order and any grouping, and twice is once', () => {
    fc.assert(
      fc.property(entries, entries, entries, (a, b, c) => {
        const one = countedPlaces(mergeEntries(a, mergeEntries(b, c)));
        expect(countedPlaces(mergeEntries(mergeEntries(c, a), b))).toEqual(one);
        expect(countedPlaces(mergeEntries(b, a, c, a))).toEqual(one);
      }),
    );
  });

  it('lose no unit', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const counted = countedPlaces(list).reduce((sum, place) => sum + place.counted, 0);
        expect(counted).toBe(list.reduce((sum, { quantity }) => sum + quantity, 0));
      }),
    );
  });

  it('have an accuracy once something was counted', () => {
    expect(countFigures([])).toEqual({ places: 0, exact: 0, accuracy: null, over: 0, short: 0 });
    expect(countFigures([0, 0, 3, -5])).toEqual({ places: 4, exact: 2, accuracy: 0.5, over: 3, short: 5 });
  });
});
