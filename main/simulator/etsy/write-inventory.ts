import { z } from 'zod';
import { Refusal } from './refusal.ts';
import type { ChoiceRow, InventoryRow, ListingRow } from './rows.ts';
import { choicesKey, type Store } from './store.ts';

const MOST_STOCK = 999;
const HIGHEST_PRICE = 50_000;

const ids = z.array(z.number().int()).default([]);
const bodySchema = z.object({
  products: z
    .array(
      z.object({
        sku: z.string().nullish(),
        property_values: z
          .array(
            z.object({
              property_id: z.number().int().positive(),
              value_ids: z.array(z.number().int().positive()),
              values: z.array(z.string().min(1)).min(1),
              property_name: z.string().optional(),
              scale_id: z.number().int().nullish(),
            }),
          )
          .default([]),
        offerings: z
          .array(
            z.object({
              price: z.number(),
              quantity: z.number().int(),
              is_enabled: z.boolean(),
              readiness_state_id: z.number().int().nullable(),
            }),
          )
          .length(1),
      }),
    )
    .min(1),
  price_on_property: ids,
  quantity_on_property: ids,
  sku_on_property: ids,
  readiness_state_on_property: z.array(z.number()).nullish(),
});

type NewProduct = Omit<InventoryRow, 'productId' | 'offeringId' | 'writes'>;

/** Answers `PUT /listings/{id}/inventory`: what is not in the body is gone afterwards. */
export function writeInventory(store: Store, listing: ListingRow, body: unknown): void {
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw new Refusal(400, 'Invalid products array');
  const { products, price_on_property, quantity_on_property, sku_on_property } = parsed.data;
  const rows = products.map((product): NewProduct => {
    const [offering] = product.offerings;
    if (!offering) throw new Refusal(400, 'Invalid products array');
    return {
      sku: product.sku ?? '',
      choices: product.property_values.map((value): ChoiceRow => ({
        propertyId: value.property_id,
        name: value.property_name ?? nameOf(listing, value.property_id),
        valueIds: value.value_ids,
        values: value.values,
        scaleId: value.scale_id ?? null,
      })),
      price: Math.round(offering.price * 100),
      quantity: offering.quantity,
      enabled: offering.is_enabled,
      readinessId: offering.readiness_state_id ?? 0,
    };
  });
  const on = { priceOn: price_on_property, quantityOn: quantity_on_property, skuOn: sku_on_property };
  assertValues(rows);
  assertShared(rows, on.priceOn, 'price', (row) => row.price);
  assertShared(rows, on.quantityOn, 'quantity', (row) => row.quantity);
  assertShared(rows, on.skuOn, 'sku', (row) => row.sku);
  store.replaceInventory(listing, rows, on);
  if (listing.state === 'sold_out') store.touch(listing, { state: 'active' });
}

function nameOf(listing: ListingRow, propertyId: number): string {
  const known = listing.products.flatMap((product) => product.choices);
  return known.find((choice) => choice.propertyId === propertyId)?.name ?? `Property ${propertyId}`;
}

function assertValues(rows: readonly NewProduct[]): void {
  if (new Set(rows.map(choicesKey)).size < rows.length) {
    throw new Refusal(400, 'Duplicate property values for products');
  }
  for (const row of rows) {
    const price = Number(row.price) / 100;
    if (!(price > 0) || price > HIGHEST_PRICE) {
      throw new Refusal(400, `The price must be between 0.20 and ${HIGHEST_PRICE}`);
    }
    if (row.quantity < 0 || row.quantity > MOST_STOCK) {
      throw new Refusal(400, `The quantity cannot be greater than ${MOST_STOCK}`);
    }
    if (row.choices.some((choice) => choice.values.some((value) => /[()]/.test(value)))) {
      throw new Refusal(400, 'Property values cannot contain parentheses');
    }
  }
  if (rows.every((row) => row.quantity === 0 || !row.enabled)) {
    throw new Refusal(400, 'At least one offering must have a quantity greater than 0');
  }
}

/** What varies by no property has to be the same in all products. */
function assertShared(
  rows: readonly NewProduct[],
  varying: readonly number[],
  name: string,
  valueOf: (row: NewProduct) => unknown,
): void {
  const first = new Map<string, unknown>();
  for (const row of rows) {
    const group = choicesKey({
      choices: row.choices.filter((choice) => varying.includes(choice.propertyId)),
    });
    if (!first.has(group)) first.set(group, valueOf(row));
    if (first.get(group) !== valueOf(row)) {
      throw new Refusal(400, `The ${name} must be the same for all products of ${name}_on_property`);
    }
  }
}
