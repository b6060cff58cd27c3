import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  close,
  fullBucket,
  observe,
  readBucket,
  take,
  type BucketPlan,
  type BucketState,
} from './token-bucket.ts';

const planOf = fc.record({
  capacity: fc.integer({ min: 1, max: 30 }),
  perSecond: fc.double({ min: 0.01, max: 50, noNaN: true }),
});

/** Waits are whole milliseconds, in seconds. */
const ROUNDING = 0.002;

describe('token bucket', () => {
  test('lets a burst through, then spaces the requests', () => {
    const plan: BucketPlan = { capacity: 2, perSecond: 4 };
    let state: BucketState = fullBucket(plan, 1_000);
    const waits: number[] = [];
    for (let i = 0; i < 5; i += 1) {
      const grant = take(plan, state, 1_000);
      waits.push(grant.waitMs);
      state = grant.state;
    }
    expect(waits).toEqual([0, 0, 250, 500, 750]);
  });

  test('never lets more through in any span than capacity and rate allow', () => {
    fc.assert(
      fc.property(
        planOf,
        fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 80 }),
        (plan, gaps) => {
          let now = 0;
          let state = fullBucket(plan, now);
          const sends: number[] = [];
          for (const gap of gaps) {
            now += gap;
            const grant = take(plan, state, now);
            state = grant.state;
            sends.push(now + grant.waitMs);
          }
          sends.forEach((from, i) => {
            for (let j = i; j < sends.length; j += 1) {
              const span = (sends[j] ?? 0) - from;
              expect(j - i + 1).toBeLessThanOrEqual(
                plan.capacity + (span / 1_000) * plan.perSecond + ROUNDING * plan.perSecond,
              );
            }
          });
        },
      ),
    );
  });

  test('callers are served in the order they asked', () => {
    fc.assert(
      fc.property(planOf, fc.array(fc.integer({ min: 0, max: 2_000 }), { maxLength: 50 }), (plan, gaps) => {
        let now = 0;
        let state = fullBucket(plan, now);
        let before = 0;
        for (const gap of gaps) {
          now += gap;
          const grant = take(plan, state, now);
          state = grant.state;
          expect(now + grant.waitMs).toBeGreaterThanOrEqual(before - 1);
          before = now + grant.waitMs;
        }
      }),
    );
  });

  test('nothing goes before the moment the channel named, and no burst after it', () => {
    const plan: BucketPlan = { capacity: 5, perSecond: 1 };
    let state = close(plan, fullBucket(plan, 0), 0, 30_000);
    const first = take(plan, state, 10_000);
    expect(first.waitMs).toBe(21_000);
    state = first.state;
    expect(take(plan, state, 31_000).waitMs).toBe(1_000);
  });

  test('a clock that is set back or forth neither stops nor floods the channel', () => {
    const plan: BucketPlan = { capacity: 3, perSecond: 1 };
    const used = take(plan, fullBucket(plan, 1_000_000), 1_000_000, 3).state;
    expect(take(plan, used, 0).waitMs).toBe(1_000);
    expect(take(plan, used, 10 ** 12).state.tokens).toBe(2);
    const closed = close(plan, used, 10 ** 13, 60_000);
    expect(take(plan, closed, 1_000_000).waitMs).toBeLessThanOrEqual(1_000);
  });

  test('survives being stored; a broken store is slow, not wrong', () => {
    const plan: BucketPlan = { capacity: 4, perSecond: 2 };
    const state = take(plan, fullBucket(plan, 5_000), 5_000).state;
    expect(readBucket(JSON.stringify(state), 9_000)).toEqual(state);
    for (const text of [null, '', '{', 'null', '[]', '{"tokens":"x","atMs":1,"closedUntilMs":0}']) {
      expect(readBucket(text, 9_000)).toEqual({ tokens: 0, atMs: 9_000, closedUntilMs: 0 });
    }
  });

  test('believes the channel when it counts less than we do', () => {
    const plan: BucketPlan = { capacity: 10, perSecond: 1 };
    expect(observe(plan, fullBucket(plan, 0), 0, 2).tokens).toBe(2);
    expect(observe(plan, fullBucket(plan, 0), 0, 50).tokens).toBe(10);
  });
});
