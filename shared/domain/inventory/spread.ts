/** Stock of one item in one bin; key 0 stands for "no bin". */
export interface BinLevel {
  readonly bin: number;
  readonly quantity: number;
}

/**
 * Spreads a change of an item's stock at a location over its bins. What comes
 * goes where most of it lies; what goes is taken from stock without a bin
 * first, then from the fullest bin. What no bin has is taken from "no bin",
 * whose level then turns negative and shows that something is missing.
 * The parts add up to `delta`; ties go to the lowest bin.
 */
export function spread(levels: readonly BinLevel[], delta: number): BinLevel[] {
  if (delta === 0) return [];
  const fullest = levels
    .filter(({ quantity }) => quantity > 0)
    .toSorted((a, b) => b.quantity - a.quantity || a.bin - b.bin);
  if (delta > 0) {
    const owed = levels.find(({ bin, quantity }) => bin === 0 && quantity < 0);
    const settled = Math.min(delta, -(owed?.quantity ?? 0));
    const rest = delta - settled;
    const target = fullest[0]?.bin ?? 0;
    if (target === 0) return [{ bin: 0, quantity: delta }];
    return [
      { bin: 0, quantity: settled },
      { bin: target, quantity: rest },
    ].filter(({ quantity }) => quantity !== 0);
  }
  let left = -delta;
  const taken = new Map<number, number>();
  const loose = fullest.filter(({ bin }) => bin === 0);
  for (const { bin, quantity } of [...loose, ...fullest.filter(({ bin }) => bin !== 0)]) {
    const part = Math.min(left, quantity);
    if (part > 0) taken.set(bin, -part);
    left -= part;
  }
  if (left > 0) taken.set(0, (taken.get(0) ?? 0) - left);
  return [...taken].map(([bin, quantity]) => ({ bin, quantity }));
}
