import { xyzClass, type Xyz } from '#shared/domain/inventory/abc-xyz.ts';
import { filledDemand, weeklySums } from '#shared/domain/inventory/demand-history.ts';
import { chooseForecast, type ForecastChoice } from '#shared/domain/inventory/forecast-choice.ts';

export interface ForecastBatchInput {
  readonly horizon: number;
  readonly items: readonly {
    readonly sku: string;
    readonly units: Float64Array;
    /** 1 = the day says nothing about demand. */
    readonly masked: Uint8Array;
  }[];
}

export interface ForecastedItem {
  readonly sku: string;
  readonly choice: ForecastChoice;
  readonly xyz: Xyz | null;
}

const YEAR_WEEKS = 52;

/** Forecasts of many items; those without anything to say are left out. */
export function forecastBatch({ horizon, items }: ForecastBatchInput): ForecastedItem[] {
  return items.flatMap(({ sku, units, masked }) => {
    const history = { units: Array.from(units), masked: Array.from(masked, (flag) => flag === 1) };
    const choice = chooseForecast(history, horizon);
    if (!choice) return [];
    const weeks = weeklySums(filledDemand(history));
    return [{ sku, choice, xyz: xyzClass(weeks, weeks.length >= 2 * YEAR_WEEKS ? YEAR_WEEKS : 1) }];
  });
}
