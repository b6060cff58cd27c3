import { z } from 'zod';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { ReorderProposal } from '#shared/contract/reorder.ts';
import type { Abc, Xyz } from '#shared/domain/inventory/abc-xyz.ts';
import type { ForecastModel } from '#shared/domain/inventory/forecast-models.ts';
import { countTail } from '#shared/domain/inventory/negative-binomial.ts';
import { expectedDemand, reorder, tryPolicy } from '#shared/domain/inventory/replenishment.ts';
import { dayOf } from '#shared/domain/purchasing/calendar-day.ts';
import { unitPrice } from '#shared/domain/purchasing/price-breaks.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';
import { getSupplier } from '../../purchasing/supplier-detail.ts';
import { DemandReader, maskOf } from '../forecast/demand.ts';
import { parseAhead } from '../forecast/read.ts';
import { DEFAULT_DAYS } from '../forecast/run.ts';
import { AVAILABLE, incomingSum, levelSum, RESERVED } from '../stock-sql.ts';
import { skuTitle } from '../stock-rows.ts';

interface Candidate {
  id: string;
  sku: string;
  title: string;
  available: number;
  transit: number;
  incoming: number;
  model: ForecastModel;
  daily: number;
  dispersion: number;
  ahead: string;
  abc: Abc | null;
  xyz: Xyz | null;
  as_of_ms: number;
  supplier: string | null;
  supplier_name: string | null;
  currency: string | null;
  lead_days: number | null;
  minimum: number | null;
  pack: number | null;
  breaks: string | null;
}

/** Items with a forecast that are bought as they are: a virtual kit is reordered by its parts. */
const candidates = sql<{ supplier: string | null; today: string }, Candidate>(
  `WITH reserved AS MATERIALIZED (${RESERVED}),
     chosen AS MATERIALIZED (
       SELECT t.item_rid, min(t.rid) AS rid FROM supplier_item t JOIN supplier s ON s.rid = t.supplier_rid
       WHERE t.removed_at_ms IS NULL AND s.removed_at_ms IS NULL AND (:supplier IS NULL OR s.id = :supplier) GROUP BY t.item_rid)
   SELECT i.id, i.sku, ${skuTitle('i.sku')} AS title, ${AVAILABLE} AS available, ${levelSum('transit')} AS transit, ${incomingSum()} AS incoming,
     f.model, f.daily, f.dispersion, f.ahead, f.abc, f.xyz, r.as_of_ms,
     s.id AS supplier, s.name AS supplier_name, s.currency, coalesce(t.lead_days, s.lead_days) AS lead_days,
     max(coalesce(t.minimum, 0), coalesce(s.minimum_units, 0)) AS minimum, t.pack, t.breaks
   FROM forecast f CROSS JOIN stock_item i ON i.sku = f.sku JOIN forecast_run r ON r.rid = f.run_rid
   LEFT JOIN chosen c ON c.item_rid = i.rid LEFT JOIN supplier_item t ON t.rid = c.rid LEFT JOIN supplier s ON s.rid = t.supplier_rid
   WHERE f.daily > 0 AND (:supplier IS NULL OR s.id IS NOT NULL)
     AND NOT EXISTS (SELECT 1 FROM stock_kit_leaf k WHERE k.item_rid = i.rid)`,
);
const forecastModel = sql<{ sku: string }, { model: ForecastModel }>(
  'SELECT model FROM forecast WHERE sku = :sku',
  { hot: true },
);
const lastRun = sql<Record<string, never>, { at: number | null }>(
  'SELECT max(as_of_ms) AS at FROM forecast_run WHERE finished_at_ms IS NOT NULL',
);
const breaksSchema = z.array(z.object({ from: z.number(), minor: z.number() }));

const DEFAULTS = { leadDays: 14, coverDays: 28, reviewDays: 7, service: 0.95 } as const;
/** Deliveries that a supplier's own lead time is taken from. */
const LEAD_SAMPLE = 3;
const MAX_PROPOSALS = 1_000;

type PolicyInput = Partial<Record<keyof typeof DEFAULTS, number | undefined>>;

function policyOf(input: PolicyInput): Record<keyof typeof DEFAULTS, number> {
  return {
    leadDays: input.leadDays ?? DEFAULTS.leadDays,
    coverDays: input.coverDays ?? DEFAULTS.coverDays,
    reviewDays: input.reviewDays ?? DEFAULTS.reviewDays,
    service: input.service ?? DEFAULTS.service,
  };
}

interface Lead {
  readonly days: number | null;
  readonly deviation: number;
}

