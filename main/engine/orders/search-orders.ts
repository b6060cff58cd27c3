import type { Database } from '../db/database.ts';
import { GRAM, openTokens } from '../db/sealing/search-tokens.ts';
import { sql } from '../db/statement.ts';

/**
 * A search looks at this many of the newest matches. More than that nobody
 * reads, and a word that a quarter of all orders contains stays fast.
 */
export const SEARCH_LIMIT = 2_000;

const byText = sql<{ match: string; limit: number }, { rid: number }>(
  'SELECT rowid AS rid FROM order_search WHERE order_search MATCH :match ORDER BY rowid DESC LIMIT :limit',
);
const byNumber = sql<{ from: string; to: string; limit: number }, { rid: number }>(
  'SELECT rid FROM sales_order WHERE number COLLATE NOCASE >= :from AND number COLLATE NOCASE < :to LIMIT :limit',
  { hot: true },
);
const byTracking = sql<{ from: string; to: string; limit: number }, { rid: number }>(
  `SELECT order_rid AS rid FROM shipment
   WHERE tracking <> '' AND tracking COLLATE NOCASE >= :from AND tracking COLLATE NOCASE < :to AND cancelled_at_ms IS NULL
   LIMIT :limit`,
  { hot: true },
);

export interface FoundOrders {
  readonly rids: readonly number[];
  /** True when there were more than {@link SEARCH_LIMIT}. */
  readonly capped: boolean;
  /** Words too short for the index, in lower case; number or buyer of a match has to contain them. */
  readonly shortWords: readonly string[];
}

/**
 * Orders whose number, buyer or SKUs contain all words of the text, and those
 * whose number or tracking number begins with it.
 */
export function searchOrders(db: Database, text: string): FoundOrders {
  // Past the last character, so that the range holds every continuation.
  const range = { from: text, to: `${text}\u{10FFFF}`, limit: SEARCH_LIMIT + 1 };
  const rids = new Set<number>();
  for (const { rid } of db.all(byNumber, range)) rids.add(rid);
  for (const { rid } of db.all(byTracking, range)) rids.add(rid);
  // A NUL parts words as a blank does: the search index takes it for the end of the query.
  const parts = text.split(/[\s\0]+/).filter(Boolean);
  const words = parts.filter((word) => word.length >= GRAM);
  if (words.length > 0) {
    const match = words.map((word) => matching(db, word)).join(' AND ');
    for (const { rid } of db.all(byText, { match, limit: SEARCH_LIMIT + 1 })) rids.add(rid);
  }
  const all = [...rids];
  return {
    rids: all.slice(0, SEARCH_LIMIT),
    capped: all.length > SEARCH_LIMIT,
    shortWords: words.length > 0 ? parts.filter((word) => word.length < GRAM).map(lower) : [],
  };
}

/** Where the index finds a word: as a number or SKU, or, by words that only the key makes, as the buyer. */
function matching(db: Database, word: string): string {
  const buyer = db.sealing.tokens(word);
  const known = `{number skus} : "${openTokens(word)}"`;
  return buyer === '' ? `(${known})` : `(${known} OR {customer} : "${buyer}")`;
}

const lower = (word: string): string => word.toLowerCase();
