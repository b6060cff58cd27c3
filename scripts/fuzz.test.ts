import { describe, expect, it } from 'vitest';

interface Report {
  violations: unknown[];
  codes: Record<string, number>;
  methods: Record<string, number>;
  calls: number;
  raw: number;
}
interface FuzzModule {
  runFuzz: (options: { calls: number; seed: number }) => Promise<Report>;
}
interface RandomModule {
  Random: new (seed: number) => { next: () => number; uuid: () => string };
}

describe('random and damaged calls', () => {
  it(
    'are all answered with results or coded errors and leave the workspace whole',
    { timeout: 60_000 },
    async () => {
      const { runFuzz } = (await import('./fuzz/run.mjs')) as FuzzModule;
      const report = await runFuzz({ calls: 1_500, seed: 7 });
      expect(report.violations).toEqual([]);
      // It has to get past the front door, too: a fuzzer that is only refused tries nothing.
      expect(report.codes['ok']).toBeGreaterThan(200);
      expect(report.codes['BAD_INPUT']).toBeGreaterThan(200);
      expect(Object.keys(report.methods).length).toBeGreaterThan(40);
      expect(report.raw).toBeGreaterThan(50);
    },
  );

  it('are the same for the same seed', async () => {
    const { Random } = (await import('./fuzz/random.mjs')) as RandomModule;
    const draw = (seed: number): unknown[] => {
      const random = new Random(seed);
      return [random.next(), random.uuid(), random.next()];
    };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    expect(draw(5)[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
