import {
  filledDemand,
  toldDemand,
  WEEK,
  weeklyDispersion,
  weeklySums,
  type DemandHistory,
} from './demand-history.ts';
import { demandShape, type DemandShape } from './demand-class.ts';
import { pinballLoss } from './forecast-accuracy.ts';
import { fitParameters, forecastAll, type ForecastModel } from './forecast-models.ts';
import { mean } from './forecast-series.ts';
import { countQuantile } from './negative-binomial.ts';

/** Origins of the evaluation, days between two of them, and days that each looks ahead. */
export const ORIGINS = 8;
export const ORIGIN_STEP = 14;
export const EVALUATED_DAYS = 28;
/** Days that tell something before the first origin; with fewer nothing is evaluated. */
const TRAIN_DAYS = 56;
/** Days of a week that have to tell something for the week to be compared. */
const WEEK_DAYS = 4;
/** Quantile whose loss and coverage are reported. */
export const REPORTED_QUANTILE = 0.9;

export interface ModelScore {
  readonly model: ForecastModel;
  /** Mean absolute error of weekly units over that of "as last week" in the history; null without a scale. */
  readonly mase: number | null;
  /** Mean absolute error of weekly units. */
  readonly mae: number;
  /** Pinball loss of the 90 % quantile of weekly units. */
  readonly pinball: number;
  /** Share of weeks at or below the 90 % quantile. */
  readonly covered: number;
}

export interface ForecastChoice {
  readonly model: ForecastModel;
  /** Units of each day ahead. */
  readonly ahead: readonly number[];
  /** Variance over mean of the units of a week; taken for any number of days. */
  readonly dispersion: number;
  readonly shape: DemandShape;
  /** Best first; empty when the history is too short to evaluate anything. */
  readonly scores: readonly ModelScore[];
  readonly weeksCompared: number;
  /** What the baselines say for the same days, units a day on average. */
  readonly baselines: Readonly<Record<'seasonal_naive' | 'moving_average', number>>;
}

interface Week {
  readonly actual: number;
  readonly scale: number;
  readonly forecasts: ReadonlyMap<ForecastModel, number>;
  readonly dispersion: number;
}

/**
 * Forecasts `horizon` days by the model with the smallest error over rolling
 * origins, each of which sees only what came before it. Errors are those of
 * whole weeks: daily counts of slow items reward forecasts of nothing. A model
 * that is not better than "as last week" is never published. null without any
 * demand, or with less than a week of history.
 */
export function chooseForecast(history: DemandHistory, horizon: number): ForecastChoice | null {
  const told = toldDemand(history);
  if (history.units.length < WEEK || told.length === 0 || !told.some((value) => value > 0)) return null;
  const shape = demandShape(told);
  const seasonal = shape.class === 'smooth' || shape.class === 'erratic';
  const origins = originsOf(history);
  const first = origins[0];
  const parameters = fitParameters(first === undefined ? history : until(history, first), seasonal);
  const weeks = origins.flatMap((origin) => weeksFrom(history, origin, parameters));
  const scores = scoreModels(weeks);
  const naive = scores.find(({ model }) => model === 'seasonal_naive');
  const winner = scores[0];
  const model: ForecastModel =
    winner && naive
      ? better(winner, naive)
        ? winner.model
        : 'seasonal_naive'
      : // Nothing could be compared: the mean of what there is promises least.
        'moving_average';
  const all = forecastAll(history, horizon, parameters);
  const ahead = all.get(model) ?? [];
  const average = (name: ForecastModel): number => {
    const own = all.get(name) ?? [];
    return own.length === 0 ? 0 : mean(own);
  };
  return {
    model,
    ahead,
    dispersion: weeklyDispersion(filledDemand(history)),
    shape,
    scores,
    weeksCompared: weeks.length,
    baselines: {
      seasonal_naive: average('seasonal_naive'),
      moving_average: average('moving_average'),
    },
  };
}

function until({ units, masked }: DemandHistory, origin: number): DemandHistory {
  return { units: units.slice(0, origin), masked: masked.slice(0, origin) };
}

/** Oldest first. */
function originsOf(history: DemandHistory): number[] {
  const last = history.units.length - EVALUATED_DAYS;
  return Array.from({ length: ORIGINS }, (_, step) => last - (ORIGINS - 1 - step) * ORIGIN_STEP).filter(
    (origin) => origin > 0 && toldDemand(until(history, origin)).length >= TRAIN_DAYS,
  );
}

function weeksFrom(
  history: DemandHistory,
  origin: number,
  parameters: ReturnType<typeof fitParameters>,
): Week[] {
  const train = until(history, origin);
  const forecasts = forecastAll(train, EVALUATED_DAYS, parameters);
  const filled = filledDemand(train);
  const sums = weeklySums(filled);
  const steps = sums.slice(1).map((value, at) => Math.abs(value - (sums[at] ?? 0)));
  const scale = steps.length === 0 ? 0 : mean(steps);
  const dispersion = weeklyDispersion(filled);
  const found: Week[] = [];
  for (let from = 0; from < EVALUATED_DAYS; from += WEEK) {
    const days = Array.from({ length: WEEK }, (_, day) => from + day).filter(
      (day) => !history.masked[origin + day],
    );
    if (days.length < WEEK_DAYS) continue;
    const sum = (value: (day: number) => number): number =>
      days.reduce((total, day) => total + value(day), 0);
    found.push({
      actual: sum((day) => history.units[origin + day] ?? 0),
      scale,
      dispersion,
      forecasts: new Map([...forecasts].map(([model, ahead]) => [model, sum((day) => ahead[day] ?? 0)])),
    });
  }
  return found;
}

function scoreModels(weeks: readonly Week[]): ModelScore[] {
  const [first] = weeks;
  if (!first) return [];
  // Only models that can speak at every origin are comparable.
  const models = [...first.forecasts.keys()].filter((model) =>
    weeks.every((week) => week.forecasts.has(model)),
  );
  const scores = models.map((model): ModelScore => {
    const misses = weeks.map((week) => Math.abs(week.actual - (week.forecasts.get(model) ?? 0)));
    const scaled = misses.flatMap((miss, at) => {
      const scale = weeks[at]?.scale ?? 0;
      return scale === 0 ? [] : [miss / scale];
    });
    const actual = weeks.map((week) => week.actual);
    const high = weeks.map((week) =>
      countQuantile(week.forecasts.get(model) ?? 0, week.dispersion, REPORTED_QUANTILE),
    );
    return {
      model,
      mase: scaled.length === 0 ? null : mean(scaled),
      mae: mean(misses),
      pinball: pinballLoss(actual, high, REPORTED_QUANTILE),
      covered: actual.filter((value, at) => value <= (high[at] ?? 0)).length / actual.length,
    };
  });
  return scores.toSorted((a, b) => errorOf(a) - errorOf(b) || a.mae - b.mae);
}

const errorOf = (score: ModelScore): number => score.mase ?? score.mae;
const better = (one: ModelScore, other: ModelScore): boolean => errorOf(one) < errorOf(other);
