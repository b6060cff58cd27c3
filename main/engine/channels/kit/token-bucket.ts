/**
 * A token bucket that can be stored between runs: state in, (state, wait) out.
 * Tokens may go below zero: that is the queue of requests which were promised
 * a later moment, so that callers who ask at once are served in turn and every
 * wait is a true forecast.
 */
export interface BucketPlan {
  /** Requests that may go at once after a rest. */
  readonly capacity: number;
  readonly perSecond: number;
}

export interface BucketState {
  readonly tokens: number;
  /** When `tokens` was true, epoch ms. */
  readonly atMs: number;
  /** Nothing goes before this moment, whatever the tokens say. */
  readonly closedUntilMs: number;
}

export interface Grant {
  readonly state: BucketState;
  /** How long the caller has to wait before it may send. */
  readonly waitMs: number;
}

export function fullBucket(plan: BucketPlan, nowMs: number): BucketState {
  return { tokens: plan.capacity, atMs: nowMs, closedUntilMs: 0 };
}

/** Reserves `cost` tokens. The reservation holds: the caller waits and sends without asking again. */
export function take(plan: BucketPlan, before: BucketState, nowMs: number, cost = 1): Grant {
  const state = refill(plan, before, nowMs);
  const tokens = state.tokens - cost;
  const debtMs = tokens >= 0 ? 0 : Math.ceil((-tokens / plan.perSecond) * 1_000);
  const closedMs = Math.max(0, state.closedUntilMs - nowMs);
  return { state: { ...state, tokens }, waitMs: closedMs + debtMs };
}

/** The channel said "not before": the bucket closes for that time and opens empty. */
export function close(
  plan: BucketPlan,
  before: BucketState,
  nowMs: number,
  retryAfterMs: number,
): BucketState {
  const state = refill(plan, before, nowMs);
  const closedUntilMs = Math.max(state.closedUntilMs, nowMs + retryAfterMs);
  return { tokens: Math.min(state.tokens, 0), atMs: nowMs, closedUntilMs };
}

/** What the channel says is left (a header) wins over our own count when it is less. */
export function observe(
  plan: BucketPlan,
  before: BucketState,
  nowMs: number,
  remaining: number,
): BucketState {
  const state = refill(plan, before, nowMs);
  return { ...state, tokens: Math.min(state.tokens, remaining) };
}

/** Reads a stored state; anything unreadable becomes an empty bucket, which is slow but never wrong. */
export function readBucket(text: string | null, nowMs: number): BucketState {
  const empty: BucketState = { tokens: 0, atMs: nowMs, closedUntilMs: 0 };
  if (text === null) return empty;
  try {
    const value = JSON.parse(text) as Partial<Record<keyof BucketState, unknown>> | null;
    const { tokens, atMs, closedUntilMs } = value ?? {};
    const usable = [tokens, atMs, closedUntilMs].every(
      (item) => typeof item === 'number' && Number.isFinite(item),
    );
    return usable
      ? { tokens: Number(tokens), atMs: Number(atMs), closedUntilMs: Number(closedUntilMs) }
      : empty;
  } catch {
    return empty;
  }
}

/** The plan that was stored beside a state; null for one of an earlier version. */
export function readPlan(text: string): BucketPlan | null {
  try {
    const value = JSON.parse(text) as { plan?: Partial<Record<keyof BucketPlan, unknown>> } | null;
    const { capacity, perSecond } = value?.plan ?? {};
    return typeof capacity === 'number' && typeof perSecond === 'number' ? { capacity, perSecond } : null;
  } catch {
    return null;
  }
}

/** A day: a stored moment further ahead than this comes from a clock that was wrong. */
const LONGEST_CLOSED_MS = 86_400_000;

function refill(plan: BucketPlan, state: BucketState, nowMs: number): BucketState {
  const closedUntilMs = state.closedUntilMs > nowMs + LONGEST_CLOSED_MS ? 0 : state.closedUntilMs;
  // Nothing flows while the bucket is closed, and a clock that was set back gives nothing for free.
  const from = Math.max(state.atMs, Math.min(closedUntilMs, nowMs));
  const elapsedMs = Math.max(0, nowMs - from);
  const tokens = Math.min(plan.capacity, state.tokens + (elapsedMs / 1_000) * plan.perSecond);
  return { tokens, atMs: nowMs, closedUntilMs };
}
