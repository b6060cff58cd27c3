/** Requests a second and burst of each operation, as Amazon gives them by default. */
const PLANS: Readonly<Record<string, readonly [perSecond: number, burst: number]>> = {
  getMarketplaceParticipations: [0.016, 15],
  searchListingsItems: [5, 5],
  getListingsItem: [5, 10],
  patchListingsItem: [5, 5],
  previewListingsItem: [1, 5],
  createReport: [0.0167, 15],
  getReport: [2, 15],
  getReportDocument: [0.0167, 15],
  createFeedDocument: [0.5, 15],
  createFeed: [0.0083, 15],
  getFeed: [2, 15],
  getFeeds: [0.0222, 10],
  cancelFeed: [2, 15],
  getFeedDocument: [0.0222, 10],
  getCompetitiveSummary: [0.033, 1],
  getFeaturedOfferExpectedPriceBatch: [0.033, 1],
  getMyFeesEstimates: [0.5, 1],
  getDefinitionsProductType: [5, 10],
  searchOrders: [0.0056, 20],
  getOrder: [0.5, 30],
  confirmShipment: [2, 10],
};

/** Token buckets, one an operation. */
export class UsagePlans {
  /** Requests that were sent away. */
  throttled = 0;
  private readonly now: () => number;
  private readonly enforced: boolean;
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  constructor(now: () => number, enforced: boolean) {
    this.now = now;
    this.enforced = enforced;
  }

  take(operation: string): boolean {
    const plan = PLANS[operation];
    if (!plan || !this.enforced) return true;
    const [perSecond, burst] = plan;
    const now = this.now();
    const bucket = this.buckets.get(operation) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * perSecond);
    // The thousandth forgives rounding of a clock in whole milliseconds.
    const granted = tokens >= 1 - perSecond / 1_000 - 1e-9;
    this.buckets.set(operation, { tokens: granted ? tokens - 1 : tokens, at: now });
    if (!granted) this.throttled += 1;
    return granted;
  }

  rateOf(operation: string): string | null {
    return PLANS[operation] ? PLANS[operation][0].toFixed(4).replace(/\.?0+$/, '') : null;
  }
}
