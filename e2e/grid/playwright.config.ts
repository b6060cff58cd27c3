import { defineConfig } from '@playwright/test';
import { harnessConfig } from './harness-config.ts';

export default defineConfig({
  ...harnessConfig(4319),
  testDir: '.',
  testMatch: '*.spec.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 60_000,
  reporter: [['list']],
});
