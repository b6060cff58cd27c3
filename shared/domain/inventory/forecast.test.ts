import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demandShape } from './demand-class.ts';
import { mape, mase, pinballLoss, rollingMase } from './forecast-accuracy.ts';
import { intermittentForecast, tsbForecast } from './intermittent.ts';
import { holtWinters, movingAverage, seasonalNaive, sesForecast } from './smoothing.ts';

/** Monthly passengers of 1949 to 1960 in thousands: the public series of Box and Jenkins. */
const AIR = [
  112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158,
  133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218,
  230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201, 204, 188, 235,
  227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278,
  284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404,
  347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
  548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
];
const TRAIN = AIR.slice(0, 132);
const TEST = AIR.slice(132);
const demand = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 80 });

describe('intermittent demand', () => {
  const y = [2, 5, 0, 1, 3, 0, 1, 1, 0];

  it('gives the published values', () => {
    expect(intermittentForecast(y, 'croston', 0.1)).toBeCloseTo(1.732677, 6);
    expect(intermittentForecast(y, 'sba', 0.1)).toBeCloseTo(1.646043, 6);
    expect(intermittentForecast(y, 'sbj', 0.1)).toBeCloseTo(1.641483, 6);
    expect(tsbForecast(y, 0.1, 0.1)).toBeCloseTo(1.559467, 6);
  });

  it('corrects downwards, grows with the sizes, and is 0 without demand', () => {
    fc.assert(
      fc.property(demand, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (series, alpha) => {
        const [croston, sba, sbj] = (['croston', 'sba', 'sbj'] as const).map((method) =>
          intermittentForecast(series, method, alpha),
        );
        expect(sba).toBeLessThanOrEqual(croston ?? 0);
        expect(sbj).toBeLessThanOrEqual(sba ?? 0);
        expect((croston ?? 0) === 0).toBe(series.every((value) => value === 0));
        const twice = intermittentForecast(
          series.map((value) => 2 * value),
          'croston',
          alpha,
        );
        expect(twice).toBeCloseTo(2 * (croston ?? 0), 8);
      }),
    );
  });

  it('TSB dies with the item, Croston does not', () => {
    const dead = [...y, ...Array.from({ length: 60 }, () => 0)];
    expect(tsbForecast(dead, 0.1, 0.1)).toBeLessThan(0.01);
    expect(intermittentForecast(dead, 'croston', 0.1)).toBeCloseTo(1.732677, 6);
  });

  it('refuses what is no demand', () => {
    expect(() => intermittentForecast([1, -1], 'sba', 0.1)).toThrow(RangeError);
    expect(() => intermittentForecast([1, Number.NaN], 'sba', 0.1)).toThrow(RangeError);
    expect(() => intermittentForecast([], 'sba', 0.1)).toThrow(RangeError);
    expect(() => tsbForecast([1], 0.1, 0)).toThrow(RangeError);
  });
});

describe('classes of demand', () => {
  it.each([
    [[5, 6, 5, 6, 5, 5], 'smooth'],
    [[1, 30, 2, 1, 40, 1], 'erratic'],
    [[5, 0, 0, 5, 0, 6], 'intermittent'],
    [[1, 0, 0, 40, 0, 2, 0, 60], 'lumpy'],
  ] as const)('%j is %s', (series, expected) => {
    expect(demandShape(series).class).toBe(expected);
  });

  it('ends a class at 4/3 periods a demand', () => {
    expect(demandShape([1, 1, 1, 0])).toMatchObject({ class: 'intermittent', cv2: 0 });
    expect(demandShape([1, 1, 1, 1, 0]).class).toBe('smooth');
    expect(demandShape([0, 0])).toEqual({ adi: Number.POSITIVE_INFINITY, cv2: null, class: null });
  });

  it('does not depend on the unit', () => {
    fc.assert(
      fc.property(demand, fc.integer({ min: 2, max: 9 }), (series, factor) => {
        const scaled = demandShape(series.map((value) => value * factor));
        expect(scaled.class).toBe(demandShape(series).class);
      }),
    );
  });
});

