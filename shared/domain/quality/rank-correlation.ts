export interface RankCorrelation {
  readonly pairs: number;
  /** Spearman's rho, ties by average ranks. */
  readonly rho: number;
  /** 95 % by Fisher's z with the variance 1.06 / (n - 3). */
  readonly low: number;
  readonly high: number;
}

/** Fewer pairs give an interval that says nothing. */
export const FEWEST_PAIRS = 10;
const Z_95 = 1.959_963_985;

/** null with fewer than ten pairs, or where one side is all the same. */
export function rankCorrelation(xs: readonly number[], ys: readonly number[]): RankCorrelation | null {
  const pairs = xs.length;
  if (pairs !== ys.length || pairs < FEWEST_PAIRS) return null;
  const rho = pearson(ranksOf(xs), ranksOf(ys));
  if (rho === null) return null;
  const z = Math.atanh(Math.max(-0.999_999, Math.min(0.999_999, rho)));
  const half = Z_95 * Math.sqrt(1.06 / (pairs - 3));
  return { pairs, rho, low: Math.tanh(z - half), high: Math.tanh(z + half) };
}

/** Ranks from 1; equal values share the mean of theirs. */
export function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_value, index) => index).toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = Array.from({ length: values.length }, () => 0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (const index of order.slice(from, to + 1)) ranks[index] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}

function pearson(xs: readonly number[], ys: readonly number[]): number | null {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const mx = mean(xs);
  const my = mean(ys);
  let top = 0;
  let sx = 0;
  let sy = 0;
  for (const [index, x] of xs.entries()) {
    const dx = x - mx;
    const dy = (ys[index] ?? 0) - my;
    top += dx * dy;
    sx += dx * dx;
    sy += dy * dy;
  }
  return sx === 0 || sy === 0 ? null : top / Math.sqrt(sx * sy);
}
