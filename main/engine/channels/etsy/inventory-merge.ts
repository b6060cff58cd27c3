import type { ListingFieldName, StoredValue } from '#shared/domain/listing-fields.ts';
import { decodeEntities } from '#shared/grid/html-entities.ts';
import type { FieldValues, ListingPush, PushResult } from '../contract.ts';
import { toDecimal, toMinor } from './amounts.ts';
import { equivalent } from './equivalent.ts';
import type { InventoryProduct, InventoryRecord, OfferingRecord } from './records.ts';
import { variantFields } from './to-domain.ts';
import { liveProducts, variantKey } from './variant-key.ts';

type InventoryField = 'sku' | 'price' | 'quantity';
const FIELDS: readonly InventoryField[] = ['sku', 'price', 'quantity'];

/** The body of an inventory's PUT: everything that is left out of it is deleted. */
export interface InventoryBody {
  readonly products: readonly {
    readonly sku: string;
    readonly property_values: readonly object[];
    readonly offerings: readonly {
      readonly price: number;
      readonly quantity: number;
      readonly is_enabled: boolean;
      readonly readiness_state_id: number | null;
    }[];
  }[];
  readonly price_on_property: readonly number[];
  readonly quantity_on_property: readonly number[];
  readonly sku_on_property: readonly number[];
  readonly readiness_state_on_property?: readonly number[];
}

export interface Merged {
  /** null when the inventory already is as wanted. */
  readonly body: InventoryBody | null;
  /** Ops that are not in the body, and why. */
  readonly failures: readonly Extract<PushResult, { message: string }>[];
}

/**
 * Pure: the inventory as it is now with the changes of ops put in, several
 * variants at once. What varies by no property is one value of all variants, so
 * a change of it goes to all of them; who asks for two at once gets the first.
 * An op whose base has moved since it was decided is left out to be merged anew.
 */
export function mergeInventory(inventory: InventoryRecord, ops: readonly ListingPush[]): Merged {
  const products = liveProducts(inventory.products);
  const byKey = new Map(products.map((product) => [variantKey(product.property_values), product]));
  const wanted = new Map<string, { value: StoredValue; opId: string }>();
  const failures: Merged['failures'][number][] = [];
  for (const op of ops) {
    const product = byKey.get(op.ref.variantExternalId);
    const failure = product
      ? (refusalOf(op, product) ?? claimValues(inventory, wanted, op, product))
      : failed(op, 'rejected', 'CHANNEL_GONE', 'The listing has no such variant any more', null);
    if (failure) failures.push(failure);
  }
  const changed = products.some((product) =>
    FIELDS.some((field) => {
      const claim = wanted.get(groupOf(inventory, field, product));
      return claim !== undefined && !same(field, claim.value, valuesOf(product)[field] ?? null);
    }),
  );
  return { body: changed ? toBody(inventory, products, wanted) : null, failures };
}

function refusalOf(op: ListingPush, product: InventoryProduct): Merged['failures'][number] | null {
  const now = valuesOf(product);
  for (const field of FIELDS) {
    const value = op.fields[field];
    if (value === undefined) continue;
    if (value === null && field !== 'sku') {
      return failed(op, 'rejected', 'CHANNEL_INVALID', `Etsy keeps no listing without a ${field}`, field);
    }
    const current = now[field] ?? null;
    const seen = op.seen?.[field];
    if (seen !== undefined && !same(field, seen, current) && !same(field, value, current)) {
      return failed(op, 'retry', 'CHANNEL_CONFLICT', `Somebody changed the ${field} meanwhile`, null);
    }
  }
  return null;
}

function claimValues(
  inventory: InventoryRecord,
  wanted: Map<string, { value: StoredValue; opId: string }>,
  op: ListingPush,
  product: InventoryProduct,
): Merged['failures'][number] | null {
  const claims: [string, StoredValue][] = [];
  for (const field of FIELDS) {
    const value = op.fields[field];
    if (value === undefined) continue;
    const group = groupOf(inventory, field, product);
    const other = wanted.get(group);
    if (other && !same(field, other.value, value)) {
      const message = `The ${field} does not vary between these variants on Etsy; give them all the same one, or let it vary in Shop Manager`;
      return failed(op, 'rejected', 'CHANNEL_INVALID', message, field);
    }
    claims.push([group, value]);
  }
  // All or nothing: an op that is refused for one field changes none.
  for (const [group, value] of claims) wanted.set(group, { value, opId: op.opId });
  return null;
}

/** Variants whose `field` is one and the same value on Etsy. */
function groupOf(inventory: InventoryRecord, field: InventoryField, product: InventoryProduct): string {
  const varying = new Set(inventory[`${field}_on_property`]);
  const values = product.property_values.filter((value) => varying.has(value.property_id));
  return `${field} ${variantKey(values) ?? ''}`;
}

function toBody(
  inventory: InventoryRecord,
  products: readonly InventoryProduct[],
  wanted: ReadonlyMap<string, { value: StoredValue }>,
): InventoryBody {
  const { readiness_state_on_property: readiness } = inventory;
  return {
    products: products.map((product) => {
      const claim = (field: InventoryField): StoredValue | undefined =>
        wanted.get(groupOf(inventory, field, product))?.value;
      const sku = claim('sku');
      return {
        sku: sku === undefined ? decodeEntities(product.sku) : String(sku ?? ''),
        property_values: product.property_values.map((value) => ({
          property_id: value.property_id,
          value_ids: value.value_ids,
          values: value.values.map(decodeEntities),
          ...(value.property_name == null ? {} : { property_name: decodeEntities(value.property_name) }),
          ...(value.scale_id == null ? {} : { scale_id: value.scale_id }),
        })),
        offerings: product.offerings
          .filter((offering) => !offering.is_deleted)
          .map((offering) => toOffering(offering, claim('price'), claim('quantity'))),
      };
    }),
    price_on_property: inventory.price_on_property,
    quantity_on_property: inventory.quantity_on_property,
    sku_on_property: inventory.sku_on_property,
    ...(readiness.length > 0 ? { readiness_state_on_property: readiness } : {}),
  };
}

function toOffering(
  offering: OfferingRecord,
  price: StoredValue | undefined,
  quantity: StoredValue | undefined,
): InventoryBody['products'][number]['offerings'][number] {
  const { currency_code: currency, amount, divisor } = offering.price;
  const kept = toMinor(offering.price);
  return {
    price:
      typeof price === 'number'
        ? toDecimal(price, currency)
        : kept === null
          ? amount / divisor
          : toDecimal(kept, currency),
    quantity: typeof quantity === 'number' ? quantity : offering.quantity,
    is_enabled: offering.is_enabled,
    readiness_state_id: offering.readiness_state_id ?? null,
  };
}

function valuesOf(product: InventoryProduct): FieldValues {
  const read = variantFields(product);
  return read.ok ? read.value : {};
}

function same(field: ListingFieldName, a: StoredValue, b: StoredValue): boolean {
  return a === b || equivalent(field, a, b);
}

function failed(
  op: ListingPush,
  outcome: 'rejected' | 'retry',
  code: string,
  message: string,
  field: ListingFieldName | null,
): Merged['failures'][number] {
  return { opId: op.opId, outcome, code, message, field };
}
