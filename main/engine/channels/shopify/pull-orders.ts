import { z } from 'zod';
import type { OrderPage, RemoteOrder } from '../contract.ts';
import { advance, openCursor, searchOf, sortOut } from './change-feed.ts';
import type { ShopifyClient } from './client.ts';
import { ORDER_LINES, ORDERS } from './documents.ts';
import { toRemoteOrder } from './order-to-domain.ts';
import { connectionSchema } from './records.ts';
import { restOf } from './rest-pages.ts';
import { poisonOf } from './to-domain.ts';

/** Sizes whose product stays below the 1,000 points that one query may cost. */
const ORDERS_A_PAGE = 8;
const LINES_AN_ORDER = 12;
const LINES_A_PAGE = 100;

const pageSchema = z.object({ orders: connectionSchema });
const linesSchema = z.object({ lineItems: connectionSchema });

/** One page of changed orders, each with all its lines. */
export async function pullOrders(
  client: ShopifyClient,
  stored: string | null,
  overlapMs: number,
): Promise<OrderPage> {
  const cursor = openCursor(stored, overlapMs);
  const variables = {
    first: client.sized(ORDERS_A_PAGE),
    after: cursor.after,
    query: searchOf(cursor),
    lines: client.sized(LINES_AN_ORDER),
  };
  const { orders: page } = await client.send(ORDERS, variables, pageSchema);
  const sorted = sortOut(page.nodes);
  const orders: RemoteOrder[] = [];
  const quarantined = [...sorted.poison];
  for (const raw of sorted.records) {
    const parsed = linesSchema.safeParse(raw);
    if (!parsed.success) {
      quarantined.push(poisonOf(raw, 'The order came without its lines'));
      continue;
    }
    const more = { id: (raw as { id: string }).id, first: client.sized(LINES_A_PAGE) };
    const pick = { record: 'order', list: 'lineItems' };
    const lines = await restOf(client, parsed.data.lineItems, ORDER_LINES, more, pick);
    if (lines === null) continue;
    const mapped = toRemoteOrder(raw, lines);
    if (mapped.ok) orders.push(mapped.value);
    else quarantined.push(poisonOf(raw, mapped.reason));
  }
  const next = advance(cursor, page, sorted.newest);
  return { orders, quarantined, cursor: JSON.stringify(next.cursor), done: next.done, total: null };
}
