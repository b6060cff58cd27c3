import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { ProductPage, RemoteProduct } from '../contract.ts';
import { callText } from '../kit/http.ts';
import { takeProducts } from './bulk-lines.ts';
import { cursorFrom, freshCursor } from './change-feed.ts';
import type { ShopifyClient } from './client.ts';
import { BULK_STATUS, bulkProductsQuery, PRODUCTS_COUNT, RUN_BULK_QUERY } from './documents.ts';
import { stockLocation } from './location.ts';
import { userErrorSchema } from './records.ts';
import { poisonOf, toRemoteProduct } from './to-domain.ts';

/** From this many products on, one file is quicker than pages of eight. */
const WORTH_A_FILE = 150;
const COUNT_LIMIT = 10_000;
const POLL_MS = 3_000;
/** A file of a large shop is ready in minutes; after two hours pages are read instead. */
const MOST_POLLS = 2_400;
/** Bytes of one page; a product with 2,048 variants is smaller. */
export const PART_BYTES = 4 * 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 120_000;

const cursorSchema = z.object({
  v: z.literal('bulk'),
  id: z.string(),
  /** When the shop began to write, epoch ms by its own clock: changes since are read afterwards. */
  startedMs: z.number(),
  polls: z.number().int(),
  url: z.string().nullable(),
  offset: z.number().int(),
  total: z.number().int(),
});
export type BulkCursor = z.output<typeof cursorSchema>;

const countSchema = z.object({ productsCount: z.object({ count: z.number() }).nullable() });
const operationSchema = z.object({ id: z.string(), createdAt: z.string() });
const runSchema = z.object({
  bulkOperationRunQuery: z
    .object({ bulkOperation: operationSchema.nullable(), userErrors: z.array(userErrorSchema) })
    .nullable(),
});
const statusSchema = z.object({
  bulkOperation: z.object({ status: z.string(), url: z.string().nullish() }).nullable(),
});

export function openBulkCursor(stored: string | null): BulkCursor | null {
  if (stored === null || !stored.includes('"bulk"')) return null;
  try {
    return cursorSchema.parse(JSON.parse(stored));
  } catch {
    return null;
  }
}

/** Has the shop write all its products into one file, if there are many. null: pages are as quick, or it cannot now. */
export async function startBulkRead(client: ShopifyClient): Promise<ProductPage | null> {
  const { productsCount } = await client.send(PRODUCTS_COUNT, { limit: COUNT_LIMIT }, countSchema);
  const total = productsCount?.count ?? 0;
  if (total < WORTH_A_FILE) return null;
  const query = bulkProductsQuery(await stockLocation(client));
  const { bulkOperationRunQuery } = await client.send(RUN_BULK_QUERY, { query }, runSchema);
  const operation = bulkOperationRunQuery?.bulkOperation;
  if (!operation) return null;
  const startedMs = Date.parse(operation.createdAt);
  const id = operation.id;
  return pageOf([], { v: 'bulk', id, startedMs, polls: 0, url: null, offset: 0, total });
}

/** One step: a look whether the file is ready, or the next part of it. */
export async function readBulk(client: ShopifyClient, cursor: BulkCursor): Promise<ProductPage> {
  if (cursor.url !== null) return readPart(client, cursor, cursor.url);
  const { bulkOperation } = await client.send(BULK_STATUS, { id: cursor.id }, statusSchema);
  switch (bulkOperation?.status) {
    case 'CREATED':
    case 'RUNNING':
      if (cursor.polls >= MOST_POLLS) return inPages();
      await client.context.clock.sleep(POLL_MS, client.context.signal);
      return pageOf([], { ...cursor, polls: cursor.polls + 1 });
    case 'COMPLETED':
      // Without an address the file would be empty.
      return bulkOperation.url ? pageOf([], { ...cursor, url: bulkOperation.url }) : inPages();
    default:
      return inPages();
  }
}

async function readPart(client: ShopifyClient, cursor: BulkCursor, url: string): Promise<ProductPage> {
  let part: { text: string; last: boolean };
  try {
    part = await download(client, new URL(url), cursor.offset);
  } catch (error) {
    // The address has ended or hands out whole files only.
    const over = error instanceof CodedError && !error.retryable && error.code !== 'CANCELLED';
    if (over) return inPages();
    throw error;
  }
  const { products, consumed } = takeProducts(part.text, part.last);
  if (consumed === 0 && !part.last) return inPages();
  const found: RemoteProduct[] = [];
  const quarantined: ProductPage['quarantined'][number][] = [];
  for (const { product, variants } of products) {
    const mapped = toRemoteProduct(product, variants, client.context.currency);
    if (mapped.ok) found.push(mapped.value);
    else quarantined.push(poisonOf(product, mapped.reason));
  }
  if (!part.last) {
    const next = { ...cursor, offset: cursor.offset + consumed };
    return { ...pageOf(found, next), quarantined };
  }
  // What changed while the file was written comes now, page by page.
  const rest = JSON.stringify(cursorFrom(cursor.startedMs));
  return { products: found, quarantined, cursor: rest, done: false, total: cursor.total };
}

/** The token stays here: the file lies with a stranger, its address is the key. */
async function download(
  client: ShopifyClient,
  url: URL,
  offset: number,
): Promise<{ text: string; last: boolean }> {
  const answer = await callText(client.context, {
    method: 'GET',
    url,
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
    authorize: (_method, target) => ({
      url: target,
      headers: { accept: '*/*', range: `bytes=${offset}-${offset + PART_BYTES - 1}` },
    }),
  });
  const whole = /\/(\d+)$/.exec(answer.headers.get('content-range') ?? '')?.[1];
  if (answer.status === 206 && whole !== undefined) {
    return { text: answer.text, last: offset + PART_BYTES >= Number(whole) };
  }
  const rest = Buffer.from(answer.text, 'utf8').subarray(offset);
  return { text: rest.toString('utf8'), last: true };
}

/** The file did not come about: the shop is read from its beginning page by page. */
function inPages(): ProductPage {
  return { products: [], quarantined: [], cursor: JSON.stringify(freshCursor()), done: false, total: null };
}

function pageOf(products: readonly RemoteProduct[], cursor: BulkCursor): ProductPage {
  return { products, quarantined: [], cursor: JSON.stringify(cursor), done: false, total: cursor.total };
}
