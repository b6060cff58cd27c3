import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ScanQueue } from './scan-queue.ts';

describe('scans in a burst', () => {
  it('are carried out once each, in order, one at a time, even when some fail', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.record({ fails: fc.boolean(), late: fc.boolean() }), { maxLength: 30 }),
        async (scheduler, plan) => {
          const done: number[] = [];
          let active = 0;
          const queue = new ScanQueue<number>(async (id) => {
            active += 1;
            expect(active).toBe(1);
            await scheduler.schedule(Promise.resolve());
            done.push(id);
            active -= 1;
            if (plan[id]?.fails) throw new Error('the shop burns');
          });
          const adding = plan.map(async ({ late }, id) => {
            if (late) await Promise.resolve();
            return id;
          });
          for (const next of adding) queue.add(await next);
          while (queue.length > 0) await scheduler.waitIdle();
          expect(done).toEqual(plan.map((_, id) => id));
        },
      ),
      { numRuns: 50 },
    );
  });

  it('that were not started are given back when it is stopped', async () => {
    let release: () => void = () => undefined;
    const done: string[] = [];
    const queue = new ScanQueue<string>(
      (scan) =>
        new Promise((resolve) => {
          release = () => {
            done.push(scan);
            resolve();
          };
        }),
    );
    for (const scan of ['a', 'b', 'c']) queue.add(scan);
    expect(queue.length).toBe(3);
    expect(queue.stop()).toEqual(['b', 'c']);
    release();
    await Promise.resolve();
    queue.add('d');
    expect(done).toEqual(['a']);
  });
});
