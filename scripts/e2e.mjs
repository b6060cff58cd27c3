// npm run e2e [-- Playwright arguments]: the journeys in the real Electron.
import { join } from 'node:path';
import { buildStale } from './build.mjs';
import { requireGoodNode } from './node.mjs';
import { inRoot, modulesDir } from './paths.mjs';
import { isMain, runForeground } from './process.mjs';
import { setStage } from './system.mjs';

/** How Playwright's fixtures learn what to start. */
export function stageEnvironment(stage) {
  return {
    ...stage.env,
    QUAYSIDE_ELECTRON: stage.runtime.executable,
    QUAYSIDE_ELECTRON_ARGS: JSON.stringify(stage.args),
    // One worker a screen.
    QUAYSIDE_SCREENS: JSON.stringify(stage.screens),
  };
}

export function playwrightArgs(project, extra) {
  return ['test', '--config', inRoot('e2e', 'playwright.config.ts'), `--project=${project}`, ...extra];
}

export const playwrightBin = join(
  modulesDir,
  '.bin',
  process.platform === 'win32' ? 'playwright.cmd' : 'playwright',
);

/** Builds, sets the stage and runs one Playwright project in the terminal; gives the exit code. */
export async function runProject(project, extra, env = {}) {
  await buildStale();
  const stage = await setStage();
  try {
    return await runForeground(playwrightBin, playwrightArgs(project, extra), {
      cwd: inRoot(),
      env: { ...stageEnvironment(stage), ...env },
    });
  } finally {
    await stage.stop();
  }
}

if (isMain(import.meta.url)) {
  requireGoodNode();
  try {
    process.exitCode = await runProject('workstation', process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
