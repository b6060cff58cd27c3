import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { EventBus } from '../events.ts';
import type { Clock, Logger } from '../ports.ts';

/** The index knows nothing shorter. */
const GRAM = 3;
/** Trigrams looked up for one search; more only narrow what the rows themselves decide anyway. */
const MAX_GRAMS = 48;

/**
 * A query for the rows that may hold all of these words, or null when every
 * word is too short for the index. A match is a candidate: trigrams of a word
 * may stand apart or in different cells, so the caller compares the cells too.
 */
export function trigramQuery(words: readonly string[]): string | null {
  const grams = new Set<string>();
  for (const word of words) {
    const letters = Array.from(word);
    for (let from = 0; from + GRAM <= letters.length && grams.size < MAX_GRAMS; from += 1) {
      grams.add(letters.slice(from, from + GRAM).join(''));
    }
  }
  if (grams.size === 0) return null;
  return [...grams].map((gram) => `"${gram.replaceAll('"', '""')}"`).join(' AND ');
}

/** Table expression of the rows that may match; rows that the index has not seen are all among them. */
export function searchCandidates(parameter: string): string {
  return `(SELECT rowid AS rid FROM listing_search WHERE listing_search MATCH ${parameter}
    UNION SELECT rid FROM listing_search_stale)`;
}

const staleRows = sql<{ limit: number }, { rid: number }>(
  'SELECT rid FROM listing_search_stale ORDER BY rid LIMIT :limit',
);
const forgetRows = sql<{ upTo: number }>(
  'DELETE FROM listing_search WHERE rowid IN (SELECT rid FROM listing_search_stale WHERE rid <= :upTo)',
);
const indexRows = sql<{ upTo: number }>(
  `INSERT INTO listing_search (rowid, text)
   SELECT l.rid, coalesce(l.sku, '') || char(10) || p.title || char(10) || l.variant || char(10) || coalesce(l.gtin, '')
   FROM listing_search_stale s CROSS JOIN listing l ON l.rid = s.rid CROSS JOIN product p ON p.rid = l.product_rid
   WHERE s.rid <= :upTo`,
);
const markFresh = sql<{ upTo: number }>('DELETE FROM listing_search_stale WHERE rid <= :upTo');

/** Brings up to `limit` rows of the index up to date; returns how many there were. */
export function refreshListingSearch(db: Database, limit: number): number {
  const rows = db.all(staleRows, { limit });
  const last = rows.at(-1);
  if (!last) return 0;
  db.transaction(() => {
    const upTo = last.rid;
    db.run(forgetRows, { upTo });
    db.run(indexRows, { upTo });
    db.run(markFresh, { upTo });
  });
  return rows.length;
}

/** Rows a step: about what a frame of the window takes. */
const STEP = 500;
/** Between two steps, and after a change before the first: calls come first. */
const PAUSE_MS = 20;
const QUIET_MS = 300;

export interface SearchKeeper {
  stop(): Promise<void>;
}

/**
 * Keeps the index up to date beside the work: one small step at a time, after
 * every change of listings and once at the start. Searches are right at any
 * moment, they are only slower while many rows wait.
 */
export function keepListingSearch(db: Database, bus: EventBus, clock: Clock, log: Logger): SearchKeeper {
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | null = null;
  let again = false;
  const work = async (): Promise<void> => {
    try {
      do {
        again = false;
        await clock.sleep(QUIET_MS, signal);
        while (!signal.aborted && refreshListingSearch(db, STEP) > 0) await clock.sleep(PAUSE_MS, signal);
      } while (again && !signal.aborted);
    } catch (error) {
      // Rows that were not reached stay noted; the next change or start goes on with them.
      if (!signal.aborted) {
        log.warn('the search index was not brought up to date', {
          message: error instanceof Error ? error.message : String(error),
        });
      }
    } finally {
      running = null;
    }
  };
  const wake = (): void => {
    again = true;
    if (!signal.aborted) running ??= work();
  };
  const unsubscribe = bus.subscribe(({ event }) => {
    if (event === 'listings') wake();
  });
  wake();
  return {
    stop: async () => {
      unsubscribe();
      stopping.abort();
      await running;
    },
  };
}
