import { canonicalImages, canonicalTags } from '#shared/domain/field-values.ts';
import { decodeEntities } from '#shared/grid/html-entities.ts';
import type { FieldValues, Poison, RemoteProduct, RemoteVariant } from '../contract.ts';
import { toMinor } from './amounts.ts';
import {
  explain,
  inventorySchema,
  listingSchema,
  type InventoryProduct,
  type InventoryRecord,
  type ListingRecord,
} from './records.ts';
import { liveProducts, variantKey, variantTitle } from './variant-key.ts';
import { toKilograms } from './weight.ts';

export type Mapped<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** Etsy's states; those that came later are shown as they are called there. */
const STATUSES: Readonly<Record<string, string>> = { active: 'publish' };

/** A listing with its inventory -> product with its variants, or the reason why it cannot be read. */
export function toRemoteProduct(raw: unknown, rawInventory: unknown): Mapped<RemoteProduct> {
  const listing = readListing(raw);
  if (!listing.ok) return listing;
  const inventory = readInventory(rawInventory);
  if (!inventory.ok) return inventory;
  const { record, fields, weight } = listing.value;
  const products = liveProducts(inventory.value.products);
  const variants: RemoteVariant[] = [];
  for (const product of products) {
    const values = variantFields(product);
    if (!values.ok) return values;
    variants.push({
      externalId: variantKey(product.property_values),
      variant: decodeEntities(variantTitle(product.property_values)),
      fields: { ...values.value, weight },
      raw: JSON.stringify(product),
    });
  }
  return {
    ok: true,
    value: {
      externalId: record.listing_id,
      kind: variants.some((variant) => variant.externalId !== null) ? 'variable' : 'simple',
      url: record.url || null,
      fields,
      variants,
      modifiedAtMs: record.updated_timestamp * 1_000,
      raw: JSON.stringify(withoutInventory(raw)),
    },
  };
}

export interface ReadRecord {
  readonly record: ListingRecord;
  /** Fields of the product. */
  readonly fields: FieldValues;
  /** Kilograms; Etsy keeps one weight for all variants. */
  readonly weight: string | null;
}

export function readListing(raw: unknown): Mapped<ReadRecord> {
  const parsed = listingSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: explain(parsed.error) };
  const record = parsed.data;
  return {
    ok: true,
    value: {
      record,
      weight: toKilograms(record.item_weight, record.item_weight_unit),
      fields: {
        title: decodeEntities(record.title),
        description: decodeEntities(record.description) || null,
        status: STATUSES[record.state] ?? record.state,
        slug: slugOf(record.url),
        tags: canonicalTags(record.tags.map(decodeEntities)),
        materials: canonicalTags(record.materials.map(decodeEntities)),
        ...(record.images
          ? {
              images: canonicalImages(
                record.images
                  .toSorted((a, b) => a.rank - b.rank)
                  .map((image) => ({
                    src: image.url_fullxfull,
                    alt: image.alt_text,
                    externalId: image.listing_image_id,
                  })),
              ),
            }
          : {}),
      },
    },
  };
}

/** An inventory in which every variant can be told from every other. */
export function readInventory(raw: unknown): Mapped<InventoryRecord> {
  const parsed = inventorySchema.safeParse(raw ?? undefined);
  if (!parsed.success) return { ok: false, reason: `inventory.${explain(parsed.error)}` };
  const products = liveProducts(parsed.data.products);
  if (products.length === 0) return { ok: false, reason: 'inventory: no product is left in it' };
  const keys = new Set(products.map((product) => variantKey(product.property_values)));
  if (keys.size < products.length) {
    return { ok: false, reason: 'inventory: two variants have the same choices and cannot be told apart' };
  }
  return { ok: true, value: parsed.data };
}

/** What a variant has by itself: SKU, price in minor units, stock. */
export function variantFields(product: InventoryProduct): Mapped<FieldValues> {
  const offering = product.offerings.find((candidate) => !candidate.is_deleted);
  if (!offering) return { ok: false, reason: `product ${product.product_id}: it has no offering` };
  const price = toMinor(offering.price);
  if (price === null) return { ok: false, reason: `product ${product.product_id}: the price does not fit` };
  return {
    ok: true,
    value: { sku: decodeEntities(product.sku) || null, price, quantity: offering.quantity },
  };
}

export function poisonOf(raw: unknown, reason: string): Poison {
  return { externalId: idOf(raw, 'listing_id'), reason, raw: JSON.stringify(raw) ?? '' };
}

export function idOf(raw: unknown, key: 'listing_id' | 'receipt_id'): string | null {
  const id = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>)[key] : null;
  return typeof id === 'number' || typeof id === 'string' ? String(id) : null;
}

export function inventoryOf(raw: unknown): unknown {
  return typeof raw === 'object' && raw !== null && 'inventory' in raw ? raw.inventory : undefined;
}

/** "https://www.etsy.com/listing/123/blue-mug" -> "blue-mug". */
function slugOf(url: string): string | null {
  return /\/listing\/\d+\/([^/?#]+)/.exec(url)?.[1] ?? null;
}

/** Variants keep their own records; twice they would only fill the disk. */
function withoutInventory(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const { inventory: _inventory, ...rest } = raw as Record<string, unknown>;
  return rest;
}
