/**
 * Exact numbers for prices and series: a fraction of big integers, so
 * 19.99 * 1.1 is 21.989 and nothing ever drifts. The denominator is positive.
 */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const ZERO: Rational = { n: 0n, d: 1n };
export const ONE: Rational = { n: 1n, d: 1n };

/** Reducing on every step costs more than it saves; only growing fractions are reduced. */
const REDUCE_ABOVE = 1n << 64n;

function make(n: bigint, d: bigint): Rational {
  if (d < 0n) return make(-n, -d);
  if (d < REDUCE_ABOVE) return { n, d };
  const common = gcd(n < 0n ? -n : n, d);
  return { n: n / common, d: d / common };
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const powers: bigint[] = [1n];
function tenTo(exponent: number): bigint {
  for (let i = powers.length; i <= exponent; i += 1) powers.push((powers[i - 1] ?? 1n) * 10n);
  return powers[exponent] ?? 1n;
}

/** `-12.50` and the like; null for anything else. */
export function fromDecimal(text: string): Rational | null {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) return null;
  const fraction = match[3] ?? '';
  const n = BigInt(`${match[2]}${fraction}`);
  return { n: match[1] === '-' ? -n : n, d: tenTo(fraction.length) };
}

export function fromInteger(value: number | bigint): Rational {
  return { n: BigInt(value), d: 1n };
}

export function add(a: Rational, b: Rational): Rational {
  return a.d === b.d ? make(a.n + b.n, a.d) : make(a.n * b.d + b.n * a.d, a.d * b.d);
}

export function negate(a: Rational): Rational {
  return { n: -a.n, d: a.d };
}

export function minus(a: Rational, b: Rational): Rational {
  return add(a, negate(b));
}

export function multiply(a: Rational, b: Rational): Rational {
  return make(a.n * b.n, a.d * b.d);
}

/** null for a division by zero. */
export function divide(a: Rational, b: Rational): Rational | null {
  return b.n === 0n ? null : make(a.n * b.d, a.d * b.n);
}

/** Remainder with the sign of the divisor, as spreadsheets have it; null for a zero divisor. */
export function modulo(a: Rational, b: Rational): Rational | null {
  const quotient = divide(a, b);
  return quotient && minus(a, multiply(b, fromInteger(floorToInteger(quotient))));
}

export function compare(a: Rational, b: Rational): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function floorToInteger(a: Rational): bigint {
  const quotient = a.n / a.d;
  return a.n < 0n && quotient * a.d !== a.n ? quotient - 1n : quotient;
}

/** Half away from zero, as people round prices. */
export function roundToInteger(a: Rational): bigint {
  const twice = a.n < 0n ? -a.n * 2n + a.d : a.n * 2n + a.d;
  const magnitude = twice / (a.d * 2n);
  return a.n < 0n ? -magnitude : magnitude;
}

/** Rounds to `places` decimals; negative places round to tens, hundreds… */
export function roundTo(a: Rational, places: number): Rational {
  return places >= 0
    ? { n: roundToInteger(make(a.n * tenTo(places), a.d)), d: tenTo(places) }
    : { n: roundToInteger(make(a.n, a.d * tenTo(-places))) * tenTo(-places), d: 1n };
}

/** Decimal text with at most `places` decimals, without trailing zeros. */
export function toDecimal(a: Rational, places: number): string {
  const fixed = toFixed(a, places);
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}

/** Decimal text with exactly `places` decimals. */
export function toFixed(a: Rational, places: number): string {
  const scaled = roundToInteger(make(a.n * tenTo(places), a.d));
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(places + 1, '0');
  const sign = scaled < 0n ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
