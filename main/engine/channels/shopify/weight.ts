import { canonicalDecimal } from '../kit/decimal.ts';

/** Kilograms of one unit of Shopify. */
const KILOGRAMS: Readonly<Record<string, number>> = {
  KILOGRAMS: 1,
  GRAMS: 0.001,
  POUNDS: 0.453_592_37,
  OUNCES: 0.028_349_523_125,
};
/** Decimals that a stored weight has at most. */
const DECIMALS = 9;

/** A weight as a canonical decimal of kilograms; null when there is none (Shopify says 0) or the unit is new. */
export function toKilograms(weight: { readonly value: number; readonly unit: string } | null): string | null {
  const factor = weight === null ? undefined : KILOGRAMS[weight.unit];
  if (weight === null || factor === undefined || !(weight.value > 0)) return null;
  const text = canonicalDecimal((weight.value * factor).toFixed(DECIMALS));
  return text === '0' ? null : text;
}
