import { z } from 'zod';
import { timeText } from './change-feed.ts';
import type { ShopifyClient } from './client.ts';
import { DELETIONS } from './documents.ts';
import { fromGid } from './gid.ts';
import { connectionSchema } from './records.ts';

const EVENTS_A_PAGE = 100;
/** More deletions than this at once are left to the comparison of ids. */
const MOST_PAGES = 20;

const schema = z.object({ events: connectionSchema.nullable() });
const eventSchema = z.object({
  action: z.literal('destroy'),
  subjectId: z.string(),
  subjectType: z.literal('PRODUCT'),
});

/** Ids of products whose deletion was told since `sinceMs`, epoch ms, each once. Variants are missing in their product. */
export async function deletedSince(client: ShopifyClient, sinceMs: number): Promise<string[]> {
  const query = `action:destroy subject_type:PRODUCT created_at:>='${timeText(sinceMs)}'`;
  const gone = new Set<string>();
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const variables: Record<string, unknown> = { first: client.sized(EVENTS_A_PAGE), after, query };
    const { events }: z.output<typeof schema> = await client.send(DELETIONS, variables, schema);
    for (const node of events?.nodes ?? []) {
      // What the search let through by mistake must not delete anything.
      const event = eventSchema.safeParse(node);
      if (event.success) gone.add(fromGid(event.data.subjectId));
    }
    const info: { hasNextPage: boolean; endCursor: string | null } | undefined = events?.pageInfo;
    if (!info?.hasNextPage || info.endCursor === after) break;
    after = info.endCursor;
  }
  return [...gone];
}
