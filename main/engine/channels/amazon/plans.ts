import type { BucketPlan } from '../kit/token-bucket.ts';

/** Default usage plans: requests a second and burst, one bucket an operation. */
export const PLANS = {
  getMarketplaceParticipations: { perSecond: 0.016, capacity: 15 },
  searchListingsItems: { perSecond: 5, capacity: 5 },
  getListingsItem: { perSecond: 5, capacity: 10 },
  patchListingsItem: { perSecond: 5, capacity: 5 },
  /** A patch that is only tried out. */
  previewListingsItem: { perSecond: 1, capacity: 5 },
  createReport: { perSecond: 0.0167, capacity: 15 },
  getReport: { perSecond: 2, capacity: 15 },
  getReportDocument: { perSecond: 0.0167, capacity: 15 },
  createFeedDocument: { perSecond: 0.5, capacity: 15 },
  createFeed: { perSecond: 0.0083, capacity: 15 },
  getFeed: { perSecond: 2, capacity: 15 },
  getFeeds: { perSecond: 0.0222, capacity: 10 },
  cancelFeed: { perSecond: 2, capacity: 15 },
  getFeedDocument: { perSecond: 0.0222, capacity: 10 },
  getCompetitiveSummary: { perSecond: 0.033, capacity: 1 },
  getFeaturedOfferExpectedPriceBatch: { perSecond: 0.033, capacity: 1 },
  getMyFeesEstimates: { perSecond: 0.5, capacity: 1 },
  getDefinitionsProductType: { perSecond: 5, capacity: 10 },
  searchOrders: { perSecond: 0.0056, capacity: 20 },
  getOrder: { perSecond: 0.5, capacity: 30 },
  confirmShipment: { perSecond: 2, capacity: 10 },
} as const satisfies Readonly<Record<string, BucketPlan>>;
/** Feeds of listings have a limit of their own beside createFeed: five in five minutes. */
export const LISTINGS_FEED_PLAN: BucketPlan = { perSecond: 5 / 300, capacity: 5 };
export type Operation = keyof typeof PLANS;

/**
 * The plan after what the answer's `x-amzn-RateLimit-Limit` said. Plans differ
 * from seller to seller, so the header wins; it names the rate only.
 */
export function planAfter(plan: BucketPlan, header: string | null): BucketPlan {
  const perSecond = header === null ? Number.NaN : Number(header);
  return Number.isFinite(perSecond) && perSecond > 0 ? { ...plan, perSecond } : plan;
}

/** How long a bucket stays closed when Amazon says "too many" without a time: until one token has come back. */
export function pauseOf(plan: BucketPlan): number {
  return Math.ceil(1_000 / plan.perSecond);
}
