import { z } from 'zod';
import type { ProductPage, RemoteProduct } from '../contract.ts';
import { openBulkCursor, readBulk, startBulkRead } from './bulk-read.ts';
import { advance, openCursor, searchOf, sortOut } from './change-feed.ts';
import type { ShopifyClient } from './client.ts';
import { PRODUCT_VARIANTS, PRODUCTS } from './documents.ts';
import { deletedSince } from './deletions.ts';
import { stockLocation } from './location.ts';
import { connectionSchema } from './records.ts';
import { restOf } from './rest-pages.ts';
import { poisonOf, toRemoteProduct, type Mapped } from './to-domain.ts';

/** Sizes whose product stays below the 1,000 points that one query may cost. */
const PRODUCTS_A_PAGE = 8;
const VARIANTS_A_PRODUCT = 12;
const MEDIA_A_PRODUCT = 6;
const VARIANTS_A_PAGE = 100;

const pageSchema = z.object({ products: connectionSchema });
const variantsSchema = z.object({ variants: connectionSchema });

/** One page of changed products, each with all its variants; the first read of a large shop comes as a file. */
export async function pullProducts(
  client: ShopifyClient,
  stored: string | null,
  overlapMs: number,
): Promise<ProductPage> {
  const bulk = openBulkCursor(stored);
  if (bulk) return readBulk(client, bulk);
  if (stored === null) {
    const begun = await startBulkRead(client);
    if (begun) return begun;
  }
  const cursor = openCursor(stored, overlapMs);
  const location = await stockLocation(client);
  const variables = {
    first: client.sized(PRODUCTS_A_PAGE),
    after: cursor.after,
    query: searchOf(cursor),
    variants: client.sized(VARIANTS_A_PRODUCT),
    media: MEDIA_A_PRODUCT,
    location,
  };
  const { products: page } = await client.send(PRODUCTS, variables, pageSchema);
  const sorted = sortOut(page.nodes);
  const products: RemoteProduct[] = [];
  const quarantined = [...sorted.poison];
  for (const raw of sorted.records) {
    const mapped = await complete(client, raw, location);
    if (mapped === null) continue;
    if (mapped.ok) products.push(mapped.value);
    else quarantined.push(poisonOf(raw, mapped.reason));
  }
  const next = advance(cursor, page, sorted.newest);
  // A first read finds nothing that was deleted; later ones ask once, at their end.
  const removed = next.done && cursor.since !== null ? await deletedSince(client, cursor.since) : [];
  return {
    products,
    removed,
    quarantined,
    cursor: JSON.stringify(next.cursor),
    done: next.done,
    total: null,
  };
}

/** null when the product was deleted since the page was read. */
async function complete(
  client: ShopifyClient,
  raw: unknown,
  location: string,
): Promise<Mapped<RemoteProduct> | null> {
  const parsed = variantsSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: 'The product came without its variants' };
  const { id } = raw as { id: string };
  const variables = { id, first: client.sized(VARIANTS_A_PAGE), location };
  const pick = { record: 'product', list: 'variants' };
  const variants = await restOf(client, parsed.data.variants, PRODUCT_VARIANTS, variables, pick);
  return variants === null ? null : toRemoteProduct(raw, variants, client.context.currency);
}
