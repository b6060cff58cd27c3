import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import { failureOf } from '../kit/failures.ts';
import { chunk } from '../kit/parallel.ts';
import type { EtsyClient } from './client.ts';
import { remember } from './memory.ts';
import type { CallClass } from './quota.ts';
import { listSchema } from './records.ts';
import { idOf, inventoryOf } from './to-domain.ts';

/** Ids of one request. */
const BATCH = 100;

export interface ListingWithInventory {
  readonly raw: unknown;
  readonly inventory: unknown;
}

/**
 * Listings by id, whatever their state, up to a hundred a request: their
 * content in one, their inventories in another. What the batch leaves out is
 * asked for by itself before it counts as gone.
 */
export async function readByIds(
  client: EtsyClient,
  ids: readonly string[],
  kind: CallClass,
): Promise<Map<string, ListingWithInventory>> {
  const found = new Map<string, ListingWithInventory>();
  for (const part of chunk(ids, BATCH)) {
    const listings = await batch(client, 'listings/batch', { includes: 'Images' }, part, kind);
    const inventories = await batch(client, 'listings/batch/inventory', {}, part, kind);
    for (const id of part) {
      const raw = listings.get(id) ?? (await single(client, `listings/${id}`, { includes: 'Images' }, kind));
      if (raw === undefined) continue;
      const inventory =
        inventoryOf(inventories.get(id)) ?? (await single(client, `listings/${id}/inventory`, {}, kind));
      found.set(id, { raw, inventory });
      rememberUnit(client, id, raw);
    }
  }
  return found;
}

async function batch(
  client: EtsyClient,
  path: string,
  query: Readonly<Record<string, string>>,
  ids: readonly string[],
  kind: CallClass,
): Promise<Map<string, unknown>> {
  const asked = { listing_ids: ids.join(','), ...query };
  const answer = await absentIfGone(client.get(path, asked, listSchema, kind));
  return new Map(
    (answer?.results ?? []).flatMap((record) => {
      const id = idOf(record, 'listing_id');
      return id === null ? [] : [[id, record] as const];
    }),
  );
}

async function single(
  client: EtsyClient,
  path: string,
  query: Readonly<Record<string, string>>,
  kind: CallClass,
): Promise<unknown> {
  return absentIfGone(client.get(path, query, z.looseObject({}), kind));
}

/** Only Etsy's own word counts as an absence. */
async function absentIfGone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const said = failureOf(error)?.channelCode !== undefined;
    if (error instanceof CodedError && error.code === 'CHANNEL_GONE' && said) return undefined;
    throw error;
  }
}

function rememberUnit(client: EtsyClient, id: string, raw: unknown): void {
  const unit = (raw as { item_weight_unit?: unknown }).item_weight_unit;
  if (typeof unit === 'string' && unit !== '') {
    remember(client.memory.weightUnits, `${client.context.accountId} ${id}`, unit);
  }
}
