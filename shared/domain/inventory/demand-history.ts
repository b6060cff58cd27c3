import { mean } from './forecast-series.ts';

/** Days of a week: the season of daily demand. */
export const WEEK = 7;

export interface DemandHistory {
  /** Units of every day, oldest first. */
  readonly units: readonly number[];
  /** Days that say nothing about demand: sold out, or a marked promotion. */
  readonly masked: readonly boolean[];
}

/** Same weekdays that stand in for a masked day. */
const NEIGHBOURS = 4;

/**
 * Units of every day with masked days replaced by the mean of the last four
 * days that tell something on the same weekday, else by the mean of all.
 */
export function filledDemand({ units, masked }: DemandHistory): number[] {
  const told = units.filter((_value, at) => !masked[at]);
  const fallback = told.length === 0 ? 0 : mean(told);
  const recent: number[][] = Array.from({ length: WEEK }, () => []);
  return units.map((value, at) => {
    const same = recent[at % WEEK] ?? [];
    if (masked[at]) return same.length === 0 ? fallback : mean(same);
    same.push(value);
    if (same.length > NEIGHBOURS) same.shift();
    return value;
  });
}

/** Only the days that tell something. */
export function toldDemand({ units, masked }: DemandHistory): number[] {
  return units.filter((_value, at) => !masked[at]);
}

/** Sums of whole weeks, counted back from the end; what is left at the beginning is dropped. */
export function weeklySums(daily: readonly number[]): number[] {
  const weeks = Math.floor(daily.length / WEEK);
  const start = daily.length - weeks * WEEK;
  return Array.from({ length: weeks }, (_, week) => {
    let sum = 0;
    for (let day = 0; day < WEEK; day += 1) sum += daily[start + week * WEEK + day] ?? 0;
    return sum;
  });
}

/** Weeks of history that the spread of demand is taken from. */
const SPREAD_WEEKS = 52;
/** A week is compared with the mean of this many before it, so that a slow trend is no spread. */
const LEVEL_WEEKS = 4;

/**
 * Variance of a week's units as a multiple of their mean, at least 1: what
 * independent buyers give. With less than a season of weeks there is nothing
 * to estimate from and 1 is returned.
 */
export function weeklyDispersion(daily: readonly number[]): number {
  const weeks = weeklySums(daily).slice(-SPREAD_WEEKS);
  if (weeks.length < 2 * LEVEL_WEEKS) return 1;
  let squares = 0;
  let units = 0;
  for (let at = LEVEL_WEEKS; at < weeks.length; at += 1) {
    const level = mean(weeks.slice(at - LEVEL_WEEKS, at));
    // The level is itself a mean of as many weeks, which adds its own variance.
    squares += ((weeks[at] ?? 0) - level) ** 2 / (1 + 1 / LEVEL_WEEKS);
    units += weeks[at] ?? 0;
  }
  return units === 0 ? 1 : Math.max(1, squares / units);
}
