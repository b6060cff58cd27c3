import { parseDecimalToMinor } from '#shared/domain/money.ts';
import { parseNumberText } from '#shared/grid/number-text.ts';

export interface TypedAmount {
  /** null while nothing usable is typed. */
  readonly minor: number | null;
  readonly problem: 'unreadable' | 'tooMuch' | null;
}

/** An amount as a person types it in their language; empty leaves it to the channel's records. */
export function amountOf(
  text: string,
  locale: string,
  left: { readonly minor: number; readonly currency: string },
): TypedAmount {
  if (text.trim() === '') return { minor: null, problem: null };
  const decimal = parseNumberText(text, locale);
  const parsed = decimal === null ? null : parseDecimalToMinor(decimal, left.currency);
  if (!parsed?.ok || parsed.minor <= 0) return { minor: null, problem: 'unreadable' };
  return parsed.minor > left.minor
    ? { minor: null, problem: 'tooMuch' }
    : { minor: parsed.minor, problem: null };
}
