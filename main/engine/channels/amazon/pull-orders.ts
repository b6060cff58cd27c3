import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { OrderPage, Poison, RemoteOrder } from '../contract.ts';
import { callFailed, failureOf } from '../kit/failures.ts';
import type { AmazonClient } from './client.ts';
import { currencyOf } from './items.ts';
import { toRemoteOrder } from './order-to-domain.ts';
import { orderSchema, searchOrdersSchema } from './records.ts';
import type { Mapped } from './to-domain.ts';

/** Orders have one call in three minutes, so every page is as large as it may be. */
const PAGE_SIZE = 100;
/** How far back the first read goes. */
const FIRST_READ_MS = 90 * 86_400_000;
/** Amazon's tokens live 24 hours; one that may be about to end is not used any more. */
const TOKEN_LIFE_MS = 20 * 3_600_000;

const INCLUDED = ['BUYER', 'RECIPIENT', 'PROCEEDS', 'FULFILLMENT', 'PACKAGES'] as const;

const cursorSchema = z.object({
  v: z.literal(1),
  since: z.number(),
  token: z.string().nullable(),
  tokenAtMs: z.number(),
  /** Up to here Amazon says that it told everything; the next read begins there. */
  until: z.number().nullable(),
  rest: z.boolean(),
});
type Cursor = z.output<typeof cursorSchema>;

function open(text: string | null, overlapMs: number, now: number): Cursor {
  const start: Cursor = {
    v: 1,
    since: now - FIRST_READ_MS,
    token: null,
    tokenAtMs: 0,
    until: null,
    rest: false,
  };
  let stored: unknown = null;
  try {
    stored = text === null ? null : JSON.parse(text);
  } catch {
    return start;
  }
  const parsed = cursorSchema.safeParse(stored);
  if (!parsed.success) return start;
  const cursor = parsed.data;
  if (cursor.rest) return { ...start, since: (cursor.until ?? cursor.since) - overlapMs };
  const stale = cursor.token !== null && now - cursor.tokenAtMs > TOKEN_LIFE_MS;
  return stale ? { ...start, since: cursor.since } : cursor;
}

/** One page of changed orders, each with its items: they come inline. */
export async function pullOrders(
  client: AmazonClient,
  stored: string | null,
  overlapMs: number,
): Promise<OrderPage> {
  const now = client.context.clock.now();
  const cursor = open(stored, overlapMs, now);
  const page = await search(client, cursor);
  const orders: RemoteOrder[] = [];
  const quarantined: Poison[] = [];
  let newest: number | null = null;
  for (const raw of page.orders) {
    const mapped = mapOrder(client, raw);
    if (mapped.ok) {
      orders.push(mapped.value);
      newest = Math.max(newest ?? 0, mapped.value.modifiedAtMs);
    } else quarantined.push({ externalId: idOf(raw), reason: mapped.reason, raw: JSON.stringify(raw) });
  }
  const until = cursor.until ?? page.lastUpdatedBefore ?? null;
  const token = page.pagination?.nextToken ?? null;
  if (token !== null && token === cursor.token) {
    throw callFailed('CHANNEL_TRANSIENT', 'Amazon repeats a page; it is read again', {
      method: 'GET',
      path: 'searchOrders',
    });
  }
  const next: Cursor =
    token === null
      ? { ...cursor, token: null, until: until ?? newest ?? cursor.since, rest: true }
      : { ...cursor, token, tokenAtMs: now, until };
  return { orders, quarantined, cursor: JSON.stringify(next), done: token === null, total: null };
}

async function search(client: AmazonClient, cursor: Cursor): Promise<z.output<typeof searchOrdersSchema>> {
  const ask = (token: string | null): Promise<z.output<typeof searchOrdersSchema>> =>
    client.read(
      {
        operation: 'searchOrders',
        method: 'GET',
        path: 'orders/2026-01-01/orders',
        query: {
          lastUpdatedAfter: new Date(cursor.since).toISOString(),
          marketplaceIds: [client.seller.marketplaceId],
          fulfilledBy: ['MERCHANT'],
          maxResultsPerPage: PAGE_SIZE,
          includedData: INCLUDED,
          paginationToken: token ?? undefined,
        },
      },
      searchOrdersSchema,
    );
  try {
    return await ask(cursor.token);
  } catch (error) {
    const refused = error instanceof CodedError && failureOf(error)?.status === 400;
    // A token that Amazon no longer knows: the list is read from its beginning.
    if (refused && cursor.token !== null) return ask(null);
    throw error;
  }
}

function mapOrder(client: AmazonClient, raw: unknown): Mapped<RemoteOrder> {
  return toRemoteOrder(raw, currencyOf(client));
}

function idOf(raw: unknown): string | null {
  const parsed = orderSchema.pick({ orderId: true }).safeParse(raw);
  return parsed.success ? parsed.data.orderId : null;
}
