import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { z } from 'zod';
import type { ChannelFault } from '../kit/failures.ts';

/** Etsy's usual error, and that of its sign-in. */
const plainSchema = z.object({ error: z.string(), error_description: z.string().nullish() });
/** What validation says about each part of a request. */
const issueSchema = z.object({ path: z.string().catch(''), type: z.string().catch(''), message: z.string() });
const issuesSchema = z.array(issueSchema).nonempty();

const RECONNECT =
  'The sign-in has ended: the password was changed, access was withdrawn or it was not used for 90 days; connect the shop again';

/** Reads both forms of Etsy's errors; null when the body is none. */
export function readFault(body: unknown): ChannelFault | null {
  const issues = issuesSchema.safeParse(body);
  if (issues.success) {
    const [first] = issues.data;
    if (!first) return null;
    return {
      code: first.type || 'invalid',
      message: issues.data.map(({ message }) => message).join('; '),
      details: { paths: issues.data.map(({ path }) => path) },
    };
  }
  const plain = plainSchema.safeParse(body);
  if (!plain.success) return null;
  const { error, error_description: description } = plain.data;
  // Only the sign-in has codes; elsewhere `error` is a sentence.
  const code = /^[a-z_]+$/.test(error) ? error : 'refused';
  if (code === 'invalid_grant') return { code, message: RECONNECT, kind: 'CHANNEL_AUTH' };
  if (code === 'invalid_client' || code === 'invalid_token' || code === 'insufficient_scope') {
    return { code, message: description || error, kind: 'CHANNEL_AUTH' };
  }
  return { code, message: description || error };
}

const FIELD_OF_PART: Readonly<Record<string, ListingFieldName>> = {
  title: 'title',
  description: 'description',
  tags: 'tags',
  materials: 'materials',
  state: 'status',
  item_weight: 'weight',
  item_weight_unit: 'weight',
  sku: 'sku',
  price: 'price',
  quantity: 'quantity',
};

/** The field that a refusal is about, when its path says so: "/products/0/offerings/0/price" -> price. */
export function fieldOfPaths(paths: unknown): ListingFieldName | null {
  if (!Array.isArray(paths)) return null;
  for (const path of paths) {
    for (const part of String(path).split('/').toReversed()) {
      const field = FIELD_OF_PART[part];
      if (field) return field;
    }
  }
  return null;
}
