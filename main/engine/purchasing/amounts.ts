import { parseDecimalToMinor } from '#shared/domain/money.ts';
import { CodedError } from '#shared/errors/coded-error.ts';

/** A typed amount in minor units; `field` names it where it cannot be read. null and undefined stay what they are. */
export function toMinor(text: string, currency: string, field: string): number;
export function toMinor<T extends string | null | undefined>(
  text: T,
  currency: string,
  field: string,
): number | Exclude<T, string>;
export function toMinor(
  text: string | null | undefined,
  currency: string,
  field: string,
): number | null | undefined {
  if (text === null || text === undefined) return text;
  const parsed = parseDecimalToMinor(text, currency);
  if (!parsed.ok) {
    throw new CodedError('INVALID_VALUE', `"${text.slice(0, 40)}" is no amount in ${currency}`, {
      field,
      reason: parsed.reason,
    });
  }
  if (parsed.minor < 0) {
    throw new CodedError('INVALID_VALUE', `An amount cannot be below 0, and ${text.slice(0, 40)} is`, {
      field,
    });
  }
  return parsed.minor;
}
