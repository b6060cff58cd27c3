import { useSyncExternalStore } from 'react';

/** Ages are shown in minutes: this often is fine enough and wakes nothing else up. */
const TICK_MS = 15_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  // Nobody ticked while nobody looked; React reads again right after subscribing.
  if (listeners.size === 0) now = Date.now();
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The current time in epoch milliseconds, the same for every age on the screen, moving every 15 s. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
