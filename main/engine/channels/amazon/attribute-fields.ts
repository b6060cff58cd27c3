import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { OFFER_FIELDS } from './offer.ts';

export const MAIN_IMAGE = 'main_product_image_locator';
export const OTHER_IMAGES = Array.from(
  { length: 8 },
  (_unused, index) => `other_product_image_locator_${index + 1}`,
);
export const IMAGE_KEY = 'media_location';

/** Attributes and the field that each of them carries; issues of Amazon name attributes. */
const FIELD_OF_ATTRIBUTE: Readonly<Record<string, ListingFieldName>> = {
  item_name: 'title',
  product_description: 'description',
  bullet_point: 'bullets',
  generic_keyword: 'searchTerms',
  fulfillment_availability: 'quantity',
  [MAIN_IMAGE]: 'images',
  ...Object.fromEntries(OTHER_IMAGES.map((name) => [name, 'images' as const])),
};

/** Attributes that columns of their own stand for; all others are in `typeAttributes`. */
export function hasColumn(name: string): boolean {
  return name in FIELD_OF_ATTRIBUTE || READ_ONLY.has(name) || name === 'purchasable_offer';
}

const READ_ONLY: ReadonlySet<string> = new Set(['brand', 'externally_assigned_product_identifier']);

/** Every field that an attribute may carry; for an offer as a whole those of all its prices. */
export function fieldsOfAttribute(full: string): readonly ListingFieldName[] {
  const [name = '', part = ''] = full.split('.');
  if (name !== 'purchasable_offer') {
    const field = fieldOf(name);
    return field ? [field] : [];
  }
  if (part === 'our_price') return ['price'];
  return part === 'discounted_price' ? ['salePrice', 'saleFrom', 'saleTo'] : OFFER_FIELDS;
}

/** The field that an issue is about, of those that were sent; null when it is about none of them. */
export function fieldOfAttributes(
  names: readonly string[],
  sent: ReadonlySet<ListingFieldName>,
): ListingFieldName | null {
  for (const full of names) {
    const [name = '', part = ''] = full.split('.');
    if (name === 'purchasable_offer') {
      const sale: readonly ListingFieldName[] = ['salePrice', 'saleFrom', 'saleTo', 'price'];
      const order = part === 'discounted_price' ? sale : OFFER_FIELDS;
      const field = order.find((candidate) => sent.has(candidate));
      if (field) return field;
    }
    const field = fieldOf(name);
    if (field && sent.has(field)) return field;
  }
  return null;
}

function fieldOf(name: string): ListingFieldName | undefined {
  return FIELD_OF_ATTRIBUTE[name] ?? (name === '' || hasColumn(name) ? undefined : 'typeAttributes');
}
