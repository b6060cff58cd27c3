import { batchesBySavings } from './batching.ts';
import { blockOf, placeOfBin, type BinLayout, type BinPlace } from './bin-place.ts';
import { routesOf, type RouteRule } from './pick-route.ts';

export const PICK_MODES = ['single', 'batch', 'multi', 'zone'] as const;
/**
 * single: a round an order. batch: one round for several orders, everything in one
 * box, sorted at the packing table. multi: a tote an order on the cart, sorted while
 * picking. zone: every zone is its own round, the parts meet at packing.
 */
export type PickMode = (typeof PICK_MODES)[number];

/** Units of one line that are to be taken out of one bin; bin '' = nobody knows where they are. */
export interface PlannedPick {
  readonly orderId: string;
  readonly lineId: string;
  readonly bin: string;
  readonly units: number;
}

export interface CartLimits {
  /** Totes, that is orders, on one cart. */
  readonly totes: number;
  readonly units?: number | undefined;
}

/** Aisles from the one to the other, both among them, in order of their numbers. */
export interface Zone {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

export interface PlannedBatch {
  readonly zone: string;
  readonly orderIds: readonly string[];
  readonly units: number;
  readonly metres: number;
}

export interface RouteCost {
  readonly rule: RouteRule;
  readonly metres: number;
}

export interface PlannedRoute {
  readonly best: RouteCost;
  /** All four rules, the shortest first. */
  readonly costs: readonly RouteCost[];
  /** Bins in walking order; those that are nowhere on the map come last, by code. */
  readonly bins: readonly string[];
  /** Bins whose code does not fit the layout; '' among them stands for lines without a bin. */
  readonly offMap: readonly string[];
}

/** The round over these bins by each rule. Bins of the same bay are taken together, in order of their codes. */
export function routeOver(codes: Iterable<string>, layout: BinLayout): PlannedRoute {
  const places = new Map<string, BinPlace | null>();
  for (const code of codes) places.set(code, placeOfBin(code, layout));
  const onMap = [...places].flatMap(([code, place]) => (place ? [{ code, place }] : []));
  const routes = routesOf(
    onMap.map(({ place }) => place),
    blockOf(layout),
  );
  const costs = routes.map(({ rule, length }) => ({ rule, metres: round(length) }));
  const bins = (routes[0]?.stops ?? []).flatMap((stop) =>
    onMap
      .filter(({ place }) => place.aisle === stop.aisle && place.position === stop.position)
      .map(({ code }) => code)
      .toSorted(byCode),
  );
  const offMap = [...places].flatMap(([code, place]) => (place ? [] : [code])).toSorted(byCode);
  return {
    best: costs[0] ?? { rule: 's-shape', metres: 0 },
    costs,
    bins: [...bins, ...offMap],
    offMap,
  };
}

/** Numbers inside codes count as numbers; no bin at all is last. */
export function byCode(a: string, b: string): number {
  return Number(a === '') - Number(b === '') || a.localeCompare(b, 'en', { numeric: true });
}

const round = (metres: number): number => Math.round(metres * 10) / 10;

/** Splits the picks of a wave into rounds. Every order with picks is in exactly one round a zone. */
export function planBatches(
  picks: readonly PlannedPick[],
  mode: PickMode,
  limits: CartLimits,
  layout: BinLayout,
  zones: readonly Zone[] = [],
): PlannedBatch[] {
  if (mode !== 'zone') return batchesOf(picks, mode === 'single' ? { totes: 1 } : limits, layout, '');
  const byZone = grouped(picks, (pick) => zoneOf(pick.bin, layout, zones));
  return [...byZone]
    .toSorted(([a], [b]) => byCode(a, b))
    .flatMap(([zone, own]) => batchesOf(own, limits, layout, zone));
}

/** The first zone that the bin's aisle is in; without zones every aisle is one; '' where the bin is on no map. */
export function zoneOf(bin: string, layout: BinLayout, zones: readonly Zone[]): string {
  const place = placeOfBin(bin, layout);
  if (!place) return '';
  if (zones.length === 0) return place.name;
  return zones.find(({ from, to }) => place.aisle >= from && place.aisle <= to)?.name ?? '';
}

function batchesOf(
  picks: readonly PlannedPick[],
  limits: CartLimits,
  layout: BinLayout,
  zone: string,
): PlannedBatch[] {
  const byOrder = grouped(picks, ({ orderId }) => orderId);
  const unitsOf = (orderId: string): number =>
    (byOrder.get(orderId) ?? []).reduce((sum, { units }) => sum + units, 0);
  const metresOf = (ids: readonly string[]): number =>
    routeOver(
      ids.flatMap((id) => (byOrder.get(id) ?? []).map(({ bin }) => bin)),
      layout,
    ).best.metres;
  const saved = batchesBySavings(
    [...byOrder.keys()].map((id) => ({ id, units: unitsOf(id) })),
    { orders: limits.totes, ...(limits.units === undefined ? {} : { units: limits.units }) },
    metresOf,
  );
  return joinIdle(saved, limits).map(({ ids, units }) => ({
    zone,
    orderIds: ids,
    units,
    metres: metresOf(ids),
  }));
}

interface Joined {
  readonly ids: readonly string[];
  readonly units: number;
  readonly length: number;
}

/** Orders whose bins are on no map save no way by being joined, but they do save rounds. */
function joinIdle(batches: readonly Joined[], limits: CartLimits): Joined[] {
  const done = batches.filter(({ length }) => length > 0);
  const idle: Joined[] = [];
  for (const batch of batches.filter(({ length }) => length === 0)) {
    const last = idle.at(-1);
    const fits =
      last &&
      last.ids.length + batch.ids.length <= limits.totes &&
      (limits.units === undefined || last.units + batch.units <= limits.units);
    if (!last || !fits) idle.push(batch);
    else {
      idle[idle.length - 1] = {
        ids: [...last.ids, ...batch.ids],
        units: last.units + batch.units,
        length: 0,
      };
    }
  }
  return [...done, ...idle];
}

function grouped(
  picks: readonly PlannedPick[],
  keyOf: (pick: PlannedPick) => string,
): ReadonlyMap<string, readonly PlannedPick[]> {
  const groups = new Map<string, PlannedPick[]>();
  for (const pick of picks) groups.set(keyOf(pick), [...(groups.get(keyOf(pick)) ?? []), pick]);
  return groups;
}
