import { writableFields } from '#shared/domain/channel-fields.ts';
import {
  LISTING_FIELDS,
  type ImageValue,
  type ListingFieldName,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import { formatMinor } from '#shared/domain/money.ts';
import type { FieldValues } from '../contract.ts';
import { gmtText } from './change-cursor.ts';

/** Fields that WooCommerce lets a client write; categories are assigned in the shop. */
export const WRITABLE: ReadonlySet<ListingFieldName> = writableFields('woocommerce');

export type WooItem = Record<string, unknown>;

export type Written =
  | { readonly ok: true; readonly item: WooItem }
  | { readonly ok: false; readonly field: ListingFieldName; readonly message: string };

const PRODUCT_FIELDS: ReadonlySet<ListingFieldName> = new Set(
  LISTING_FIELDS.filter((field) => field.entity === 'product').map((field) => field.name),
);

/** Changed fields -> the part of a product or variation that WooCommerce has to store, and nothing else. */
export function toWooItem(fields: FieldValues, currency: string, target: 'product' | 'variation'): Written {
  const item: WooItem = {};
  for (const name of Object.keys(fields) as ListingFieldName[]) {
    const value = fields[name];
    if (value === undefined) continue;
    if (!WRITABLE.has(name))
      return { ok: false, field: name, message: `${name} cannot be written to the shop` };
    if (target === 'variation' && PRODUCT_FIELDS.has(name)) {
      return {
        ok: false,
        field: name,
        message: `${name} belongs to the product, not to one of its variations`,
      };
    }
    writeField(item, name, value, currency);
  }
  if (fields.manageStock === 0 && typeof fields.quantity === 'number') {
    const message = 'The shop keeps no quantity for a product whose stock is not managed';
    return { ok: false, field: 'quantity', message };
  }
  return { ok: true, item };
}

function writeField(item: WooItem, name: ListingFieldName, value: StoredValue, currency: string): void {
  // WooCommerce takes an empty text for "none"; a JSON null is ignored in silence.
  const text = value === null ? '' : String(value);
  switch (name) {
    case 'title':
      item['name'] = text;
      return;
    case 'description':
    case 'slug':
    case 'sku':
    case 'weight':
    case 'status':
    case 'backorders':
      item[name] = text;
      return;
    case 'shortDescription':
      item['short_description'] = text;
      return;
    case 'gtin':
      item['global_unique_id'] = text;
      return;
    case 'stockStatus':
      item['stock_status'] = text;
      return;
    case 'price':
      item['regular_price'] = priceText(value, currency);
      return;
    case 'salePrice':
      item['sale_price'] = priceText(value, currency);
      return;
    case 'saleFrom':
      item['date_on_sale_from_gmt'] = value === null ? '' : gmtText(Number(value));
      return;
    case 'saleTo':
      item['date_on_sale_to_gmt'] = value === null ? '' : gmtText(Number(value));
      return;
    case 'manageStock':
      item['manage_stock'] = value === 1;
      return;
    case 'quantity':
      writeQuantity(item, value);
      return;
    case 'tags':
      item['tags'] = (JSON.parse(text || '[]') as string[]).map((tag) => ({ name: tag }));
      return;
    case 'images':
      item['images'] = (JSON.parse(text || '[]') as ImageValue[]).map(imageItem);
      return;
    case 'categories':
    case 'brand':
    case 'productType':
    case 'bullets':
    case 'searchTerms':
    case 'materials':
    case 'typeAttributes':
      // Not writable here; refused before.
      return;
  }
}

/** A quantity is kept only while stock is managed, and no quantity means that it is not. */
function writeQuantity(item: WooItem, value: StoredValue): void {
  if (value === null) {
    item['manage_stock'] ??= false;
    return;
  }
  item['manage_stock'] = true;
  item['stock_quantity'] = Number(value);
}

function priceText(value: StoredValue, currency: string): string {
  return value === null ? '' : formatMinor(Number(value), currency);
}

function imageItem(image: ImageValue): WooItem {
  const id = Number(image.externalId);
  if (Number.isSafeInteger(id) && id > 0) return { id, alt: image.alt };
  return { src: image.src, alt: image.alt };
}
