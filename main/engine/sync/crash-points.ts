/**
 * Named places where a process may die in the middle of work that spans more
 * than one transaction. Tests kill the engine there; the promise is that
 * nothing is lost or sent twice afterwards.
 */
export const CRASH_POINTS = [
  'pull.after-fetch',
  'pull.after-page',
  'publish.after-release',
  'publish.after-lease',
  'publish.before-send',
  'publish.before-job',
  'publish.after-job',
  'publish.after-send',
  'publish.after-answer',
  'publish.after-read-back',
  'ship.before-send',
  'ship.after-send',
] as const;
export type CrashPoint = (typeof CRASH_POINTS)[number];
