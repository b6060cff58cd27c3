import type { DraftCell } from '#shared/contract/drafts.ts';

/** What a cell is called in the set of those that are written although they changed. */
export function nameOfCell({ listingId, field }: Pick<DraftCell, 'listingId' | 'field'>): string {
  return `${listingId} ${field}`;
}
