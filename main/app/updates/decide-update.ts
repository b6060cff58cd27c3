/** Whether a person wants to be told about new versions. */
export type UpdateWish = 'ask' | 'off';

export interface UpdateSituation {
  /** An installed program that was built with an address for updates. */
  readonly updatable: boolean;
  readonly wish: UpdateWish;
  /** The sample store is open: somebody tries the program, or a test does. */
  readonly sample: boolean;
  readonly nowMs: number;
  /** Last look for a new version, null before the first. */
  readonly lookedAtMs: number | null;
  /** Version that was fetched and whose signature and hash were found right. */
  readonly fetched: string | null;
  /** A person said "later" until then. */
  readonly laterUntilMs: number | null;
  /** What the engine is about; null while it does not answer. */
  readonly engine: { readonly inFlight: number; readonly jobs: number } | null;
}

export type UpdateDecision =
  | { readonly step: 'nothing'; readonly because: 'off' | 'sample' | 'not-updatable' | 'later' | 'not-due' }
  | { readonly step: 'look' }
  /** Fetched, but something is on its way to a shop or being written. */
  | { readonly step: 'wait'; readonly because: 'in-flight' | 'jobs' | 'engine' }
  | { readonly step: 'ask'; readonly version: string };

export const LOOK_EVERY_MS = 6 * 3_600_000;
export const LATER_MS = 24 * 3_600_000;

/**
 * What to do about updates now. Nothing is ever installed without being asked,
 * and nobody is asked while a change is on its way to a shop.
 */
export function decideUpdate(now: UpdateSituation): UpdateDecision {
  if (!now.updatable) return { step: 'nothing', because: 'not-updatable' };
  if (now.wish === 'off') return { step: 'nothing', because: 'off' };
  if (now.sample) return { step: 'nothing', because: 'sample' };
  if (now.fetched === null) {
    // A clock that was set back must not put the look off for ever.
    const since = now.lookedAtMs === null ? Infinity : Math.abs(now.nowMs - now.lookedAtMs);
    return since >= LOOK_EVERY_MS ? { step: 'look' } : { step: 'nothing', because: 'not-due' };
  }
  if (now.laterUntilMs !== null && now.nowMs < now.laterUntilMs) return { step: 'nothing', because: 'later' };
  if (now.engine === null) return { step: 'wait', because: 'engine' };
  if (now.engine.inFlight > 0) return { step: 'wait', because: 'in-flight' };
  if (now.engine.jobs > 0) return { step: 'wait', because: 'jobs' };
  return { step: 'ask', version: now.fetched };
}
