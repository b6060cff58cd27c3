import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { marketFigureSchema } from '#shared/domain/market-figures.ts';
import { FEWEST_PAIRS, rankCorrelation } from '#shared/domain/quality/rank-correlation.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';

const DAY = 86_400_000;
const DAYS = 90;
const SLICE = 200;

const traffic = sql<
  { after: number; accounts: string | null; limit: number },
  { rid: number; score: number; value: string }
>(
  `SELECT q.listing_rid AS rid, q.score, f.value FROM quality_score q
   JOIN market_figure f ON f.listing_rid = q.listing_rid AND f.kind = 'salesAndTraffic'
   WHERE q.listing_rid > :after AND (:accounts IS NULL OR q.account_rid IN (
     SELECT rid FROM account WHERE id IN (SELECT value FROM json_each(:accounts))))
   ORDER BY q.listing_rid LIMIT :limit`,
);
/** Sold lines name their listing by SKU within the account. */
const sold = sql<
  { after: number; accounts: string | null; since: number; limit: number },
  { rid: number; score: number; units: number; created: number }
>(
  `SELECT q.listing_rid AS rid, q.score, a.created_at_ms AS created,
     (SELECT coalesce(sum(o.quantity), 0) FROM order_line o JOIN sales_order s ON s.rid = o.order_rid
      WHERE o.sku = l.sku AND s.account_rid = l.account_rid AND s.placed_at_ms >= :since) AS units
   FROM quality_score q JOIN listing l ON l.rid = q.listing_rid JOIN account a ON a.rid = l.account_rid
   WHERE q.listing_rid > :after AND l.sku IS NOT NULL AND l.removed_at_ms IS NULL AND (:accounts IS NULL OR a.id IN (
     SELECT value FROM json_each(:accounts)))
   ORDER BY q.listing_rid LIMIT :limit`,
);

interface Pairs {
  readonly scores: number[];
  readonly sales: number[];
}

/**
 * What the score is worth here. The channel's own conversion where it told one
 * of enough listings; else units a day of the last 90, which also says how
 * many looked. A correlation is no cause, and the screen says so.
 */
export async function qualityCalibration(
  engine: Engine,
  { accountIds }: ParsedParams<'quality.calibration'>,
  signal: AbortSignal,
): Promise<Result<'quality.calibration'>> {
  const accounts = accountIds === undefined ? null : JSON.stringify(accountIds);
  const visits = await trafficPairs(engine, accounts, signal);
  const known = visits.scores.length >= FEWEST_PAIRS;
  const { scores, sales } = known ? visits : await soldPairs(engine, accounts, signal);
  const found = rankCorrelation(scores, sales);
  const correlation = found === null ? null : { rho: found.rho, low: found.low, high: found.high };
  return {
    measure: known ? 'unitsPerSession' : 'unitsPerDay',
    pairs: scores.length,
    correlation,
    verdict:
      correlation === null
        ? 'tooFew'
        : correlation.low > 0
          ? 'better'
          : correlation.high < 0
            ? 'worse'
            : 'notPredictive',
  };
}

async function trafficPairs({ db }: Engine, accounts: string | null, signal: AbortSignal): Promise<Pairs> {
  const pairs: Pairs = { scores: [], sales: [] };
  await inSlices(signal, (after) => {
    const rows = db.all(traffic, { after, accounts, limit: SLICE });
    for (const { score, value } of rows) {
      const figure = marketFigureSchema.parse(JSON.parse(value));
      if (figure.kind !== 'salesAndTraffic' || figure.sessions === 0) continue;
      pairs.scores.push(score);
      pairs.sales.push(figure.units / figure.sessions);
    }
    return rows.at(-1)?.rid;
  });
  return pairs;
}

async function soldPairs(
  { db, ports }: Engine,
  accounts: string | null,
  signal: AbortSignal,
): Promise<Pairs> {
  const pairs: Pairs = { scores: [], sales: [] };
  const now = ports.clock.now();
  const since = now - DAYS * DAY;
  let any = false;
  await inSlices(signal, (after) => {
    const rows = db.all(sold, { after, accounts, since, limit: SLICE });
    for (const { score, units, created } of rows) {
      pairs.scores.push(score);
      any ||= units > 0;
      pairs.sales.push(units / Math.max(1, (now - Math.max(created, since)) / DAY));
    }
    return rows.at(-1)?.rid;
  });
  // Listings of a shop without orders say nothing, however many there are.
  return any ? pairs : { scores: [], sales: [] };
}

async function inSlices(signal: AbortSignal, read: (after: number) => number | undefined): Promise<void> {
  for (let after: number | undefined = 0; after !== undefined;) {
    if (signal.aborted) throw new CodedError('CANCELLED', 'The comparison with sales was stopped');
    after = read(after);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
