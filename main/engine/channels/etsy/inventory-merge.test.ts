import { describe, expect, it } from 'vitest';
import type { FieldValues, ListingPush } from '../contract.ts';
import { mergeInventory } from './inventory-merge.ts';
import { inventorySchema, type InventoryRecord } from './records.ts';

const COLOUR = 200;
const SIZE = 513;

function product(id: number, colour: string, size: string, price = 2_500): object {
  const choice = (property_id: number, name: string, value: string): object => ({
    property_id,
    property_name: name,
    scale_id: null,
    scale_name: null,
    value_ids: [property_id * 10 + value.length],
    values: [value],
  });
  return {
    product_id: id,
    sku: `${colour}-${size}`,
    is_deleted: false,
    offerings: [
      {
        offering_id: id + 1,
        quantity: 5,
        is_enabled: size !== 'XXL',
        is_deleted: false,
        price: { amount: price, divisor: 100, currency_code: 'EUR' },
        readiness_state_id: 77,
      },
    ],
    property_values: [choice(COLOUR, 'Colour', colour), choice(SIZE, 'Size', size)],
  };
}

function inventory(on: Partial<Record<'price' | 'quantity' | 'sku', number[]>> = {}): InventoryRecord {
  return inventorySchema.parse({
    products: [
      product(1, 'Blue', 'S'),
      product(2, 'Blue', 'XXL'),
      product(3, 'Sand &amp; Sea', 'S'),
      { ...product(4, 'Gone', 'S'), is_deleted: true },
    ],
    price_on_property: on.price ?? [COLOUR, SIZE],
    quantity_on_property: on.quantity ?? [COLOUR, SIZE],
    sku_on_property: on.sku ?? [COLOUR, SIZE],
    readiness_state_on_property: [],
  });
}

const KEYS = ['200=Blue&513=S', '200=Blue&513=XXL', '200=Sand%20%26%20Sea&513=S'];
const push = (index: number, fields: FieldValues, seen?: FieldValues): ListingPush => ({
  opId: String(index),
  ref: { productExternalId: '9', variantExternalId: KEYS[index] ?? 'none' },
  currency: 'EUR',
  fields,
  ...(seen ? { seen } : {}),
});
const numbers = (merged: ReturnType<typeof mergeInventory>): [string, number, number][] =>
  merged.body?.products.map(({ sku, offerings }) => [
    sku,
    offerings[0]?.price ?? Number.NaN,
    offerings[0]?.quantity ?? Number.NaN,
  ]) ?? [];

describe('an inventory is written as a whole', () => {
  it('with several variants changed, all others kept, and without what only answers carry', () => {
    const merged = mergeInventory(inventory(), [
      push(0, { price: 1_999, quantity: 0 }),
      push(2, { sku: 'NEW' }),
    ]);
    expect(merged.failures).toEqual([]);
    expect(numbers(merged)).toEqual([
      ['Blue-S', 19.99, 0],
      ['Blue-XXL', 25, 5],
      ['NEW', 25, 5],
    ]);
    expect(merged.body).toMatchObject({
      price_on_property: [COLOUR, SIZE],
      quantity_on_property: [COLOUR, SIZE],
      sku_on_property: [COLOUR, SIZE],
    });
    expect(merged.body).not.toHaveProperty('readiness_state_on_property');
    const [, hidden, sea] = merged.body?.products ?? [];
    expect(hidden?.offerings).toEqual([
      { price: 25, quantity: 5, is_enabled: false, readiness_state_id: 77 },
    ]);
    expect(sea?.property_values[0]).toEqual({
      property_id: COLOUR,
      property_name: 'Colour',
      value_ids: [2_014],
      values: ['Sand & Sea'],
    });
  });

  it('not at all when it already is as wanted', () => {
    const merged = mergeInventory(inventory(), [push(0, { price: 2_500, sku: ' Blue-S ', quantity: 5 })]);
    expect(merged).toEqual({ body: null, failures: [] });
  });

  it('giving all variants the value that does not vary between them', () => {
    const merged = mergeInventory(inventory({ price: [], quantity: [COLOUR] }), [
      push(1, { price: 3_000, quantity: 8 }),
    ]);
    expect(numbers(merged).map(([, price, quantity]) => [price, quantity])).toEqual([
      [30, 8],
      [30, 8],
      [30, 5],
    ]);
  });

  it('refusing two values for what can only have one, and taking the other fields of neither', () => {
    const merged = mergeInventory(inventory({ price: [] }), [
      push(0, { price: 3_000 }),
      push(1, { quantity: 9, price: 3_100 }),
      push(2, { price: 3_000 }),
    ]);
    expect(merged.failures).toMatchObject([
      { opId: '1', outcome: 'rejected', code: 'CHANNEL_INVALID', field: 'price' },
    ]);
    expect(numbers(merged).map(([, price, quantity]) => [price, quantity])).toEqual([
      [30, 5],
      [30, 5],
      [30, 5],
    ]);
  });

  it('leaving out what somebody changed since it was decided, unless both want the same', () => {
    const merged = mergeInventory(inventory(), [
      push(0, { quantity: 9 }, { quantity: 6 }),
      push(1, { quantity: 5 }, { quantity: 6 }),
      push(2, { quantity: 9 }, { quantity: 5 }),
    ]);
    expect(merged.failures).toMatchObject([{ opId: '0', outcome: 'retry', code: 'CHANNEL_CONFLICT' }]);
    expect(numbers(merged).map(([, , quantity]) => quantity)).toEqual([5, 5, 9]);
  });

  it('refusing a variant that is gone and a value that cannot be empty', () => {
    const merged = mergeInventory(inventory(), [push(7, { quantity: 1 }), push(0, { price: null })]);
    expect(merged).toMatchObject({
      body: null,
      failures: [
        { opId: '7', outcome: 'rejected', code: 'CHANNEL_GONE' },
        { opId: '0', outcome: 'rejected', code: 'CHANNEL_INVALID', field: 'price' },
      ],
    });
  });
});
