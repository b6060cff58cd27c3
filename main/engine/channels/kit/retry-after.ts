/** A day: a longer wish is a broken header or a quota of tomorrow, and is asked again then. */
const LONGEST_MS = 86_400_000;

/** `Retry-After` (seconds or an HTTP date) as milliseconds from now; null when absent or unreadable. */
export function parseRetryAfter(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.min(LONGEST_MS, Math.round(Number(text) * 1_000));
  if (!/[a-z]{3}/i.test(text)) return null;
  const at = Date.parse(text);
  return Number.isFinite(at) ? Math.min(LONGEST_MS, Math.max(0, at - nowMs)) : null;
}
