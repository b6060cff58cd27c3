import { z } from 'zod';
import type { IdPage } from '../contract.ts';
import { callFailed } from '../kit/failures.ts';
import type { AmazonClient } from './client.ts';
import { SEARCH_LIMIT, walkItems } from './items.ts';
import { awaitReport, createReport, reportedSkus } from './listing-report.ts';
import { skuSchema } from './records.ts';

/** A report that is at most this old says what exists; what was created since is added by a search. */
const REPORT_AGE_MS = 1_800_000;
const CREATED_BEFORE_MS = 86_400_000;
const MOST_WAITS = 36;

const cursorSchema = z.object({
  token: z.string().nullable(),
  /** Only SKUs created since then, after those of a report. */
  createdAfter: z.number().nullable(),
  /** Ids of this search so far, and how many there were to be. */
  seen: z.number().int(),
  total: z.number().int(),
  restarts: z.number().int(),
});
type Cursor = z.output<typeof cursorSchema>;
const START: Cursor = { token: null, createdAfter: null, seen: 0, total: 0, restarts: 0 };
const MOST_RESTARTS = 3;

/**
 * SKUs of all listings. An id that was left out would be taken for deleted, so a
 * read that finds fewer than Amazon counts is not believed, and one that things
 * are deleted under begins anew: what moved forward might have been passed over.
 */
export async function pullIds(client: AmazonClient, stored: string | null): Promise<IdPage> {
  const cursor = open(stored);
  const { createdAfter } = cursor;
  const page = await walkItems(client, cursor.token, {
    includedData: ['summaries'],
    sortBy: 'createdDate',
    sortOrder: 'ASC',
    createdAfter: createdAfter === null ? undefined : new Date(createdAfter).toISOString(),
  });
  if (page.numberOfResults > SEARCH_LIMIT && createdAfter === null) return fromReport(client);
  const skus = page.items.map((raw) => skuSchema.parse(raw).sku);
  const total = page.numberOfResults;
  const seen = cursor.seen + skus.length;
  const token = page.pagination?.nextToken ?? null;
  if (cursor.token !== null && total < cursor.total && cursor.restarts < MOST_RESTARTS) {
    const again: Cursor = { ...START, createdAfter, restarts: cursor.restarts + 1 };
    return { products: idsOf(skus), cursor: JSON.stringify(again), done: false };
  }
  if (token !== null && token !== cursor.token) {
    const next: Cursor = { ...cursor, token, seen, total };
    return { products: idsOf(skus), cursor: JSON.stringify(next), done: false };
  }
  if (token !== null || (seen < total && total <= SEARCH_LIMIT)) {
    const message = `Amazon counts ${total} listings and showed ${seen}; they are read again later`;
    throw callFailed('CHANNEL_TRANSIENT', message, { method: 'GET', path: 'searchListingsItems' });
  }
  return { products: idsOf(skus), cursor: JSON.stringify(START), done: true };
}

async function fromReport(client: AmazonClient): Promise<IdPage> {
  const { clock, accountId } = client.context;
  const kept = client.memory.reports.get(accountId);
  const fresh = kept !== undefined && clock.now() - kept.createdAtMs < REPORT_AGE_MS;
  const { skus, createdAtMs } = fresh ? kept : await newReport(client);
  const next: Cursor = { ...START, createdAfter: createdAtMs - CREATED_BEFORE_MS };
  return { products: idsOf(skus), cursor: JSON.stringify(next), done: false };
}

async function newReport(
  client: AmazonClient,
): Promise<{ readonly skus: readonly string[]; readonly createdAtMs: number }> {
  const createdAtMs = client.context.clock.now();
  const id = await createReport(client);
  for (let wait = 0; wait < MOST_WAITS; wait += 1) {
    const state = await awaitReport(client, id);
    if (state.state === 'done') {
      const skus = await reportedSkus(client, { id, createdAtMs, documentId: state.documentId });
      return { skus, createdAtMs };
    }
    if (state.state === 'failed') break;
  }
  throw callFailed(
    'CHANNEL_TRANSIENT',
    'Amazon did not make the list of all listings; it is asked again later',
    {
      method: 'GET',
      path: 'getReport',
    },
  );
}

function idsOf(skus: readonly string[]): { externalId: string; variants: string[] }[] {
  return skus.map((externalId) => ({ externalId, variants: [] }));
}

function open(text: string | null): Cursor {
  if (text === null) return START;
  try {
    return cursorSchema.catch(START).parse(JSON.parse(text));
  } catch {
    return START;
  }
}
