import { describe, expect, it } from 'vitest';
import { decideUpdate, LATER_MS, LOOK_EVERY_MS, type UpdateSituation } from './decide-update.ts';

const quiet: UpdateSituation = {
  updatable: true,
  wish: 'ask',
  sample: false,
  nowMs: 100 * LOOK_EVERY_MS,
  lookedAtMs: null,
  fetched: null,
  laterUntilMs: null,
  engine: { inFlight: 0, jobs: 0 },
};
const fetched = { ...quiet, fetched: '2.0.0' };

describe('updates', () => {
  it.each([
    ['in development', { updatable: false }, 'not-updatable'],
    ['when they are switched off', { wish: 'off' as const }, 'off'],
    ['with the sample store', { sample: true }, 'sample'],
  ])('are left alone %s, also a fetched one', (_when, change, because) => {
    expect(decideUpdate({ ...quiet, ...change })).toEqual({ step: 'nothing', because });
    expect(decideUpdate({ ...fetched, ...change })).toEqual({ step: 'nothing', because });
  });

  it('are looked for at once and then every six hours, whatever happens to the clock', () => {
    const looked = (ago: number) => decideUpdate({ ...quiet, lookedAtMs: quiet.nowMs - ago }).step;
    expect(decideUpdate(quiet).step).toBe('look');
    expect(looked(LOOK_EVERY_MS - 1)).toBe('nothing');
    expect(looked(LOOK_EVERY_MS)).toBe('look');
    expect(looked(-LOOK_EVERY_MS)).toBe('look');
  });

  it.each([
    ['a change is on its way to a shop', { inFlight: 1, jobs: 0 }, 'in-flight'],
    ['an import or an export runs', { inFlight: 0, jobs: 1 }, 'jobs'],
    ['the engine does not answer', null, 'engine'],
  ])('wait while %s', (_while, engine, because) => {
    expect(decideUpdate({ ...fetched, engine })).toEqual({ step: 'wait', because });
  });

  it('are asked for when everything rests, and again a day after "later"', () => {
    expect(decideUpdate(fetched)).toEqual({ step: 'ask', version: '2.0.0' });
    const later = { ...fetched, laterUntilMs: fetched.nowMs + LATER_MS };
    expect(decideUpdate(later)).toEqual({ step: 'nothing', because: 'later' });
    expect(decideUpdate({ ...later, nowMs: later.laterUntilMs })).toMatchObject({ step: 'ask' });
  });
});
