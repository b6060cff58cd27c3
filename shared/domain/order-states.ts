/**
 * Orders move through fulfilment line by line; the order's own state is
 * derived from its lines, so it can never disagree with them.
 */
export const ORDER_STATES = [
  'awaiting_payment',
  'on_hold',
  'ready',
  'picking',
  'picked',
  'packed',
  'shipped',
  'cancelled',
  'refunded',
  'returned',
  'unknown',
] as const;
export type OrderState = (typeof ORDER_STATES)[number];

export interface LineProgress {
  readonly quantity: number;
  readonly picked: number;
  readonly packed: number;
  readonly shipped: number;
  /** Units of those that came back. */
  readonly returned?: number;
}

/** States in which an order still waits for somebody in the warehouse. */
export const OPEN_STATES = ['ready', 'picking', 'picked', 'packed'] as const satisfies readonly OrderState[];

/** Why a picker went on without a unit. */
export const SHORT_REASONS = ['not_found', 'damaged', 'other'] as const;
export type ShortReason = (typeof SHORT_REASONS)[number];

/** How urgent an open order is, on the calendar of the shop's zone. */
export const DUE_WORDS = ['late', 'today', 'later'] as const;
export type DueWord = (typeof DUE_WORDS)[number];

/** States that the channel decides; fulfilment cannot start or continue in them. */
export const BLOCKED_STATES = ['awaiting_payment', 'on_hold', 'cancelled', 'refunded', 'unknown'] as const;
export type BlockedState = (typeof BLOCKED_STATES)[number];

export const FULFILMENT_STEPS = ['pick', 'pack', 'ship'] as const;
export type FulfilmentStep = (typeof FULFILMENT_STEPS)[number];

/** Derives the state from what the channel or our own hold says (null = may be fulfilled) and the lines. */
export function orderState(blocked: BlockedState | null, lines: readonly LineProgress[]): OrderState {
  const open = lines.filter((line) => line.quantity > 0);
  if (open.length > 0 && open.every((line) => line.shipped >= line.quantity)) {
    return open.every((line) => (line.returned ?? 0) >= line.quantity) ? 'returned' : 'shipped';
  }
  if (blocked) return blocked;
  if (open.length > 0 && open.every((line) => line.packed >= line.quantity)) return 'packed';
  if (open.length > 0 && open.every((line) => line.picked >= line.quantity)) return 'picked';
  if (open.some((line) => line.picked > 0)) return 'picking';
  return 'ready';
}

/** How much of a line may still take `step`; each step can only follow the one before it. */
export function remaining(step: FulfilmentStep, line: LineProgress): number {
  switch (step) {
    case 'pick':
      return line.quantity - line.picked;
    case 'pack':
      return line.picked - line.packed;
    case 'ship':
      return line.packed - line.shipped;
  }
}

/** Units of a line that a picker can still look for: neither picked nor reported missing. */
export function toFind(line: LineProgress & { readonly missing: number }): number {
  return Math.max(0, line.quantity - line.picked - line.missing);
}
