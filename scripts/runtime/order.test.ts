import { describe, expect, it } from 'vitest';
import { FAILURE_TTL_MS, planRuntime } from './order.mjs';

const now = 1_800_000_000_000;
const bare = {
  wanted: '45.4.1',
  installed: null,
  overrideDir: null,
  overrideUsable: false,
  failure: null,
  retry: false,
  only: null,
  platform: 'linux',
  arch: 'x64',
  now,
};
const failure = { version: '45.4.1', at: now - 60_000, reason: 'no byte for 20 s' };

describe('planRuntime', () => {
  it('takes the installed binary before everything else', () => {
    const facts = { ...bare, installed: '45.4.1', overrideDir: '/e', overrideUsable: true };
    expect(planRuntime(facts).plan).toEqual(['installed', 'override', 'download', 'legacy']);
  });

  it('does not take an installed binary of another version', () => {
    const { plan, passed } = planRuntime({ ...bare, installed: '44.0.0' });
    expect(plan).toEqual(['download', 'legacy']);
    expect(passed[0]).toEqual({
      source: 'installed',
      reason: 'the electron package holds 44.0.0, not 45.4.1',
    });
  });

  it('names an override folder that holds no executable', () => {
    const { plan, passed } = planRuntime({ ...bare, overrideDir: '/nothing' });
    expect(plan).not.toContain('override');
    expect(passed.map(({ reason }) => reason).join()).toContain('/nothing');
  });

  it('does not repeat a download that failed within a day, unless asked', () => {
    expect(planRuntime({ ...bare, failure }).plan).toEqual(['legacy']);
    expect(planRuntime({ ...bare, failure }).passed.at(-1)?.reason).toContain('no byte for 20 s');
    expect(planRuntime({ ...bare, failure, retry: true }).plan).toEqual(['download', 'legacy']);
    expect(planRuntime({ ...bare, failure, now: failure.at + FAILURE_TTL_MS }).plan).toContain('download');
    expect(planRuntime({ ...bare, failure, wanted: '46.0.0' }).plan).toContain('download');
  });

  it('does not believe a failure from the future (a clock set back)', () => {
    expect(planRuntime({ ...bare, failure: { ...failure, at: now + 1000 } }).plan).toContain('download');
  });

  it('offers the development runtime on linux-x64 only', () => {
    expect(planRuntime({ ...bare, arch: 'arm64' }).plan).toEqual(['download']);
    expect(planRuntime({ ...bare, platform: 'darwin' }).plan).toEqual(['download']);
  });

  it('keeps to the one source that is asked for', () => {
    expect(planRuntime({ ...bare, installed: '45.4.1', only: 'legacy' }).plan).toEqual(['legacy']);
    expect(planRuntime({ ...bare, failure, only: 'download' }).plan).toEqual([]);
  });
});
