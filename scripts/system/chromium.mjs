// A Chromium for the tests of the spreadsheet alone: the system's, Playwright's,
// or (as root on Debian) installed here.
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { isRoot } from '../process.mjs';
import { hasProgram, installCommand, installPackages, offeredPackages, updateLists } from './packages.mjs';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

const isThere = () => existsSync(SYSTEM_CHROMIUM) || existsSync(chromium.executablePath());

/** Throws with what to do when there is none and none can be installed. */
export async function ensureChromium(log) {
  if (isThere()) return;
  if (process.platform === 'linux' && isRoot() && hasProgram('apt-get')) {
    log('system: installing chromium');
    await updateLists();
    if ((await offeredPackages(['chromium'])).has('chromium')) await installPackages(['chromium']);
  }
  if (isThere()) return;
  throw new Error(
    `there is no Chromium to test the spreadsheet in; run "npx playwright install chromium", or on Debian "${installCommand(['chromium'])}"`,
  );
}
