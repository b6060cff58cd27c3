import { create } from 'zustand';
import type { PublishResult } from '#shared/contract/publish.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { EngineClient } from '../../lib/engine-client.ts';
import { mergeResults, NO_RESULT, type Scope } from './scopes.ts';

export type PublishPhase = 'idle' | 'running' | 'done' | 'stopped' | 'failed';

interface PublishRun {
  readonly phase: PublishPhase;
  /** Changes that were asked for. */
  readonly count: number;
  readonly result: PublishResult;
  readonly error: unknown;
  readonly start: (
    engine: Pick<EngineClient, 'call'>,
    scopes: readonly Scope[],
    count: number,
  ) => Promise<void>;
  /** Ends the runs that have not begun; the running one is a job and is cancelled there. */
  readonly stop: () => void;
  readonly dismiss: () => void;
}

/** The publish under way and its result; outlives the screen that started it. */
export const usePublishRun = create<PublishRun>((set, get) => ({
  phase: 'idle',
  count: 0,
  result: NO_RESULT,
  error: null,
  start: async (engine, scopes, count) => {
    if (get().phase === 'running') return;
    set({ phase: 'running', count, result: NO_RESULT, error: null });
    try {
      for (const scope of scopes) {
        if (get().phase !== 'running') return;
        const result = await engine.call('publish.run', scope);
        set((state) => ({ result: mergeResults(state.result, result) }));
      }
      if (get().phase === 'running') set({ phase: 'done' });
    } catch (error) {
      const stopped = error instanceof CodedError && error.code === 'CANCELLED';
      set(stopped ? { phase: 'stopped' } : { phase: 'failed', error });
    }
  },
  stop: () => {
    if (get().phase === 'running') set({ phase: 'stopped' });
  },
  dismiss: () => {
    if (get().phase !== 'running') set({ phase: 'idle', result: NO_RESULT, error: null });
  },
}));
