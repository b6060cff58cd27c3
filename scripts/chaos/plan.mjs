// What happens, in which order: the same seed gives the same plan.
import { Random } from '../../main/simulator/kit/random.ts';
import { CRASH_POINTS } from '../../main/engine/sync/crash-points.ts';
import { COMMAND_CRASH_POINTS } from '../../main/engine/journal/journal.ts';

/** How often each kind of step comes, in parts of the sum. */
const WEIGHTS = {
  edit: 20,
  content: 8,
  paste: 8,
  undo: 6,
  redo: 3,
  publish: 14,
  publishInBackground: 8,
  publishKilled: 8,
  pull: 8,
  pullKilled: 3,
  ship: 10,
  cancel: 9,
  refund: 9,
  hold: 6,
  resume: 3,
  schedule: 9,
  shopEdit: 10,
  fault: 10,
  crashPoint: 8,
  killEngine: 4,
  killShop: 8,
  resolve: 4,
  retry: 2,
};

const FAULTS = [
  'rate-limit',
  'unavailable',
  'server-error',
  'timeout-after-apply',
  'gateway-timeout',
  'drop',
  'truncated',
  'html',
  'duplicate-page',
  'reordered-page',
];

/**
 * @typedef {{ kind: keyof typeof WEIGHTS, at: number[], delayMs: number, fault: string, on: 'read' | 'write', crash: string, mine: boolean }} Step
 * `at` are places between 0 and 1, so that a plan does not depend on how many rows there are.
 */

/** Steps without end. @param {number} seed @returns {Generator<Step>} */
export function* plan(seed) {
  const random = new Random(seed);
  const kinds = Object.entries(WEIGHTS).flatMap(([kind, weight]) => Array(weight).fill(kind));
  const points = [...CRASH_POINTS, ...COMMAND_CRASH_POINTS];
  for (;;) {
    yield {
      kind: random.pick(kinds),
      at: Array.from({ length: 16 }, () => random.next()),
      delayMs: random.int(5, 400),
      fault: random.pick(FAULTS),
      on: random.chance(0.5) ? 'read' : 'write',
      crash: `${random.pick(points)}:${random.int(1, 2)}`,
      mine: random.chance(0.5),
    };
  }
}
