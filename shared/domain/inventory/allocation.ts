/** How much of what is available a channel shows. */
export interface StockRule {
  /** Units held back. */
  readonly buffer: number;
  /** With fewer units than this after the buffer nothing is shown. */
  readonly floor: number;
  /** Units shown at most; null = no limit. */
  readonly maximum: number | null;
}

/** Units to show for `available` units: never negative, never more than there are. */
export function quantityToShow(available: number, rule: StockRule): number {
  const left = available - rule.buffer;
  if (left <= 0 || left < rule.floor) return 0;
  return rule.maximum === null ? left : Math.min(left, rule.maximum);
}
