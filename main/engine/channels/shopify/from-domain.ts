import { writableFields } from '#shared/domain/channel-fields.ts';
import { LISTING_FIELDS, type ListingFieldName } from '#shared/domain/listing-fields.ts';
import { formatMinor } from '#shared/domain/money.ts';
import type { FieldValues } from '../contract.ts';
import { shopPricesOf } from './prices.ts';

export const WRITABLE: ReadonlySet<ListingFieldName> = writableFields('shopify');

export type Refusal = { readonly ok: false; readonly field: ListingFieldName; readonly message: string };
export type Written<T> = { readonly ok: true; readonly value: T } | Refusal;

type Input = Record<string, unknown>;

const PRODUCT_FIELDS: ReadonlySet<ListingFieldName> = new Set(
  LISTING_FIELDS.filter((field) => field.entity === 'product').map((field) => field.name),
);

const STATUSES: Readonly<Record<string, string>> = {
  publish: 'ACTIVE',
  draft: 'DRAFT',
  archived: 'ARCHIVED',
  unlisted: 'UNLISTED',
};

/** Whether every field can be written there, and to this kind of object. */
export function checkFields(fields: FieldValues, target: 'product' | 'variant'): Refusal | null {
  for (const name of Object.keys(fields) as ListingFieldName[]) {
    if (!WRITABLE.has(name)) {
      return { ok: false, field: name, message: `${name} cannot be written to Shopify` };
    }
    if (PRODUCT_FIELDS.has(name) !== (target === 'product')) {
      const owner = target === 'product' ? 'a variant' : 'the product';
      return { ok: false, field: name, message: `${name} belongs to ${owner}` };
    }
  }
  return null;
}

/** Changed product fields -> the fields of a ProductUpdateInput, without its id. */
export function toProductInput(fields: FieldValues): Written<Input> {
  const refusal = checkFields(fields, 'product');
  if (refusal) return refusal;
  const input: Input = {};
  for (const name of Object.keys(fields) as ListingFieldName[]) {
    const value = fields[name];
    if (value === undefined) continue;
    const text = value === null ? '' : String(value);
    switch (name) {
      case 'title':
        input['title'] = text;
        break;
      case 'description':
        input['descriptionHtml'] = text;
        break;
      case 'brand':
        input['vendor'] = text;
        break;
      case 'productType':
        input['productType'] = text;
        break;
      case 'tags':
        input['tags'] = JSON.parse(text || '[]') as string[];
        break;
      case 'slug':
        if (text === '')
          return { ok: false, field: name, message: 'Shopify keeps no product without a handle' };
        input['handle'] = text;
        // Links to the old address go on working.
        input['redirectNewHandle'] = true;
        break;
      case 'status': {
        const status = STATUSES[text];
        if (!status) return { ok: false, field: name, message: `Shopify has no status "${text}"` };
        input['status'] = status;
        break;
      }
      default:
        return { ok: false, field: name, message: `${name} cannot be written to Shopify` };
    }
  }
  return { ok: true, value: input };
}

export interface VariantWrite {
  /** The fields of a ProductVariantsBulkInput without its id; empty when only stock changes. */
  readonly input: Input;
  /** Units to be available at the location; undefined when they do not change. */
  readonly available: number | undefined;
}

/**
 * Changed variant fields -> what has to be written. `seen` are the values that
 * the shop has now: prices are always written as a pair, and a quantity makes a
 * variant tracked that is not.
 */
export function toVariantWrite(
  fields: FieldValues,
  seen: FieldValues,
  currency: string,
): Written<VariantWrite> {
  const refusal = checkFields(fields, 'variant');
  if (refusal) return refusal;
  const { quantity, manageStock } = fields;
  if (manageStock === 0 && typeof quantity === 'number') {
    const message = 'Shopify keeps no quantity for a variant whose stock is not tracked';
    return { ok: false, field: 'quantity', message };
  }
  const input: Input = {};
  const item: Input = {};
  if ('price' in fields || 'salePrice' in fields) {
    const written = shopPricesOf({
      price: money(fields.price, seen.price),
      salePrice: money(fields.salePrice, seen.salePrice),
    });
    if (!written.ok) return { ok: false, field: askedFor(fields, written.field), message: written.message };
    const { price, compareAtPrice } = written.prices;
    input['price'] = formatMinor(price, currency);
    input['compareAtPrice'] = compareAtPrice === null ? null : formatMinor(compareAtPrice, currency);
  }
  if (fields.gtin !== undefined) input['barcode'] = fields.gtin ?? '';
  if (fields.backorders !== undefined) {
    input['inventoryPolicy'] = fields.backorders === 'no' ? 'DENY' : 'CONTINUE';
  }
  if (fields.sku !== undefined) item['sku'] = fields.sku ?? '';
  if (fields.weight !== undefined) {
    item['measurement'] = { weight: { value: Number(fields.weight ?? 0), unit: 'KILOGRAMS' } };
  }
  const tracked = trackedAfter(fields, seen);
  if (tracked !== undefined) item['tracked'] = tracked;
  if (Object.keys(item).length > 0) input['inventoryItem'] = item;
  return { ok: true, value: { input, available: typeof quantity === 'number' ? quantity : undefined } };
}

/** A refused pair is shown at the cell that was changed. */
function askedFor(fields: FieldValues, field: 'price' | 'salePrice'): ListingFieldName {
  if (field in fields) return field;
  return 'price' in fields ? 'price' : 'salePrice';
}

function money(
  wanted: FieldValues[ListingFieldName] | undefined,
  now: FieldValues[ListingFieldName] | undefined,
): number | null {
  const value = wanted === undefined ? now : wanted;
  return typeof value === 'number' ? value : null;
}

/** A number needs a tracked variant; no number means that it is not tracked. undefined = as it is. */
function trackedAfter(fields: FieldValues, seen: FieldValues): boolean | undefined {
  if (fields.manageStock !== undefined) return fields.manageStock === 1;
  if (fields.quantity === undefined) return undefined;
  const wanted = fields.quantity !== null;
  return wanted === (seen.manageStock === 1) ? undefined : wanted;
}
