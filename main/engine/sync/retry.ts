import { CodedError } from '#shared/errors/coded-error.ts';
import type { Ports } from '../ports.ts';

export interface RetryPolicy {
  /** Tries in all. */
  readonly attempts: number;
  readonly baseMs: number;
  readonly capMs: number;
}

export const RUN_POLICY: RetryPolicy = { attempts: 6, baseMs: 250, capMs: 20_000 };

/** A wait the channel asked for that is longer than this ends the run; the work waits in the queue instead. */
const LONGEST_WAIT_MS = 60_000;

/** Decorrelated jitter: between the base and three times the wait before, capped. */
export function nextDelay(policy: RetryPolicy, previousMs: number, random: number): number {
  const upper = Math.max(policy.baseMs, previousMs * 3);
  return Math.min(policy.capMs, Math.round(policy.baseMs + random * (upper - policy.baseMs)));
}

export function retryAfterMs(error: unknown): number | null {
  if (!(error instanceof CodedError)) return null;
  const value = error.details?.['retryAfterMs'];
  return typeof value === 'number' && value >= 0 ? value : null;
}

export function isRetryable(error: unknown): boolean {
  return error instanceof CodedError && (error.code === 'CHANNEL_RATE' || error.code === 'CHANNEL_TRANSIENT');
}

/** True when a write may have been applied although no answer came. */
export function mayHaveApplied(error: unknown): boolean {
  return error instanceof CodedError && error.details?.['applied'] === 'unknown';
}

/** Repeats a *read* through temporary failures. Nobody reaching the network at all ends it soon. */
export async function retrying<T>(
  ports: Ports,
  signal: AbortSignal,
  work: () => Promise<T>,
  policy = RUN_POLICY,
): Promise<T> {
  let delay = 0;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const unreachable = error instanceof CodedError && error.details?.['network'] === true;
      const last = attempt >= (unreachable ? 2 : policy.attempts);
      if (!isRetryable(error) || last) throw error;
      const asked = retryAfterMs(error);
      if (asked !== null && asked > LONGEST_WAIT_MS) throw error;
      delay = asked ?? nextDelay(policy, delay, ports.random());
      await ports.clock.sleep(delay, signal);
    }
  }
}
