/** Units of one lot in one bin; lot 0 stands for units without a lot, bin 0 for no bin. */
export interface LotCell {
  readonly bin: number;
  readonly lot: number;
  readonly quantity: number;
  /** YYYY-MM-DD, the last day it may be sold; null = does not expire. */
  readonly expiresOn: string | null;
  readonly blocked: boolean;
}

export interface LotTake {
  readonly bin: number;
  readonly lot: number;
  readonly quantity: number;
}

/** Whether units of a lot may be sold on a day. */
export function sellable(lot: Pick<LotCell, 'expiresOn' | 'blocked'>, today: string): boolean {
  return !lot.blocked && (lot.expiresOn === null || lot.expiresOn >= today);
}

/**
 * First expired, first out: the order in which units are picked. What may be
 * sold comes first, by expiry; then what has no lot, since nobody knows; what
 * may not be sold comes last and is taken only when nothing else is left, so
 * that the ledger never says less than what was booked.
 */
export function byExpiry(cells: readonly LotCell[], today: string): LotCell[] {
  const rank = (cell: LotCell): number => (sellable(cell, today) ? (cell.lot === 0 ? 1 : 0) : 2);
  const last = '9999-12-31';
  return cells.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      (a.expiresOn ?? last).localeCompare(b.expiresOn ?? last) ||
      a.lot - b.lot ||
      b.quantity - a.quantity ||
      a.bin - b.bin,
  );
}

/**
 * Takes units in that order. What no cell has is taken from "no bin, no lot",
 * whose level then turns negative and shows that something is missing. The
 * parts add up to `quantity`, and no lot gives more than it has.
 */
export function takeByExpiry(cells: readonly LotCell[], quantity: number, today: string): LotTake[] {
  const taken: LotTake[] = [];
  let left = quantity;
  for (const { bin, lot, quantity: there } of byExpiry(cells, today)) {
    const part = Math.min(left, there);
    if (part <= 0) continue;
    taken.push({ bin, lot, quantity: part });
    left -= part;
  }
  if (left > 0) taken.push({ bin: 0, lot: 0, quantity: left });
  return taken;
}
