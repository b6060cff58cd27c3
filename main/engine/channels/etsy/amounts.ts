import { currencyExponent } from '#shared/domain/money.ts';
import type { MoneyRecord } from './records.ts';

/**
 * Etsy's amount and divisor as minor units of its currency, halves to even;
 * null when it does not fit. 1250/100 EUR -> 1250, 1250/1 JPY -> 1250.
 */
export function toMinor({ amount, divisor, currency_code }: MoneyRecord): number | null {
  const scaled = BigInt(amount) * 10n ** BigInt(currencyExponent(currency_code));
  const by = BigInt(divisor);
  const whole = scaled / by;
  const rest = scaled % by;
  const twice = (rest < 0n ? -rest : rest) * 2n;
  const up = twice > by || (twice === by && whole % 2n !== 0n);
  const minor = Number(whole + (up ? (scaled < 0n ? -1n : 1n) : 0n));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** Minor units as the decimal number that Etsy takes in writes. */
export function toDecimal(minor: number, currency: string): number {
  const exponent = currencyExponent(currency);
  return Number((minor / 10 ** exponent).toFixed(exponent));
}
