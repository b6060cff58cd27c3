/** Demand a period, oldest first; every value is a finite number >= 0. */
export type Series = readonly number[];

export function assertSeries(series: Series, atLeast: number): void {
  if (series.length < atLeast)
    throw new RangeError(`At least ${atLeast} periods are needed, not ${series.length}`);
  if (!series.every((value) => Number.isFinite(value) && value >= 0)) {
    throw new RangeError('Demand is a finite number >= 0');
  }
}

export function assertShare(value: number, name: string): void {
  if (!(value > 0 && value <= 1)) throw new RangeError(`${name} lies above 0 and at most at 1`);
}

export function mean(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('The mean of nothing is not known');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Standard deviation of a population, or of a sample when `sample` is given. */
export function deviation(values: readonly number[], sample = false): number {
  const center = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - center) ** 2, 0);
  return Math.sqrt(squares / (sample ? Math.max(1, values.length - 1) : values.length));
}
