import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelContext } from '../contract.ts';
import type { BucketPlan } from '../kit/token-bucket.ts';
import type { EtsyMemory, EtsyQuota } from './memory.ts';

/** What new apps get; the answers say what this one really has. */
export const USUAL_QUOTA: EtsyQuota = { perSecond: 10, perDay: 10_000 };
/** This part of the day's calls is kept for stock, prices, orders and shipments. */
export const RESERVE = 0.2;
/** How long content and catalogue reads rest once only the reserve is left: calls come back over a whole day. */
const REST_MS = 2 * 3_600_000;
/** A wait longer than this is about the day, not about the second. */
const DAY_WAIT_MS = 60_000;
/** How long a call of the lower class waits for its turn before it is put off. */
const PATIENCE_MS = 5_000;
const DAY_S = 86_400;

export const SECOND = 'etsy.second';
export const DAY = 'etsy.day';
export const DAY_LATER = 'etsy.day.later';

/** `now`: stock, prices, orders, shipments and reading them back. `later`: content and reading the catalogue. */
export type CallClass = 'now' | 'later';

/** The bucket never lets more than the limit through within any one second. */
export function secondPlan({ perSecond }: EtsyQuota): BucketPlan {
  const capacity = Math.max(1, Math.floor(perSecond / 10));
  return { capacity, perSecond: Math.max(1, perSecond - capacity) };
}

/** The day is a window of 24 hours that moves along. */
export function dayPlan({ perDay }: EtsyQuota): BucketPlan {
  return { capacity: perDay, perSecond: perDay / DAY_S };
}

export function laterPlan({ perDay }: EtsyQuota): BucketPlan {
  const capacity = Math.max(1, Math.floor(perDay * (1 - RESERVE)));
  return { capacity, perSecond: capacity / DAY_S };
}

/** Paces one account's calls by the second and by the day. */
export class CallQuota {
  private readonly context: ChannelContext;
  private readonly memory: EtsyMemory;

  constructor(context: ChannelContext, memory: EtsyMemory) {
    this.context = context;
    this.memory = memory;
  }

  private get quota(): EtsyQuota {
    return this.memory.quotas.get(this.context.accountId) ?? USUAL_QUOTA;
  }

  /** Waits for the call's turn. Throws CHANNEL_RATE when the day has nothing left for it. */
  async take(kind: CallClass): Promise<void> {
    const { limiter } = this.context;
    const { quota } = this;
    if (kind === 'later') await limiter.take(DAY_LATER, laterPlan(quota), { maxWaitMs: PATIENCE_MS });
    await limiter.take(DAY, dayPlan(quota));
    await limiter.take(SECOND, secondPlan(quota));
  }

  /** Takes over what an answer says about limits and what is left. */
  observe(headers: Headers): void {
    const perSecond = numberOf(headers, 'x-limit-per-second');
    const perDay = numberOf(headers, 'x-limit-per-day');
    const before = this.quota;
    const quota = { perSecond: perSecond || before.perSecond, perDay: perDay || before.perDay };
    this.memory.quotas.set(this.context.accountId, quota);
    const { limiter } = this.context;
    const second = numberOf(headers, 'x-remaining-this-second');
    if (second !== null) limiter.observe(SECOND, secondPlan(quota), second);
    const today = numberOf(headers, 'x-remaining-today');
    if (today === null) return;
    limiter.observe(DAY, dayPlan(quota), today);
    const spare = today - Math.ceil(quota.perDay * RESERVE);
    if (spare > 0) limiter.observe(DAY_LATER, laterPlan(quota), spare);
    else limiter.close(DAY_LATER, laterPlan(quota), REST_MS);
  }

  /** Etsy refused a call for being one too many. */
  refused(retryAfterMs: number | undefined): void {
    const { limiter } = this.context;
    const wait = retryAfterMs ?? 1_000;
    if (wait <= DAY_WAIT_MS) {
      limiter.close(SECOND, secondPlan(this.quota), wait);
      return;
    }
    limiter.close(DAY, dayPlan(this.quota), wait);
    limiter.close(DAY_LATER, laterPlan(this.quota), wait);
  }
}

/** The call was never made: what is left of the day is kept for more urgent ones. */
export function isPutOff(error: unknown): boolean {
  return (
    error instanceof CodedError && error.code === 'CHANNEL_RATE' && error.details?.['operation'] === DAY_LATER
  );
}

function numberOf(headers: Headers, name: string): number | null {
  const text = headers.get(name)?.trim() ?? '';
  return /^\d{1,9}$/.test(text) ? Number(text) : null;
}
