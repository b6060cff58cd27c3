import { toldDemand, filledDemand, WEEK, type DemandHistory } from './demand-history.ts';
import { mean } from './forecast-series.ts';
import { intermittentForecast, tsbForecast } from './intermittent.ts';
import { holtWinters, movingAverage, seasonalNaive, sesForecast } from './smoothing.ts';

export const FORECAST_MODELS = [
  'seasonal_naive',
  'moving_average',
  'ses',
  'holt_winters',
  'croston',
  'sba',
  'tsb',
  'combination',
] as const;
export type ForecastModel = (typeof FORECAST_MODELS)[number];

/** Always shown beside the published model. */
export const BASELINES = ['seasonal_naive', 'moving_average'] as const satisfies readonly ForecastModel[];

export const AVERAGE_DAYS = 28;
const ALPHA = 0.1;
const ODDS_BETA = 0.05;
const SES_ALPHAS = [0.02, 0.05, 0.1, 0.2, 0.3] as const;
const HW_ALPHAS = [0.02, 0.1, 0.3] as const;
const HW_BETAS = [0, 0.02] as const;
const HW_GAMMAS = [0.05, 0.2] as const;
/** Seasons that Holt-Winters needs before its start values mean something. */
const HW_WEEKS = 8;

/** Parameters that are chosen on the oldest part of the history, which no evaluation looks at. */
export interface FittedParameters {
  readonly ses: number;
  /** null: too short, or too many days without demand for a season to show. */
  readonly holtWinters: { readonly alpha: number; readonly beta: number; readonly gamma: number } | null;
}

export function fitParameters(history: DemandHistory, seasonal: boolean): FittedParameters {
  const told = toldDemand(history);
  const ses = best(SES_ALPHAS, (alpha) => oneStepError(told, alpha));
  const filled = filledDemand(history);
  if (!seasonal || filled.length < HW_WEEKS * WEEK) return { ses, holtWinters: null };
  const grid = HW_ALPHAS.flatMap((alpha) =>
    HW_BETAS.flatMap((beta) => HW_GAMMAS.map((gamma) => ({ alpha, beta, gamma }))),
  );
  return {
    ses,
    holtWinters: best(grid, (one) => holtWinters(filled, { seasonal: 'additive', period: WEEK, ...one }).mse),
  };
}

function best<T>(candidates: readonly T[], error: (candidate: T) => number): T {
  let found: { readonly candidate: T; readonly error: number } | null = null;
  for (const candidate of candidates) {
    const own = error(candidate);
    if (!found || own < found.error) found = { candidate, error: own };
  }
  if (!found) throw new RangeError('There is nothing to choose from');
  return found.candidate;
}

function oneStepError(series: readonly number[], alpha: number): number {
  let level = series[0] ?? 0;
  let squares = 0;
  for (let at = 1; at < series.length; at += 1) {
    const miss = (series[at] ?? 0) - level;
    squares += miss * miss;
    level += alpha * miss;
  }
  return squares;
}

/** Units of each of the next `horizon` days by every model that can say something, never negative. */
export function forecastAll(
  history: DemandHistory,
  horizon: number,
  parameters: FittedParameters,
): ReadonlyMap<ForecastModel, readonly number[]> {
  const told = toldDemand(history);
  const filled = filledDemand(history);
  const found = new Map<ForecastModel, readonly number[]>();
  if (told.length === 0 || filled.length < WEEK) return found;
  const flat = (rate: number): number[] => Array.from({ length: horizon }, () => Math.max(0, rate));
  found.set('seasonal_naive', seasonalNaive(filled, WEEK, horizon));
  found.set('moving_average', flat(movingAverage(told, Math.min(AVERAGE_DAYS, told.length))));
  found.set('ses', flat(sesForecast(told, parameters.ses)));
  if (parameters.holtWinters && filled.length >= HW_WEEKS * WEEK) {
    const fit = holtWinters(filled, { seasonal: 'additive', period: WEEK, ...parameters.holtWinters });
    found.set(
      'holt_winters',
      fit.forecast(horizon).map((value) => Math.max(0, value)),
    );
  }
  found.set('croston', flat(intermittentForecast(told, 'croston', ALPHA)));
  found.set('sba', flat(intermittentForecast(told, 'sba', ALPHA)));
  found.set('tsb', flat(tsbForecast(told, ALPHA, ODDS_BETA)));
  const parts = (['moving_average', 'ses', 'sba', 'holt_winters'] as const).flatMap((name) => {
    const own = found.get(name);
    return own ? [own] : [];
  });
  found.set(
    'combination',
    Array.from({ length: horizon }, (_, day) => mean(parts.map((part) => part[day] ?? 0))),
  );
  return found;
}