/** How long a supplier takes: as it was measured, where there were enough deliveries. */
function leadLookup(db: Database, now: number): (supplierId: string) => Lead {
  const known = new Map<string, Lead>();
  return (supplierId) => {
    const found = known.get(supplierId);
    if (found) return found;
    const { n, mean, sd } = getSupplier(db, { supplierId }, now).scorecard.leadTime;
    const own: Lead =
      n >= LEAD_SAMPLE && mean !== null ? { days: mean, deviation: sd ?? 0 } : { days: null, deviation: 0 };
    known.set(supplierId, own);
    return own;
  };
}

export function reorderPlan(
  db: Database,
  input: ParsedParams<'reorder.plan'>,
  now: number,
): Result<'reorder.plan'> {
  const all = proposals(db, input, now);
  const costs = new Map<string, number>();
  for (const { cost, affordable } of all) {
    if (cost && affordable) costs.set(cost.currency, (costs.get(cost.currency) ?? 0) + cost.minor);
  }
  return {
    asOf: db.get(lastRun, {})?.at ?? null,
    policy: policyOf(input),
    proposals: all.slice(0, MAX_PROPOSALS),
    total: all.length,
    units: all.reduce((sum, { quantity, affordable }) => sum + (affordable ? quantity : 0), 0),
    costs: [...costs].map(([currency, minor]) => ({ minor, currency })),
    unpriced: all.filter(({ cost }) => cost === null).length,
  };
}

/** Every proposal, the most urgent first; the budget is spent in that order. */
export function proposals(
  db: Database,
  input: Omit<ParsedParams<'reorder.plan'>, never>,
  now: number,
): ReorderProposal[] {
  const policy = policyOf(input);
  const leadOf = leadLookup(db, now);
  const found = db
    .all(candidates, { supplier: input.supplierId ?? null, today: dayOf(now) })
    .flatMap((row): ReorderProposal[] => {
      const lead = row.supplier === null ? null : leadOf(row.supplier);
      const leadDays = lead?.days ?? row.lead_days ?? policy.leadDays;
      const forecast = parseAhead(row.ahead, row.dispersion);
      const position = row.available + row.transit + row.incoming;
      const minimum = row.minimum ?? 0;
      const pack = row.pack ?? 1;
      const leadDeviation = lead?.deviation ?? 0;
      const figures = reorder(forecast, { ...policy, leadDays, leadDeviation, minimum, pack }, position);
      if (figures.quantity === 0) return [];
      const minor =
        row.breaks === null ? null : unitPrice(breaksSchema.parse(JSON.parse(row.breaks)), figures.quantity);
      const money = (amount: number): ReorderProposal['price'] =>
        row.currency === null ? null : { minor: amount, currency: row.currency };
      return [
        {
          itemId: row.id,
          sku: row.sku,
          title: row.title,
          supplier:
            row.supplier === null ? null : { supplierId: row.supplier, name: row.supplier_name ?? '' },
          abc: row.abc,
          xyz: row.xyz,
          available: row.available,
          inTransit: row.transit,
          incoming: row.incoming,
          position,
          daily: row.daily,
          model: row.model,
          leadDays,
          leadDeviation,
          minimum,
          pack,
          ...figures,
          price: minor === null ? null : money(minor),
          cost: minor === null ? null : money(minor * figures.quantity),
          odds: countTail(expectedDemand(forecast, leadDays), row.dispersion, position),
          affordable: true,
        },
      ];
    })
    .toSorted(
      (a, b) =>
        b.odds - a.odds || (a.daysLeft ?? Infinity) - (b.daysLeft ?? Infinity) || (a.sku < b.sku ? -1 : 1),
    );
  if (input.budgetMinor === undefined) return found;
  let left = input.budgetMinor;
  return found.map((proposal) => {
    const cost = proposal.cost?.minor ?? null;
    // A line that does not fit leaves room for smaller ones after it.
    if (cost === null || cost > left) return { ...proposal, affordable: false };
    left -= cost;
    return proposal;
  });
}

export function backtest(
  db: Database,
  input: ParsedParams<'reorder.backtest'>,
  now: number,
): Result<'reorder.backtest'> {
  const stored = db.get(forecastModel, { sku: input.sku });
  if (!stored) {
    throw new CodedError('NOT_FOUND', `There is no forecast of ${input.sku}; run the forecast first`, {
      sku: input.sku,
    });
  }
  const [demand] = new DemandReader(db, now).read([input.sku], DEFAULT_DAYS);
  if (!demand) throw new Error('A SKU that was asked for has to be answered');
  const history = {
    units: Array.from(demand.units),
    masked: Array.from(maskOf(demand), (flag) => flag === 1),
  };
  const policy = { ...policyOf(input), leadDeviation: 0, minimum: 0, pack: 1 };
  return {
    withSafety: tryPolicy(history, stored.model, policy),
    withoutSafety: tryPolicy(history, stored.model, { ...policy, service: 0.5 }),
  };
}
