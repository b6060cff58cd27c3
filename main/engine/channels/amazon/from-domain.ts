import { writableFields } from '#shared/domain/channel-fields.ts';
import type { ListingFieldName, StoredValue } from '#shared/domain/listing-fields.ts';
import type { FieldValues } from '../contract.ts';
import { withTexts, type Patch, type Scope } from './attributes.ts';
import { OFFER_FIELDS, offerPatch } from './offer.ts';
import { isAmazonFulfilled, quantityPatch } from './stock.ts';
import { IMAGE_KEY, MAIN_IMAGE, OTHER_IMAGES } from './attribute-fields.ts';
import type { ReadItem } from './to-domain.ts';
import { typeAttributePatches } from './type-attributes.ts';

export const WRITABLE = writableFields('amazon');

export interface Refused {
  readonly code: string;
  readonly field: ListingFieldName;
  readonly message: string;
}

export type Planned =
  | { readonly ok: true; readonly patches: readonly Patch[] }
  | { readonly ok: false; readonly refused: Refused };

/**
 * The patches for these fields on top of the item as it is now. `offer` are the
 * offer's values that the changed ones join, which may be newer than what Amazon
 * shows yet.
 */
export function planPatches(
  item: ReadItem,
  fields: FieldValues,
  scope: Scope,
  currency: string,
  offer: FieldValues = item.offer,
): Planned {
  const { attributes } = item.record;
  const patches: (Patch | null)[] = [];
  const refuse = (code: string, field: ListingFieldName, message: string): Planned => ({
    ok: false,
    refused: { code, field, message },
  });
  if (fields.quantity !== undefined) {
    if (isAmazonFulfilled(item.record)) {
      return refuse(
        'FBA_STOCK_READ_ONLY',
        'quantity',
        `The stock of ${item.record.sku} lies in Amazon's warehouses; Amazon counts it and it is not written`,
      );
    }
    if (typeof fields.quantity !== 'number') {
      return refuse(
        'CHANNEL_INVALID',
        'quantity',
        'Amazon keeps no stock without a number; set 0 to stop selling',
      );
    }
    patches.push(quantityPatch(attributes, scope, fields.quantity));
  }
  if (OFFER_FIELDS.some((name) => fields[name] !== undefined)) {
    const values: FieldValues = { ...pickOffer(offer), ...pickOffer(fields) };
    if (fields.price === null)
      return refuse('CHANNEL_INVALID', 'price', 'Amazon keeps no offer without a price');
    const dated = (['saleFrom', 'saleTo'] as const).find((name) => typeof fields[name] === 'number');
    if (dated && typeof values.salePrice !== 'number') {
      return refuse('CHANNEL_INVALID', dated, 'Dates of a sale need a sale price');
    }
    patches.push(offerPatch(attributes, scope, values, currency));
  }
  const text = (name: string, values: readonly string[]): void =>
    void patches.push(withTexts(attributes, name, scope, values));
  if (fields.title !== undefined) text('item_name', valuesOf(fields.title));
  if (fields.description !== undefined) text('product_description', valuesOf(fields.description));
  if (fields.searchTerms !== undefined) text('generic_keyword', valuesOf(fields.searchTerms));
  if (fields.bullets !== undefined) text('bullet_point', linesOf(fields.bullets));
  if (fields.images !== undefined) patches.push(...imagePatches(item, fields.images, scope));
  if (fields.typeAttributes !== undefined) {
    const own = typeAttributePatches(attributes, fields.typeAttributes);
    if (own === null) {
      return refuse(
        'CHANNEL_INVALID',
        'typeAttributes',
        'Attributes are an object of lists, without those that have a column of their own',
      );
    }
    patches.push(...own);
  }
  return { ok: true, patches: patches.filter((patch) => patch !== null) };
}

export function pickOffer(fields: FieldValues): FieldValues {
  return Object.fromEntries(
    OFFER_FIELDS.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])),
  );
}

function imagePatches(item: ReadItem, value: StoredValue, scope: Scope): (Patch | null)[] {
  const images = JSON.parse(String(value ?? '[]')) as { src: string }[];
  return [MAIN_IMAGE, ...OTHER_IMAGES].map((name, index) => {
    const image = images[index];
    return withTexts(item.record.attributes, name, scope, image ? [image.src] : [], {
      key: IMAGE_KEY,
      hasLanguage: false,
    });
  });
}

function valuesOf(value: StoredValue): string[] {
  const text = String(value ?? '');
  return text === '' ? [] : [text];
}

/** One bullet a line; empty lines are none. */
export function linesOf(value: StoredValue): string[] {
  return String(value ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
