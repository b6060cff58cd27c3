import { describe, expect, it } from 'vitest';
import { listingFilterSchema } from '#shared/contract/common.ts';
import { LISTING_FIELDS } from '#shared/domain/listing-fields.ts';
import { isComplete, isFiltered, newCondition, opsOf, tidyFilter, toggled, withField } from './filters.ts';

describe('quick filters', () => {
  it('toggles items and gives no restriction for an empty list', () => {
    expect(toggled(undefined, 'dirty')).toEqual(['dirty']);
    expect(toggled(['dirty', 'rejected'], 'dirty')).toEqual(['rejected']);
    expect(toggled(['dirty'], 'dirty')).toBeUndefined();
  });

  it('drops what restricts nothing', () => {
    expect(tidyFilter({ states: [], status: [], conditions: [newCondition('price')] })).toEqual({});
    expect(isFiltered('  ', { states: [] })).toBe(false);
    expect(isFiltered('', { stock: 'out' })).toBe(true);
    expect(isFiltered('mug', {})).toBe(true);
  });

  it('keeps complete conditions and says how they are joined', () => {
    const filter = tidyFilter({
      match: 'any',
      conditions: [{ field: 'price', op: 'gt', value: '10' }, newCondition('title')],
    });
    expect(filter).toEqual({ match: 'any', conditions: [{ field: 'price', op: 'gt', value: '10' }] });
    expect(listingFilterSchema.safeParse(filter).success).toBe(true);
  });
});

describe('conditions', () => {
  it('offers every field comparisons, and starts with one of them', () => {
    for (const { name, type } of LISTING_FIELDS) {
      expect(opsOf(type)).toContain(newCondition(name).op);
    }
  });

  it('keeps the comparison when the new field has it', () => {
    expect(withField({ field: 'price', op: 'gte', value: '5' }, 'quantity')).toEqual({
      field: 'quantity',
      op: 'gte',
      value: '',
    });
    expect(withField({ field: 'price', op: 'gte', value: '5' }, 'title').op).toBe('contains');
  });

  it('is complete only with a value of the type', () => {
    expect(isComplete({ field: 'price', op: 'lt', value: '12.5' })).toBe(true);
    expect(isComplete({ field: 'price', op: 'lt', value: 'cheap' })).toBe(false);
    expect(isComplete({ field: 'saleTo', op: 'lt', value: 'soon' })).toBe(false);
    expect(isComplete({ field: 'saleTo', op: 'lt', value: '2026-11-23' })).toBe(true);
    expect(isComplete({ field: 'title', op: 'contains', value: ' ' })).toBe(false);
    expect(isComplete({ field: 'title', op: 'empty' })).toBe(true);
  });
});
