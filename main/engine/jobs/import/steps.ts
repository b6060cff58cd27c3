import { setImmediate } from 'node:timers/promises';
import { CodedError } from '#shared/errors/coded-error.ts';

/** Work in pieces: what runs it decides whether others get a turn in between. */
export type Steps = Generator<undefined, void, undefined>;

/** Runs all pieces in one go. */
export function runThrough(steps: Steps): void {
  while (!steps.next().done);
}

/** Runs the pieces with a turn for everybody else after each; throws CANCELLED when `signal` says so. */
export async function runInTurns(steps: Steps, signal: AbortSignal | undefined): Promise<void> {
  while (!steps.next().done) {
    await setImmediate();
    if (signal?.aborted) throw new CodedError('CANCELLED', 'The import was stopped');
  }
}
