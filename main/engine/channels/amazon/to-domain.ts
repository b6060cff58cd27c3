import { canonicalImages } from '#shared/domain/field-values.ts';
import type { StoredValue } from '#shared/domain/listing-fields.ts';
import type { FieldValues, Poison, RemoteProduct } from '../contract.ts';
import { roundToMinor } from '../kit/decimal.ts';
import { IMAGE_KEY, MAIN_IMAGE, OTHER_IMAGES } from './attribute-fields.ts';
import { textsOf, type Scope } from './attributes.ts';
import { listingIssues } from './issues.ts';
import { readOffer } from './offer.ts';
import { explain, itemSchema, skuSchema, type ItemRecord } from './records.ts';
import { readQuantity } from './stock.ts';
import { typeAttributesOf } from './type-attributes.ts';

export type Mapped<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

export interface ReadItem {
  readonly record: ItemRecord;
  /** Fields of the product: what Amazon's page shows. */
  readonly content: FieldValues;
  /** Fields of the offer. */
  readonly offer: FieldValues;
  readonly modifiedAtMs: number;
}

/** An item -> one product with one sellable variant, itself: Amazon keeps content and offer per SKU. */
export function toRemoteProduct(raw: unknown, scope: Scope, currency: string): Mapped<RemoteProduct> {
  const item = readItem(raw, scope, currency);
  if (!item.ok) return item;
  const { record, content, offer, modifiedAtMs } = item.value;
  const text = JSON.stringify(raw);
  return {
    ok: true,
    value: {
      externalId: record.sku,
      kind: 'simple',
      url: null,
      fields: content,
      variants: [{ externalId: null, variant: '', fields: offer, raw: text }],
      modifiedAtMs,
      issues: listingIssues(record.issues),
      raw: text,
    },
  };
}

export function readItem(raw: unknown, scope: Scope, currency: string): Mapped<ReadItem> {
  const parsed = itemSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: explain(parsed.error) };
  const record = parsed.data;
  try {
    const summary = summaryOf(record, scope);
    return {
      ok: true,
      value: {
        record,
        content: contentOf(record, scope),
        offer: offerFields(record, scope, currency),
        modifiedAtMs: summary?.lastUpdatedDate ?? 0,
      },
    };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, reason: error.message };
    throw error;
  }
}

export function summaryOf(record: ItemRecord, scope: Scope): ItemRecord['summaries'][number] | undefined {
  return record.summaries.find((entry) => entry.marketplaceId === scope.marketplaceId);
}

/** What a patch has to name; PRODUCT stands for any type. */
export function productTypeOf(record: ItemRecord, scope: Scope): string {
  const listed = record.productTypes.find((entry) => entry.marketplaceId === scope.marketplaceId);
  return summaryOf(record, scope)?.productType ?? listed?.productType ?? 'PRODUCT';
}

/** A parent groups variations and cannot be bought. */
export function isParent(record: ItemRecord, scope: Scope): boolean {
  return record.relationships.some(
    (entry) =>
      entry.marketplaceId === scope.marketplaceId &&
      entry.relationships.some((relation) => relation.type === 'VARIATION' && relation.childSkus.length > 0),
  );
}

function contentOf(record: ItemRecord, scope: Scope): FieldValues {
  const { attributes } = record;
  const summary = summaryOf(record, scope);
  const joined = (name: string, by: string): StoredValue =>
    textOrNull(textsOf(attributes, name, scope).join(by));
  return {
    title: joined('item_name', ' ') ?? summary?.itemName ?? '',
    status: summary?.status.includes('BUYABLE') ? 'publish' : 'inactive',
    description: joined('product_description', '\n'),
    bullets: joined('bullet_point', '\n'),
    searchTerms: joined('generic_keyword', ' '),
    brand: joined('brand', ' '),
    productType: productTypeOf(record, scope),
    images: imagesOf(record, scope),
    typeAttributes: typeAttributesOf(attributes),
  };
}

function imagesOf(record: ItemRecord, scope: Scope): StoredValue {
  const own = [MAIN_IMAGE, ...OTHER_IMAGES].flatMap((name) =>
    textsOf(record.attributes, name, scope, IMAGE_KEY).slice(0, 1),
  );
  const shown = summaryOf(record, scope)?.mainImage?.link;
  const sources = own.length > 0 || shown === undefined ? own : [shown];
  return canonicalImages(sources.map((src) => ({ src, alt: '' })));
}

function offerFields(record: ItemRecord, scope: Scope, currency: string): FieldValues {
  const offer = readOffer(record.attributes, scope, currency);
  return {
    ...offer,
    sku: record.sku,
    price: offer.price ?? shownPrice(record, scope, currency),
    quantity: readQuantity(record, scope),
    gtin: textsOf(record.attributes, 'externally_assigned_product_identifier', scope)[0] ?? null,
  };
}

/** The price as shoppers see it, for items that came without attributes. */
function shownPrice(record: ItemRecord, scope: Scope, currency: string): number | null {
  const offer = record.offers.find(
    (entry) => entry.marketplaceId === scope.marketplaceId && entry.offerType === 'B2C',
  );
  return offer ? roundToMinor(offer.price.amount, currency) : null;
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}

export function poisonOf(raw: unknown, reason: string): Poison {
  const stamp = skuSchema.safeParse(raw);
  return {
    externalId: stamp.success ? stamp.data.sku : null,
    reason,
    raw: JSON.stringify(raw) ?? String(raw),
  };
}
