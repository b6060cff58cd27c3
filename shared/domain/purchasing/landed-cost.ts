export const LANDED_SPLITS = ['value', 'weight', 'quantity'] as const;
export type LandedSplit = (typeof LANDED_SPLITS)[number];

export interface LandedLine {
  readonly quantity: number;
  /** Of the whole line, minor units. */
  readonly goods: number;
  /** Grams of one unit. */
  readonly weight: number | null;
}

/**
 * Splits whole minor units by whole weights, exactly: every part is its share
 * rounded down, and what is left goes to the largest remainders, the earlier
 * one first. The parts add up to the total. Without any weight all share alike.
 */
export function splitExactly(total: number, weights: readonly number[]): number[] {
  if (weights.length === 0) return [];
  if (!Number.isSafeInteger(total) || total < 0) throw new RangeError('The total is a whole number >= 0');
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0)) {
    throw new RangeError('Weights are whole numbers >= 0');
  }
  const known = weights.some((weight) => weight > 0);
  const shares = weights.map((weight) => BigInt(known ? weight : 1));
  const sum = shares.reduce((a, b) => a + b, 0n);
  const parts = shares.map((share) => (BigInt(total) * share) / sum);
  const remainders = shares.map((share, index) => ({ index, left: (BigInt(total) * share) % sum }));
  let rest = BigInt(total) - parts.reduce((a, b) => a + b, 0n);
  for (const { index } of remainders.toSorted((a, b) => (a.left === b.left ? 0 : a.left < b.left ? 1 : -1))) {
    if (rest === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    rest -= 1n;
  }
  return parts.map(Number);
}

/** What the split goes by; null where a weight is missing, so that nobody gets a share by accident. */
export function splitWeights(lines: readonly LandedLine[], split: LandedSplit): number[] | null {
  switch (split) {
    case 'value':
      return lines.map(({ goods }) => goods);
    case 'quantity':
      return lines.map(({ quantity }) => quantity);
    case 'weight':
      return lines.every(({ weight }) => weight !== null)
        ? lines.map(({ quantity, weight }) => quantity * (weight ?? 0))
        : null;
  }
}
