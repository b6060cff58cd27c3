import type { OrderPage, RemoteOrder } from '../contract.ts';
import { readChanges, type Converted } from './change-feed.ts';
import type { WooClient } from './client.ts';
import { toRemoteOrder } from './order-to-domain.ts';
import { poisonOf } from './to-domain.ts';

/** One page of changed orders. */
export async function pullOrders(
  client: WooClient,
  cursor: string | null,
  overlapMs: number,
): Promise<OrderPage> {
  const page = await readChanges(client, 'orders', { cursor, overlapMs }, async (raw) => convert(raw));
  const { records: orders, ...rest } = page;
  return { orders, ...rest };
}

function convert(raw: unknown): Converted<RemoteOrder> {
  const mapped = toRemoteOrder(raw);
  if (!mapped.ok) return { poison: poisonOf(raw, mapped.reason) };
  return mapped.value === null ? 'skip' : { record: mapped.value };
}
