import { parseFieldValue } from '#shared/domain/field-values.ts';
import {
  listingField,
  type ListingField,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import { validateValue } from '#shared/domain/listing-rules.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import type { FieldText, FieldTexts } from './imported-product.ts';

export interface ValueContext {
  /** Whose rules the values have to pass; null reads types only. */
  readonly platform: AccountPlatform | null;
  readonly currency: string;
  /** Zone of dates without one. */
  readonly timeZone: string;
}

export interface RefusedCell {
  readonly field: ListingFieldName;
  readonly code: string;
  readonly message: string;
}

export type StoredFields = Partial<Record<ListingFieldName, Exclude<StoredValue, null>>>;

/** Field texts in stored form; cells that do not pass are named and left out, so what is there is kept. */
export function toStoredFields(
  texts: FieldTexts,
  context: ValueContext,
): { readonly fields: StoredFields; readonly refused: readonly RefusedCell[] } {
  const fields: StoredFields = {};
  const refused: RefusedCell[] = [];
  for (const [name, text] of Object.entries(texts) as [ListingFieldName, FieldText][]) {
    const field = listingField(name);
    if (!field) continue;
    const parsed = parseFieldValue(field, fieldInput(field, text, context.timeZone), context.currency);
    if (!parsed.ok) {
      refused.push({ field: name, code: parsed.code, message: parsed.message });
      continue;
    }
    if (parsed.value === null) continue;
    const finding = context.platform
      ? validateValue(context.platform, name, parsed.value, context.currency)
      : null;
    if (finding?.severity === 'error')
      refused.push({ field: name, code: finding.code, message: finding.message });
    else fields[name] = parsed.value;
  }
  return { fields, refused };
}

function fieldInput(field: ListingField, text: FieldText, timeZone: string): FieldText {
  if (typeof text !== 'string') return text;
  if (field.type === 'dateTime') return zonedToUtc(text.trim(), timeZone);
  if (field.type === 'enum' || field.type === 'boolean') return text.trim().toLowerCase();
  return text;
}

/** `2026-11-23` or `2026-11-23 09:00` on the shop's clock as ISO text in UTC; anything else unchanged. */
export function zonedToUtc(text: string, timeZone: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(text);
  if (!match) return text;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0));
  const wall = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  if (new Date(wall).getUTCDate() !== day) return text;
  // Twice, because the first guess can lie on the other side of a clock change.
  let at = wall - offsetAt(wall, timeZone);
  at = wall - offsetAt(at, timeZone);
  return new Date(at).toISOString();
}

const formats = new Map<string, Intl.DateTimeFormat>();

function offsetAt(at: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0;
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(
    parts.year ?? 0,
    (parts.month ?? 1) - 1,
    parts.day,
    parts.hour,
    parts.minute,
    parts.second,
  );
  return wall - Math.floor(at / 1_000) * 1_000;
}
