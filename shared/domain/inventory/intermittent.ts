import { assertSeries, assertShare, type Series } from './forecast-series.ts';

export const INTERMITTENT_METHODS = ['croston', 'sba', 'sbj'] as const;
export type IntermittentMethod = (typeof INTERMITTENT_METHODS)[number];

interface Sizes {
  readonly size: number;
  readonly interval: number;
}

/**
 * Simple smoothing of demand sizes and of the intervals between them. Both
 * begin with their first value; an interval counts periods from one demand to
 * the next, the first one from the beginning.
 */
function smoothed(series: Series, alpha: number): Sizes | null {
  let size: number | null = null;
  let interval = 0;
  let since = 0;
  for (const value of series) {
    since += 1;
    if (value === 0) continue;
    if (size === null) {
      size = value;
      interval = since;
    } else {
      size += alpha * (value - size);
      interval += alpha * (since - interval);
    }
    since = 0;
  }
  return size === null ? null : { size, interval };
}

/** Demand a period by Croston's method or its corrections by Syntetos-Boylan (SBA) and Shale-Boylan-Johnston (SBJ); 0 without demand. */
export function intermittentForecast(series: Series, method: IntermittentMethod, alpha: number): number {
  assertSeries(series, 1);
  assertShare(alpha, 'alpha');
  const found = smoothed(series, alpha);
  if (!found) return 0;
  const rate = found.size / found.interval;
  switch (method) {
    case 'croston':
      return rate;
    case 'sba':
      return (1 - alpha / 2) * rate;
    case 'sbj':
      return (1 - alpha / (2 - alpha)) * rate;
  }
}

/**
 * Teunter-Syntetos-Babai: the odds of a demand are updated every period, so
 * the forecast falls when an item dies. Begins with the first demand's size
 * and the odds 1 over its interval.
 */
export function tsbForecast(series: Series, alpha: number, beta: number): number {
  assertSeries(series, 1);
  assertShare(alpha, 'alpha');
  assertShare(beta, 'beta');
  const first = series.findIndex((value) => value > 0);
  if (first === -1) return 0;
  let size = series[first] ?? 0;
  let odds = 1 / (first + 1);
  for (const value of series.slice(first + 1)) {
    odds += beta * ((value > 0 ? 1 : 0) - odds);
    if (value > 0) size += alpha * (value - size);
  }
  return odds * size;
}
