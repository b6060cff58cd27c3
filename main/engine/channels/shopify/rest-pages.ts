import { z } from 'zod';
import { callFailed } from '../kit/failures.ts';
import type { ShopifyClient } from './client.ts';
import type { Operation } from './documents.ts';
import { connectionSchema, type Connection } from './records.ts';

/** More pages than the largest product or order has: a shop that goes on for ever is at fault. */
const MOST_PAGES = 60;

/**
 * The nodes of a list inside a record: those that came with it, and the pages
 * behind them. null when the record is gone meanwhile.
 */
export async function restOf(
  client: ShopifyClient,
  first: Connection,
  operation: Operation,
  variables: Readonly<Record<string, unknown>>,
  pick: { readonly record: string; readonly list: string },
): Promise<unknown[] | null> {
  const schema = z.object({ [pick.record]: z.object({ [pick.list]: connectionSchema }).nullable() });
  const nodes = [...first.nodes];
  let { pageInfo } = first;
  for (let page = 0; pageInfo.hasNextPage; page += 1) {
    const after = pageInfo.endCursor;
    const data = await client.send(operation, { ...variables, after }, schema);
    const record = data[pick.record];
    const list = record?.[pick.list];
    if (!list) return null;
    if (page >= MOST_PAGES || (list.pageInfo.hasNextPage && list.pageInfo.endCursor === after)) {
      throw callFailed('CHANNEL_TRANSIENT', 'The shop repeats a page; it is read again', {
        method: 'POST',
        path: operation.name,
      });
    }
    nodes.push(...list.nodes);
    pageInfo = list.pageInfo;
  }
  return nodes;
}
