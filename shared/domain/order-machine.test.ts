import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ORDER_MOVES, refusedBy, type OrderMove } from './order-machine.ts';
import { ORDER_STATES, orderState, type BlockedState, type LineProgress } from './order-states.ts';

type Step = OrderMove | 'hold' | 'release' | 'pay' | 'lose';
const STEPS: readonly Step[] = ['pick', 'pack', 'ship', 'cancel', 'return', 'hold', 'release', 'pay', 'lose'];
interface Line {
  quantity: number;
  picked: number;
  packed: number;
  shipped: number;
  returned: number;
}

/** One unit of the first line that the move can still take. */
function take(move: OrderMove, lines: Line[]): void {
  const one = (fits: (line: Line) => boolean, column: keyof Line): void => {
    const line = lines.find(fits);
    if (line) line[column] += 1;
  };
  if (move === 'pick') one((line) => line.picked < line.quantity, 'picked');
  if (move === 'pack') one((line) => line.packed < line.picked, 'packed');
  if (move === 'ship') one((line) => line.shipped < line.packed, 'shipped');
  if (move === 'return') one((line) => line.returned < line.shipped, 'returned');
}

const sound = (line: LineProgress): boolean =>
  line.picked <= line.quantity && line.packed <= line.picked && line.shipped <= line.packed;

describe('the moves of an order', () => {
  it('never ship a unit twice or unpacked, and nothing while it is held or cancelled', () => {
    const quantities = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(quantities, fc.array(fc.constantFrom(...STEPS), { maxLength: 60 }), (units, steps) => {
        const lines: Line[] = units.map((quantity) => ({
          quantity,
          picked: 0,
          packed: 0,
          shipped: 0,
          returned: 0,
        }));
        let blocked: BlockedState | null = 'awaiting_payment';
        for (const step of steps) {
          const state = orderState(blocked, lines);
          const before = lines.reduce((sum, { shipped }) => sum + shipped, 0);
          if (step === 'pay' && blocked === 'awaiting_payment') blocked = null;
          else if (step === 'lose' && blocked === null) blocked = 'unknown';
          else if (step === 'hold' && blocked === null) blocked = 'on_hold';
          else if (step === 'release' && blocked === 'on_hold') blocked = null;
          else if (step in ORDER_MOVES.ready && refusedBy(state, step as OrderMove, lines) === null) {
            take(step as OrderMove, lines);
            if (step === 'cancel') blocked = 'cancelled';
          }
          const gone = lines.reduce((sum, { shipped }) => sum + shipped, 0) - before;
          expect(lines.every(sound)).toBe(true);
          expect(gone === 0 || (step === 'ship' && gone === 1 && blocked === null)).toBe(true);
          expect(blocked !== 'cancelled' || lines.every(({ shipped }) => shipped === 0)).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('name every state, and let nothing be picked, packed or shipped that is not open', () => {
    expect(Object.keys(ORDER_MOVES).toSorted()).toEqual([...ORDER_STATES].toSorted());
    const shipping = ORDER_STATES.filter((state) => 'ship' in ORDER_MOVES[state]);
    expect(shipping).toEqual(['ready', 'picking', 'picked', 'packed']);
  });
});
