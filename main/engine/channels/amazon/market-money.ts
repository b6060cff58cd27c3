import { roundToMinor } from '../kit/decimal.ts';

export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/** Amounts of JSON numbers; one that fits no minor unit counts as none. */
export function moneyOf(money: { readonly amount: number; readonly currencyCode: string }): Money {
  const minor = roundToMinor(String(money.amount), money.currencyCode) ?? 0;
  return { minor, currency: money.currencyCode };
}
