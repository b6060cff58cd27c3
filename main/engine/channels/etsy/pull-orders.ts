import { z } from 'zod';
import type { OrderPage, Poison, RemoteOrder } from '../contract.ts';
import type { EtsyClient } from './client.ts';
import { toRemoteOrder } from './order-to-domain.ts';
import { listSchema } from './records.ts';
import { idOf } from './to-domain.ts';

const PAGE = 100;
const MOST_REPEATS = 5;

const cursorSchema = z.object({
  v: z.literal(1),
  /** Receipts changed at or after this, epoch seconds; 0 = all. */
  since: z.number().int().nonnegative(),
  offset: z.number().int().nonnegative(),
  /** Newest change that was seen. */
  newest: z.number().int().nonnegative(),
  /** How often a page came that was not asked for. */
  repeats: z.number().int().nonnegative(),
});
type Cursor = z.output<typeof cursorSchema>;

const timeSchema = z.object({ updated_timestamp: z.number().int().nonnegative() });

/**
 * One page of receipts in the order of their changes. The next page begins at
 * the time of the last one instead of behind a count, so receipts that change
 * meanwhile shift nothing. A page that is not in order is counted on instead.
 */
export async function pullOrders(
  client: EtsyClient,
  stored: string | null,
  overlapMs: number,
): Promise<OrderPage> {
  const cursor = open(stored);
  const path = `${await client.shopPath()}/receipts`;
  const query = {
    limit: PAGE,
    offset: cursor.offset,
    sort_on: 'updated',
    sort_order: 'asc',
    ...(cursor.since === 0 ? {} : { min_last_modified: cursor.since }),
  };
  const { results, count } = await client.get(path, query, listSchema, 'now');
  const orders: RemoteOrder[] = [];
  const quarantined: Poison[] = [];
  for (const raw of results) {
    const mapped = toRemoteOrder(raw);
    if (mapped.ok) orders.push(mapped.value);
    else {
      const externalId = idOf(raw, 'receipt_id');
      quarantined.push({ externalId, reason: mapped.reason, raw: JSON.stringify(raw) ?? '' });
    }
  }
  const next = nextCursor(cursor, results, count, Math.ceil(overlapMs / 1_000));
  return { orders, quarantined, cursor: JSON.stringify(next.cursor), done: next.done, total: null };
}

/** Pure: where reading goes on after these receipts. */
export function nextCursor(
  at: Cursor,
  results: readonly unknown[],
  count: number,
  overlapSeconds: number,
): { cursor: Cursor; done: boolean } {
  const times = results.flatMap((raw) => timeSchema.safeParse(raw).data?.updated_timestamp ?? []);
  const newest = Math.max(at.newest, ...times);
  // Receipts older than asked for are an old answer that came again.
  if (at.repeats < MOST_REPEATS && times.some((time) => time < at.since)) {
    return { cursor: { ...at, newest, repeats: at.repeats + 1 }, done: false };
  }
  const more = results.length >= PAGE || (results.length > 0 && at.offset + results.length < count);
  if (!more) {
    const since = Math.max(0, newest - overlapSeconds);
    return { cursor: { v: 1, since, offset: 0, newest, repeats: 0 }, done: true };
  }
  const inOrder = times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0));
  const last = times.at(-1) ?? 0;
  if (inOrder && times.length === results.length && last > at.since) {
    return { cursor: { ...at, since: last, offset: 0, newest }, done: false };
  }
  return { cursor: { ...at, offset: at.offset + results.length, newest }, done: false };
}

function open(text: string | null): Cursor {
  const start: Cursor = { v: 1, since: 0, offset: 0, newest: 0, repeats: 0 };
  if (text === null) return start;
  try {
    return cursorSchema.catch(start).parse(JSON.parse(text));
  } catch {
    return start;
  }
}
