import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import type { ListingIssue } from '../channels/contract.ts';

/** What a cell is rejected with when the channel took its value and finds fault with it afterwards. */
export const ISSUE_CODE = 'CHANNEL_ISSUE';

/** What the channel finds wrong with one field, in its words; null when nothing. */
export function issueOf(issues: readonly ListingIssue[] | undefined, field: ListingFieldName): string | null {
  const own = issues?.filter((issue) => issue.fields.includes(field)) ?? [];
  if (own.length === 0) return null;
  return own.map(({ message, code }) => `${message} (${code})`).join(' ');
}
