import { z } from 'zod';
import { callFailed } from '../kit/failures.ts';
import type { Poison } from '../contract.ts';
import { stampSchema, type Connection } from './records.ts';
import { poisonOf } from './to-domain.ts';

/**
 * Reading "what changed since": the list is sorted by modification time and
 * paged by cursors that name a place in that order, so whatever changes
 * meanwhile moves to the end and is met again there. Every new read begins some
 * time before the newest change seen, because the shop's search index lags.
 */
export interface ChangeCursor {
  readonly v: 1;
  /** Modification time to read from, epoch ms, inclusive; null reads everything. */
  readonly since: number | null;
  /** Shopify's own cursor behind the last page of this read. */
  readonly after: string | null;
  /** Newest modification time seen. */
  readonly newest: number | null;
  /** Records of this list so far: Shopify ends a list at 25,000. */
  readonly listed: number;
  /** Records since the read began. */
  readonly count: number;
  /** The read came to its end. */
  readonly rest: boolean;
}

/** Well before Shopify's end of a list, the rest is asked for as a list of its own. */
const LONGEST_LIST = 20_000;

const START: ChangeCursor = {
  v: 1,
  since: null,
  after: null,
  newest: null,
  listed: 0,
  count: 0,
  rest: false,
};

const cursorSchema = z.object({
  v: z.literal(1),
  since: z.number().nullable(),
  after: z.string().nullable(),
  newest: z.number().nullable(),
  listed: z.number().int(),
  count: z.number().int(),
  rest: z.boolean(),
});

/** Reads everything from its beginning. */
export function freshCursor(): ChangeCursor {
  return START;
}

/** Goes on with what changed since a moment, epoch ms; the overlap is taken off when it is opened. */
export function cursorFrom(sinceMs: number): ChangeCursor {
  return { ...START, newest: sinceMs, rest: true };
}

/** Opens a stored cursor; one of another version or a broken one starts over, which loses nothing. */
export function openCursor(text: string | null, overlapMs: number): ChangeCursor {
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
  const since = cursor.newest === null ? null : cursor.newest - overlapMs;
  return { ...START, since, newest: cursor.newest };
}

/** Shopify's search for the cursor's time; null for everything. */
export function searchOf(cursor: ChangeCursor): string | null {
  if (cursor.since === null) return null;
  return `updated_at:>='${timeText(cursor.since)}'`;
}

/** Whole seconds, as Shopify's search takes them. */
export function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

export interface Sorted {
  /** Each record once, in the order of the answer. */
  readonly records: readonly unknown[];
  readonly poison: readonly Poison[];
  readonly newest: number | null;
}

/** Tells records with an id and a time from those without. */
export function sortOut(nodes: readonly unknown[]): Sorted {
  const records = new Map<string, unknown>();
  const poison: Poison[] = [];
  let newest: number | null = null;
  for (const raw of nodes) {
    const stamp = stampSchema.safeParse(raw);
    if (!stamp.success) {
      poison.push(poisonOf(raw, 'The record has no id or no time of change'));
      continue;
    }
    records.set(stamp.data.id, raw);
    newest = Math.max(newest ?? Number.NEGATIVE_INFINITY, stamp.data.updatedAt);
  }
  return { records: [...records.values()], poison, newest };
}

/** Where to go on after a page. Throws CHANNEL_TRANSIENT when the page does not get on. */
export function advance(
  cursor: ChangeCursor,
  page: Connection,
  newestOfPage: number | null,
): { readonly cursor: ChangeCursor; readonly done: boolean } {
  const newest = maximum(cursor.newest, newestOfPage);
  const count = cursor.count + page.nodes.length;
  const { hasNextPage, endCursor } = page.pageInfo;
  if (!hasNextPage) return { cursor: { ...START, newest, count, rest: true }, done: true };
  if (endCursor === null || endCursor === cursor.after) {
    throw callFailed('CHANNEL_TRANSIENT', 'The shop repeats a page; it is read again', {
      method: 'POST',
      path: 'page',
    });
  }
  const listed = cursor.listed + page.nodes.length;
  // Only when time has moved: a list of one single moment cannot be split by time.
  if (listed >= LONGEST_LIST && newest !== null && newest > (cursor.since ?? Number.NEGATIVE_INFINITY)) {
    return { cursor: { ...START, since: newest, newest, count }, done: false };
  }
  return { cursor: { ...cursor, after: endCursor, newest, listed, count }, done: false };
}

function maximum(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
