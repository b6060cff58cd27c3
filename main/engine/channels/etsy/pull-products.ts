import { z } from 'zod';
import type { Poison, ProductPage, RemoteProduct } from '../contract.ts';
import type { EtsyClient } from './client.ts';
import { positionSchema, readStatePage, START } from './listing-pages.ts';
import { remember } from './memory.ts';
import { isPutOff } from './quota.ts';
import { readByIds } from './read-by-id.ts';
import { headSchema } from './records.ts';
import { idOf, inventoryOf, poisonOf, toRemoteProduct } from './to-domain.ts';

const cursorSchema = z.object({
  v: z.literal(1),
  /** Start of the last complete pass by Etsy's clock, epoch seconds; 0 = there was none. */
  since: z.number().int().nonnegative(),
  /** Start of the pass that is under way. */
  startedAt: z.number().int().positive().nullable(),
  position: positionSchema,
});
type Cursor = z.output<typeof cursorSchema>;

/**
 * One page of a pass over all listings of all states: Etsy cannot be asked for
 * what changed. The first pass takes everything with its inventory; later ones
 * take bare lists and read only listings whose time or key figures moved.
 */
export async function pullProducts(
  client: EtsyClient,
  stored: string | null,
  overlapMs: number,
): Promise<ProductPage> {
  const cursor = open(stored);
  try {
    return await readPage(client, cursor, overlapMs);
  } catch (error) {
    // Orders are read after the catalogue; a pass that has to wait must not keep them waiting too.
    if (cursor.since === 0 || !isPutOff(error)) throw error;
    client.context.log.info('The catalogue is read on when the day allows it', {
      accountId: client.context.accountId,
    });
    return { products: [], quarantined: [], cursor: JSON.stringify(cursor), done: true, total: null };
  }
}

async function readPage(client: EtsyClient, cursor: Cursor, overlapMs: number): Promise<ProductPage> {
  const first = cursor.since === 0;
  const page = await readStatePage(client, cursor.position, first ? 'Images,Inventory' : null);
  const startedAt = cursor.startedAt ?? page.serverTime ?? Math.floor(client.context.clock.now() / 1_000);
  const changedFrom = cursor.since - Math.ceil(overlapMs / 1_000);
  const wanted = first
    ? page.records
    : page.records.filter((record) => hasChanged(client, record, changedFrom));
  const { products, quarantined } = await mapRecords(client, wanted);
  for (const record of page.records) note(client, record);
  const next: Cursor = page.next
    ? { v: 1, since: cursor.since, startedAt, position: page.next }
    : { v: 1, since: startedAt, startedAt: null, position: START };
  return { products, quarantined, cursor: JSON.stringify(next), done: page.next === null, total: null };
}

async function mapRecords(
  client: EtsyClient,
  records: readonly unknown[],
): Promise<{ products: RemoteProduct[]; quarantined: Poison[] }> {
  const bare = records.filter((record) => inventoryOf(record) == null);
  const ids = bare.flatMap((record) => idOf(record, 'listing_id') ?? []);
  const read = await readByIds(client, ids, 'later');
  const products: RemoteProduct[] = [];
  const quarantined: Poison[] = [];
  for (const record of records) {
    const id = idOf(record, 'listing_id');
    const whole = inventoryOf(record) == null && id !== null ? read.get(id) : undefined;
    // Deleted between the list and the look: the next comparison of ids finds it.
    if (id !== null && inventoryOf(record) == null && whole === undefined) continue;
    const raw = whole?.raw ?? record;
    const mapped = toRemoteProduct(raw, whole ? whole.inventory : inventoryOf(record));
    if (mapped.ok) products.push(mapped.value);
    else quarantined.push(poisonOf(raw, mapped.reason));
  }
  return { products, quarantined };
}

function hasChanged(client: EtsyClient, record: unknown, changedFrom: number): boolean {
  const head = headSchema.safeParse(record);
  // Whatever cannot be read has to be shown as such.
  if (!head.success) return true;
  if (head.data.updated_timestamp >= changedFrom) return true;
  const known = client.memory.seen.get(seenKey(client, head.data.listing_id));
  return known !== undefined && known !== fingerprint(head.data);
}

function note(client: EtsyClient, record: unknown): void {
  const head = headSchema.safeParse(record);
  if (head.success)
    remember(client.memory.seen, seenKey(client, head.data.listing_id), fingerprint(head.data));
}

function seenKey(client: EtsyClient, id: string): string {
  return `${client.context.accountId} ${id}`;
}

function fingerprint(head: z.output<typeof headSchema>): string {
  return [head.updated_timestamp, head.state, head.quantity, head.price?.amount].join(' ');
}

function open(text: string | null): Cursor {
  const start: Cursor = { v: 1, since: 0, startedAt: null, position: START };
  if (text === null) return start;
  try {
    return cursorSchema.catch(start).parse(JSON.parse(text));
  } catch {
    return start;
  }
}
