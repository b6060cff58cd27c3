import { normalCdf, normalQuantile } from './normal.ts';

/** Above this mean the normal curve is as good, and adding up would take long. */
const LARGE_MEAN = 2_000;

/**
 * Smallest k with P(N <= k) >= p, where N has the given mean and a variance of
 * `dispersion` times the mean: negative binomial above 1, Poisson at 1.
 */
export function countQuantile(mean: number, dispersion: number, p: number): number {
  if (!(mean >= 0) || !Number.isFinite(mean)) throw new RangeError('The mean is a finite number >= 0');
  if (!(dispersion >= 1)) throw new RangeError('The dispersion is >= 1');
  if (!(p > 0 && p < 1)) throw new RangeError('A probability lies between 0 and 1');
  if (mean === 0) return 0;
  const poisson = dispersion - 1 < 1e-9;
  const size = poisson ? Number.POSITIVE_INFINITY : mean / (dispersion - 1);
  const logNone = poisson ? -mean : -size * Math.log(dispersion);
  if (mean > LARGE_MEAN || logNone < -600) {
    return Math.max(0, Math.ceil(mean + normalQuantile(p) * Math.sqrt(dispersion * mean) - 0.5));
  }
  const growth = 1 - 1 / dispersion;
  let mass = Math.exp(logNone);
  let sum = mass;
  let k = 0;
  while (sum < p) {
    mass *= poisson ? mean / (k + 1) : ((k + size) / (k + 1)) * growth;
    k += 1;
    sum += mass;
    // What is left is below what doubles can tell apart.
    if (mass < 1e-17 && k > mean) break;
  }
  return k;
}

/** P(N > k) for the same counts; 1 below 0. */
export function countTail(mean: number, dispersion: number, k: number): number {
  if (!(mean >= 0) || !Number.isFinite(mean)) throw new RangeError('The mean is a finite number >= 0');
  if (!(dispersion >= 1)) throw new RangeError('The dispersion is >= 1');
  if (k < 0) return 1;
  if (mean === 0) return 0;
  const poisson = dispersion - 1 < 1e-9;
  const size = poisson ? Number.POSITIVE_INFINITY : mean / (dispersion - 1);
  const logNone = poisson ? -mean : -size * Math.log(dispersion);
  if (mean > LARGE_MEAN || logNone < -600) {
    return 1 - normalCdf((k + 0.5 - mean) / Math.sqrt(dispersion * mean));
  }
  const growth = 1 - 1 / dispersion;
  let mass = Math.exp(logNone);
  let below = mass;
  for (let n = 0; n < Math.floor(k) && (mass > 1e-17 || n < mean); n += 1) {
    mass *= poisson ? mean / (n + 1) : ((n + size) / (n + 1)) * growth;
    below += mass;
  }
  return Math.min(1, Math.max(0, 1 - below));
}
