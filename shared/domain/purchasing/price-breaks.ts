/** Price of a unit from a quantity on, in minor units of the supplier's currency. */
export interface PriceBreak {
  readonly from: number;
  readonly minor: number;
}

/** Breaks in order of quantity; of two with the same quantity the last one counts. */
export function sortBreaks(breaks: readonly PriceBreak[]): PriceBreak[] {
  return [...new Map(breaks.map((one) => [one.from, one])).values()].toSorted((a, b) => a.from - b.from);
}

/** What a unit costs when `quantity` is ordered; null below the first break and where there is none. */
export function unitPrice(breaks: readonly PriceBreak[], quantity: number): number | null {
  return sortBreaks(breaks).findLast(({ from }) => from <= quantity)?.minor ?? null;
}

export interface OrderRules {
  /** Units a pack; orders are whole packs. */
  readonly pack: number;
  /** Fewest units; null = none. */
  readonly minimum: number | null;
}

/** The smallest quantity that is at least what is wanted and that the supplier sells. */
export function orderableQuantity(wanted: number, { pack, minimum }: OrderRules): number {
  return Math.ceil(Math.max(wanted, minimum ?? 1, 1) / pack) * pack;
}

/** A larger lot whose lower price makes the whole line cheaper than the wanted one; null where none does. */
export function cheaperLot(
  breaks: readonly PriceBreak[],
  quantity: number,
  rules: OrderRules,
): { readonly quantity: number; readonly saves: number } | null {
  const price = unitPrice(breaks, quantity);
  if (price === null) return null;
  let best: { quantity: number; saves: number } | null = null;
  for (const { from } of sortBreaks(breaks)) {
    if (from <= quantity) continue;
    const lot = orderableQuantity(from, rules);
    const saves = price * quantity - (unitPrice(breaks, lot) ?? price) * lot;
    if (saves > 0 && saves > (best?.saves ?? 0)) best = { quantity: lot, saves };
  }
  return best;
}
