import type { Abc } from './abc-xyz.ts';

/** Days between two counts of an item, by the class of its sold value. */
export const COUNT_DAYS: Readonly<Record<Abc, number>> = { A: 30, B: 90, C: 180 };
export const COUNT_REASONS = ['negative', 'gap', 'never', 'due'] as const;
export type CountReason = (typeof COUNT_REASONS)[number];

export interface CountCandidate {
  readonly sku: string;
  readonly abc: Abc | null;
  /** Epoch milliseconds; null = never. */
  readonly countedAt: number | null;
  /** The ledger shows less than nothing somewhere. */
  readonly negative: boolean;
  /** A channel shows another quantity than the ledger gives. */
  readonly gap: boolean;
}

export interface PlannedCount {
  readonly sku: string;
  readonly reason: CountReason;
  readonly everyDays: number;
  /** Days since the last count over the days between two; infinite when never counted. */
  readonly due: number;
}

const DAY_MS = 86_400_000;

/**
 * What to count today, the most needed first: what cannot be, what a channel
 * contradicts, what was never counted, and what its class has made due. What
 * was counted within the last day is left alone whatever the reason.
 */
export function planCounts(items: readonly CountCandidate[], now: number): PlannedCount[] {
  const rank = (reason: CountReason): number => COUNT_REASONS.indexOf(reason);
  return items
    .flatMap(({ sku, abc, countedAt, negative, gap }): PlannedCount[] => {
      const everyDays = COUNT_DAYS[abc ?? 'C'];
      const days = countedAt === null ? Number.POSITIVE_INFINITY : (now - countedAt) / DAY_MS;
      if (days < 1) return [];
      const due = days / everyDays;
      const reason: CountReason | null = negative
        ? 'negative'
        : gap
          ? 'gap'
          : countedAt === null
            ? 'never'
            : due >= 1
              ? 'due'
              : null;
      return reason === null ? [] : [{ sku, reason, everyDays, due }];
    })
    .toSorted(
      (a, b) =>
        rank(a.reason) - rank(b.reason) ||
        a.everyDays - b.everyDays ||
        // Both never counted: infinity less infinity is no order.
        (a.due === b.due ? 0 : b.due - a.due) ||
        (a.sku < b.sku ? -1 : 1),
    );
}

/** Items a day that keep every class within its days. */
export function countsPerDay(items: readonly Pick<CountCandidate, 'abc'>[]): number {
  return items.reduce((sum, { abc }) => sum + 1 / COUNT_DAYS[abc ?? 'C'], 0);
}
