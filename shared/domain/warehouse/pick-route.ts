import { aislesOf, type Block, type PickAisle, type PickPoint } from './block.ts';

/**
 * Routes through one block by the four rules that warehouses use (Hall 1993,
 * Petersen 1997, Roodbergen & de Koster 2001):
 * - s-shape: every aisle with picks is walked through, the last of an odd
 *   number is entered and left at the front;
 * - return: every aisle is entered and left at the front;
 * - largest-gap: the first and the last aisle are walked through, the others
 *   are entered from both ends as far as their largest gap without picks;
 * - combined: aisle by aisle, left to right, walked through or left where it
 *   was entered, whichever makes the whole round shortest.
 */
export const ROUTE_RULES = ['s-shape', 'return', 'largest-gap', 'combined'] as const;
export type RouteRule = (typeof ROUTE_RULES)[number];

export interface Route {
  readonly rule: RouteRule;
  /** Length of the whole round, depot to depot. */
  readonly length: number;
  /** Every distinct place once, in walking order. */
  readonly stops: readonly PickPoint[];
}

/** All four routes, shortest first; of equal ones the simpler rule first. No picks, no way. */
export function routesOf(points: readonly PickPoint[], block: Block): Route[] {
  const aisles = aislesOf(points, block);
  return ROUTE_RULES.map((rule) =>
    aisles.length === 0 ? { rule, length: 0, stops: [] } : RULES[rule](aisles, block),
  ).sort((a, b) => a.length - b.length);
}

export function bestRoute(points: readonly PickPoint[], block: Block): Route {
  return routesOf(points, block).reduce((best, next) => (next.length < best.length ? next : best));
}

type Rule = (aisles: readonly PickAisle[], block: Block) => Route;

/** How an aisle is walked once the picker stands at one of its ends. */
type Way = 'through' | 'out-and-back';

const RULES: Record<RouteRule, Rule> = {
  's-shape': (aisles, block) => {
    const odd = aisles.length % 2 === 1;
    return sweep(
      's-shape',
      aisles,
      block,
      aisles.map((_, index) => (odd && index === aisles.length - 1 ? 'out-and-back' : 'through')),
    );
  },
  return: (aisles, block) =>
    sweep(
      'return',
      aisles,
      block,
      aisles.map(() => 'out-and-back'),
    ),
  'largest-gap': largestGap,
  combined: (aisles, block) => sweep('combined', aisles, block, cheapestWays(aisles, block)),
};

/** Depot to the leftmost aisle, along to the rightmost, back to the depot. */
function sweepAcross(aisles: readonly PickAisle[], { depotAisle, pitch }: Block): number {
  const left = Math.min(...aisles.map(({ aisle }) => aisle));
  const right = Math.max(...aisles.map(({ aisle }) => aisle));
  return (Math.abs(depotAisle - left) + (right - left) + Math.abs(right - depotAisle)) * pitch;
}

function sweep(rule: RouteRule, aisles: readonly PickAisle[], block: Block, ways: readonly Way[]): Route {
  let length = sweepAcross(aisles, block);
  let atFront = true;
  const stops: PickPoint[] = [];
  aisles.forEach(({ aisle, positions, nearest, farthest }, index) => {
    const order = atFront ? positions : [...positions].reverse();
    stops.push(...order.map((position) => ({ aisle, position })));
    if (ways[index] === 'through') {
      length += block.length;
      atFront = !atFront;
    } else {
      length += 2 * (atFront ? farthest : block.length - nearest);
    }
  });
  return { rule, length, stops };
}

/** Ways of least length that begin and end at the front; the cost is kept for either end. */
function cheapestWays(aisles: readonly PickAisle[], block: Block): Way[] {
  interface Plan {
    readonly cost: number;
    readonly ways: readonly Way[];
  }
  const step = (plan: Plan, way: Way, cost: number): Plan => ({
    cost: plan.cost + cost,
    ways: [...plan.ways, way],
  });
  const cheaper = (a: Plan, b: Plan): Plan => (b.cost < a.cost ? b : a);
  let front: Plan = { cost: 0, ways: [] };
  let back: Plan = { cost: Infinity, ways: [] };
  for (const { nearest, farthest } of aisles) {
    const before = { front, back };
    front = cheaper(
      step(before.front, 'out-and-back', 2 * farthest),
      step(before.back, 'through', block.length),
    );
    back = cheaper(
      step(before.front, 'through', block.length),
      step(before.back, 'out-and-back', 2 * (block.length - nearest)),
    );
  }
  return [...front.ways];
}

function largestGap(aisles: readonly PickAisle[], block: Block): Route {
  const [first, end] = [aisles.at(0), aisles.at(-1)];
  if (!first || !end || first === end) {
    return { ...RULES.return(aisles, block), rule: 'largest-gap' };
  }
  const between = aisles.slice(1, -1).map((aisle) => ({ ...aisle, ...split(aisle, block) }));
  const at = (aisle: number) => (position: number) => ({ aisle, position });
  const stops = [
    ...first.positions.map(at(first.aisle)),
    ...between.flatMap(({ aisle, fromBack }) => fromBack.map(at(aisle))),
    ...[...end.positions].reverse().map(at(end.aisle)),
    ...between.toReversed().flatMap(({ aisle, fromFront }) => fromFront.map(at(aisle))),
  ];
  // Back along the front as far left as something waits there, then to the depot.
  const leftmost = between.find(({ fromFront }) => fromFront.length > 0)?.aisle ?? end.aisle;
  const across =
    Math.abs(block.depotAisle - first.aisle) +
    (end.aisle - first.aisle) +
    (end.aisle - leftmost) +
    Math.abs(leftmost - block.depotAisle);
  const inside = between.reduce((sum, { fromFront, fromBack }) => {
    const depth = Math.max(0, ...fromFront);
    const reach = block.length - Math.min(block.length, ...fromBack);
    return sum + 2 * depth + 2 * reach;
  }, 0);
  return {
    rule: 'largest-gap',
    length: 2 * block.length + across * block.pitch + inside,
    stops,
  };
}

/** Picks taken from the front (front to back) and from the back (back to front). */
function split({ positions }: PickAisle, block: Block): { fromFront: number[]; fromBack: number[] } {
  const gaps = [...positions, block.length].map((to, index) => to - (positions[index - 1] ?? 0));
  const widest = gaps.indexOf(Math.max(...gaps));
  return {
    fromFront: positions.slice(0, widest),
    fromBack: positions.slice(widest).reverse(),
  };
}
