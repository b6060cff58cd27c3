import { mean, type Series } from './forecast-series.ts';

/** Mean absolute error of the seasonal naive method within `train`: the scale of MASE. */
export function naiveScale(train: Series, period: number): number {
  if (train.length <= period)
    throw new RangeError(`More than ${period} periods are needed, not ${train.length}`);
  return mean(train.slice(period).map((value, at) => Math.abs(value - (train[at] ?? 0))));
}

/** Mean absolute scaled error; null where the scale is 0 and nothing can be said. */
export function mase(
  train: Series,
  actual: Series,
  forecast: readonly number[],
  period: number,
): number | null {
  assertSameLength(actual, forecast);
  const scale = naiveScale(train, period);
  if (scale === 0) return null;
  return mean(actual.map((value, at) => Math.abs(value - (forecast[at] ?? 0)))) / scale;
}

/** Mean absolute percentage error in percent; null when a period had no demand. */
export function mape(actual: Series, forecast: readonly number[]): number | null {
  assertSameLength(actual, forecast);
  if (actual.some((value) => value === 0)) return null;
  return 100 * mean(actual.map((value, at) => Math.abs(value - (forecast[at] ?? 0)) / value));
}

/** Pinball loss of forecasts of the quantile `q`: a miss above costs q a unit, one below 1 - q. */
export function pinballLoss(actual: Series, forecast: readonly number[], q: number): number {
  if (!(q > 0 && q < 1)) throw new RangeError('The quantile lies between 0 and 1');
  assertSameLength(actual, forecast);
  return mean(
    actual.map((value, at) => {
      const miss = value - (forecast[at] ?? 0);
      return miss >= 0 ? q * miss : (q - 1) * miss;
    }),
  );
}

export interface RollingOrigin {
  /** Periods of the first training part. */
  readonly start: number;
  readonly horizon: number;
  readonly period: number;
}

/**
 * MASE over every origin from `start` on: the method sees only what came
 * before, forecasts `horizon` periods, and the origin moves on by one. null
 * where no origin has a scale.
 */
export function rollingMase(
  series: Series,
  method: (train: Series, horizon: number) => readonly number[],
  { start, horizon, period }: RollingOrigin,
): number | null {
  const errors: number[] = [];
  for (let origin = start; origin + horizon <= series.length; origin += 1) {
    const train = series.slice(0, origin);
    const error = mase(train, series.slice(origin, origin + horizon), method(train, horizon), period);
    if (error !== null) errors.push(error);
  }
  return errors.length === 0 ? null : mean(errors);
}

function assertSameLength(actual: Series, forecast: readonly number[]): void {
  if (actual.length === 0 || actual.length !== forecast.length) {
    throw new RangeError(`${actual.length} periods cannot be compared with ${forecast.length} forecasts`);
  }
}
