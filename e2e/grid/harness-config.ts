import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { PlaywrightTestConfig } from '@playwright/test';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

/** The harness page built and served on `port`, in the system's Chromium or Playwright's. */
export function harnessConfig(port: number): PlaywrightTestConfig {
  const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
  return {
    outputDir: at('../../out/grid-results'),
    retries: 0,
    use: {
      baseURL: `http://127.0.0.1:${port}`,
      viewport: { width: 1440, height: 900 },
      permissions: ['clipboard-read', 'clipboard-write'],
      launchOptions: {
        ...(existsSync(SYSTEM_CHROMIUM) ? { executablePath: SYSTEM_CHROMIUM } : {}),
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--no-first-run',
          '--js-flags=--expose-gc',
          '--enable-precise-memory-info',
        ],
      },
    },
    webServer: {
      command: `npx vite build -c vite.config.ts && npx vite preview -c vite.config.ts --host 127.0.0.1 --port ${port} --strictPort`,
      cwd: at('.'),
      url: `http://127.0.0.1:${port}`,
      reuseExistingServer: false,
      timeout: 120_000,
    },
  };
}
