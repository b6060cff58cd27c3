import { z } from 'zod';
import type { EtsyClient } from './client.ts';
import { listSchema } from './records.ts';
import { idOf } from './to-domain.ts';

/** Etsy lists the listings of one state at a time. */
export const STATES = ['active', 'inactive', 'draft', 'expired', 'sold_out'] as const;
export const PAGE = 100;
/** A list that shifts more often than this while it is read is not complete. */
export const MOST_REPEATS = 12;

export const positionSchema = z.object({
  state: z
    .number()
    .int()
    .min(0)
    .max(STATES.length - 1),
  offset: z.number().int().nonnegative(),
  /** Last id of the page before: the next page begins with it, or the list has shifted. */
  last: z.string().nullable(),
  repeats: z.number().int().nonnegative(),
});
export type Position = z.output<typeof positionSchema>;

export const START: Position = { state: 0, offset: 0, last: null, repeats: 0 };

export interface StatePage {
  readonly records: readonly unknown[];
  /** Listings in this state, as Etsy counts them. */
  readonly count: number;
  /** Where to go on; null when all states were read. */
  readonly next: Position | null;
  /** Etsy's clock, epoch seconds; null when it does not say. */
  readonly serverTime: number | null;
}

/**
 * One page of one state. Pages are counted by offset and shift while listings
 * come and go, so each begins with the last record of the one before; when it
 * does not, the page before is read again.
 */
export async function readStatePage(
  client: EtsyClient,
  at: Position,
  includes: string | null,
): Promise<StatePage> {
  const path = `${await client.shopPath()}/listings`;
  const state = STATES[at.state] ?? STATES[0];
  const query = { state, limit: PAGE, offset: at.offset, ...(includes === null ? {} : { includes }) };
  const answer = await client.send({ method: 'GET', path, query, kind: 'later' });
  const { count, results } = client.read(answer, path, listSchema);
  const serverTime = Math.floor(Date.parse(answer.headers.get('date') ?? '') / 1_000);
  return {
    records: results,
    count,
    next: nextPosition(at, results, count),
    serverTime: Number.isFinite(serverTime) ? serverTime : null,
  };
}

/** Pure: where reading goes on after `results` were found at `at`. */
export function nextPosition(at: Position, results: readonly unknown[], count: number): Position | null {
  const mayRepeat = at.repeats < MOST_REPEATS;
  const first = idOf(results[0], 'listing_id');
  if (mayRepeat && at.last !== null && first !== at.last) {
    return { ...at, offset: Math.max(0, at.offset - PAGE), last: null, repeats: at.repeats + 1 };
  }
  // A page of another state is an old answer that came again.
  if (mayRepeat && results.some((record) => stateOf(record) !== STATES[at.state])) {
    return { ...at, last: null, repeats: at.repeats + 1 };
  }
  const more = results.length > 0 && (results.length >= PAGE || at.offset + results.length < count);
  if (more && !(results.length === 1 && at.last !== null)) {
    const step = results.length > 1 ? results.length - 1 : 1;
    const last = results.length > 1 ? idOf(results.at(-1), 'listing_id') : null;
    return { ...at, offset: at.offset + step, last };
  }
  return at.state + 1 < STATES.length ? { ...START, state: at.state + 1, repeats: at.repeats } : null;
}

function stateOf(record: unknown): unknown {
  return typeof record === 'object' && record !== null && 'state' in record ? record.state : undefined;
}
