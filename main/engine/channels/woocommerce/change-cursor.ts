import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { Query } from './client.ts';

/**
 * Reading "what changed since" without losing or repeating anything, although
 * the list moves while it is read.
 *
 * The list is sorted by modification time and always read from its beginning
 * behind `since`: something that changes meanwhile moves to the end and is met
 * again there, nothing is skipped by a shifted page number. Two things need
 * more care, and both are *drained* by reading the window [since, until] in the
 * order of ids: a second that has more records than a page, and the hour that a
 * time zone repeats in autumn (the list is sorted by local time, but filtered
 * by GMT). Windows are read with one record of overlap; when it does not match,
 * the window has shifted and is read again.
 */
export interface ChangeCursor {
  readonly v: 1;
  /** Modification time to read from, epoch ms of a whole second, inclusive; null reads everything. */
  readonly since: number | null;
  /** End of the window that is being drained, inclusive. */
  readonly until: number | null;
  readonly offset: number;
  /** Last id of the window's page before. */
  readonly last: string | null;
  /** Records already delivered that may come again, as `id@second`. */
  readonly seen: readonly string[];
  /** Local time minus GMT of the newest record, ms. */
  readonly shift: number | null;
  /**
   * Modification time of the first record that was read within the second it was
   * changed in: a second change in that second shows nowhere, so the next read
   * begins there at the latest.
   */
  readonly hot: number | null;
  /** Answers in a row that did not get on. */
  readonly stale: number;
  /** Delivered since the read began. */
  readonly count: number;
  /** The read came to its end; the next one starts some time before `since`. */
  readonly rest: boolean;
}

export interface Stamp {
  readonly id: string;
  readonly gmtMs: number | null;
  readonly localMs: number | null;
}

export interface PageOutcome {
  /** Records of the answer that have an id, in the order of the answer. */
  readonly stamps: readonly Stamp[];
  /** Records of the answer, readable or not. */
  readonly records: number;
  /** Stamps that were delivered now. */
  readonly taken: readonly Stamp[];
  /** The shop's own time at the answer; null when unknown. */
  readonly asOfMs: number | null;
  /** Whether the read broke off after `taken`. */
  readonly cut: boolean;
  /** Whether the list goes on behind this answer. */
  readonly more: boolean;
}

/** What a clock goes back by in autumn. */
const SUMMER_TIME_MS = 3_600_000;
/** Whole seconds and a clock that is a moment off. */
const HOT_MS = 2_000;
const MOST_STALE = 4;
const MOST_RESTARTS = 20;

const START: ChangeCursor = {
  v: 1,
  since: null,
  until: null,
  offset: 0,
  last: null,
  seen: [],
  shift: null,
  hot: null,
  stale: 0,
  count: 0,
  rest: false,
};

const cursorSchema = z.object({
  v: z.literal(1),
  since: z.number().int().nullable(),
  until: z.number().int().nullable(),
  offset: z.number().int().nonnegative(),
  last: z.string().nullable(),
  seen: z.array(z.string()),
  shift: z.number().nullable(),
  hot: z.number().nullable(),
  stale: z.number().int(),
  count: z.number().int(),
  rest: z.boolean(),
});

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
  const since = cursor.since === null ? null : cursor.since - overlapMs;
  return { ...START, since, shift: cursor.shift };
}

export function queryOf(cursor: ChangeCursor): Query {
  return {
    status: 'any',
    dates_are_gmt: 'true',
    orderby: cursor.until === null ? 'modified' : 'id',
    order: 'asc',
    // Both bounds are exclusive on the other side.
    ...(cursor.since === null ? {} : { modified_after: gmtText(cursor.since - 1_000) }),
    ...(cursor.until === null ? {} : { modified_before: gmtText(cursor.until + 1_000) }),
    ...(cursor.offset === 0 ? {} : { offset: cursor.offset }),
  };
}

/** The records of an answer that are still to be delivered, oldest first. */
export function unseen<T extends { readonly stamp: Stamp }>(
  cursor: ChangeCursor,
  entries: readonly T[],
): T[] {
  const seen = new Set(cursor.seen);
  const fresh: T[] = [];
  for (const entry of entries) {
    const token = tokenOf(entry.stamp);
    if (seen.has(token)) continue;
    seen.add(token);
    fresh.push(entry);
  }
  return fresh.toSorted((a, b) => sortKey(a.stamp) - sortKey(b.stamp));
}

/** Where to go on after an answer. Throws CHANNEL_UNKNOWN when the shop sends the same thing again and again. */
export function advance(cursor: ChangeCursor, page: PageOutcome): { cursor: ChangeCursor; done: boolean } {
  const counted = { ...cursor, count: cursor.count + page.taken.length, hot: hottest(cursor, page) };
  return cursor.until === null ? advanceSorted(counted, page) : advanceWindow(counted, cursor.until, page);
}

