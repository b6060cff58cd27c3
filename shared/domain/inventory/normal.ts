/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
}

/**
 * P(Z <= z). Near the middle the series of the error function, in the tails
 * the continued fraction of Mills' ratio: both converge to double precision.
 */
export function normalCdf(z: number): number {
  if (z === 0) return 0.5;
  const x = Math.abs(z);
  const upper = x < 3 ? 0.5 - middle(x) : normalDensity(x) * mills(x);
  return z > 0 ? 1 - upper : upper;
}

/** P(0 < Z < x) = φ(x) Σ x^(2n+1) / (1·3·5…(2n+1)). */
function middle(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n += 1) {
    term *= (x * x) / (2 * n + 1);
    const next = sum + term;
    if (next === sum) break;
    sum = next;
  }
  return normalDensity(x) * sum;
}

/** (1 - Φ(x)) / φ(x) as 1/(x + 1/(x + 2/(x + 3/…))), from the inside. */
function mills(x: number): number {
  let tail = x;
  for (let n = 160; n >= 1; n -= 1) tail = x + n / tail;
  return 1 / tail;
}

/** z with P(Z <= z) = p, by halving; p between 0 and 1. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError('A probability lies between 0 and 1');
  // The lower tail keeps its digits where 1 - p would lose them.
  if (p > 0.5) return -normalQuantile(1 - p);
  let low = -40;
  let high = 0;
  for (let i = 0; i < 200 && low < high; i += 1) {
    const at = (low + high) / 2;
    if (at === low || at === high) break;
    if (normalCdf(at) < p) low = at;
    else high = at;
  }
  return (low + high) / 2;
}
