import { expect, it } from 'vitest';
import { withStaging } from './stage-rollout.mjs';

const LATEST = 'version: 2.0.0\nfiles:\n  - url: a.exe\n    sha512: x\nreleaseDate: now\n';

it('puts the share of computers at the end and takes an older one out', () => {
  const tenth = withStaging(LATEST, 10);
  expect(tenth).toBe(`${LATEST}stagingPercentage: 10\n`);
  expect(withStaging(tenth, 100)).toBe(`${LATEST}stagingPercentage: 100\n`);
});

it('refuses shares that are none and other files', () => {
  for (const share of [-1, 101, 5.5, Number.NaN])
    expect(() => withStaging(LATEST, share)).toThrow('0 to 100');
  expect(() => withStaging('hello', 5)).toThrow('no file that updaters read');
});
