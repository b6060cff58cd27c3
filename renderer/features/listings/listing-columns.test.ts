import { describe, expect, it } from 'vitest';
import { LISTING_FIELDS, listingField, type ListingField } from '#shared/domain/listing-fields.ts';
import { checkValue, groupOf, listingColumns, statusesOnChannels } from './listing-columns.ts';
import { DERIVED_KEYS, type ListingGridRow } from './listing-rows.ts';

const fields = {
  name: (field: string) => field,
  value: () => '',
  option: (_field: string, value: string) => value,
  reason: (code: string | null, message: string | null) => `${code}: ${message}`,
};
const row: ListingGridRow = {
  rid: 1,
  id: 'a',
  platform: 'amazon',
  accountId: 'b',
  values: {},
  cells: {},
  state: 'clean',
  currency: 'EUR',
  readAt: null,
};
const field = (name: string): ListingField => {
  const found = listingField(name);
  if (!found) throw new Error(name);
  return found;
};

describe('columns of listings', () => {
  const columns = listingColumns({ t: (id) => id, fields });

  it('has every field of the registry and every derived column once', () => {
    expect(columns.map(({ key }) => key).sort()).toEqual(
      [...LISTING_FIELDS.map(({ name }) => name), ...DERIVED_KEYS].sort(),
    );
    for (const { key } of columns) expect(groupOf(key)).toBeTruthy();
  });

  it('edits what the registry lets edit', () => {
    for (const { key, editable, clearable } of columns) {
      const known = listingField(key);
      expect({ key, editable, clearable: editable && clearable }).toEqual({
        key,
        editable: known?.editable ?? false,
        clearable: (known?.editable ?? false) && (known?.clearable ?? false),
      });
    }
  });
});

describe('checkValue', () => {
  it('refuses a field that the channel does not have or decides itself', () => {
    expect(checkValue(field('tags'), ['a'], row, fields)).toMatchObject({ code: 'FIELD_NOT_ON_CHANNEL' });
    expect(checkValue(field('sku'), 'A', row, fields)).toMatchObject({ code: 'READ_ONLY_FIELD' });
  });

  it('applies the type and the rules of the channel', () => {
    const woo = { ...row, platform: 'woocommerce' as const };
    expect(checkValue(field('price'), '-1', woo, fields)).toMatchObject({ code: 'NEGATIVE_PRICE' });
    expect(checkValue(field('price'), '1.999', woo, fields)).toMatchObject({ code: 'TOO_PRECISE' });
    expect(checkValue(field('status'), 'archived', woo, fields)).toMatchObject({
      code: 'STATUS_NOT_ON_CHANNEL',
    });
    expect(checkValue(field('price'), '12.50', woo, fields)).toEqual({ ok: true, value: '12.50' });
  });
});

describe('statusesOnChannels', () => {
  it('offers what at least one channel knows', () => {
    expect(statusesOnChannels(['woocommerce'])).toEqual(['publish', 'draft', 'pending', 'private']);
    expect(statusesOnChannels(['shopify', 'woocommerce'])).toContain('archived');
    expect(statusesOnChannels([])).toEqual([]);
  });
});
