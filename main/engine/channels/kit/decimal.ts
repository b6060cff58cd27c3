import { currencyExponent } from '#shared/domain/money.ts';

/**
 * A channel's price text as minor units. Channels may carry more decimals than
 * the currency has: halves go to the even neighbour, so that sums do not drift.
 * Null when it is not a decimal or does not fit. `"12.345"` EUR -> 1234.
 */
export function roundToMinor(text: string, currency: string): number | null {
  const match = /^([+-]?)(\d{0,15})(?:\.(\d*))?$/.exec(text.trim());
  if (!match || (!match[2] && !match[3])) return null;
  const exponent = currencyExponent(currency);
  const fraction = match[3] ?? '';
  const kept = BigInt(`0${match[2]}${fraction.slice(0, exponent).padEnd(exponent, '0')}`);
  const rest = fraction.slice(exponent);
  const rounded = kept + (roundsUp(kept, rest) ? 1n : 0n);
  const minor = Number(rounded);
  if (!Number.isSafeInteger(minor)) return null;
  return match[1] === '-' && minor !== 0 ? -minor : minor;
}

function roundsUp(kept: bigint, rest: string): boolean {
  const first = rest.charAt(0);
  if (first === '' || first < '5') return false;
  if (first > '5' || /[1-9]/.test(rest.slice(1))) return true;
  return kept % 2n === 1n;
}

/** `"01.500"` -> `"1.5"`: the one stored form of a decimal; null when it is none. */
export function canonicalDecimal(text: string): string | null {
  const match = /^(-?)0*(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text.trim().replace(/^(-?)\./, '$10.'));
  if (!match) return null;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  return `${match[1]}${match[2]}${fraction ? `.${fraction}` : ''}`;
}
