import { beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { EngineClient } from '../../lib/engine-client.ts';
import { usePublishRun } from './publish-run.ts';
import { NO_RESULT, type Scope } from './scopes.ts';

type Engine = Pick<EngineClient, 'call'>;
const engine = (answer: (scope: Scope) => unknown): Engine =>
  ({ call: async (_method: string, scope: Scope) => answer(scope) }) as unknown as Engine;

beforeEach(() => usePublishRun.setState({ phase: 'idle', result: NO_RESULT, error: null, count: 0 }));

describe('a publish', () => {
  it('runs scope after scope and adds up what they did', async () => {
    const seen: (string | undefined)[] = [];
    const run = engine(({ accountId }) => {
      seen.push(accountId);
      return { ...NO_RESULT, sent: 2, verified: 1 };
    });
    await usePublishRun.getState().start(run, [{ accountId: 'a' }, { accountId: 'b' }], 4);
    expect(seen).toEqual(['a', 'b']);
    expect(usePublishRun.getState()).toMatchObject({ phase: 'done', result: { sent: 4, verified: 2 } });
  });

  it('does not begin another scope after it was stopped', async () => {
    const seen: (string | undefined)[] = [];
    const run = engine(({ accountId }) => {
      seen.push(accountId);
      usePublishRun.getState().stop();
      return { ...NO_RESULT, verified: 1 };
    });
    await usePublishRun.getState().start(run, [{ accountId: 'a' }, { accountId: 'b' }], 2);
    expect(seen).toEqual(['a']);
    expect(usePublishRun.getState()).toMatchObject({ phase: 'stopped', result: { verified: 1 } });
  });

  it('tells a stop by the engine from a failure, and keeps what was done before', async () => {
    const failing = (code: 'CANCELLED' | 'DISK_FULL'): Engine =>
      engine(({ accountId }) => {
        if (accountId === 'b') throw new CodedError(code, 'no');
        return { ...NO_RESULT, verified: 1 };
      });
    const scopes = [{ accountId: 'a' }, { accountId: 'b' }];
    await usePublishRun.getState().start(failing('CANCELLED'), scopes, 2);
    expect(usePublishRun.getState()).toMatchObject({
      phase: 'stopped',
      error: null,
      result: { verified: 1 },
    });
    usePublishRun.getState().dismiss();
    await usePublishRun.getState().start(failing('DISK_FULL'), scopes, 2);
    expect(usePublishRun.getState()).toMatchObject({
      phase: 'failed',
      error: { code: 'DISK_FULL' },
      result: { verified: 1 },
    });
  });
});
