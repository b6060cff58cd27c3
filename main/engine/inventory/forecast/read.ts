import { z } from 'zod';
import { forecastMethods } from '#shared/contract/forecast.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { WEEK } from '#shared/domain/inventory/demand-history.ts';
import type { DemandClass } from '#shared/domain/inventory/demand-class.ts';
import type { ForecastModel } from '#shared/domain/inventory/forecast-models.ts';
import { demandQuantile, expectedDemand, lostSales } from '#shared/domain/inventory/replenishment.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';
import { skuTitle } from '../stock-rows.ts';
import { dayText } from './calendar.ts';
import { DemandReader, maskOf } from './demand.ts';

const NONE = {} as const;
const SHOWN_DAYS = 364;
const LOW = 0.1;
const HIGH = 0.9;

interface StoredForecast {
  model: ForecastModel;
  demand_class: DemandClass | null;
  daily: number;
  dispersion: number;
  ahead: string;
  why: string;
  as_of_ms: number;
  as_of_day: string;
  days: number;
}

const bySku = sql<{ sku: string }, StoredForecast>(
  `SELECT f.model, f.demand_class, f.daily, f.dispersion, f.ahead, f.why, r.as_of_ms, r.as_of_day, r.days
   FROM forecast f JOIN forecast_run r ON r.rid = f.run_rid WHERE f.sku = :sku`,
  { hot: true },
);
const titleOf = sql<{ sku: string }, { title: string }>(`SELECT ${skuTitle(':sku')} AS title`);
const lastRun = sql<
  typeof NONE,
  { id: string; as_of_ms: number; as_of_day: string; days: number; horizon: number; skus: number }
>(
  `SELECT id, as_of_ms, as_of_day, days, horizon, skus FROM forecast_run
   WHERE finished_at_ms IS NOT NULL ORDER BY rid DESC LIMIT 1`,
);
const byModel = sql<typeof NONE, { model: ForecastModel; skus: number }>(
  'SELECT model, count(*) AS skus FROM forecast GROUP BY model ORDER BY skus DESC, model',
);
const byClass = sql<typeof NONE, { class: DemandClass; skus: number }>(
  'SELECT demand_class AS class, count(*) AS skus FROM forecast WHERE demand_class IS NOT NULL GROUP BY 1 ORDER BY skus DESC, 1',
);

const shape = forecastMethods['forecast.get'].output.shape.forecast.unwrap().shape;
const whySchema = z.object({
  adi: shape.adi,
  cv2: shape.cv2,
  baselines: shape.baselines,
  scores: shape.scores,
  weeksCompared: shape.weeksCompared,
  daysUsed: shape.daysUsed,
});
const aheadSchema = z.array(z.number());

export interface KnownForecast {
  readonly ahead: readonly number[];
  readonly dispersion: number;
}

/** What is stored of one SKU's forecast, as the formulas take it. */
export function parseAhead(ahead: string, dispersion: number): KnownForecast {
  return { ahead: aheadSchema.parse(JSON.parse(ahead)), dispersion };
}

export function forecastStatus(db: Database): Result<'forecast.status'> {
  const run = db.get(lastRun, NONE);
  return {
    run: run
      ? {
          runId: run.id,
          asOf: run.as_of_ms,
          asOfDay: run.as_of_day,
          days: run.days,
          horizon: run.horizon,
          skus: run.skus,
        }
      : null,
    models: db.all(byModel, NONE),
    classes: db.all(byClass, NONE),
  };
}

export function forecastOf(
  db: Database,
  input: ParsedParams<'forecast.get'>,
  now: number,
): Result<'forecast.get'> {
  const reader = new DemandReader(db, now);
  const [demand] = reader.read([input.sku], input.days ?? SHOWN_DAYS);
  if (!demand) throw new Error('A SKU that was asked for has to be answered');
  const stored = db.get(bySku, { sku: input.sku });
  const history = {
    units: Array.from(demand.units),
    masked: Array.from(maskOf(demand), (flag) => flag === 1),
  };
  const out = Array.from(demand.out, (flag) => flag === 1);
  return {
    sku: input.sku,
    title: db.get(titleOf, { sku: input.sku })?.title ?? '',
    history: history.units.map((units, at) => ({
      day: dayText(demand.firstDay + at),
      units,
      out: out[at] ?? false,
      marked: demand.marked[at] === 1,
    })),
    daysKnown:
      demand.knownFrom === null ? 0 : reader.lastDay - Math.max(demand.knownFrom, demand.firstDay) + 1,
    daysOut: out.filter(Boolean).length,
    lost: history.units.length === 0 ? { expected: 0, low: 0, high: 0 } : lostSales(history, out),
    forecast: stored ? toForecast(stored) : null,
  };
}

function toForecast(stored: StoredForecast): Result<'forecast.get'>['forecast'] {
  const known = parseAhead(stored.ahead, stored.dispersion);
  const weeks = Array.from({ length: Math.floor(known.ahead.length / WEEK) }, (_, week) => {
    const own = { ...known, ahead: known.ahead.slice(week * WEEK, (week + 1) * WEEK) };
    return {
      expected: expectedDemand(own, WEEK),
      low: demandQuantile(own, WEEK, 0, LOW),
      high: demandQuantile(own, WEEK, 0, HIGH),
    };
  });
  return {
    asOf: stored.as_of_ms,
    asOfDay: stored.as_of_day,
    model: stored.model,
    class: stored.demand_class,
    daily: stored.daily,
    dispersion: stored.dispersion,
    ahead: [...known.ahead],
    weeks,
    ...whySchema.parse(JSON.parse(stored.why)),
  };
}
