import { z } from 'zod';
import type { FieldValues, ListingRef, ReadListing } from '../contract.ts';
import { chunk, runAll } from '../kit/parallel.ts';
import type { ShopifyClient } from './client.ts';
import { READ_PRODUCTS, READ_VARIANTS } from './documents.ts';
import { fromGid, isNumericId, toGid } from './gid.ts';
import { stockLocation } from './location.ts';
import { rememberVariant } from './memory.ts';
import { readProduct, readVariant } from './to-domain.ts';

/** Requests at once to one shop. */
export const PARALLEL = 3;
/** A variant with its product and stock costs about ten points. */
const VARIANTS_A_READ = 75;
const PRODUCTS_A_READ = 200;

const nodesSchema = z.object({ nodes: z.array(z.unknown()) });
const ofProduct = z.object({ product: z.unknown() });

/** What the shop has right now for each ref. What is gone or unreadable is left out. */
export async function readListings(
  client: ShopifyClient,
  refs: readonly ListingRef[],
): Promise<ReadListing[]> {
  const usable = refs.filter((ref) =>
    [ref.productExternalId, ref.variantExternalId ?? '0'].every(isNumericId),
  );
  const products = await readProducts(
    client,
    usable.flatMap((ref) => (ref.variantExternalId === null ? ref.productExternalId : [])),
  );
  const variants = await readVariants(
    client,
    usable.flatMap((ref) => ref.variantExternalId ?? []),
  );
  return usable.flatMap((ref): ReadListing[] => {
    const found =
      ref.variantExternalId === null
        ? products.get(ref.productExternalId)
        : variants.get(ref.variantExternalId);
    if (!found || found.productId !== ref.productExternalId) return [];
    return [{ ref, fields: found.fields, modifiedAtMs: found.modifiedAtMs }];
  });
}

interface Found {
  readonly productId: string;
  readonly fields: FieldValues;
  readonly modifiedAtMs: number;
}

async function readProducts(client: ShopifyClient, ids: readonly string[]): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  await runAll(chunk([...new Set(ids)], client.sized(PRODUCTS_A_READ)), PARALLEL, async (part) => {
    const variables = { ids: part.map((id) => toGid('Product', id)) };
    for (const raw of (await client.send(READ_PRODUCTS, variables, nodesSchema)).nodes) {
      const read = raw === null ? null : readProduct(raw);
      if (read?.ok) {
        const { record, fields } = read.value;
        const productId = fromGid(record.id);
        found.set(productId, { productId, fields, modifiedAtMs: record.updatedAt });
      } else if (read) {
        client.context.log.warn('Unreadable product', { reason: read.reason });
      }
    }
  });
  return found;
}

/** Also remembers what a write of stock needs to know. */
export async function readVariants(
  client: ShopifyClient,
  ids: readonly string[],
): Promise<Map<string, Found>> {
  const found = new Map<string, Found>();
  if (ids.length === 0) return found;
  const location = await stockLocation(client);
  await runAll(chunk([...new Set(ids)], client.sized(VARIANTS_A_READ)), PARALLEL, async (part) => {
    const variables = { ids: part.map((id) => toGid('ProductVariant', id)), location };
    for (const raw of (await client.send(READ_VARIANTS, variables, nodesSchema)).nodes) {
      if (raw === null) continue;
      const variant = readVariant(raw, client.context.currency);
      const parent = ofProduct.safeParse(raw);
      const product = readProduct(parent.success ? parent.data.product : null);
      if (!variant.ok || !product.ok) {
        const reason = variant.ok ? (product.ok ? '' : product.reason) : variant.reason;
        client.context.log.warn('Unreadable variant', { reason });
        continue;
      }
      const { id, fields, stock, modifiedAtMs } = variant.value;
      const { record, fields: shared } = product.value;
      rememberVariant(client.memory, variantKey(client, id), stock);
      found.set(id, {
        productId: fromGid(record.id),
        fields: { ...shared, ...fields },
        modifiedAtMs: Math.max(record.updatedAt, modifiedAtMs),
      });
    }
  });
  return found;
}

export function variantKey(client: ShopifyClient, variantId: string): string {
  return `${client.context.accountId} ${variantId}`;
}
