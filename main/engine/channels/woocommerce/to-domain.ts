import { canonicalImages, canonicalTags } from '#shared/domain/field-values.ts';
import type { StoredValue } from '#shared/domain/listing-fields.ts';
import type { FieldValues, Poison, RemoteProduct, RemoteVariant } from '../contract.ts';
import { canonicalDecimal, roundToMinor } from '../kit/decimal.ts';
import { unescapeName } from './html-text.ts';
import {
  explain,
  productSchema,
  variationSchema,
  type ProductRecord,
  type VariationRecord,
} from './records.ts';

/** Thrown inside the mapping for a value that cannot be stored; becomes a {@link Poison}. */
class Unreadable extends Error {}

export type Mapped<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string };

/** A product record and all its variations' records -> one product, or the reason why it cannot be read. */
export function toRemoteProduct(
  raw: unknown,
  rawVariations: readonly unknown[],
  currency: string,
): Mapped<RemoteProduct> {
  const product = readProduct(raw, currency);
  if (!product.ok) return product;
  const { record, fields, sold } = product.value;
  const kind = kindOf(record);
  const variants: { order: readonly [number, number]; variant: RemoteVariant }[] = [];
  for (const rawVariation of kind === 'variable' ? rawVariations : []) {
    const variation = readVariation(rawVariation, currency);
    // A variation that was left out would look deleted, so an unreadable one holds back its whole product.
    if (!variation.ok)
      return { ok: false, reason: `Variation ${idOf(rawVariation) ?? '?'}: ${variation.reason}` };
    const { record: part, fields: values } = variation.value;
    variants.push({
      order: [part.menu_order, Number(part.id)],
      variant: {
        externalId: part.id,
        variant: variantText(part),
        fields: values,
        raw: JSON.stringify(rawVariation),
      },
    });
  }
  variants.sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1]);
  return {
    ok: true,
    value: {
      externalId: record.id,
      kind,
      url: record.permalink || null,
      fields,
      variants:
        kind === 'variable'
          ? variants.map((entry) => entry.variant)
          : [{ externalId: null, variant: '', fields: sold, raw: '{}' }],
      modifiedAtMs: record.date_modified_gmt ?? 0,
      raw: JSON.stringify(raw),
    },
  };
}

export interface ReadProduct {
  readonly record: ProductRecord;
  /** Fields of the product. */
  readonly fields: FieldValues;
  /** Fields of the variant that a product without variations is. */
  readonly sold: FieldValues;
}

export function readProduct(raw: unknown, currency: string): Mapped<ReadProduct> {
  const parsed = productSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: explain(parsed.error) };
  const record = parsed.data;
  return guarded(() => ({ record, fields: productFields(record), sold: variantFields(record, currency) }));
}

export function readVariation(
  raw: unknown,
  currency: string,
): Mapped<{ record: VariationRecord; fields: FieldValues }> {
  const parsed = variationSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: explain(parsed.error) };
  const record = parsed.data;
  return guarded(() => ({ record, fields: variantFields(record, currency) }));
}

export function poisonOf(raw: unknown, reason: string): Poison {
  return { externalId: idOf(raw), reason, raw: JSON.stringify(raw) };
}

/** Plugins add types of their own; those with variations behave like variable products. */
export function kindOf(record: {
  readonly type: string;
  readonly variations: readonly string[];
}): RemoteProduct['kind'] {
  const { type } = record;
  if (type === 'grouped' || type === 'external') return type;
  return type.startsWith('variable') || record.variations.length > 0 ? 'variable' : 'simple';
}

/** "Blue / XL"; an attribute that is left open ("any") has no value. */
export function variantText(record: VariationRecord): string {
  return record.attributes
    .map((attribute) => unescapeName(attribute.option).trim())
    .filter((option) => option !== '')
    .join(' / ');
}

function productFields(record: ProductRecord): FieldValues {
  return {
    title: unescapeName(record.name),
    status: record.status,
    description: textOrNull(record.description),
    shortDescription: textOrNull(record.short_description),
    slug: textOrNull(record.slug),
    tags: canonicalTags(record.tags.map((tag) => unescapeName(tag.name))),
    categories: canonicalTags(record.categories.map((category) => unescapeName(category.name))),
    images: canonicalImages(
      record.images.map((image) => ({
        src: image.src,
        alt: image.alt,
        ...(image.id === '' || image.id === '0' ? {} : { externalId: image.id }),
      })),
    ),
  };
}

function variantFields(record: ProductRecord | VariationRecord, currency: string): FieldValues {
  return {
    sku: textOrNull(record.sku),
    gtin: textOrNull(record.global_unique_id),
    price: money('regular_price', record.regular_price, currency),
    salePrice: money('sale_price', record.sale_price, currency),
    saleFrom: record.date_on_sale_from_gmt,
    saleTo: record.date_on_sale_to_gmt,
    // "parent": the variation has no stock of its own.
    manageStock: record.manage_stock === true ? 1 : 0,
    quantity: quantity(record.stock_quantity),
    ...(record.stock_status ? { stockStatus: record.stock_status } : {}),
    ...(record.backorders ? { backorders: record.backorders } : {}),
    weight: record.weight.trim() === '' ? null : canonicalDecimal(record.weight),
  };
}

function money(name: string, text: string, currency: string): StoredValue {
  if (text.trim() === '') return null;
  const minor = roundToMinor(text, currency);
  if (minor === null) throw new Unreadable(`${name}: "${text}" does not fit an amount in ${currency}`);
  return minor;
}

/** Plugins allow parts of a piece; what cannot be sold whole is not stock. */
function quantity(value: number | null): StoredValue {
  if (value === null) return null;
  const whole = Math.floor(value);
  if (!Number.isSafeInteger(whole)) throw new Unreadable(`stock_quantity: ${value} is too large`);
  return whole === 0 ? 0 : whole;
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}

function guarded<T>(work: () => T): Mapped<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, reason: error.message };
    throw error;
  }
}

function idOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null;
  return typeof raw.id === 'number' || typeof raw.id === 'string' ? String(raw.id) : null;
}
