import { canonicalDecimal } from '../kit/decimal.ts';

const KILOGRAMS: Readonly<Record<string, number>> = {
  kg: 1,
  g: 0.001,
  lb: 0.453_592_37,
  oz: 0.028_349_523_125,
};
export const WEIGHT_UNIT = 'g';
const DECIMALS = 6;

/** A weight as a canonical decimal of kilograms; null when there is none or the unit is new. */
export function toKilograms(
  value: number | null | undefined,
  unit: string | null | undefined,
): string | null {
  const factor = KILOGRAMS[unit ?? ''];
  if (value === null || value === undefined || factor === undefined || !(value > 0)) return null;
  const text = canonicalDecimal((value * factor).toFixed(DECIMALS));
  return text === '0' ? null : text;
}

/** Kilograms in the unit that the listing keeps its weight in; Etsy shows two decimals. */
export function fromKilograms(kilograms: string, unit: string): { value: number; unit: string } {
  const known = KILOGRAMS[unit] === undefined ? WEIGHT_UNIT : unit;
  return { value: Number((Number(kilograms) / (KILOGRAMS[known] ?? 1)).toFixed(2)), unit: known };
}
