import { canonicalImages, canonicalTags } from '#shared/domain/field-values.ts';
import type { StoredValue } from '#shared/domain/listing-fields.ts';
import type { FieldValues, Poison, RemoteProduct, RemoteVariant } from '../contract.ts';
import { roundToMinor } from '../kit/decimal.ts';
import { fromGid } from './gid.ts';
import { pairOf, type ShopPrices } from './prices.ts';
import { explain, productSchema, variantSchema, type ProductRecord, type VariantRecord } from './records.ts';
import type { VariantStock } from './memory.ts';
import { toKilograms } from './weight.ts';

export type Mapped<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

const STATUSES: Readonly<Record<string, string>> = {
  ACTIVE: 'publish',
  DRAFT: 'draft',
  ARCHIVED: 'archived',
  UNLISTED: 'unlisted',
};

export interface ReadVariant {
  readonly id: string;
  readonly title: string;
  readonly fields: FieldValues;
  readonly stock: VariantStock;
  readonly prices: ShopPrices;
  readonly modifiedAtMs: number;
}

/** A product's record and the records of all its variants -> one product, or the reason why it cannot be read. */
export function toRemoteProduct(
  raw: unknown,
  rawVariants: readonly unknown[],
  currency: string,
): Mapped<RemoteProduct> {
  const product = readProduct(raw);
  if (!product.ok) return product;
  const { record, fields } = product.value;
  const variants: RemoteVariant[] = [];
  let modifiedAtMs = record.updatedAt;
  for (const rawVariant of rawVariants) {
    const variant = readVariant(rawVariant, currency);
    // A variant that was left out would look deleted, so an unreadable one holds back its whole product.
    if (!variant.ok) return { ok: false, reason: `Variant ${idOf(rawVariant) ?? '?'}: ${variant.reason}` };
    const { id, title, fields: values } = variant.value;
    modifiedAtMs = Math.max(modifiedAtMs, variant.value.modifiedAtMs);
    variants.push({
      externalId: id,
      variant: record.hasOnlyDefaultVariant ? '' : title,
      fields: values,
      raw: JSON.stringify(rawVariant),
    });
  }
  return {
    ok: true,
    value: {
      externalId: fromGid(record.id),
      kind: record.hasOnlyDefaultVariant ? 'simple' : 'variable',
      url: record.onlineStoreUrl ?? null,
      fields,
      variants,
      modifiedAtMs,
      raw: JSON.stringify(withoutVariants(raw)),
    },
  };
}

export function readProduct(raw: unknown): Mapped<{ record: ProductRecord; fields: FieldValues }> {
  const parsed = productSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: explain(parsed.error) };
  const record = parsed.data;
  const fields: FieldValues = {
    title: record.title,
    // A status that came after this version is shown as it is called there.
    status: STATUSES[record.status] ?? record.status.toLowerCase(),
    description: textOrNull(record.descriptionHtml),
    slug: textOrNull(record.handle),
    tags: canonicalTags(record.tags),
    categories: canonicalTags(record.category ? [record.category.fullName] : []),
    brand: textOrNull(record.vendor),
    productType: textOrNull(record.productType),
    ...(record.media ? { images: imagesOf(record.media.nodes) } : {}),
  };
  return { ok: true, value: { record, fields } };
}

/** One variant's record; prices in minor units of the shop's currency, weight in kilograms. */
export function readVariant(raw: unknown, currency: string): Mapped<ReadVariant> {
  const parsed = variantSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: explain(parsed.error) };
  const record = parsed.data;
  const price = roundToMinor(record.price, currency);
  if (price === null) return { ok: false, reason: `price: "${record.price}" does not fit ${currency}` };
  const compareAtPrice = record.compareAtPrice == null ? null : roundToMinor(record.compareAtPrice, currency);
  const stock = stockOf(record);
  const prices = { price, compareAtPrice };
  return {
    ok: true,
    value: {
      id: fromGid(record.id),
      title: titleOf(record),
      stock,
      prices,
      modifiedAtMs: record.updatedAt,
      fields: {
        sku: textOrNull(record.sku ?? ''),
        gtin: textOrNull(record.barcode ?? ''),
        ...pairOf(prices),
        manageStock: stock.tracked ? 1 : 0,
        quantity: stock.tracked ? stock.available : null,
        backorders: record.inventoryPolicy === 'CONTINUE' ? 'yes' : 'no',
        weight: toKilograms(record.inventoryItem.measurement?.weight ?? null),
      },
    },
  };
}

export function poisonOf(raw: unknown, reason: string): Poison {
  return { externalId: idOf(raw), reason, raw: JSON.stringify(raw) };
}

export function idOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null;
  return typeof raw.id === 'string' ? fromGid(raw.id) : null;
}

function stockOf({ inventoryItem }: VariantRecord): VariantStock {
  const level = inventoryItem.inventoryLevel;
  const available = level?.quantities.find((entry) => entry.name === 'available')?.quantity;
  return {
    inventoryItemId: inventoryItem.id,
    tracked: inventoryItem.tracked,
    available: level ? (available ?? 0) : null,
  };
}

/** "Blue / XL", made of the options rather than the title, which a shop can translate. */
function titleOf(record: VariantRecord): string {
  const values = record.selectedOptions.map((option) => option.value.trim()).filter((value) => value !== '');
  return values.length > 0 ? values.join(' / ') : record.title;
}

function imagesOf(nodes: NonNullable<ProductRecord['media']>['nodes']): StoredValue {
  return canonicalImages(
    nodes.flatMap(({ id, alt, image }) =>
      image ? [{ src: image.url, alt: alt ?? '', ...(id ? { externalId: fromGid(id) } : {}) }] : [],
    ),
  );
}

/** Variants keep their own records; twice they would only fill the disk. */
function withoutVariants(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const { variants: _variants, ...rest } = raw as Record<string, unknown>;
  return rest;
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}
