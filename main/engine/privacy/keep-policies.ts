import type { Engine } from '../engine.ts';
import { purgeDue } from './purge.ts';

/** An order more or less on the day it is due is soon enough. */
const EVERY_MS = 6 * 3_600_000;
/** The start of the program belongs to whoever started it. */
const FIRST_MS = 30_000;

export interface PolicyKeeper {
  stop(): Promise<void>;
}

/** Purges what is past its time while the engine runs, without being asked. */
export function keepPolicies(engine: Engine): PolicyKeeper {
  const stopping = new AbortController();
  const { signal } = stopping;
  const { clock, log } = engine.ports;
  const work = async (): Promise<void> => {
    let wait = FIRST_MS;
    while (!signal.aborted) {
      try {
        await clock.sleep(wait, signal);
      } catch {
        return;
      }
      wait = EVERY_MS;
      try {
        const purged = await purgeDue(engine, { actor: 'policy' }, { signal });
        if (purged > 0) log.info("buyers' data past its time was destroyed", { orders: purged });
      } catch (error) {
        // What was not reached is still due at the next turn.
        log.warn("buyers' data past its time could not be destroyed", {
          message: error instanceof Error ? error.message : String(error),
        });
      }
    }
  };
  const running = work();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
