import { create } from 'zustand';
import type { Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { EngineClient } from '../../lib/engine-client.ts';
import type { Scope } from './scopes.ts';

export type Asked = Result<'publish.validate'>;
export type AskPhase = 'idle' | 'asking' | 'done' | 'failed';

const NOTHING: Asked = { asked: 0, stopped: false, findings: [], findingsTotal: 0, skipped: [] };

interface AskChannel {
  readonly phase: AskPhase;
  /** Changes that were to be asked about. */
  readonly count: number;
  readonly answer: Asked;
  /** When the answer came, epoch ms. */
  readonly at: number;
  readonly error: unknown;
  readonly ask: (
    engine: Pick<EngineClient, 'call'>,
    scopes: readonly Scope[],
    count: number,
    now?: () => number,
  ) => Promise<void>;
  /** No scope is begun after it; the one that runs is a job and is stopped there. */
  readonly stop: () => void;
  readonly dismiss: () => void;
}

/** What the channels say about changes before they are sent; outlives the screen that asked. */
export const useAskChannel = create<AskChannel>((set, get) => {
  let isStopped = false;
  return {
    phase: 'idle',
    count: 0,
    answer: NOTHING,
    at: 0,
    error: null,
    ask: async (engine, scopes, count, now = Date.now) => {
      if (get().phase === 'asking') return;
      isStopped = false;
      set({ phase: 'asking', count, answer: NOTHING, error: null });
      try {
        for (const scope of scopes) {
          const next = isStopped
            ? { ...NOTHING, stopped: true }
            : await engine.call('publish.validate', scope);
          set(({ answer }) => ({ answer: joined(answer, next) }));
        }
        set({ phase: 'done', at: now() });
      } catch (error) {
        const wasStopped = error instanceof CodedError && error.code === 'CANCELLED';
        if (wasStopped)
          set(({ answer }) => ({ phase: 'done', at: now(), answer: { ...answer, stopped: true } }));
        else set({ phase: 'failed', error, at: now() });
      }
    },
    stop: () => {
      isStopped = true;
    },
    dismiss: () => set({ phase: 'idle', answer: NOTHING, error: null }),
  };
});

function joined(before: Asked, next: Asked): Asked {
  return {
    asked: before.asked + next.asked,
    stopped: before.stopped || next.stopped,
    findings: [...before.findings, ...next.findings],
    findingsTotal: before.findingsTotal + next.findingsTotal,
    skipped: [...before.skipped, ...next.skipped],
  };
}
