import type { FulfilmentStep, OrderState } from './order-states.ts';

/** What may happen to an order; `cancel` and `return` besides the steps of fulfilment. */
export type OrderMove = FulfilmentStep | 'cancel' | 'return';

/** What has to hold of the order's lines besides its state. */
export type Guard =
  | 'something_to_pick'
  | 'something_packable'
  | 'something_packed'
  | 'nothing_shipped'
  | 'something_shipped';

/**
 * Which moves a state allows, each with the guard that its lines have to pass.
 * A move that is not named is refused: what a channel decides (waiting for
 * money, on hold, cancelled, an unknown word) and our own hold stop everything
 * in the warehouse, and what has left is never packed or shipped again.
 */
export const ORDER_MOVES: Readonly<Record<OrderState, Readonly<Partial<Record<OrderMove, Guard>>>>> = {
  awaiting_payment: { cancel: 'nothing_shipped', return: 'something_shipped' },
  on_hold: { cancel: 'nothing_shipped', return: 'something_shipped' },
  ready: open(),
  picking: open(),
  picked: open(),
  packed: open(),
  shipped: { return: 'something_shipped' },
  cancelled: { return: 'something_shipped' },
  refunded: { return: 'something_shipped' },
  returned: {},
  unknown: { cancel: 'nothing_shipped', return: 'something_shipped' },
};

function open(): Readonly<Record<OrderMove, Guard>> {
  return {
    pick: 'something_to_pick',
    pack: 'something_packable',
    ship: 'something_packed',
    cancel: 'nothing_shipped',
    return: 'something_shipped',
  };
}

interface Progress {
  readonly quantity: number;
  readonly picked: number;
  readonly packed: number;
  readonly shipped: number;
}

const GUARDS: Readonly<Record<Guard, (lines: readonly Progress[]) => boolean>> = {
  something_to_pick: (lines) => lines.some((line) => line.picked < line.quantity),
  something_packable: (lines) => lines.some((line) => line.packed < line.picked),
  something_packed: (lines) => lines.some((line) => line.shipped < line.packed),
  nothing_shipped: (lines) => lines.every((line) => line.shipped === 0),
  something_shipped: (lines) => lines.some((line) => line.shipped > 0),
};

/** True when the state names the move; the lines are another question. */
export function allows(state: OrderState, move: OrderMove): boolean {
  return ORDER_MOVES[state][move] !== undefined;
}

/** Why a move is refused: by the state, or by the guard that the lines do not pass; null when it may happen. */
export function refusedBy(
  state: OrderState,
  move: OrderMove,
  lines: readonly Progress[],
): 'state' | Guard | null {
  const guard = ORDER_MOVES[state][move];
  if (guard === undefined) return 'state';
  return GUARDS[guard](lines) ? null : guard;
}
