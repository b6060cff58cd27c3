export interface BackoffPolicy {
  readonly baseMs: number;
  readonly capMs: number;
}

const DEFAULT_POLICY: BackoffPolicy = { baseMs: 500, capMs: 60_000 };

/**
 * Milliseconds to wait before attempt `attempt + 1` (the first failure is
 * attempt 1): anywhere between the base and three times the bound before it,
 * so that clients which failed together do not come back together. What the
 * channel asked for is never undercut.
 */
export function backoff(
  attempt: number,
  random: number,
  retryAfterMs: number | null = null,
  policy: BackoffPolicy = DEFAULT_POLICY,
): number {
  if (retryAfterMs !== null) return Math.max(0, Math.round(retryAfterMs));
  const upper = Math.min(policy.capMs, policy.baseMs * 3 ** Math.max(1, Math.min(attempt, 30)));
  return Math.round(policy.baseMs + random * (upper - policy.baseMs));
}
