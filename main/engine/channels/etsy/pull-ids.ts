import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { IdPage } from '../contract.ts';
import type { EtsyClient } from './client.ts';
import { MOST_REPEATS, positionSchema, readStatePage, START, STATES } from './listing-pages.ts';
import { idSchema, listSchema, propertyValueSchema } from './records.ts';
import { variantKey } from './variant-key.ts';

const cursorSchema = z.object({
  position: positionSchema,
  /** How many listings each state had when its last page was read. */
  counts: z.array(z.number().int().nonnegative()),
  restarts: z.number().int().nonnegative(),
});
type Cursor = z.output<typeof cursorSchema>;

const BEGIN: Cursor = { position: START, counts: [], restarts: 0 };
const MOST_RESTARTS = 6;

/** No more than what tells variants apart, so that an odd price does not hide a listing. */
const recordSchema = z.object({
  listing_id: idSchema,
  inventory: z.object({
    products: z.array(
      z.object({
        is_deleted: z.boolean().catch(false),
        property_values: z.array(propertyValueSchema).catch([]),
      }),
    ),
  }),
});

/**
 * Ids of all listings and their variants. An id that was left out would be
 * taken for deleted, and a listing that changes its state while the states are
 * read one after another can slip through; so the states are counted again at
 * the end, and when a number moved everything is read once more.
 */
export async function pullIds(client: EtsyClient, stored: string | null): Promise<IdPage> {
  const cursor = open(stored);
  const page = await readStatePage(client, cursor.position, 'Inventory');
  const products = page.records.map(idsOf);
  const counts = [...cursor.counts];
  counts[cursor.position.state] = page.count;
  if (page.next !== null && page.next.repeats >= MOST_REPEATS) return restart(cursor, products);
  if (page.next !== null) {
    return { products, cursor: JSON.stringify({ ...cursor, position: page.next, counts }), done: false };
  }
  if (await isStill(client, counts)) return { products, cursor: JSON.stringify(BEGIN), done: true };
  return restart(cursor, products);
}

function idsOf(record: unknown): IdPage['products'][number] {
  const parsed = recordSchema.safeParse(record);
  // Without these the list is not complete, and an incomplete one deletes.
  if (!parsed.success) {
    throw new CodedError('CHANNEL_UNKNOWN', 'Etsy lists a listing whose id or variants cannot be read');
  }
  const { listing_id, inventory } = parsed.data;
  return {
    externalId: listing_id,
    variants: inventory.products
      .filter((product) => !product.is_deleted)
      .flatMap((product) => variantKey(product.property_values) ?? []),
  };
}

async function isStill(client: EtsyClient, counts: readonly number[]): Promise<boolean> {
  const path = `${await client.shopPath()}/listings`;
  for (const [index, state] of STATES.entries()) {
    const { count } = await client.get(path, { state, limit: 1, offset: 0 }, listSchema, 'later');
    if (count !== counts[index]) return false;
  }
  return true;
}

function restart(cursor: Cursor, products: IdPage['products']): IdPage {
  if (cursor.restarts + 1 >= MOST_RESTARTS) {
    throw new CodedError(
      'CHANNEL_TRANSIENT',
      'The listings change faster than they can be counted; it is tried again later',
      { reason: 'shifting' },
      { retryable: true },
    );
  }
  return { products, cursor: JSON.stringify({ ...BEGIN, restarts: cursor.restarts + 1 }), done: false };
}

function open(text: string | null): Cursor {
  if (text === null) return BEGIN;
  try {
    return cursorSchema.catch(BEGIN).parse(JSON.parse(text));
  } catch {
    return BEGIN;
  }
}
