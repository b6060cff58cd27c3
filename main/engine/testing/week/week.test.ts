import { expect, it } from 'vitest';
import { runWeek, WEEK_DEFAULTS } from './run-week.ts';

it('sells fewer units that are not there when units are held back, and plays a seed the same again', async () => {
  // A busy day on little stock, with rounds far apart.
  const day = { ...WEEK_DEFAULTS, seed: 5, days: 1, skus: 6, units: 4, everyMinutes: 240, unreachable: 0 };
  const mirror = await runWeek('mirror', day);
  const buffer = await runWeek('buffer', day);
  expect(mirror.oversold).toBeGreaterThan(0);
  expect(buffer.oversold).toBeLessThan(mirror.oversold);
  expect(buffer.buyers).toBe(mirror.buyers);
  expect(mirror.sold - mirror.oversold + mirror.left).toBe(24);
  expect(await runWeek('buffer', day)).toEqual(buffer);
});

it('asks nobody about a quantity that a shop out of reach has sold from', async () => {
  const day = { ...WEEK_DEFAULTS, seed: 3, days: 2, skus: 4, units: 12, everyMinutes: 120, unreachable: 0.5 };
  const { conflicts, oversold, sold } = await runWeek('buffer', day);
  expect(sold).toBeGreaterThan(10);
  expect({ conflicts, oversold }).toEqual({ conflicts: 0, oversold: 0 });
});
