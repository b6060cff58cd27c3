import { rulesKey } from '#shared/domain/quality/rule-pack.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import type { JobControl } from '../jobs/jobs.ts';
import { isCurrent, nextSlice, restartSweep, scoreChanged, SLICE, sweepOn, sweepState } from './passes.ts';
import { rulePacks } from './rule-packs.ts';

const countListings = sql<Record<string, never>, { total: number; last: number | null }>(
  'SELECT count(*) AS total, max(rid) AS last FROM listing',
);

/** Between two slices: calls come first. */
const PAUSE_MS = 4;
/** A pass over fewer listings is over before a person could look at its progress. */
const WORTH_A_JOB = 5_000;
/** Windows read scores again at most this often during a pass. */
const TELL_EVERY_MS = 2_000;
/** How often the calendar is looked at: rules begin on their day without a restart. */
const LOOK_EVERY_MS = 60 * 60 * 1_000;

type Keeping = Pick<Engine, 'db' | 'ports' | 'bus' | 'jobs'>;

/** Judges all listings that the pass has not reached; returns how many. Ends early when it is stopped. */
export async function sweep(
  engine: Keeping,
  signal: AbortSignal,
  progress?: JobControl['progress'],
): Promise<number> {
  const { db, ports, bus } = engine;
  const { total } = db.get(countListings, {}) ?? { total: 0 };
  let done = 0;
  let told = ports.clock.now();
  let slice = SLICE;
  let count = 1;
  while (count > 0 && !signal.aborted) {
    // What a person just changed does not wait for the end of the pass.
    const changed = scoreChanged(engine);
    if (changed.length > 0) bus.emit('quality', changed);
    const began = performance.now();
    count = sweepOn(engine, slice);
    slice = nextSlice(slice, performance.now() - began);
    done += count;
    progress?.(Math.min(done, total), total);
    const now = ports.clock.now();
    if (now - told >= TELL_EVERY_MS) {
      told = now;
      bus.emit('quality');
    }
    await ports.clock.sleep(PAUSE_MS, signal).catch(() => undefined);
  }
  bus.emit('quality');
  return done;
}

/** The pass as a job, with progress and a stop. */
export function rescoreAll(
  engine: Keeping,
  signal: AbortSignal | undefined,
): Promise<{ listings: number; stopped: boolean }> {
  restartSweep(engine);
  return engine.jobs.run('quality', 'Score listings', signal, async (job) => {
    const listings = await sweep(engine, job.signal, job.progress);
    if (job.signal.aborted) throw new CodedError('CANCELLED', 'Scoring was stopped');
    return { listings, stopped: false };
  });
}

export interface QualityKeeper {
  stop(): Promise<void>;
}

/**
 * Keeps the scores up to date beside the work: rows that changed at once, one
 * small slice at a time, and all of them when other rules hold than those that
 * judged. A pass goes on after a restart where it stopped.
 */
export function keepQuality(engine: Keeping): QualityKeeper {
  const { bus, ports } = engine;
  const stopping = new AbortController();
  const { signal } = stopping;
  let running: Promise<void> | null = null;
  let again = false;
  // A pass that a person stopped waits for the next start or for their word.
  let declined = false;

  const work = async (): Promise<void> => {
    // After the event that woke it: the answer of the command leaves first.
    await new Promise((resolve) => setImmediate(resolve));
    try {
      do {
        again = false;
        await changedRows();
        if (!declined && !signal.aborted && !isCurrent(engine)) await catchUp();
      } while (again && !signal.aborted);
    } catch (error) {
      if (!signal.aborted) {
        ports.log.warn('listings were not scored', {
          message: error instanceof Error ? error.message : String(error),
        });
      }
    } finally {
      running = null;
    }
  };
  const changedRows = async (): Promise<void> => {
    for (let rids = scoreChanged(engine); rids.length > 0 && !signal.aborted; rids = scoreChanged(engine)) {
      bus.emit('quality', rids);
      await ports.clock.sleep(PAUSE_MS, signal);
    }
  };
  const catchUp = async (): Promise<void> => {
    if (sweepState(engine).rules !== rulesKey(rulePacks(), ports.clock.now())) restartSweep(engine);
    const { total } = engine.db.get(countListings, {}) ?? { total: 0 };
    if (total < WORTH_A_JOB) {
      await sweep(engine, signal);
      return;
    }
    try {
      await engine.jobs.run('quality', 'Score listings', signal, async (job) => {
        const listings = await sweep(engine, job.signal, job.progress);
        if (job.signal.aborted) throw new CodedError('CANCELLED', 'Scoring was stopped');
        return { listings, stopped: false };
      });
    } catch (error) {
      declined = true;
      if (!(error instanceof CodedError && error.code === 'CANCELLED')) throw error;
    }
  };
  const wake = (): void => {
    again = true;
    if (!signal.aborted) running ??= work();
  };
  const unsubscribe = bus.subscribe(({ event }) => {
    if (event === 'listings' || event === 'history') wake();
  });
  const timer = setInterval(wake, LOOK_EVERY_MS);
  timer.unref();
  wake();
  return {
    stop: async () => {
      unsubscribe();
      clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
