import { CodedError } from '#shared/errors/coded-error.ts';
import type { FieldValues, ListingRef, ReadListing } from '../contract.ts';
import { chunk, runAll } from '../kit/parallel.ts';
import { PARALLEL, readList } from './change-feed.ts';
import type { WooClient } from './client.ts';
import { kindOf, readProduct, readVariation, type ReadProduct } from './to-domain.ts';
import { readVariationsById } from './variations.ts';

const PER_PAGE = 100;

/** What the shop has right now for each ref. What is gone, in the trash or unreadable is left out. */
export async function readListings(client: WooClient, refs: readonly ListingRef[]): Promise<ReadListing[]> {
  const products = await readProducts(client, [...new Set(refs.map((ref) => ref.productExternalId))]);
  const wanted = Map.groupBy(
    refs.filter((ref) => ref.variantExternalId !== null && products.has(ref.productExternalId)),
    (ref) => ref.productExternalId,
  );
  const variations = new Map<string, { fields: FieldValues; modifiedAtMs: number }>();
  await runAll([...wanted], PARALLEL, async ([productId, group]) => {
    const ids = [...new Set(group.flatMap((ref) => ref.variantExternalId ?? []))];
    for (const raw of await variationRecords(client, productId, ids)) {
      const mapped = readVariation(raw, client.context.currency);
      if (!mapped.ok) {
        client.context.log.warn('Unreadable variation', { productId, reason: mapped.reason });
        continue;
      }
      const { record, fields } = mapped.value;
      variations.set(`${productId} ${record.id}`, { fields, modifiedAtMs: record.date_modified_gmt ?? 0 });
    }
  });
  return refs.flatMap((ref) => {
    const product = products.get(ref.productExternalId);
    if (!product) return [];
    const modifiedAtMs = product.record.date_modified_gmt ?? 0;
    if (ref.variantExternalId === null) {
      const sold = kindOf(product.record) === 'variable' ? {} : product.sold;
      return [{ ref, fields: { ...product.fields, ...sold }, modifiedAtMs }];
    }
    const variation = variations.get(`${ref.productExternalId} ${ref.variantExternalId}`);
    if (!variation) return [];
    return [
      {
        ref,
        fields: { ...product.fields, ...variation.fields },
        modifiedAtMs: Math.max(modifiedAtMs, variation.modifiedAtMs),
      },
    ];
  });
}

async function readProducts(client: WooClient, ids: readonly string[]): Promise<Map<string, ReadProduct>> {
  const products = new Map<string, ReadProduct>();
  const pages = await runAll(chunk(ids, PER_PAGE), PARALLEL, async (part) => {
    const query = { status: 'any', include: part.join(','), per_page: PER_PAGE };
    return readList(await client.get('products', query), 'products').records;
  });
  for (const raw of pages.flat()) {
    const mapped = readProduct(raw, client.context.currency);
    if (mapped.ok) products.set(mapped.value.record.id, mapped.value);
    else client.context.log.warn('Unreadable product', { reason: mapped.reason });
  }
  return products;
}

async function variationRecords(
  client: WooClient,
  productId: string,
  ids: readonly string[],
): Promise<unknown[]> {
  try {
    return await readVariationsById(client, productId, ids);
  } catch (error) {
    // Deleted between the two reads.
    if (error instanceof CodedError && error.code === 'CHANNEL_GONE') return [];
    throw error;
  }
}
