import { currencyExponent } from '../domain/money.ts';

export const PRICE_ROUNDINGS = ['none', '.99', '.95', '.90', '.00', '5', '10'] as const;
export type PriceRounding = (typeof PRICE_ROUNDINGS)[number];

/**
 * The nearest price of the wanted shape, in minor units; halfway goes up. `.99`
 * and its kin fix what follows the last whole hundred minor units of a currency
 * without decimals (JPY: 1,299), else the decimals (12.99; KWD 12.990). `5` and
 * `10` are multiples of so many whole units. A positive price stays positive;
 * zero and negative amounts are left alone.
 */
export function roundPrice(minor: number, mode: PriceRounding, currency: string): number {
  if (mode === 'none' || minor <= 0) return minor;
  const exponent = currencyExponent(currency);
  const unit = 10 ** exponent;
  if (mode === '5' || mode === '10') return nearest(minor, unit * Number(mode), 0);
  const step = exponent === 0 ? 100 : unit;
  const ending = (step * Number(mode.slice(1))) / 100;
  return Number.isInteger(ending) ? nearest(minor, step, ending) : minor;
}

/** The smallest positive `k * step + ending` whose distance is least. */
function nearest(minor: number, step: number, ending: number): number {
  const below = Math.floor((minor - ending) / step) * step + ending;
  const above = below + step;
  const best = minor - below < above - minor ? below : above;
  return best > 0 ? best : above;
}
