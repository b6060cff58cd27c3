import { formatMinor } from '#shared/domain/money.ts';
import type { FieldValues } from '../contract.ts';
import { roundToMinor } from '../kit/decimal.ts';
import { entriesOf, isHere, patchOf, type Patch, type Scope } from './attributes.ts';
import type { Attributes, Entry } from './records.ts';

export const OFFER_FIELDS = ['price', 'salePrice', 'saleFrom', 'saleTo'] as const;
export type OfferField = (typeof OFFER_FIELDS)[number];

const OFFER = 'purchasable_offer';

/** The offer to everybody; offers to businesses and others are left alone. */
function offerOf(attributes: Attributes, scope: Scope): Entry | undefined {
  return entriesOf(attributes, OFFER).find(
    (entry) => isHere(entry, scope) && (entry['audience'] ?? 'ALL') === 'ALL',
  );
}

/** Prices and sale dates of the offer; what it does not have is null. Throws RangeError for a price that is none. */
export function readOffer(attributes: Attributes, scope: Scope, currency: string): FieldValues {
  const offer = offerOf(attributes, scope);
  const regular = scheduleOf(offer, 'our_price');
  const sale = scheduleOf(offer, 'discounted_price');
  return {
    price: priceOf(regular, 'our_price', currency),
    salePrice: priceOf(sale, 'discounted_price', currency),
    saleFrom: timeOf(sale, 'start_at'),
    saleTo: timeOf(sale, 'end_at'),
  };
}

/**
 * The whole offer with these values in place of its own. Everything else in it
 * (minimum prices, quantity discounts, release dates, other price schedules) and
 * all other offers stay as they are.
 */
export function offerPatch(
  attributes: Attributes,
  scope: Scope,
  values: FieldValues,
  currency: string,
): Patch | null {
  const offer = offerOf(attributes, scope);
  const next: Record<string, unknown> = {
    ...(offer ?? { marketplace_id: scope.marketplaceId, currency, audience: 'ALL' }),
  };
  const { price, salePrice, saleFrom, saleTo } = values;
  if (typeof price === 'number') {
    next['our_price'] = withSchedule(offer, 'our_price', { value_with_tax: amount(price, currency) });
  }
  if (typeof salePrice === 'number') {
    next['discounted_price'] = withSchedule(offer, 'discounted_price', {
      value_with_tax: amount(salePrice, currency),
      start_at: isoOf(saleFrom),
      end_at: isoOf(saleTo),
    });
  } else delete next['discounted_price'];
  return patchOf(attributes, OFFER, offer ? [offer] : [], [next]);
}

function scheduleOf(offer: Entry | undefined, name: string): Entry | undefined {
  return first(first(offer?.[name])?.['schedule']);
}

function withSchedule(offer: Entry | undefined, name: string, values: Entry): Entry[] {
  const [head = {}, ...others] = listOf(offer?.[name]);
  const [schedule = {}, ...later] = listOf(head['schedule']);
  const merged = Object.fromEntries(
    Object.entries({ ...schedule, ...values }).filter(([, value]) => value !== undefined),
  );
  return [{ ...head, schedule: [merged, ...later] }, ...others];
}

function priceOf(schedule: Entry | undefined, name: string, currency: string): number | null {
  const value = schedule?.['value_with_tax'];
  if (value === undefined || value === null) return null;
  const text = typeof value === 'number' ? String(value) : value;
  const minor = typeof text === 'string' ? roundToMinor(text, currency) : null;
  if (minor === null) throw new RangeError(`${OFFER}.${name}: ${JSON.stringify(value)} is no price`);
  return minor;
}

function timeOf(schedule: Entry | undefined, name: string): number | null {
  const value = schedule?.[name];
  const text = typeof value === 'object' && value !== null && 'value' in value ? value.value : value;
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isFinite(at) ? at : null;
}

function amount(minor: number, currency: string): number {
  return Number(formatMinor(minor, currency));
}

function isoOf(value: unknown): string | undefined {
  return typeof value === 'number' ? new Date(value).toISOString() : undefined;
}

function first(value: unknown): Entry | undefined {
  return listOf(value)[0];
}

function listOf(value: unknown): Entry[] {
  if (!Array.isArray(value)) return [];
  return value.filter((item): item is Entry => typeof item === 'object' && item !== null);
}
