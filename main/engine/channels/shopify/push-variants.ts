import { z } from 'zod';
import type { ListingPush, PushResult } from '../contract.ts';
import type { ShopifyClient } from './client.ts';
import { UPDATE_VARIANTS } from './documents.ts';
import { fromGid, toGid } from './gid.ts';
import { accepted, again, rejected } from './push-results.ts';
import { userErrorSchema, type UserError } from './records.ts';
import { fieldOf, indexIn, textOf } from './user-errors.ts';

/** Shopify takes lists of 250 at most. */
export const VARIANTS_A_WRITE = 250;

/** One variant's change, its input ready. */
export interface VariantItem {
  readonly variantId: string;
  readonly op: ListingPush;
  readonly input: Readonly<Record<string, unknown>>;
}

const schema = z.object({
  productVariantsBulkUpdate: z
    .object({
      productVariants: z.array(z.object({ id: z.string() })).nullable(),
      userErrors: z.array(userErrorSchema),
    })
    .nullable(),
});

/** Codes of products and variants that are not there any more. */
export const GONE: ReadonlySet<string> = new Set([
  'PRODUCT_DOES_NOT_EXIST',
  'PRODUCT_VARIANT_DOES_NOT_EXIST',
  'MUST_BE_FOR_THIS_PRODUCT',
]);

/** Variants of one product in one mutation; those that are refused do not hold the others back. */
export async function pushVariants(
  client: ShopifyClient,
  productId: string,
  items: readonly VariantItem[],
): Promise<PushResult[]> {
  const variants = items.map((item) => ({ id: toGid('ProductVariant', item.variantId), ...item.input }));
  const answer = await client.send(
    UPDATE_VARIANTS,
    { productId: toGid('Product', productId), variants },
    schema,
  );
  const payload = answer.productVariantsBulkUpdate;
  const errors = payload?.userErrors ?? [];
  const written = new Set((payload?.productVariants ?? []).map((variant) => fromGid(variant.id)));
  const general = errors.filter((error) => indexIn(error, 'variants') === null);
  return items.flatMap((item, index): PushResult[] => {
    const own = errors.filter((error) => indexIn(error, 'variants') === index);
    if (own.length > 0) return own.map((error) => refusal(item.op, error));
    if (written.has(item.variantId)) return [accepted(item.op)];
    const [about] = general;
    if (about) return [refusal(item.op, about)];
    return [
      again(item.op, 'CHANNEL_INVALID', 'Another variant of the product was refused; this one goes again'),
    ];
  });
}

function refusal(op: ListingPush, error: UserError): PushResult {
  if (GONE.has(error.code ?? '')) return rejected(op, textOf(error), null, 'CHANNEL_GONE');
  return rejected(op, textOf(error), fieldOf(error, op.fields));
}
