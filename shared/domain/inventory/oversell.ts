/**
 * P(N > k) for N ~ Poisson(mean), k a whole number >= 0. The smaller tail is
 * summed, so small odds keep their digits and a large mean does not underflow.
 */
export function poissonTail(mean: number, k: number): number {
  if (!(mean >= 0) || !Number.isFinite(mean)) throw new RangeError('The mean is a finite number >= 0');
  if (k < 0) return 1;
  if (mean === 0) return 0;
  const from = Math.floor(k) + 1;
  // P(N >= from): upwards from `from` while that is the thin side, else 1 - downwards.
  const logMass = (n: number): number => n * Math.log(mean) - mean - logFactorial(n);
  if (from > mean)
    return Math.min(
      1,
      sumFrom(Math.exp(logMass(from)), (n) => mean / (from + n)),
    );
  return Math.max(0, 1 - sumFrom(Math.exp(logMass(from - 1)), (n) => (from - n) / mean, from - 1));
}

/** first + first*ratio(1) + first*ratio(1)*ratio(2) + …, until nothing is added any more. */
function sumFrom(first: number, ratio: (n: number) => number, steps = Number.POSITIVE_INFINITY): number {
  let term = first;
  let sum = first;
  for (let n = 1; n <= steps; n += 1) {
    term *= ratio(n);
    const next = sum + term;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}

/** ln n!, exact sum for small n and Stirling's series above, whose error is below 1e-15 there. */
function logFactorial(n: number): number {
  if (n < 2) return 0;
  if (n < 64) {
    let sum = 0;
    for (let i = 2; i <= n; i += 1) sum += Math.log(i);
    return sum;
  }
  const x = n + 1;
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * x) -
    1 / (360 * x ** 3) +
    1 / (1260 * x ** 5)
  );
}

export interface OversellInput {
  /** Units sold a day on each channel that shows the item. */
  readonly ratesPerDay: readonly number[];
  /** Days until all channels know a new quantity. */
  readonly ageDays: number;
  /** Units there are. */
  readonly stock: number;
}

/** Odds that the channels together sell more than there is before they are told. */
export function oversellOdds({ ratesPerDay, ageDays, stock }: OversellInput): number {
  const mean = ratesPerDay.reduce((sum, rate) => sum + rate, 0) * ageDays;
  return poissonTail(mean, Math.max(0, Math.floor(stock)));
}

/**
 * Smallest buffer whose worst moment keeps the risk: just before the channels
 * stop showing the item, only the buffer is left for what sells meanwhile.
 */
export function bufferForRisk(ratesPerDay: readonly number[], ageDays: number, risk: number): number {
  if (!(risk > 0 && risk < 1)) throw new RangeError('The risk lies between 0 and 1');
  let buffer = 0;
  while (oversellOdds({ ratesPerDay, ageDays, stock: buffer }) > risk) buffer += 1;
  return buffer;
}
