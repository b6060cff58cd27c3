import { defineConfig } from '@playwright/test';
import { harnessConfig } from '../harness-config.ts';

// npx playwright test --config e2e/grid/bench/playwright.config.ts
// Measures the spreadsheet against a bare AG Grid and writes GRID_BENCH_JSON
// (out/grid-bench.json): { rows: [{ work, measured, value, unit, budget }], raw }.
export default defineConfig({
  ...harnessConfig(4320),
  testDir: '.',
  testMatch: '*.bench.ts',
  workers: 1,
  timeout: 400_000,
  reporter: [['list']],
});
