import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import type { FieldValues } from '../contract.ts';
import type { UserError } from './records.ts';

/** The last part of an error's path that names something known here. */
const FIELD_OF_INPUT: Readonly<Record<string, ListingFieldName>> = {
  title: 'title',
  handle: 'slug',
  descriptionHtml: 'description',
  bodyHtml: 'description',
  vendor: 'brand',
  productType: 'productType',
  tags: 'tags',
  status: 'status',
  price: 'price',
  compareAtPrice: 'price',
  barcode: 'gtin',
  sku: 'sku',
  weight: 'weight',
  measurement: 'weight',
  tracked: 'manageStock',
  inventoryPolicy: 'backorders',
  quantity: 'quantity',
  available: 'quantity',
};

/** The cell that a refusal is about; null when the shop does not say or it is none of the changed ones. */
export function fieldOf(error: UserError, changed: FieldValues): ListingFieldName | null {
  const known = (error.field ?? []).toReversed().flatMap((part) => FIELD_OF_INPUT[part] ?? []);
  for (const field of known) {
    if (field in changed) return field;
    // Either half of the pair may have been changed to make it what it is.
    if (field === 'price' && 'salePrice' in changed) return 'salePrice';
    if (field === 'manageStock' && 'quantity' in changed) return 'quantity';
  }
  return null;
}

/** The number behind `list` in an error's path: `["variants", "3", "price"]` -> 3. */
export function indexIn(error: UserError, list: string): number | null {
  const path = error.field ?? [];
  const at = path.indexOf(list);
  const text = at < 0 ? undefined : path[at + 1];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

export function textOf(error: UserError): string {
  const said = error.message || 'Shopify refused it without a reason';
  return error.code ? `${said} (${error.code})` : said;
}
