/** Why an order of ours waits. A closed list, so that no buyer is named where it is kept. */
export const HOLD_REASONS = ['address', 'customer', 'payment', 'fraud', 'stock', 'rule', 'other'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

/** -1 may wait, 0 as it comes, 1 before others, 2 before everything. */
export const PRIORITIES = [-1, 0, 1, 2] as const;

export const RETURN_REASONS = [
  'unwanted',
  'wrong_item',
  'damaged',
  'defective',
  'not_as_described',
  'late',
  'other',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** A goes back on sale; B and C wait in quarantine; scrap leaves the stock. */
export const RETURN_GRADES = ['A', 'B', 'C', 'scrap'] as const;
export type ReturnGrade = (typeof RETURN_GRADES)[number];

export const RETURN_STATES = ['expected', 'partly', 'received', 'closed'] as const;
export type ReturnState = (typeof RETURN_STATES)[number];

/** Derived from the lines, so that it cannot disagree with them; only closing is said by a person. */
export function returnState(
  closed: boolean,
  lines: readonly { readonly quantity: number; readonly received: number }[],
): ReturnState {
  if (closed) return 'closed';
  if (lines.every(({ quantity, received }) => received >= quantity)) return 'received';
  return lines.some(({ received }) => received > 0) ? 'partly' : 'expected';
}
