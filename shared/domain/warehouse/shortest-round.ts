import { aislesOf, type Block, type PickPoint } from './block.ts';

/**
 * Length of the shortest possible round through one block, by the dynamic
 * programme of Ratliff & Rosenthal (1983): aisle by aisle, left to right, only
 * the degrees at the two ends of the aisle (none, odd, even) and the number of
 * unconnected parts of the partial tour matter. Says how much a route by rule
 * gives away.
 */
export function shortestRound(points: readonly PickPoint[], block: Block): number {
  const aisles = new Map(aislesOf(points, block).map((found) => [found.aisle, found.positions]));
  if (aisles.size === 0) return 0;
  const numbers = [...aisles.keys(), block.depotAisle];
  const left = Math.min(...numbers);
  const right = Math.max(...numbers);
  let states: States = new Map([[key({ back: 'none', front: 'none', parts: 0 }), 0]]);
  for (let aisle = left; aisle <= right; aisle += 1) {
    states = walkAisle(states, aisles.get(aisle) ?? [], block);
    const atDepot = aisle === block.depotAisle;
    if (aisle === right) return finish(states, atDepot);
    states = walkAcross(states, block.pitch, atDepot);
  }
  return Infinity;
}

type Degree = 'none' | 'odd' | 'even';
interface State {
  readonly back: Degree;
  readonly front: Degree;
  /** Connected parts of what was walked so far. */
  readonly parts: 0 | 1 | 2;
}
type States = Map<string, number>;

const key = ({ back, front, parts }: State) => `${back} ${front} ${parts}`;
function parse(text: string): State {
  const [back, front, parts] = text.split(' ');
  return { back: back as Degree, front: front as Degree, parts: Number(parts) as State['parts'] };
}

function keep(states: States, state: State, cost: number): void {
  const name = key(state);
  if (cost < (states.get(name) ?? Infinity)) states.set(name, cost);
}

/** The tour is complete to the left of here and cannot be gone on with. */
const isClosed = ({ back, front, parts }: State) => parts === 1 && back === 'none' && front === 'none';

const plusOne = (degree: Degree): Degree => (degree === 'odd' ? 'even' : 'odd');
const plusTwo = (degree: Degree): Degree => (degree === 'odd' ? 'odd' : 'even');

/** A walk to and fro at one end; where nobody was yet, that is a part of its own. */
function atBack(state: State): State {
  const fresh = state.back === 'none';
  return { ...state, back: plusTwo(state.back), parts: more(state.parts, fresh) };
}
function atFront(state: State): State {
  const fresh = state.front === 'none';
  return { ...state, front: plusTwo(state.front), parts: more(state.parts, fresh) };
}
const more = (parts: State['parts'], fresh: boolean) =>
  (fresh ? Math.min(parts + 1, 2) : parts) as State['parts'];

function walkAisle(states: States, positions: readonly number[], { length }: Block): States {
  const next: States = new Map();
  for (const [name, cost] of states) {
    const state = parse(name);
    if (positions.length === 0) keep(next, state, cost);
    if (isClosed(state)) continue;
    keep(next, { back: plusOne(state.back), front: plusOne(state.front), parts: 1 }, cost + length);
    keep(next, { back: plusTwo(state.back), front: plusTwo(state.front), parts: 1 }, cost + 2 * length);
    // The gap that is left out: before the first pick, between two, after the last.
    if (positions.length === 0) continue;
    [...positions, length].forEach((to, gap) => {
      let after = state;
      if (gap > 0) after = atFront(after);
      if (gap < positions.length) after = atBack(after);
      keep(next, after, cost + 2 * (length - (to - (positions[gap - 1] ?? 0))));
    });
  }
  return next;
}

/** Along the cross-aisles to the next aisle; every node left behind must have an even degree. */
function walkAcross(states: States, pitch: number, atDepot: boolean): States {
  const next: States = new Map();
  for (const [name, cost] of states) {
    const state = parse(name);
    if (state.back === 'odd') {
      keep(next, state, cost + 2 * pitch);
      continue;
    }
    for (const back of [false, true]) {
      for (const front of [false, true]) {
        if (atDepot && state.front === 'none' && !front) continue;
        const after = extend(state, back, front);
        if (after) keep(next, after, cost + (Number(back) + Number(front)) * 2 * pitch);
      }
    }
  }
  return next;
}

/** The part of a tour that is left without an edge ahead is closed; only a single one may be. */
function extend(state: State, back: boolean, front: boolean): State | null {
  let parts: number = state.parts;
  if (back && state.back === 'none') parts += 1;
  if (front && state.front === 'none') parts += 1;
  if (parts > 2) return null;
  if (!back && !front) {
    return parts <= 1 ? { back: 'none', front: 'none', parts: parts as State['parts'] } : null;
  }
  if (isClosed(state)) return null;
  if (parts === 2 && !(back && front)) return null;
  return {
    back: back ? 'even' : 'none',
    front: front ? 'even' : 'none',
    parts: parts as State['parts'],
  };
}

function finish(states: States, atDepot: boolean): number {
  let best = Infinity;
  for (const [name, cost] of states) {
    const { back, front, parts } = parse(name);
    if (back === 'odd' || front === 'odd' || parts !== 1) continue;
    if (atDepot && front === 'none') continue;
    best = Math.min(best, cost);
  }
  return best;
}
