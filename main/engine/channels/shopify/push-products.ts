import { z } from 'zod';
import type { FieldValues, ListingPush, PushResult } from '../contract.ts';
import type { ShopifyClient } from './client.ts';
import { UPDATE_PRODUCT } from './documents.ts';
import { toProductInput } from './from-domain.ts';
import { toGid } from './gid.ts';
import { accepted, again, rejected, unknown } from './push-results.ts';
import { userErrorSchema } from './records.ts';
import { fieldOf, textOf } from './user-errors.ts';

const schema = z.object({
  productUpdate: z
    .object({ product: z.object({ id: z.string() }).nullable(), userErrors: z.array(userErrorSchema) })
    .nullable(),
});

/** All changes of one product in one mutation; Shopify applies all of them or none. */
export async function pushProduct(client: ShopifyClient, ops: readonly ListingPush[]): Promise<PushResult[]> {
  const [first] = ops;
  if (!first) return [];
  const fields: FieldValues = Object.assign({}, ...ops.map((op) => op.fields)) as FieldValues;
  const written = toProductInput(fields);
  if (!written.ok) {
    return ops.map((op) =>
      written.field in op.fields
        ? rejected(op, written.message, written.field)
        : again(op, 'CHANNEL_INVALID', written.message),
    );
  }
  const product = { id: toGid('Product', first.ref.productExternalId), ...written.value };
  const { productUpdate } = await client.send(UPDATE_PRODUCT, { product }, schema);
  if (!productUpdate) {
    return ops.map((op) => unknown(op, 'CHANNEL_UNKNOWN', 'The shop did not answer for this product'));
  }
  if (productUpdate.userErrors.length === 0) return ops.map(accepted);
  return ops.flatMap((op) => productUpdate.userErrors.map((error) => refusal(op, ops, error)));
}

function refusal(
  op: ListingPush,
  ops: readonly ListingPush[],
  error: z.output<typeof userErrorSchema>,
): PushResult {
  const own = fieldOf(error, op.fields);
  // The id is the only other thing that can be wrong.
  if (own === null && (error.field ?? []).at(-1) === 'id') {
    return rejected(op, textOf(error), null, 'CHANNEL_GONE');
  }
  const neighbour = own === null && ops.some((other) => fieldOf(error, other.fields) !== null);
  return neighbour ? again(op, 'CHANNEL_INVALID', textOf(error)) : rejected(op, textOf(error), own);
}
