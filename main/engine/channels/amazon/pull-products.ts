import { z } from 'zod';
import type { Poison, ProductPage, RemoteProduct } from '../contract.ts';
import { callFailed } from '../kit/failures.ts';
import type { AmazonClient } from './client.ts';
import { currencyOf, INCLUDED, readItems, scopeOf, SEARCH_LIMIT, walkItems } from './items.ts';
import { awaitReport, createReport, reportedSkus } from './listing-report.ts';
import { itemSchema } from './records.ts';
import { isParent, poisonOf, summaryOf, toRemoteProduct } from './to-domain.ts';

/** SKUs of a report that are read in one step. */
const SKUS_A_STEP = 100;
/** After this many reports in a row that Amazon could not make, a person is told. */
const MOST_REPORTS = 3;
const GIVE_UP_MS = 3_600_000;

/**
 * Reading "what changed since": a search, the newest change first, paged by
 * Amazon's tokens. What changes meanwhile moves to the front, so it pushes
 * records back and shows some twice, but hides none; the next read begins before
 * it. What is deleted meanwhile pulls records forward, so then the search begins
 * anew. A search ends at 1,000 SKUs; where there are more, a report names all
 * SKUs and they are read by twenties.
 */
const cursorSchema = z.object({
  v: z.literal(1),
  /** Time of change to read from, epoch ms; null reads everything. */
  since: z.number().nullable(),
  token: z.string().nullable(),
  newest: z.number().nullable(),
  /** How many Amazon counted on the page before, and how often the search began anew. */
  total: z.number().int(),
  restarts: z.number().int(),
  /** The read came to its end. */
  rest: z.boolean(),
  report: z
    .object({
      id: z.string(),
      createdAtMs: z.number(),
      documentId: z.string().nullable(),
      /** SKUs of it that were read. */
      at: z.number().int(),
      /** Steps that only waited, so that the cursor never stands still. */
      waits: z.number().int(),
      attempts: z.number().int(),
    })
    .nullable(),
});
type Cursor = z.output<typeof cursorSchema>;
type Report = NonNullable<Cursor['report']>;
const START: Cursor = {
  v: 1,
  since: null,
  token: null,
  newest: null,
  total: 0,
  restarts: 0,
  rest: false,
  report: null,
};
/** A search that things are deleted under all the time comes to its end all the same. */
const MOST_RESTARTS = 3;

/** Opens a stored cursor; one of another version or a broken one starts over, which loses nothing. */
export function openCursor(text: string | null, overlapMs: number): Cursor {
  if (text === null) return START;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return START;
  }
  const parsed = cursorSchema.safeParse(stored);
  if (!parsed.success) return START;
  const cursor = parsed.data;
  if (!cursor.rest) return cursor;
  return {
    ...START,
    since: cursor.newest === null ? null : cursor.newest - overlapMs,
    newest: cursor.newest,
  };
}

export async function pullProducts(
  client: AmazonClient,
  stored: string | null,
  overlapMs: number,
): Promise<ProductPage> {
  const cursor = openCursor(stored, overlapMs);
  return cursor.report ? reportStep(client, cursor, cursor.report) : searchStep(client, cursor);
}