describe('smoothing', () => {
  it('Holt-Winters gives the published values', () => {
    const fit = holtWinters(TRAIN, {
      seasonal: 'multiplicative',
      period: 12,
      alpha: 0.3,
      beta: 0.05,
      gamma: 0.2,
    });
    expect(fit.mse).toBeCloseTo(209.222, 3);
    const [a, b, c] = fit.forecast(12);
    expect([a, b, c].map((value) => value?.toFixed(3))).toEqual(['415.835', '410.298', '479.133']);
  });

  it('follows a line with additive seasons exactly', () => {
    const season = [3, -1, -2, 0];
    const series = Array.from({ length: 24 }, (_, at) => 50 + 2 * at + (season[at % 4] ?? 0));
    const { forecast } = holtWinters(series, {
      seasonal: 'additive',
      period: 4,
      alpha: 0.5,
      beta: 0.4,
      gamma: 0.3,
    });
    const [next] = forecast(1);
    expect(Math.abs((next ?? 0) - (50 + 48 + 3))).toBeLessThan(1.5);
  });

  it('keeps constants, and stays within what was seen', () => {
    fc.assert(
      fc.property(demand, fc.double({ min: 0.01, max: 1, noNaN: true }), (series, alpha) => {
        const level = sesForecast(series, alpha);
        expect(level).toBeGreaterThanOrEqual(Math.min(...series) - 1e-9);
        expect(level).toBeLessThanOrEqual(Math.max(...series) + 1e-9);
        expect(
          sesForecast(
            series.map(() => 7),
            alpha,
          ),
        ).toBe(7);
        expect(movingAverage(series, 1)).toBe(series.at(-1));
      }),
    );
  });

  it('refuses too short series and zeros in a multiplicative season', () => {
    const options = { seasonal: 'multiplicative', period: 4, alpha: 0.1, beta: 0.1, gamma: 0.1 } as const;
    expect(() => holtWinters([1, 2, 3], options)).toThrow(RangeError);
    expect(() => holtWinters([1, 2, 3, 4, 0, 6, 7, 8], options)).toThrow(RangeError);
    expect(() => movingAverage([1, 2], 3)).toThrow(RangeError);
  });
});

describe('accuracy', () => {
  it('of the seasonal naive method is as published', () => {
    const naive = seasonalNaive(TRAIN, 12, 12);
    expect(mape(TEST, naive)).toBeCloseTo(9.988, 3);
    expect(mase(TRAIN, TEST, naive, 12)).toBeCloseTo(1.5709, 4);
  });

  it('of Holt-Winters beats it from rolling origins', () => {
    const from = { start: 96, horizon: 12, period: 12 };
    const naive = rollingMase(AIR, (train, horizon) => seasonalNaive(train, 12, horizon), from);
    const smooth = rollingMase(
      AIR,
      (train, horizon) =>
        holtWinters(train, {
          seasonal: 'multiplicative',
          period: 12,
          alpha: 0.3,
          beta: 0.05,
          gamma: 0.2,
        }).forecast(horizon),
      from,
    );
    expect(smooth).toBeLessThan(naive ?? 0);
  });

  it('never shows a method what comes after its origin', () => {
    const seen: number[] = [];
    rollingMase(
      AIR.slice(0, 30),
      (train, horizon) => {
        seen.push(train.length);
        expect(train).toEqual(AIR.slice(0, train.length));
        return seasonalNaive(train, 12, horizon);
      },
      { start: 24, horizon: 3, period: 12 },
    );
    expect(seen).toEqual([24, 25, 26, 27]);
  });

  it('says nothing where there is no scale', () => {
    expect(mase([4, 4, 4, 4], [5], [4], 1)).toBeNull();
    expect(mape([0], [1])).toBeNull();
    expect(() => pinballLoss([1], [1, 2], 0.5)).toThrow(RangeError);
  });

  it('pinball loss is smallest at the quantile itself', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 5, maxLength: 40 }),
        fc.constantFrom(0.1, 0.5, 0.9),
        fc.integer({ min: 0, max: 60 }),
        (actual, q, other) => {
          const sorted = actual.toSorted((a, b) => a - b);
          const quantile = sorted[Math.ceil(q * sorted.length) - 1] ?? 0;
          const loss = (forecast: number): number =>
            pinballLoss(
              actual,
              actual.map(() => forecast),
              q,
            );
          expect(loss(quantile)).toBeLessThanOrEqual(loss(other) + 1e-9);
        },
      ),
    );
    expect(pinballLoss([10], [8], 0.9)).toBeCloseTo(1.8, 12);
    expect(pinballLoss([8], [10], 0.9)).toBeCloseTo(0.2, 12);
  });
});
