import fc from 'fast-check';
import { fieldAccess, statusesOf } from '#shared/domain/channel-fields.ts';
import { canonicalImages, canonicalTags } from '#shared/domain/field-values.ts';
import {
  LISTING_FIELDS,
  type FieldEntity,
  type ListingField,
  type StoredValue,
} from '#shared/domain/listing-fields.ts';
import type { FieldValues } from '../contract.ts';

/** Any writable fields of a product or a listing with values in their stored form. */
export function fieldValues(entity: FieldEntity, currency: string): fc.Arbitrary<FieldValues> {
  const fields = LISTING_FIELDS.filter(
    (field) => field.entity === entity && fieldAccess('woocommerce', field.name) === 'write',
  );
  const values = Object.fromEntries(fields.map((field) => [field.name, valueOf(field, currency)]));
  return fc.record(values, { requiredKeys: [] });
}

function valueOf(field: ListingField, currency: string): fc.Arbitrary<StoredValue> {
  const value = typed(field, currency);
  return field.clearable
    ? fc.oneof({ arbitrary: value, weight: 5 }, { arbitrary: fc.constant(null), weight: 1 })
    : value;
}

function typed(field: ListingField, currency: string): fc.Arbitrary<StoredValue> {
  switch (field.type) {
    case 'text':
      return field.name === 'title' || field.name === 'sku' || field.name === 'gtin' || field.name === 'slug'
        ? fc.string({ minLength: 1 }).map((text) => text.replace(/[<&]/g, '').trim() || 'x')
        : fc.string();
    case 'html':
      return fc.string({ minLength: 1 }).map((text) => `<p>${text}</p>`);
    case 'money':
      return fc.integer({ min: 0, max: currency === 'JPY' ? 1e9 : 1e11 });
    case 'integer':
      return fc.integer({ min: 0, max: 1e9 });
    case 'decimal':
      return fc.integer({ min: 0, max: 1e6 }).map((n) => String(n / 1_000));
    case 'enum':
      return fc.constantFrom(
        ...(field.name === 'status' ? statusesOf('woocommerce') : (field.options ?? [])),
      );
    case 'boolean':
      return fc.constantFrom(0, 1);
    case 'dateTime':
      return fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1_000);
    case 'tags':
      return fc.array(fc.string({ minLength: 1 }).map((tag) => tag.replaceAll('&', ''))).map(canonicalTags);
    case 'images':
      return fc
        .array(
          fc.record({
            src: fc.webUrl(),
            alt: fc.string(),
            externalId: fc.option(fc.integer({ min: 1, max: 1e6 }).map(String), { nil: undefined }),
          }),
        )
        .map((images) => canonicalImages(images));
  }
}
