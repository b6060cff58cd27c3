import { add, divide, fromDecimal, fromInteger, minus, multiply, toFixed, ZERO } from './rational.ts';
import type { Rational } from './rational.ts';

/**
 * Continues canonical numbers along their least-squares line, which for an
 * arithmetic sequence is the sequence itself, exactly. One number counts by
 * `step`. null when a text is no number or has padding (`007` is a code).
 */
export function linearNumbers(cells: readonly string[], count: number, step: 1 | -1): string[] | null {
  if (cells.some((cell) => /^-?0\d/.test(cell))) return null;
  const values: Rational[] = [];
  for (const cell of cells) {
    const value = fromDecimal(cell);
    if (value === null) return null;
    values.push(value);
  }
  const places = Math.max(...cells.map((cell) => (cell.split('.')[1] ?? '').length));
  const first = values[0] ?? ZERO;
  const line = values.length === 1 ? { start: first, slope: fromInteger(step) } : fitLine(values);
  return Array.from({ length: count }, (_, i) =>
    toFixed(add(line.start, multiply(line.slope, fromInteger(values.length + i))), places),
  );
}

/** Least squares over x = 0, 1, 2…; exact, so a perfect line comes back perfect. */
function fitLine(values: readonly Rational[]): { start: Rational; slope: Rational } {
  const n = values.length;
  const xMean = { n: BigInt(n - 1), d: 2n };
  const yMean = divide(values.reduce(add, ZERO), fromInteger(n)) ?? ZERO;
  let covariance = ZERO;
  let variance = ZERO;
  for (const [i, value] of values.entries()) {
    const dx = minus(fromInteger(i), xMean);
    covariance = add(covariance, multiply(dx, minus(value, yMean)));
    variance = add(variance, multiply(dx, dx));
  }
  const slope = divide(covariance, variance) ?? ZERO;
  return { start: minus(yMean, multiply(slope, xMean)), slope };
}
