import { assertSeries, assertShare, mean, type Series } from './forecast-series.ts';

/** Simple exponential smoothing that begins with the first value; the level after the last one. */
export function sesForecast(series: Series, alpha: number): number {
  assertSeries(series, 1);
  assertShare(alpha, 'alpha');
  return series.reduce((level, value) => level + alpha * (value - level));
}

/** Mean of the last `window` periods, for every period ahead. */
export function movingAverage(series: Series, window: number): number {
  if (!Number.isInteger(window) || window < 1) throw new RangeError('The window is a whole number >= 1');
  assertSeries(series, window);
  return mean(series.slice(-window));
}

/** The value of the same season in the last cycle. */
export function seasonalNaive(series: Series, period: number, horizon: number): number[] {
  if (!Number.isInteger(period) || period < 1) throw new RangeError('The period is a whole number >= 1');
  assertSeries(series, period);
  const last = series.slice(-period);
  return Array.from({ length: horizon }, (_, ahead) => last[ahead % period] ?? 0);
}

export interface HoltWintersOptions {
  readonly seasonal: 'additive' | 'multiplicative';
  readonly period: number;
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
}

export interface HoltWintersFit {
  /** One step ahead of every period after the first season, which only sets the start. */
  readonly fitted: readonly number[];
  readonly sse: number;
  readonly mse: number;
  readonly forecast: (horizon: number) => number[];
}

/**
 * Holt-Winters with an additive trend. Begins with the mean of the first
 * season as level, the mean step between the first two seasons as trend, and
 * the first season's ratios or differences to its mean.
 */
export function holtWinters(series: Series, options: HoltWintersOptions): HoltWintersFit {
  const { period, alpha, beta, gamma } = options;
  if (!Number.isInteger(period) || period < 2) throw new RangeError('The period is a whole number >= 2');
  assertSeries(series, 2 * period);
  for (const [name, value] of Object.entries({ alpha, beta, gamma })) {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} lies between 0 and 1`);
  }
  const times = options.seasonal === 'multiplicative';
  const first = mean(series.slice(0, period));
  if (times && series.some((value) => value <= 0)) {
    throw new RangeError('A multiplicative season needs demand above 0 in every period');
  }
  let level = first;
  let trend = (mean(series.slice(period, 2 * period)) - first) / period;
  const season = series.slice(0, period).map((value) => (times ? value / first : value - first));
  const fitted: number[] = [];
  let sse = 0;
  for (let at = period; at < series.length; at += 1) {
    const value = series[at] ?? 0;
    const index = at % period;
    const s = season[index] ?? 0;
    const base = level + trend;
    const ahead = times ? base * s : base + s;
    fitted.push(ahead);
    sse += (value - ahead) ** 2;
    const next = alpha * (times ? value / s : value - s) + (1 - alpha) * base;
    trend = beta * (next - level) + (1 - beta) * trend;
    level = next;
    season[index] = gamma * (times ? value / level : value - level) + (1 - gamma) * s;
  }
  const end = { level, trend };
  return {
    fitted,
    sse,
    mse: sse / fitted.length,
    forecast: (horizon) =>
      Array.from({ length: horizon }, (_, ahead) => {
        const s = season[(series.length + ahead) % period] ?? 0;
        const base = end.level + (ahead + 1) * end.trend;
        return times ? base * s : base + s;
      }),
  };
}
