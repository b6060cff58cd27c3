import type { Params } from '#shared/contract/methods.ts';
import type { OutboxOp, PublishResult } from '#shared/contract/publish.ts';
import { listingField, type ListingFieldName } from '#shared/domain/listing-fields.ts';

export type Scope = Pick<Params<'publish.run'>, 'accountId' | 'listingIds' | 'fields'>;

type Cell = Pick<OutboxOp, 'accountId' | 'listingId' | 'field'>;

/**
 * Scopes that hold exactly the given cells. One scope is a block of listings by
 * fields, so cells that make no block need several: listings of an account that
 * share their set of fields go together.
 */
export function scopesOf(cells: readonly Cell[]): Scope[] {
  const fieldsOfListing = new Map<string, { accountId: string; listingId: string; fields: Set<string> }>();
  for (const { accountId, listingId, field } of cells) {
    if (listingId === null || !listingField(field)) continue;
    const key = `${accountId} ${listingId}`;
    const entry = fieldsOfListing.get(key) ?? { accountId, listingId, fields: new Set<string>() };
    entry.fields.add(field);
    fieldsOfListing.set(key, entry);
  }
  const blocks = new Map<string, { accountId: string; listingIds: string[]; fields: ListingFieldName[] }>();
  for (const { accountId, listingId, fields } of fieldsOfListing.values()) {
    const sorted = [...fields].sort() as ListingFieldName[];
    const key = `${accountId} ${sorted.join(' ')}`;
    const block = blocks.get(key) ?? { accountId, listingIds: [], fields: sorted };
    block.listingIds.push(listingId);
    blocks.set(key, block);
  }
  return [...blocks.values()];
}

export const NO_RESULT: PublishResult = { sent: 0, verified: 0, rejected: [], conflicts: [], waiting: [] };

/** What several runs did together; an account waits for what its last run left. */
export function mergeResults(before: PublishResult, next: PublishResult): PublishResult {
  const told = new Set(next.waiting.map(({ accountId }) => accountId));
  const seen = new Set(before.conflicts.map(({ opId }) => opId));
  return {
    sent: before.sent + next.sent,
    verified: before.verified + next.verified,
    rejected: [...before.rejected, ...next.rejected],
    conflicts: [...before.conflicts, ...next.conflicts.filter(({ opId }) => !seen.has(opId))],
    waiting: [...before.waiting.filter(({ accountId }) => !told.has(accountId)), ...next.waiting],
  };
}
