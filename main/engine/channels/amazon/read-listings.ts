import type { ListingRef, ReadListing } from '../contract.ts';
import type { AmazonClient } from './client.ts';
import { listingIssues } from './issues.ts';
import { currencyOf, readItems, scopeOf } from './items.ts';
import { readItem } from './to-domain.ts';

/** What Amazon shows right now for each ref. What is gone or unreadable is left out. */
export async function readListings(
  client: AmazonClient,
  refs: readonly ListingRef[],
): Promise<ReadListing[]> {
  const found = await readItems(client, [...new Set(refs.map((ref) => ref.productExternalId))]);
  const scope = scopeOf(client);
  return refs.flatMap((ref) => {
    const raw = found.get(ref.productExternalId);
    if (raw === undefined) return [];
    const item = readItem(raw, scope, currencyOf(client));
    if (!item.ok) {
      client.context.log.warn('Unreadable listing', { sku: ref.productExternalId, reason: item.reason });
      return [];
    }
    const { content, offer, modifiedAtMs, record } = item.value;
    const issues = listingIssues(record.issues);
    return [{ ref, fields: { ...content, ...offer }, modifiedAtMs, issues }];
  });
}