function advanceSorted(cursor: ChangeCursor, page: PageOutcome): { cursor: ChangeCursor; done: boolean } {
  const known = page.cut ? upTo(page) : page.stamps;
  const newest = maximum(known.map((stamp) => stamp.gmtMs));
  const shift = shiftOfNewest(known) ?? cursor.shift;
  if (!page.more && !page.cut) {
    const reached = maximum([cursor.since, newest]);
    const since = reached === null || cursor.hot === null ? reached : Math.min(reached, cursor.hot);
    return { cursor: { ...START, since, shift, count: cursor.count, rest: true }, done: true };
  }
  const seen = [...new Set([...cursor.seen, ...known.map(tokenOf)])];
  if (newest === null) {
    // Records without a time come first; there is nothing but their number to go by.
    if (page.cut) return going({ ...cursor, seen, stale: 0 });
    return going({ ...cursor, seen, offset: cursor.offset + page.records, stale: 0 });
  }
  if (cursor.since !== null && newest < cursor.since) return going(standing(cursor, MOST_STALE));
  const from = Math.max(safeStart(known, newest, cursor.shift), cursor.since ?? Number.NEGATIVE_INFINITY);
  const moved = { ...START, shift, hot: cursor.hot, count: cursor.count };
  if (from === newest && newest !== cursor.since) {
    const boundary = known.filter((stamp) => stamp.gmtMs === newest);
    const before = cursor.seen.filter((token) => token.endsWith(tokenSuffix(newest)));
    return going({ ...moved, since: newest, seen: [...new Set([...before, ...boundary.map(tokenOf)])] });
  }
  return going({ ...moved, since: from, until: newest, seen });
}

function advanceWindow(
  cursor: ChangeCursor,
  until: number,
  page: PageOutcome,
): { cursor: ChangeCursor; done: boolean } {
  const seen = [...new Set([...cursor.seen, ...page.taken.map(tokenOf)])];
  if (page.cut) return going({ ...cursor, seen, stale: 0 });
  const shifted = cursor.last !== null && page.stamps[0]?.id !== cursor.last;
  if (shifted) return going({ ...standing(cursor, MOST_RESTARTS), seen, offset: 0, last: null });
  if (page.more) {
    const step = Math.max(1, page.records - 1);
    const last = page.records > 1 ? (page.stamps.at(-1)?.id ?? null) : null;
    return going({ ...cursor, seen, offset: cursor.offset + step, last });
  }
  return going({ ...START, since: until + 1_000, shift: cursor.shift, hot: cursor.hot, count: cursor.count });
}

function hottest(cursor: ChangeCursor, page: PageOutcome): number | null {
  const { asOfMs } = page;
  if (asOfMs === null) return cursor.hot;
  const times = page.taken.flatMap((stamp) => stamp.gmtMs ?? []);
  const hot = times.filter((gmtMs) => Math.abs(gmtMs - asOfMs) <= HOT_MS);
  return [...hot, ...(cursor.hot === null ? [] : [cursor.hot])].toSorted((a, b) => a - b)[0] ?? null;
}

function going(cursor: ChangeCursor): { cursor: ChangeCursor; done: boolean } {
  return { cursor, done: false };
}

function standing(cursor: ChangeCursor, most: number): ChangeCursor {
  if (cursor.stale + 1 >= most) {
    throw new CodedError(
      'CHANNEL_UNKNOWN',
      'The shop sends the same page again and again; a cache may be in the way',
      {
        reason: 'stale',
      },
    );
  }
  return { ...cursor, stale: cursor.stale + 1 };
}

/**
 * The GMT moment from which unread records may exist. What is unread has a
 * later *local* time than everything read, so where the offset to GMT fell, it
 * may be earlier in GMT by that much.
 */
function safeStart(known: readonly Stamp[], newest: number, shiftBefore: number | null): number {
  const shown = maximum(known.map(shiftOf));
  const latestLocal = maximum(known.map((stamp) => stamp.localMs));
  if (shown === null || latestLocal === null) return newest;
  // At the very beginning nothing tells whether summer time has just ended.
  const before = shiftBefore ?? shown + SUMMER_TIME_MS;
  return Math.min(newest, latestLocal - Math.max(shown, before));
}

function upTo(page: PageOutcome): Stamp[] {
  const end = maximum(page.taken.map(sortKey)) ?? Number.NEGATIVE_INFINITY;
  const taken = new Set(page.taken.map(tokenOf));
  // Equal times may be cut apart: only what was delivered counts as known there.
  return page.stamps.filter((stamp) => sortKey(stamp) < end || taken.has(tokenOf(stamp)));
}

function sortKey(stamp: Stamp): number {
  return stamp.localMs ?? stamp.gmtMs ?? Number.NEGATIVE_INFINITY;
}

function shiftOf(stamp: Stamp): number | null {
  return stamp.localMs === null || stamp.gmtMs === null ? null : stamp.localMs - stamp.gmtMs;
}

function shiftOfNewest(stamps: readonly Stamp[]): number | null {
  const newest = stamps
    .filter((stamp) => shiftOf(stamp) !== null)
    .toSorted((a, b) => sortKey(b) - sortKey(a))[0];
  return newest ? shiftOf(newest) : null;
}

function tokenOf(stamp: Stamp): string {
  return `${stamp.id}${stamp.gmtMs === null ? '@' : tokenSuffix(stamp.gmtMs)}`;
}

function tokenSuffix(gmtMs: number): string {
  return `@${Math.floor(gmtMs / 1_000)}`;
}

function maximum(values: readonly (number | null)[]): number | null {
  let largest: number | null = null;
  for (const value of values) if (value !== null && (largest === null || value > largest)) largest = value;
  return largest;
}

/** No zone at the end: WordPress would turn it into the shop's own time. */
export function gmtText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}
