import { beforeEach, expect, it } from 'vitest';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { EngineClient } from '../../lib/engine-client.ts';
import { useAskChannel, type Asked } from './ask-channel.ts';
import type { Scope } from './scopes.ts';

const engine = (answer: (scope: Scope) => Partial<Asked>): Pick<EngineClient, 'call'> =>
  ({
    call: async (_method: string, scope: Scope) => ({
      asked: 1,
      stopped: false,
      findings: [],
      findingsTotal: 0,
      skipped: [],
      ...answer(scope),
    }),
  }) as unknown as Pick<EngineClient, 'call'>;
const scopes = [{ accountId: 'a' }, { accountId: 'b' }];
const state = () => useAskChannel.getState();

beforeEach(() => state().dismiss());

it('adds up what the scopes were told and says when', async () => {
  const finding = { listingId: 'l', field: 'title', code: '90', message: 'no', severity: 'error' } as const;
  await state().ask(
    engine(() => ({ findings: [finding], findingsTotal: 1 })),
    scopes,
    2,
    () => 7,
  );
  expect(state()).toMatchObject({
    phase: 'done',
    at: 7,
    answer: { asked: 2, findingsTotal: 2, stopped: false },
  });
  expect(state().answer.findings).toHaveLength(2);
});

it('begins no scope after it was stopped and keeps what it knows', async () => {
  const seen: (string | undefined)[] = [];
  const asking = engine(({ accountId }) => {
    seen.push(accountId);
    state().stop();
    return {};
  });
  await state().ask(asking, scopes, 2);
  expect(seen).toEqual(['a']);
  expect(state()).toMatchObject({ phase: 'done', answer: { asked: 1, stopped: true } });
});

it('tells a failure from a stop, and asks again after it', async () => {
  const failing = (code: 'CANCELLED' | 'DISK_FULL') =>
    engine(() => {
      throw new CodedError(code, 'no');
    });
  await state().ask(failing('DISK_FULL'), scopes, 2);
  expect(state()).toMatchObject({ phase: 'failed', error: { code: 'DISK_FULL' } });
  await state().ask(failing('CANCELLED'), scopes, 2);
  expect(state()).toMatchObject({ phase: 'done', error: null, answer: { stopped: true } });
});
