import type { ListingRef, ReadListing } from '../contract.ts';
import type { EtsyClient } from './client.ts';
import { readByIds } from './read-by-id.ts';
import { readInventory, readListing, variantFields } from './to-domain.ts';
import { liveProducts, variantKey } from './variant-key.ts';

/** Current values of listings; those that are gone are left out. */
export async function readListings(client: EtsyClient, refs: readonly ListingRef[]): Promise<ReadListing[]> {
  const ids = [...new Set(refs.map((ref) => ref.productExternalId))].filter((id) => /^\d+$/.test(id));
  const found = await readByIds(client, ids, 'now');
  const read: ReadListing[] = [];
  for (const ref of refs) {
    const whole = found.get(ref.productExternalId);
    if (!whole) continue;
    const listing = readListing(whole.raw);
    const inventory = readInventory(whole.inventory);
    if (!listing.ok || !inventory.ok) {
      const reason = listing.ok ? (inventory.ok ? '' : inventory.reason) : listing.reason;
      client.context.log.warn('Unreadable listing', { listing: ref.productExternalId, reason });
      continue;
    }
    const { fields, weight, record } = listing.value;
    const products = liveProducts(inventory.value.products);
    const product = products.find((one) => variantKey(one.property_values) === ref.variantExternalId);
    const own = product ? variantFields(product) : null;
    if (own?.ok === false) {
      client.context.log.warn('Unreadable variant', { listing: ref.productExternalId, reason: own.reason });
      continue;
    }
    // Without a variant's key a listing with variants is meant as a whole.
    if (own === null && ref.variantExternalId !== null) continue;
    read.push({
      ref,
      fields: { ...fields, ...(own ? { ...own.value, weight } : {}) },
      modifiedAtMs: record.updated_timestamp * 1_000,
    });
  }
  return read;
}
