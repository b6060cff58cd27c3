import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import type { ListingIssue } from '../contract.ts';
import { fieldsOfAttribute } from './attribute-fields.ts';
import type { Issue } from './records.ts';

/** Errors that Amazon finds in a listing as it is; warnings and hints do not keep it from being sold. */
export function listingIssues(issues: readonly Issue[]): ListingIssue[] {
  return issues
    .filter((issue) => issue.severity === 'ERROR')
    .map(({ code, message, attributeNames }) => ({
      fields: [...new Set<ListingFieldName>(attributeNames.flatMap(fieldsOfAttribute))],
      code,
      message,
    }));
}
