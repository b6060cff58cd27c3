import { deviation, mean, type Series } from './forecast-series.ts';

export interface AbcItem {
  readonly id: string;
  /** Margin or revenue over a time; losses count as 0. */
  readonly value: number;
}
export type Abc = 'A' | 'B' | 'C';
export type Xyz = 'X' | 'Y' | 'Z';

const A_SHARE = 0.8;
const B_SHARE = 0.95;

/**
 * A up to 80 % of the value, B up to 95 %, C the rest. The item that crosses a
 * limit still belongs to the better class. Equal values always get the same
 * class, so the order of the input does not matter.
 */
export function abcClasses(items: readonly AbcItem[]): Map<string, Abc> {
  if (!items.every(({ value }) => Number.isFinite(value))) throw new RangeError('A value is a finite number');
  const total = items.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const sorted = items.toSorted((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
  const classes = new Map<string, Abc>();
  let before = 0;
  const byValue = new Map<number, Abc>();
  for (const { id, value } of sorted) {
    const share = total === 0 ? 1 : before / total;
    const own: Abc = value <= 0 ? 'C' : share < A_SHARE - 1e-12 ? 'A' : share < B_SHARE - 1e-12 ? 'B' : 'C';
    const found = byValue.get(value) ?? own;
    classes.set(id, found);
    byValue.set(value, found);
    before += Math.max(0, value);
  }
  return classes;
}

/** Demand with the mean season divided out; a season without demand stays as it is. */
export function deseasonalised(series: Series, period: number): number[] {
  if (!Number.isInteger(period) || period < 1) throw new RangeError('The period is a whole number >= 1');
  const overall = mean(series);
  if (period === 1 || series.length < 2 * period || overall === 0) return [...series];
  const factors = Array.from(
    { length: period },
    (_, season) => mean(series.filter((_value, at) => at % period === season)) / overall,
  );
  return series.map((value, at) => {
    const factor = factors[at % period] ?? 1;
    return factor === 0 ? value : value / factor;
  });
}

/** X below a coefficient of variation of 0.5, Y below 1, Z above; null without any demand. */
export function xyzClass(weekly: Series, period = 1): Xyz | null {
  if (weekly.length === 0) return null;
  const even = deseasonalised(weekly, period);
  const center = mean(even);
  if (center === 0) return null;
  const variation = deviation(even) / center;
  return variation < 0.5 ? 'X' : variation < 1 ? 'Y' : 'Z';
}
