import type { Text } from '../../lib/text.ts';

/** A duration in the coarsest unit that tells something, rounded up: "about 3 min". */
export function durationText(ms: number, t: Text): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 60) return t('publish.duration.seconds', { count: Math.max(1, seconds) });
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return t('publish.duration.minutes', { count: minutes });
  return t('publish.duration.hours', { count: Math.ceil(minutes / 60) });
}
