import { describe, expect, it } from 'vitest';
import type { Limiter } from '../contract.ts';
import { testContext } from '../kit/test-context.ts';
import { fullBucket, take } from '../kit/token-bucket.ts';
import { newEtsyMemory } from './memory.ts';
import { CallQuota, dayPlan, laterPlan, secondPlan } from './quota.ts';

function recorded(): { readonly quota: CallQuota; readonly told: string[] } {
  const told: string[] = [];
  const note =
    (what: string) =>
    (operation: string, plan: { capacity: number }, value?: unknown): void =>
      void told.push(
        [what, operation, plan.capacity, ...(typeof value === 'number' ? [value] : [])].join(' '),
      );
  const limiter: Limiter = {
    take: async (operation, plan) => note('take')(operation, plan),
    observe: note('observe'),
    close: note('close'),
  };
  const { context } = testContext(() => Response.error(), { limiter });
  return { quota: new CallQuota(context, newEtsyMemory()), told };
}

const headers = (remaining: number, perDay = 10_000): Headers =>
  new Headers({
    'x-limit-per-second': '10',
    'x-remaining-this-second': '9',
    'x-limit-per-day': String(perDay),
    'x-remaining-today': String(remaining),
  });

describe('the second', () => {
  it.each([1, 2, 5, 10, 150])('of %d calls never sees more of them', (perSecond) => {
    const plan = secondPlan({ perSecond, perDay: 10_000 });
    let state = fullBucket(plan, 0);
    const sentAt: number[] = [];
    for (let call = 0; call < perSecond * 5; call += 1) {
      const grant = take(plan, state, 0);
      state = grant.state;
      sentAt.push(grant.waitMs);
    }
    const most = Math.max(
      ...sentAt.map((from) => sentAt.filter((at) => at >= from && at < from + 1_000).length),
    );
    // One call a second leaves no room for a smaller bucket than one.
    expect(most).toBeLessThanOrEqual(Math.max(2, perSecond));
  });
});

describe('the day', () => {
  it('is one bucket for all calls, and a smaller one for content and catalogue', () => {
    const quota = { perSecond: 10, perDay: 10_000 };
    expect(dayPlan(quota)).toEqual({ capacity: 10_000, perSecond: 10_000 / 86_400 });
    expect(laterPlan(quota)).toEqual({ capacity: 8_000, perSecond: 8_000 / 86_400 });
  });

  it('takes from the buckets that a call belongs to', async () => {
    const { quota, told } = recorded();
    await quota.take('now');
    await quota.take('later');
    expect(told).toEqual([
      'take etsy.day 10000',
      'take etsy.second 1',
      'take etsy.day.later 8000',
      'take etsy.day 10000',
      'take etsy.second 1',
    ]);
  });

  it('learns what the app may do and what is left, and closes the smaller bucket at the reserve', () => {
    const { quota, told } = recorded();
    quota.observe(headers(2_001));
    quota.observe(headers(2_000));
    quota.observe(headers(90_000, 100_000));
    expect(told.filter((line) => line.includes('day'))).toEqual([
      'observe etsy.day 10000 2001',
      'observe etsy.day.later 8000 1',
      'observe etsy.day 10000 2000',
      'close etsy.day.later 8000 7200000',
      'observe etsy.day 100000 90000',
      'observe etsy.day.later 80000 70000',
    ]);
  });

  it('tells a refusal about the second from one about the day by how long to wait', () => {
    const { quota, told } = recorded();
    quota.refused(undefined);
    quota.refused(60_000);
    quota.refused(86_400_000);
    expect(told).toEqual([
      'close etsy.second 1 1000',
      'close etsy.second 1 60000',
      'close etsy.day 10000 86400000',
      'close etsy.day.later 8000 86400000',
    ]);
  });
});