async function searchStep(client: AmazonClient, cursor: Cursor): Promise<ProductPage> {
  const page = await walkItems(client, cursor.token, {
    includedData: INCLUDED,
    sortBy: 'lastUpdatedDate',
    sortOrder: 'DESC',
    lastUpdatedAfter: cursor.since === null ? undefined : new Date(cursor.since).toISOString(),
  });
  if (page.numberOfResults > SEARCH_LIMIT) {
    const report = await startReport(client, 1);
    return pageOf({ ...cursor, token: null, report }, [], [], page.numberOfResults);
  }
  const { products, quarantined, newest } = readPage(client, page.items);
  const total = page.numberOfResults;
  const next = { ...cursor, newest: maximum(cursor.newest, newest), total };
  if (cursor.token !== null && total < cursor.total && cursor.restarts < MOST_RESTARTS) {
    const again = { ...next, token: null, restarts: cursor.restarts + 1 };
    return pageOf(again, products, quarantined, total);
  }
  const token = page.pagination?.nextToken ?? null;
  if (token === null) {
    const rest = { ...next, token: null, rest: true };
    return { ...pageOf(rest, products, quarantined, page.numberOfResults), done: true };
  }
  if (token === cursor.token) {
    throw callFailed('CHANNEL_TRANSIENT', 'Amazon repeats a page; it is read again', {
      method: 'GET',
      path: 'searchListingsItems',
    });
  }
  return pageOf({ ...next, token }, products, quarantined, page.numberOfResults);
}

async function startReport(client: AmazonClient, attempts: number): Promise<Report> {
  const createdAtMs = client.context.clock.now();
  return { id: await createReport(client), createdAtMs, documentId: null, at: 0, waits: 0, attempts };
}

async function reportStep(client: AmazonClient, cursor: Cursor, report: Report): Promise<ProductPage> {
  if (report.documentId === null) return waitStep(client, cursor, report);
  const { id, createdAtMs, documentId, at } = report;
  const skus = await reportedSkus(client, { id, createdAtMs, documentId });
  const part = skus.slice(at, at + SKUS_A_STEP);
  const found = await readItems(client, part);
  const { products, quarantined } = readPage(client, [...found.values()]);
  const done = at + part.length >= skus.length;
  // What changed after the report was asked for is found by the next search.
  const next: Cursor = done
    ? { ...START, newest: createdAtMs, rest: true }
    : { ...cursor, report: { ...report, at: at + part.length } };
  return { ...pageOf(next, products, quarantined, skus.length), done };
}

async function waitStep(client: AmazonClient, cursor: Cursor, report: Report): Promise<ProductPage> {
  const state = await awaitReport(client, report.id);
  if (state.state === 'done') {
    return pageOf({ ...cursor, report: { ...report, documentId: state.documentId } }, [], [], null);
  }
  if (state.state === 'waiting') {
    return pageOf({ ...cursor, report: { ...report, waits: report.waits + 1 } }, [], [], null);
  }
  const old = client.context.clock.now() - report.createdAtMs > GIVE_UP_MS;
  if (report.attempts >= MOST_REPORTS && !old) {
    const message = `Amazon could not make the list of all listings (${state.status}); it is tried again in an hour`;
    throw callFailed('CHANNEL_UNKNOWN', message, { method: 'GET', path: 'getReport' });
  }
  const again = await startReport(client, old ? 1 : report.attempts + 1);
  return pageOf({ ...cursor, report: again }, [], [], null);
}

function readPage(
  client: AmazonClient,
  items: readonly unknown[],
): { products: RemoteProduct[]; quarantined: Poison[]; newest: number | null } {
  const scope = scopeOf(client);
  const products = new Map<string, RemoteProduct>();
  const quarantined: Poison[] = [];
  let newest: number | null = null;
  for (const raw of items) {
    const parsed = itemSchema.safeParse(raw);
    if (parsed.success) {
      newest = maximum(newest, summaryOf(parsed.data, scope)?.lastUpdatedDate ?? null);
      if (isParent(parsed.data, scope)) continue;
    }
    const mapped = toRemoteProduct(raw, scope, currencyOf(client));
    if (mapped.ok) products.set(mapped.value.externalId, mapped.value);
    else quarantined.push(poisonOf(raw, mapped.reason));
  }
  return { products: [...products.values()], quarantined, newest };
}

function pageOf(
  cursor: Cursor,
  products: readonly RemoteProduct[],
  quarantined: readonly Poison[],
  total: number | null,
): ProductPage {
  return { products, quarantined, cursor: JSON.stringify(cursor), done: false, total };
}

function maximum(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
