import { z } from 'zod';
import type { IdPage } from '../contract.ts';
import { callFailed } from '../kit/failures.ts';
import type { ShopifyClient } from './client.ts';
import { PRODUCT_IDS, VARIANT_IDS } from './documents.ts';
import { fromGid } from './gid.ts';
import { connectionSchema } from './records.ts';
import { restOf } from './rest-pages.ts';

const PRODUCTS_A_PAGE = 40;
const VARIANTS_A_PRODUCT = 20;
const VARIANTS_A_PAGE = 250;
/** Shopify ends a list at 25,000; well before that the rest becomes a list of its own. */
const LONGEST_LIST = 20_000;

const cursorSchema = z.object({
  after: z.string().nullable(),
  /** Ids above this one, when the list was split. */
  above: z.string().nullable(),
  listed: z.number().int(),
});
type IdCursor = z.output<typeof cursorSchema>;
const START: IdCursor = { after: null, above: null, listed: 0 };

const nodeSchema = z.object({ id: z.string() });
const pageSchema = z.object({
  products: z.object({
    nodes: z.array(nodeSchema.extend({ variants: connectionSchema })),
    pageInfo: connectionSchema.shape.pageInfo,
  }),
});

/** Ids of all products and variants, in the order of ids. An id that was left out would be taken for deleted, so nothing is skipped in silence. */
export async function pullIds(client: ShopifyClient, stored: string | null): Promise<IdPage> {
  const cursor = open(stored);
  const { products: page } = await client.send(
    PRODUCT_IDS,
    {
      first: client.sized(PRODUCTS_A_PAGE),
      after: cursor.after,
      query: cursor.above === null ? null : `id:>${cursor.above}`,
      variants: client.sized(VARIANTS_A_PRODUCT),
    },
    pageSchema,
  );
  const products: { externalId: string; variants: string[] }[] = [];
  for (const node of page.nodes) {
    const variables = { id: node.id, first: VARIANTS_A_PAGE };
    const pick = { record: 'product', list: 'variants' };
    const variants = await restOf(client, node.variants, VARIANT_IDS, variables, pick);
    if (variants === null) continue;
    products.push({
      externalId: fromGid(node.id),
      variants: variants.map((variant) => fromGid(nodeSchema.parse(variant).id)),
    });
  }
  const { hasNextPage, endCursor } = page.pageInfo;
  if (!hasNextPage) return { products, cursor: JSON.stringify(START), done: true };
  if (endCursor === null || endCursor === cursor.after) {
    throw callFailed('CHANNEL_TRANSIENT', 'The shop repeats a page; it is read again', {
      method: 'POST',
      path: PRODUCT_IDS.name,
    });
  }
  const listed = cursor.listed + page.nodes.length;
  const last = page.nodes.at(-1);
  const split = listed >= LONGEST_LIST && last !== undefined;
  const next: IdCursor = split
    ? { after: null, above: fromGid(last.id), listed: 0 }
    : { ...cursor, after: endCursor, listed };
  return { products, cursor: JSON.stringify(next), done: false };
}

function open(text: string | null): IdCursor {
  if (text === null) return START;
  try {
    return cursorSchema.catch(START).parse(JSON.parse(text));
  } catch {
    return START;
  }
}
