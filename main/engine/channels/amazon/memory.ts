import type { FieldValues } from '../contract.ts';
import type { BucketPlan } from '../kit/token-bucket.ts';

/** Offer fields as they were sent, until Amazon shows them. */
export interface SentOffer {
  /** What Amazon showed when it was sent. */
  readonly before: FieldValues;
  readonly sent: FieldValues;
  readonly atMs: number;
}

/** What a feed carries for the offers, by message. */
export type FeedOffers = ReadonlyMap<
  number,
  { readonly sku: string; readonly before: FieldValues; readonly sent: FieldValues }
>;

export interface ListedReport {
  readonly reportId: string;
  readonly createdAtMs: number;
  readonly skus: readonly string[];
}

/**
 * What was learnt about accounts while this process lives. Nothing here is
 * truth: losing it costs a request or a cautious first minute.
 */
export interface AmazonMemory {
  /** Rates as Amazon last named them, by account and operation. */
  readonly plans: Map<string, BucketPlan>;
  /** A token that is being asked for, by account: one request at a time. */
  readonly renewals: Map<string, Promise<string>>;
  /** The newest change of stored tokens, by account: one after another. */
  readonly tokenWrites: Map<string, Promise<void>>;
  /** By account: the last report of all listings. */
  readonly reports: Map<string, ListedReport>;
  /** By account and SKU. */
  readonly offers: Map<string, SentOffer>;
  /** By account and document or feed: offers that are remembered once the feed is worked off. */
  readonly feeds: Map<string, FeedOffers>;
  /** Shipments that Amazon took, by account and shipment: orders show them a while later. */
  readonly shipped: Map<string, number>;
}

export function newAmazonMemory(): AmazonMemory {
  return {
    plans: new Map(),
    renewals: new Map(),
    tokenWrites: new Map(),
    reports: new Map(),
    offers: new Map(),
    feeds: new Map(),
    shipped: new Map(),
  };
}

const MOST_ENTRIES = 50_000;

/** Remembers and forgets the oldest. */
export function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= MOST_ENTRIES) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
