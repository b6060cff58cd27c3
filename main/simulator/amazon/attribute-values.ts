import type { Entry, ListingRow } from './rows.ts';

export function entriesAt(row: Pick<ListingRow, 'attributes'>, name: string): readonly Entry[] {
  return row.attributes[name] ?? [];
}

/** The first schedule of `our_price` or `discounted_price` in the offer to everybody. */
export function offerAt(row: Pick<ListingRow, 'attributes'>, price: string): Entry | undefined {
  const offer = entriesAt(row, 'purchasable_offer').find((entry) => (entry['audience'] ?? 'ALL') === 'ALL');
  const [head] = (offer?.[price] ?? []) as readonly { readonly schedule?: readonly Entry[] }[];
  return head?.schedule?.[0];
}

export function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A text or number as text; anything else is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** The attributes with another regular price and no sale. */
export function withPrice(row: ListingRow, value: unknown): ListingRow['attributes'] {
  const offers = entriesAt(row, 'purchasable_offer').map((entry) => {
    const { discounted_price: _sale, ...rest } = entry;
    return { ...rest, our_price: [{ schedule: [{ value_with_tax: value }] }] };
  });
  return { ...row.attributes, purchasable_offer: offers };
}
