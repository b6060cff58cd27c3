import { filledDemand, weeklyDispersion, WEEK, type DemandHistory } from './demand-history.ts';
import { fitParameters, forecastAll, type ForecastModel } from './forecast-models.ts';
import { countQuantile } from './negative-binomial.ts';
import { mean } from './forecast-series.ts';

export interface DemandForecast {
  /** Units of each day ahead; beyond the last one their mean goes on. */
  readonly ahead: readonly number[];
  /** Variance over mean. */
  readonly dispersion: number;
}

export interface ReorderPolicy {
  /** Days from order to shelf, and their standard deviation. */
  readonly leadDays: number;
  readonly leadDeviation: number;
  /** Days that an order is to last once it is there. */
  readonly coverDays: number;
  /** Days until somebody looks again. */
  readonly reviewDays: number;
  /** Share of cycles without a stock-out. */
  readonly service: number;
  /** Smallest order and units a pack. */
  readonly minimum: number;
  readonly pack: number;
}

/** Expected units of the next `days` days. */
export function expectedDemand({ ahead }: DemandForecast, days: number): number {
  if (ahead.length === 0) return 0;
  const known = Math.min(Math.floor(days), ahead.length);
  let sum = 0;
  for (let day = 0; day < known; day += 1) sum += ahead[day] ?? 0;
  return sum + (days - known) * mean(ahead);
}

/**
 * Smallest number of units that the demand of `days` days, whose length itself
 * varies by `deviation` days, stays within with the given odds.
 */
export function demandQuantile(
  forecast: DemandForecast,
  days: number,
  deviation: number,
  odds: number,
): number {
  const expected = expectedDemand(forecast, days);
  if (expected === 0) return 0;
  const daily = expected / Math.max(days, 1);
  // Var = dispersion·mean + d²·σL²: both parts as a multiple of the mean.
  const spread = forecast.dispersion + (daily * deviation) ** 2 / expected;
  return countQuantile(expected, Math.max(1, spread), odds);
}

export interface ReorderFigures {
  /** Expected units until an order of now is there, and until it has to last. */
  readonly leadDemand: number;
  readonly planDemand: number;
  /** At this position or below an order is due. */
  readonly reorderPoint: number;
  /** Units beyond the expected ones that the reorder point holds. */
  readonly safety: number;
  /** Position that an order fills up to. */
  readonly upTo: number;
  /** upTo less position, before packs and minimum; 0 when none is due. */
  readonly need: number;
  /** What to order. */
  readonly quantity: number;
  readonly rounded: 'none' | 'pack' | 'minimum';
  /** Days that the position lasts at the expected demand; null without demand. */
  readonly daysLeft: number | null;
}

/** What to order of an item of which `position` units are there or on their way, less those promised. */
export function reorder(forecast: DemandForecast, policy: ReorderPolicy, position: number): ReorderFigures {
  const { leadDays, leadDeviation, coverDays, reviewDays, service, minimum, pack } = policy;
  if (!(pack >= 1 && minimum >= 0)) throw new RangeError('A pack is >= 1, a minimum >= 0');
  const leadDemand = expectedDemand(forecast, leadDays);
  const planDemand = expectedDemand(forecast, leadDays + coverDays);
  const reorderPoint = demandQuantile(forecast, leadDays + reviewDays, leadDeviation, service);
  const upTo = Math.max(reorderPoint, demandQuantile(forecast, leadDays + coverDays, leadDeviation, service));
  const due = planDemand > 0 && position <= reorderPoint;
  const need = due ? Math.max(0, upTo - position) : 0;
  const least = Math.max(need, need > 0 ? minimum : 0);
  const quantity = Math.ceil(least / pack) * pack;
  return {
    leadDemand,
    planDemand,
    reorderPoint,
    safety: Math.max(0, reorderPoint - expectedDemand(forecast, leadDays + reviewDays)),
    upTo,
    need,
    quantity,
    rounded: quantity === need ? 'none' : least > need ? 'minimum' : 'pack',
    daysLeft: daysLeft(forecast, position),
  };
}

