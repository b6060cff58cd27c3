import { CodedError } from '#shared/errors/coded-error.ts';
import type { z } from 'zod';
import { failureOf } from '../kit/failures.ts';
import { chunk, runAll } from '../kit/parallel.ts';
import type { Scope } from './attributes.ts';
import type { AmazonClient, Query } from './client.ts';
import { searchSchema, skuSchema } from './records.ts';

/** Largest page of a search, and most identifiers of one. */
export const PAGE_SIZE = 20;
/** A search pages through this many SKUs and no further. */
export const SEARCH_LIMIT = 1_000;
const PARALLEL = 4;

export const INCLUDED = [
  'summaries',
  'attributes',
  'issues',
  'offers',
  'fulfillmentAvailability',
  'relationships',
  'productTypes',
] as const;

export type SearchPage = z.output<typeof searchSchema>;

export function scopeOf({ seller }: AmazonClient): Scope {
  return { marketplaceId: seller.marketplaceId, language: seller.marketplace?.language ?? null };
}

export function currencyOf({ seller, context }: AmazonClient): string {
  return seller.marketplace?.currency ?? context.currency;
}

export function searchItems(client: AmazonClient, query: Query): Promise<SearchPage> {
  return client.read(
    {
      operation: 'searchListingsItems',
      method: 'GET',
      path: client.itemsPath(),
      query: { marketplaceIds: [client.seller.marketplaceId], pageSize: PAGE_SIZE, ...query },
    },
    searchSchema,
  );
}

/** One page of a longer search; a token that Amazon no longer knows begins it anew. */
export async function walkItems(
  client: AmazonClient,
  token: string | null,
  query: Query,
): Promise<SearchPage> {
  if (token === null) return searchItems(client, query);
  try {
    return await searchItems(client, { ...query, pageToken: token });
  } catch (error) {
    const refused = error instanceof CodedError && failureOf(error)?.status === 400;
    if (!refused) throw error;
    return searchItems(client, query);
  }
}

/** The records of these SKUs as they are now, by SKU; what does not exist is absent. Twenty at a time where they can be listed. */
export async function readItems(
  client: AmazonClient,
  skus: readonly string[],
): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  // Lists are separated by commas, so a SKU with one has to be asked for alone.
  const listable = skus.filter((sku) => !sku.includes(','));
  await runAll(chunk(listable, PAGE_SIZE), PARALLEL, async (identifiers) => {
    const page = await searchItems(client, { identifiersType: 'SKU', identifiers, includedData: INCLUDED });
    for (const raw of page.items) {
      const stamp = skuSchema.safeParse(raw);
      if (stamp.success) found.set(stamp.data.sku, raw);
    }
  });
  await runAll(
    skus.filter((sku) => sku.includes(',')),
    PARALLEL,
    async (sku) => {
      const raw = await readItem(client, sku);
      if (raw !== null) found.set(sku, raw);
    },
  );
  return found;
}

async function readItem(client: AmazonClient, sku: string): Promise<unknown> {
  try {
    const answer = await client.send({
      operation: 'getListingsItem',
      method: 'GET',
      path: client.itemsPath(sku),
      query: { marketplaceIds: [client.seller.marketplaceId], includedData: INCLUDED },
    });
    return answer.body;
  } catch (error) {
    if (error instanceof CodedError && error.code === 'CHANNEL_GONE') return null;
    throw error;
  }
}
