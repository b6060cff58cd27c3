import type { AccountPlatform } from '#shared/domain/platforms.ts';

const DAY_MS = 86_400_000;
/** Making a new secret at Amazon takes its rotation and a review of every program that has the old one. */
const NOTICE_DAYS: Readonly<Partial<Record<AccountPlatform, number>>> = { amazon: 90 };
const USUAL_NOTICE_DAYS = 14;

export type ExpiryState = 'unknown' | 'far' | 'near' | 'ended';

export interface Expiry {
  readonly state: ExpiryState;
  /** Whole days that are left, rounded down; 0 on the last day and after the end. */
  readonly days: number;
}

/** How soon a person has to renew the keys of an account. */
export function expiryOf(platform: AccountPlatform, expiresAt: number | null, now: number): Expiry {
  if (expiresAt === null) return { state: 'unknown', days: 0 };
  const left = expiresAt - now;
  if (left <= 0) return { state: 'ended', days: 0 };
  const days = Math.floor(left / DAY_MS);
  return { state: days < (NOTICE_DAYS[platform] ?? USUAL_NOTICE_DAYS) ? 'near' : 'far', days };
}

export type RateUnit = 'second' | 'minute' | 'hour' | 'day';

/** A refill rate in the shortest unit that has at least one whole call in it. */
export function rateOf(perSecond: number): { readonly unit: RateUnit; readonly count: number } {
  const units: readonly (readonly [RateUnit, number])[] = [
    ['second', 1],
    ['minute', 60],
    ['hour', 3_600],
  ];
  for (const [unit, seconds] of units) {
    const count = perSecond * seconds;
    if (count >= 1) return { unit, count: Math.round(count * 10) / 10 };
  }
  return { unit: 'day', count: Math.round(perSecond * 86_400 * 10) / 10 };
}
