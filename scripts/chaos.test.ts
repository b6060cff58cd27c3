import { expect, it } from 'vitest';

it('loses and repeats nothing while engine and shops are killed', { timeout: 120_000 }, async () => {
  const { runChaos } = (await import('./chaos/run.mjs')) as {
    runChaos: (
      options: object,
    ) => Promise<{ violations: unknown[]; kills: { engine: number }; ops: { total: number } }>;
  };
  const report = await runChaos({
    seed: 7,
    steps: 14,
    // All four take a minute of their channels' own pace: npm run chaos.
    platforms: ['woocommerce', 'shopify'],
    log: () => undefined,
  });
  expect(report.violations).toEqual([]);
  expect(report.kills.engine).toBeGreaterThan(0);
  expect(report.ops.total).toBeGreaterThan(3);
});
