import { normalCdf, normalDensity, normalQuantile } from './normal.ts';

export interface LeadTimeDemand {
  /** Units a period and their standard deviation. */
  readonly demand: number;
  readonly demandDeviation: number;
  /** Periods from order to shelf and their standard deviation. */
  readonly leadTime: number;
  readonly leadTimeDeviation: number;
}

/** z that keeps the given share of cycles without a stock-out. */
export const serviceFactor = normalQuantile;

/** z·sqrt(L·σd² + d²·σL²), not rounded. */
export function safetyStock(z: number, input: LeadTimeDemand): number {
  const { demand, demandDeviation, leadTime, leadTimeDeviation } = checked(input);
  return z * Math.sqrt(leadTime * demandDeviation ** 2 + demand ** 2 * leadTimeDeviation ** 2);
}

/** Stock on hand and on order at which to order again; with a periodic review its interval adds to the lead time. */
export function reorderPoint(z: number, input: LeadTimeDemand, reviewInterval = 0): number {
  if (!(reviewInterval >= 0)) throw new RangeError('The review interval is >= 0');
  const covered = { ...input, leadTime: input.leadTime + reviewInterval };
  return covered.demand * covered.leadTime + safetyStock(z, covered);
}

/** Wilson's lot: demand and holding cost a unit over the same time, cost an order. */
export function economicOrderQuantity(demand: number, orderCost: number, holdingCost: number): number {
  if (!(demand >= 0 && orderCost >= 0 && holdingCost > 0)) {
    throw new RangeError('Demand and order cost are >= 0, holding cost is > 0');
  }
  return Math.sqrt((2 * demand * orderCost) / holdingCost);
}

/** G(z): units short a cycle, in standard deviations of lead-time demand. */
export function unitLoss(z: number): number {
  return normalDensity(z) - z * normalCdf(-z);
}

/** Share of demand served from the shelf: 1 - σ·G(z)/Q, at least 0. */
export function fillRate(z: number, deviation: number, lot: number): number {
  if (!(deviation >= 0 && lot > 0)) throw new RangeError('The deviation is >= 0, the lot is > 0');
  return Math.max(0, 1 - (deviation * unitLoss(z)) / lot);
}

/** Share of cycles that a one-time buy should serve: Cu / (Cu + Co). */
export function newsvendorRatio(underageCost: number, overageCost: number): number {
  if (!(underageCost >= 0 && overageCost >= 0 && underageCost + overageCost > 0)) {
    throw new RangeError('Costs are >= 0 and not both 0');
  }
  return underageCost / (underageCost + overageCost);
}

export interface OrderTerms {
  /** Smallest order. */
  readonly minimum: number;
  /** Units a pack; orders are whole packs. */
  readonly pack: number;
  /** Price a unit from a quantity on; the first one begins at 0 or 1. */
  readonly prices: readonly { readonly from: number; readonly price: number }[];
}

export interface LotInput extends OrderTerms {
  readonly demand: number;
  readonly orderCost: number;
  /** Holding cost a unit as a share of its price, over the time of `demand`. */
  readonly holdingRate: number;
}

/**
 * Cheapest feasible lot: purchase, order and holding cost over the time of the
 * demand. Within one price the cost is convex, so only the whole packs around
 * the economic lot and the smallest and largest lot of each price need a look.
 */
export function cheapestLot(input: LotInput): { readonly quantity: number; readonly cost: number } {
  const { demand, orderCost, holdingRate, minimum, pack, prices } = input;
  if (!(demand > 0 && orderCost >= 0 && holdingRate > 0))
    throw new RangeError('Demand and holding rate are > 0');
  if (!Number.isInteger(pack) || pack < 1) throw new RangeError('A pack is a whole number >= 1');
  if (prices.length === 0) throw new RangeError('There is no price');
  const steps = prices.toSorted((a, b) => a.from - b.from);
  const up = (quantity: number): number => Math.max(1, Math.ceil(quantity / pack - 1e-9)) * pack;
  let best: { quantity: number; cost: number } | null = null;
  for (const [index, { from, price }] of steps.entries()) {
    const lowest = up(Math.max(from, minimum, 1));
    const end = steps[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    const ideal = economicOrderQuantity(demand, orderCost, holdingRate * price);
    const around = Math.floor(ideal / pack) * pack;
    const highest = Number.isFinite(end) ? Math.floor((end - 1) / pack) * pack : lowest;
    for (const quantity of [lowest, around, around + pack, highest]) {
      if (quantity < lowest || quantity >= end) continue;
      const cost = lotCost({ demand, orderCost, holdingRate }, quantity, price);
      if (!best || cost < best.cost || (cost === best.cost && quantity < best.quantity))
        best = { quantity, cost };
    }
  }
  if (!best) throw new RangeError('No lot fits the terms');
  return best;
}

/** Cost over the time of the demand when `quantity` is ordered at a time. */
export function lotCost(
  { demand, orderCost, holdingRate }: Pick<LotInput, 'demand' | 'orderCost' | 'holdingRate'>,
  quantity: number,
  price: number,
): number {
  return demand * price + (demand / quantity) * orderCost + (quantity / 2) * holdingRate * price;
}

function checked(input: LeadTimeDemand): LeadTimeDemand {
  for (const [name, value] of Object.entries(input)) {
    if (!(Number.isFinite(value) && value >= 0)) throw new RangeError(`${name} is a finite number >= 0`);
  }
  return input;
}
