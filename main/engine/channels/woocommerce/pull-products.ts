import { CodedError } from '#shared/errors/coded-error.ts';
import type { ProductPage, RemoteProduct } from '../contract.ts';
import { readChanges, type Converted } from './change-feed.ts';
import type { WooClient } from './client.ts';
import { kindOf, poisonOf, toRemoteProduct } from './to-domain.ts';
import { readVariations } from './variations.ts';
import { productSchema } from './records.ts';

/** One page of changed products, each with all its variations: a change of a variation also touches its parent. */
export async function pullProducts(
  client: WooClient,
  cursor: string | null,
  overlapMs: number,
): Promise<ProductPage> {
  const page = await readChanges(client, 'products', { cursor, overlapMs }, (raw) => complete(client, raw));
  const { records: products, ...rest } = page;
  return { products, ...rest };
}

async function complete(client: WooClient, raw: unknown): Promise<Converted<RemoteProduct>> {
  const parsed = productSchema.safeParse(raw);
  let variations: unknown[] = [];
  if (parsed.success && kindOf(parsed.data) === 'variable') {
    try {
      variations = await readVariations(client, parsed.data.id, parsed.data.variations);
    } catch (error) {
      // Deleted since the page was read; the sweep of ids notices it.
      if (error instanceof CodedError && error.code === 'CHANNEL_GONE') return 'skip';
      throw error;
    }
  }
  const mapped = toRemoteProduct(raw, variations, client.context.currency);
  return mapped.ok ? { record: mapped.value } : { poison: poisonOf(raw, mapped.reason) };
}
