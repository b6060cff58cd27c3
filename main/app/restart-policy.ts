/** Deaths within this time count together. */
const WINDOW_MS = 60_000;
const MAX_DEATHS = 3;

export type RestartDecision =
  | { readonly restart: true; readonly delayMs: number }
  | { readonly restart: false };

/** Three deaths within a minute mean that starting again does not help: a person has to look. */
export function decideRestart(deaths: readonly number[], nowMs: number): RestartDecision {
  const recent = deaths.filter((at) => nowMs - at < WINDOW_MS).length;
  return recent >= MAX_DEATHS
    ? { restart: false }
    : { restart: true, delayMs: 200 * 4 ** Math.max(0, recent - 1) };
}
