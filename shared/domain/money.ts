/**
 * Money is integer minor units plus an ISO 4217 currency. The exponent comes
 * from Intl, so JPY has 0, EUR 2, KWD 3. No floating point is ever involved
 * in a conversion between text and minor units.
 */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

const exponents = new Map<string, number>();

export function currencyExponent(currency: string): number {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    try {
      exponent =
        new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
          .maximumFractionDigits ?? 2;
    } catch {
      exponent = 2;
    }
    exponents.set(currency, exponent);
  }
  return exponent;
}

export type ParsedMinor =
  | { readonly ok: true; readonly minor: number }
  | { readonly ok: false; readonly reason: 'format' | 'precision' | 'range' };

/** `"12.50"` in EUR -> 1250. Dot decimals only; more digits than the currency has must be zeros. */
export function parseDecimalToMinor(text: string, currency: string): ParsedMinor {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return { ok: false, reason: 'format' };
  const exponent = currencyExponent(currency);
  const fraction = match[3] ?? '';
  if (/[1-9]/.test(fraction.slice(exponent))) return { ok: false, reason: 'precision' };
  const minor = Number(`${match[2]}${fraction.slice(0, exponent).padEnd(exponent, '0')}`);
  if (!Number.isSafeInteger(minor)) return { ok: false, reason: 'range' };
  return { ok: true, minor: match[1] === '-' && minor !== 0 ? -minor : minor };
}

/** 1250 EUR -> `"12.50"`; the exact inverse of {@link parseDecimalToMinor}. */
export function formatMinor(minor: number, currency: string): string {
  const exponent = currencyExponent(currency);
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** Splits `total` by `weights` so that the parts sum to the total (largest remainder, ties by position). */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (weights.length === 0) return [];
  if (sum <= 0)
    return allocate(
      total,
      weights.map(() => 1),
    );
  const exact = weights.map((weight) => (total * weight) / sum);
  const parts = exact.map((value) => Math.floor(value));
  let rest = total - parts.reduce((a, b) => a + b, 0);
  const order = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (let i = 0; rest > 0; i = (i + 1) % order.length, rest -= 1) {
    const slot = order[i];
    if (slot) parts[slot.index] = (parts[slot.index] ?? 0) + 1;
  }
  return parts;
}
