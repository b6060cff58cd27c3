import { decodeEntities } from '#shared/grid/html-entities.ts';
import type { InventoryProduct, PropertyValue } from './records.ts';

/**
 * What a variant is known by. Etsy gives every variant a new number whenever
 * the inventory is written, so what the buyer chooses is the only thing that
 * stays: "200=Blue&513=XL". Null for the one product of a listing without choices.
 */
export function variantKey(values: readonly PropertyValue[]): string | null {
  if (values.length === 0) return null;
  return values
    .toSorted((a, b) => a.property_id - b.property_id)
    .map(({ property_id, values: chosen, scale_id }) => {
      const scale = scale_id ? `~${scale_id}` : '';
      return `${property_id}${scale}=${chosen.map((value) => encodeURIComponent(decodeEntities(value).trim())).join(',')}`;
    })
    .join('&');
}

/** "Blue / XL", in the order in which the listing shows them. */
export function variantTitle(values: readonly PropertyValue[]): string {
  return values.map(({ values: chosen }) => chosen.join(', ')).join(' / ');
}

export function liveProducts(products: readonly InventoryProduct[]): InventoryProduct[] {
  return products.filter((product) => !product.is_deleted);
}
