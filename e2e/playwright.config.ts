import { defineConfig } from '@playwright/test';

const screens: readonly unknown[] = JSON.parse(process.env['QUAYSIDE_SCREENS'] ?? '[{}]');

/**
 * Journeys through the built app in a real Electron. `scripts/e2e.mjs` and
 * `scripts/test.mjs` start this with the runtime in QUAYSIDE_ELECTRON. The
 * spreadsheet alone is tested in a browser by e2e/grid, with its own configuration.
 */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  // Windows of several apps on one screen would fight for the focus.
  workers: screens.length,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: 'list',
  projects: [
    { name: 'workstation', testIgnore: ['**/tour.spec.ts', 'grid/**'] },
    { name: 'tour', testMatch: '**/tour.spec.ts', timeout: 300_000 },
  ],
});
