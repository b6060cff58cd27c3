import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filledDemand, weeklyDispersion, weeklySums } from './demand-history.ts';
import { chooseForecast } from './forecast-choice.ts';
import { countQuantile, countTail } from './negative-binomial.ts';
import { poissonTail } from './oversell.ts';

/** Seeded uniform numbers (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
function poisson(random: () => number, rate: number): number {
  const end = Math.exp(-rate);
  let product = random();
  let n = 0;
  while (product > end) {
    product *= random();
    n += 1;
  }
  return n;
}
const open = (units: number[]) => ({ units, masked: units.map(() => false) });

describe('quantiles of counts', () => {
  it('are those of the Poisson distribution without extra spread', () => {
    for (const mean of [0.3, 2, 17]) {
      for (const p of [0.1, 0.5, 0.9, 0.99]) {
        const k = countQuantile(mean, 1, p);
        expect(1 - poissonTail(mean, k)).toBeGreaterThanOrEqual(p - 1e-12);
        expect(k === 0 ? 0 : 1 - poissonTail(mean, k - 1)).toBeLessThan(p);
      }
    }
  });

  it('of the geometric distribution are known in closed form', () => {
    // Size 1: mean m, dispersion 1 + m, P(N <= k) = 1 - (m / (1 + m))^(k + 1).
    for (const mean of [1, 4]) {
      for (const p of [0.5, 0.9, 0.975]) {
        const exact = Math.max(0, Math.ceil(Math.log(1 - p) / Math.log(mean / (1 + mean)) - 1));
        expect(countQuantile(mean, 1 + mean, p)).toBe(exact);
      }
    }
  });

  it('and tails are the two sides of one distribution', () => {
    for (const [mean, dispersion] of [
      [3, 1],
      [8, 2.5],
      [40, 4],
    ] as const) {
      for (const p of [0.2, 0.8, 0.99]) {
        const k = countQuantile(mean, dispersion, p);
        expect(countTail(mean, dispersion, k)).toBeLessThanOrEqual(1 - p + 1e-12);
        expect(countTail(mean, dispersion, k - 1)).toBeGreaterThan(1 - p);
      }
    }
    expect(countTail(17, 1, 20)).toBeCloseTo(poissonTail(17, 20), 12);
    expect(countTail(0, 1, 0)).toBe(0);
    expect(countTail(5_000, 2, 5_000)).toBeCloseTo(0.5, 1);
  });

  it('grow with the mean, the spread and the probability, and join the normal curve', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 3_000, noNaN: true }),
        fc.double({ min: 1, max: 8, noNaN: true }),
        (mean, dispersion) => {
          const at = (p: number): number => countQuantile(mean, dispersion, p);
          expect(at(0.95)).toBeGreaterThanOrEqual(at(0.5));
          expect(countQuantile(mean * 1.5, dispersion, 0.9)).toBeGreaterThanOrEqual(at(0.9) - 1);
          expect(Math.abs(at(0.5) - mean)).toBeLessThan(1 + 0.6 * Math.sqrt(dispersion * mean) + dispersion);
        },
      ),
    );
    expect(Math.abs(countQuantile(1_999, 2, 0.95) - countQuantile(2_001, 2, 0.95))).toBeLessThan(6);
  });
});

describe('a history', () => {
  it('fills masked days from the same weekdays and keeps the others', () => {
    const units: number[] = Array.from({ length: 21 }, (_, day) => (day % 7 === 0 ? 10 : 1));
    units[14] = 0;
    units[15] = 0;
    const masked = units.map((_value, day) => day === 14 || day === 15);
    expect(filledDemand({ units, masked })[14]).toBe(10);
    expect(filledDemand({ units, masked })[15]).toBe(1);
    expect(filledDemand({ units, masked })[16]).toBe(1);
    expect(weeklySums([9, ...Array.from({ length: 14 }, () => 1)])).toEqual([7, 7]);
  });

  it('tells independent buyers from crowds by the spread of its weeks', () => {
    const random = uniform(1);
    const single = Array.from({ length: 364 }, () => poisson(random, 3));
    const crowd = single.map((value) => value * 5);
    expect(weeklyDispersion(single)).toBeGreaterThanOrEqual(1);
    expect(weeklyDispersion(single)).toBeLessThan(1.7);
    expect(weeklyDispersion(crowd)).toBeGreaterThan(3.5);
    expect(weeklyDispersion([1, 2, 3])).toBe(1);
  });
});

describe('the choice of a model', () => {
  it('finds the weekly season of a steady item and beats last week with it', () => {
    const random = uniform(2);
    const week = [2, 2, 2, 3, 4, 6, 5];
    const choice = chooseForecast(
      open(Array.from({ length: 728 }, (_, day) => poisson(random, 3 * (week[day % 7] ?? 1)))),
      28,
    );
    expect(choice?.shape.class).toBe('smooth');
    expect(choice?.model).not.toBe('seasonal_naive');
    expect(choice?.weeksCompared).toBe(32);
    const mean = (choice?.ahead ?? []).reduce((sum, value) => sum + value, 0) / 28;
    expect(mean).toBeGreaterThan(9);
    expect(mean).toBeLessThan(11.5);
    const chosen = choice?.scores[0];
    expect(chosen?.covered).toBeGreaterThan(0.75);
    const naive = choice?.scores.find(({ model }) => model === 'seasonal_naive');
    expect(chosen?.pinball).toBeLessThan(naive?.pinball ?? 0);
  });

  it('never publishes a model that loses to last week', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.02, max: 6, noNaN: true }),
        (seed, rate) => {
          const random = uniform(seed);
          let level = rate;
          const units = Array.from({ length: 260 }, () => {
            level = Math.max(0.01, level * (1 + (random() - 0.5) * 0.2));
            return poisson(random, level);
          });
          const choice = chooseForecast(open(units), 28);
          if (!choice) return;
          const score = (name: string): number | undefined =>
            choice.scores.find(({ model }) => model === name)?.mase ?? undefined;
          const own = score(choice.model);
          const naive = score('seasonal_naive');
          expect(own ?? 0).toBeLessThanOrEqual(naive ?? Infinity);
          expect(choice.ahead.every((value) => value >= 0 && Number.isFinite(value))).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps last week where nothing is better: a level that jumped and stays', () => {
    const units = Array.from({ length: 300 }, (_, day) =>
      day >= 300 - 28 - 14 * 7 ? 20 + (day % 7) : day % 7,
    );
    expect(chooseForecast(open(units), 14)?.model).toBe('seasonal_naive');
  });

  it('does not take empty shelves for a lack of buyers', () => {
    const random = uniform(3);
    const units = Array.from({ length: 400 }, () => poisson(random, 5));
    const out = units.map((_value, day) => day >= 370 && day < 395);
    const sold = units.map((value, day) => (out[day] ? 0 : value));
    const mean = (masked: boolean[]): number => {
      const ahead = chooseForecast({ units: sold, masked }, 28)?.ahead ?? [];
      return ahead.reduce((sum, value) => sum + value, 0) / ahead.length;
    };
    expect(mean(out)).toBeGreaterThan(4);
    expect(mean(out.map(() => false))).toBeLessThan(4);
  });

  it('says nothing without demand, and only the mean with a short history', () => {
    expect(chooseForecast(open(Array.from({ length: 100 }, () => 0)), 28)).toBeNull();
    expect(chooseForecast(open([1, 2]), 28)).toBeNull();
    const short = chooseForecast(open([0, 2, 0, 0, 2, 0, 0, 0, 0, 1]), 7);
    expect(short).toMatchObject({ model: 'moving_average', scores: [], weeksCompared: 0 });
    expect(short?.ahead).toEqual(Array.from({ length: 7 }, () => 0.5));
  });
});