function daysLeft({ ahead }: DemandForecast, position: number): number | null {
  const average = ahead.length === 0 ? 0 : mean(ahead);
  if (average === 0) return null;
  let left = position;
  for (const [day, units] of ahead.entries()) {
    if (left < units || left <= 0) return day;
    left -= units;
  }
  return Math.floor(ahead.length + left / average);
}

export interface PolicyOutcome {
  readonly days: number;
  readonly demand: number;
  /** Units that nobody could be given. */
  readonly lost: number;
  /** Served share of demand; null without demand. */
  readonly fillRate: number | null;
  readonly daysOut: number;
  readonly averageStock: number;
  readonly orders: number;
}

/** Days at the end of the history that a policy is tried on, and days before them that it learns from. */
const TRIAL_DAYS = 364;
const LEARN_DAYS = 56;

/**
 * What the policy would have done with the demand of the last year: every
 * review sees only the days before it, orders arrive after the lead time.
 * Masked days count with the demand that is estimated for them. null when the
 * history is too short for a trial of a lead time and a season.
 */
export function tryPolicy(
  history: DemandHistory,
  model: ForecastModel,
  policy: ReorderPolicy,
): PolicyOutcome | null {
  const total = history.units.length;
  const lead = Math.max(1, Math.round(policy.leadDays));
  const start = Math.max(LEARN_DAYS, total - TRIAL_DAYS);
  if (total - start < lead + WEEK) return null;
  const filled = filledDemand(history);
  const upTo = (day: number): DemandHistory => ({
    units: history.units.slice(0, day),
    masked: history.masked.slice(0, day),
  });
  const parameters = fitParameters(upTo(start), true);
  const arrivals = new Map<number, number>();
  let stock = Number.NaN;
  let coming = 0;
  const sums = { demand: 0, lost: 0, daysOut: 0, stock: 0, orders: 0 };
  const days = total - start;
  for (let day = start; day < total; day += 1) {
    const arrived = arrivals.get(day) ?? 0;
    coming -= arrived;
    if (Number.isNaN(stock) || (day - start) % Math.max(1, policy.reviewDays) === 0) {
      const past = upTo(day);
      const ahead =
        forecastAll(past, Math.ceil(policy.leadDays + policy.coverDays), parameters).get(model) ?? [];
      const forecast = { ahead, dispersion: weeklyDispersion(filledDemand(past)) };
      // The trial begins with what the policy would hold, so that it is not judged by somebody else's start.
      if (Number.isNaN(stock))
        stock = demandQuantile(forecast, policy.leadDays + policy.coverDays, 0, policy.service);
      else {
        const { quantity } = reorder(forecast, policy, stock + arrived + coming);
        if (quantity > 0) {
          arrivals.set(day + lead, (arrivals.get(day + lead) ?? 0) + quantity);
          coming += quantity;
          sums.orders += 1;
        }
      }
    }
    stock += arrived;
    const wanted = filled[day] ?? 0;
    const served = Math.min(stock, wanted);
    stock -= served;
    sums.demand += wanted;
    sums.lost += wanted - served;
    if (stock < 1 && wanted > served) sums.daysOut += 1;
    sums.stock += stock;
  }
  return {
    days,
    demand: sums.demand,
    lost: sums.lost,
    fillRate: sums.demand === 0 ? null : 1 - sums.lost / sums.demand,
    daysOut: sums.daysOut,
    averageStock: sums.stock / days,
    orders: sums.orders,
  };
}

export interface LostSales {
  readonly expected: number;
  /** 90 % of the estimate's own spread lies between these. */
  readonly low: number;
  readonly high: number;
}

/** Units that were not sold on `out` days for want of stock, as far as the other days tell. */
export function lostSales(history: DemandHistory, out: readonly boolean[]): LostSales {
  const filled = filledDemand(history);
  let expected = 0;
  for (const [day, isOut] of out.entries()) if (isOut) expected += filled[day] ?? 0;
  const dispersion = weeklyDispersion(filled);
  return {
    expected,
    low: countQuantile(expected, dispersion, 0.05),
    high: countQuantile(expected, dispersion, 0.95),
  };
}
