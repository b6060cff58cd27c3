import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { abcClasses } from '#shared/domain/inventory/abc-xyz.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../../db/statement.ts';
import type { Engine } from '../../engine.ts';
import type { JobControl } from '../../jobs/jobs.ts';
import type { ForecastedItem } from '../../workers/forecast-batch.ts';
import { WorkerThread } from '../../workers/worker-thread.ts';
import { dayText } from './calendar.ts';
import { DemandReader, maskOf, type SkuDemand } from './demand.ts';

export const DEFAULT_DAYS = 730;
export const DEFAULT_HORIZON = 56;
/** SKUs read at once: the engine answers other calls between two batches. */
const BATCH = 50;

/** Every SKU that an order names, or that is part of a kit: from one to the next through the index, not over all lines. */
const orderedSkus = sql<Record<string, never>, { sku: string }>(
  `WITH RECURSIVE named (sku) AS (
     SELECT min(sku) FROM order_line WHERE sku > ''
     UNION ALL
     SELECT (SELECT min(l.sku) FROM order_line l WHERE l.sku > named.sku) FROM named WHERE named.sku IS NOT NULL)
   SELECT sku FROM named WHERE sku IS NOT NULL
   UNION SELECT i.sku FROM stock_kit_leaf f JOIN stock_item i ON i.rid = f.part_rid ORDER BY 1`,
);
const insertRun = sql<{ id: string; at: number; day: string; days: number; horizon: number }>(
  'INSERT INTO forecast_run (id, as_of_ms, as_of_day, days, horizon) VALUES (:id, :at, :day, :days, :horizon)',
);
const put = sql<{
  sku: string;
  run: number;
  model: string;
  class: string | null;
  daily: number;
  dispersion: number;
  sold90: number;
  sold28: number;
  out90: number;
  xyz: string | null;
  revenue: number;
  ahead: string;
  why: string;
}>(
  `INSERT INTO forecast (sku, run_rid, model, demand_class, daily, dispersion, sold_90, sold_28, out_90, xyz, revenue, ahead, why)
   VALUES (:sku, :run, :model, :class, :daily, :dispersion, :sold90, :sold28, :out90, :xyz, :revenue, :ahead, :why)
   ON CONFLICT (sku) DO UPDATE SET run_rid = excluded.run_rid, model = excluded.model, demand_class = excluded.demand_class,
     daily = excluded.daily, dispersion = excluded.dispersion, sold_90 = excluded.sold_90, sold_28 = excluded.sold_28,
     out_90 = excluded.out_90, xyz = excluded.xyz, revenue = excluded.revenue, ahead = excluded.ahead, why = excluded.why`,
);
const dropOlder = sql<{ run: number }>('DELETE FROM forecast WHERE run_rid <> :run');
const revenues = sql<Record<string, never>, { sku: string; revenue: number }>(
  'SELECT sku, revenue FROM forecast',
);
const classify = sql<{ sku: string; abc: string }>('UPDATE forecast SET abc = :abc WHERE sku = :sku');
const finishRun = sql<{ run: number; at: number; skus: number }>(
  'UPDATE forecast_run SET finished_at_ms = :at, skus = :skus WHERE rid = :run',
);

/**
 * Forecasts every SKU that was sold. The engine reads the history in small
 * batches and a thread does the arithmetic; a forecast takes the place of the
 * one before, and a run that is stopped leaves both beside each other, each
 * with its own age.
 */
export function runForecast(
  engine: Engine,
  input: ParsedParams<'forecast.run'>,
  signal: AbortSignal,
): Promise<Result<'forecast.run'>> {
  return engine.jobs.run('forecast', 'Forecast', signal, async (job) => {
    const thread = new WorkerThread();
    const stop = (): void => void thread.stop();
    job.signal.addEventListener('abort', stop, { once: true });
    try {
      return await forecastWith(engine, input, job, thread);
    } catch (error) {
      if (job.signal.aborted) throw new CodedError('CANCELLED', 'The forecast was stopped');
      throw error;
    } finally {
      job.signal.removeEventListener('abort', stop);
      await thread.stop();
    }
  });
}

async function forecastWith(
  engine: Engine,
  input: ParsedParams<'forecast.run'>,
  job: JobControl,
  thread: WorkerThread,
): Promise<Result<'forecast.run'>> {
  const { db, ports } = engine;
  const now = ports.clock.now();
  const days = input.days ?? DEFAULT_DAYS;
  const horizon = input.horizon ?? DEFAULT_HORIZON;
  const reader = new DemandReader(db, now);
  const skus = db.all(orderedSkus, {}).map(({ sku }) => sku);
  const runId = ports.newId();
  const { rid: run } = db.run(insertRun, { id: runId, at: now, day: dayText(reader.lastDay), days, horizon });
  let done = 0;
  let models = 0;
  let written = 0;
  job.progress(0, skus.length);
  let pending: Promise<void> = Promise.resolve();
  for (let from = 0; from < skus.length; from += BATCH) {
    if (job.signal.aborted) throw new CodedError('CANCELLED', 'The forecast was stopped');
    const demands = reader.read(skus.slice(from, from + BATCH), days);
    const work = thread.run('forecast', {
      horizon,
      items: demands.map((demand) => ({ sku: demand.sku, units: demand.units, masked: maskOf(demand) })),
    });
    // While the thread works on this batch, the next one is read.
    const before = pending;
    pending = (async () => {
      await before;
      const items = await work;
      db.transaction(() => keep(engine, run, demands, items));
      written += items.length;
      models += items.filter(
        ({ choice }) => choice.scores.length > 0 && choice.model !== 'seasonal_naive',
      ).length;
      done += demands.length;
      job.progress(done, skus.length);
    })();
    pending.catch(() => undefined);
    await before;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await pending;
  db.transaction(() => {
    db.run(dropOlder, { run });
    const sold = db.all(revenues, {});
    const classes = abcClasses(sold.map(({ sku, revenue }) => ({ id: sku, value: revenue })));
    for (const { sku } of sold) db.run(classify, { sku, abc: classes.get(sku) ?? 'C' });
    db.run(finishRun, { run, at: ports.clock.now(), skus: written });
  });
  engine.bus.emit('inventory');
  return { runId, skus: written, models };
}

function keep(
  engine: Engine,
  run: number,
  demands: readonly SkuDemand[],
  items: readonly ForecastedItem[],
): void {
  const bySku = new Map(demands.map((demand) => [demand.sku, demand]));
  for (const { sku, choice, xyz } of items) {
    const demand = bySku.get(sku);
    if (!demand) continue;
    const sum = (values: ArrayLike<number>): number =>
      Array.from(values).reduce((total, one) => total + one, 0);
    engine.db.run(put, {
      sku,
      run,
      model: choice.model,
      class: choice.shape.class,
      daily: choice.ahead.length === 0 ? 0 : sum(choice.ahead) / choice.ahead.length,
      dispersion: choice.dispersion,
      sold90: sum(demand.units.slice(-90)),
      sold28: sum(demand.units.slice(-28)),
      out90: sum(demand.out.slice(-90)),
      xyz,
      revenue: demand.revenue,
      ahead: JSON.stringify(choice.ahead.map((value) => Math.round(value * 1e4) / 1e4)),
      why: JSON.stringify({
        adi: Number.isFinite(choice.shape.adi) ? choice.shape.adi : null,
        cv2: choice.shape.cv2,
        baselines: choice.baselines,
        scores: choice.scores,
        weeksCompared: choice.weeksCompared,
        daysUsed: demand.units.length - sum(maskOf(demand)),
      }),
    });
  }
}
