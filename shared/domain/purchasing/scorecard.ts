const DAY_MS = 86_400_000;

/** A line as the scorecard looks at it. */
export interface DeliveredLine {
  readonly ordered: number;
  /** Epoch ms when the order was sent. */
  readonly sentAt: number;
  /** Last day on which it was to be there, as the end of that day in epoch ms; null when nobody said. */
  readonly dueAt: number | null;
  /** True when nothing of it is still to come. */
  readonly done: boolean;
  /** Receipts that stand, in any order. */
  readonly receipts: readonly { readonly at: number; readonly quantity: number }[];
}

export interface LeadTimes {
  /** Lines that were delivered completely. */
  readonly n: number;
  /** Days, null without any; the standard deviation is of a sample, so it takes two. */
  readonly mean: number | null;
  readonly sd: number | null;
  readonly median: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly least: number | null;
  readonly most: number | null;
}

export interface Scorecard {
  readonly onTime: { readonly n: number; readonly hits: number; readonly rate: number | null };
  /** Units that came by the due date out of all that were ordered, over lines that are done or due. */
  readonly fill: {
    readonly n: number;
    readonly ordered: number;
    readonly received: number;
    readonly rate: number | null;
  };
  readonly leadTime: LeadTimes;
  /** First and last order that any figure rests on, epoch ms. */
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * What a supplier did, from the lines of orders that were sent. A line counts
 * as soon as it is done or its day has passed; one that is not due yet says
 * nothing about punctuality.
 */
export function scorecard(lines: readonly DeliveredLine[], now: number): Scorecard {
  const judged = lines.filter(({ done, dueAt }) => done || (dueAt !== null && dueAt < now));
  const dated = judged.filter(({ dueAt }) => dueAt !== null);
  const hits = dated.filter((line) => unitsBy(line, line.dueAt) >= line.ordered).length;
  const ordered = sum(judged.map((line) => line.ordered));
  const received = sum(judged.map((line) => Math.min(line.ordered, unitsBy(line, null))));
  const times = lines.flatMap((line) => {
    const at = completedAt(line);
    return at === null ? [] : [(at - line.sentAt) / DAY_MS];
  });
  const used = lines.filter((line) => judged.includes(line) || completedAt(line) !== null);
  const sent = used.map(({ sentAt }) => sentAt);
  return {
    onTime: { n: dated.length, hits, rate: ratio(hits, dated.length) },
    fill: { n: judged.length, ordered, received, rate: ratio(received, ordered) },
    leadTime: leadTimes(times),
    from: sent.length > 0 ? Math.min(...sent) : null,
    to: sent.length > 0 ? Math.max(...sent) : null,
  };
}

function unitsBy(line: DeliveredLine, by: number | null): number {
  return sum(line.receipts.filter(({ at }) => by === null || at <= by).map(({ quantity }) => quantity));
}

/** When the last of the ordered units came; null while some are missing. */
function completedAt(line: DeliveredLine): number | null {
  let left = line.ordered;
  for (const { at, quantity } of line.receipts.toSorted((a, b) => a.at - b.at)) {
    left -= quantity;
    if (left <= 0) return at;
  }
  return null;
}

export function leadTimes(days: readonly number[]): LeadTimes {
  const sorted = days.toSorted((a, b) => a - b);
  const n = sorted.length;
  const mean = n > 0 ? sum(sorted) / n : null;
  const spread = mean === null ? 0 : sum(sorted.map((day) => (day - mean) ** 2));
  return {
    n,
    mean,
    sd: n > 1 ? Math.sqrt(spread / (n - 1)) : null,
    median: quantile(sorted, 0.5),
    p90: quantile(sorted, 0.9),
    p95: quantile(sorted, 0.95),
    least: sorted[0] ?? null,
    most: sorted.at(-1) ?? null,
  };
}

/** Quantile of sorted values, linear between the two nearest (type 7); null without any. */
export function quantile(sorted: readonly number[], p: number): number | null {
  if (sorted.length === 0) return null;
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)] ?? 0;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function ratio(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
