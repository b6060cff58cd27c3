// Makes sure that this machine can show an Electron window: shared libraries,
// fonts, a screen. `node scripts/system.mjs` checks (and as root installs).
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture, isMain, isRoot } from './process.mjs';
import { resolveRuntime } from './runtime.mjs';
import { hasDisplay, startDisplay } from './system/display.mjs';
import { availablePackages, choosePackages, missingLibraries, packageChoices } from './system/libraries.mjs';

const INSTALL_TIMEOUT_MS = 10 * 60 * 1000;

function hasProgram(name) {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

async function findMissingLibraries(executable) {
  if (!hasProgram('ldd')) return [];
  return missingLibraries((await capture('ldd', [executable])).output);
}

async function hasFonts() {
  if (!hasProgram('fc-list')) return existsSync('/usr/share/fonts/truetype');
  return (await capture('fc-list', [])).stdout.trim() !== '';
}

/** What is missing here, in packages to choose from and in words for people. */
async function findNeeds(executable, needsDisplay) {
  const libraries = await findMissingLibraries(executable);
  const choices = packageChoices(libraries);
  const words = [...libraries];
  if (needsDisplay && !hasProgram('Xvfb')) {
    choices.push(['xvfb']);
    words.push('Xvfb (there is no display)');
  }
  if (!(await hasFonts())) {
    choices.push(['fontconfig'], ['fonts-dejavu-core'], ['fonts-noto-color-emoji']);
    words.push('fonts');
  }
  return { choices, words };
}

async function choose(choices) {
  const names = choices.flat();
  const policy = await capture('apt-cache', ['policy', ...names], { env: { ...process.env, LC_ALL: 'C' } });
  return choosePackages(choices, availablePackages(policy.stdout));
}

async function apt(args, env) {
  const result = await capture('apt-get', args, { timeoutMs: INSTALL_TIMEOUT_MS, env });
  if (result.code !== 0) {
    throw new Error(
      `apt-get ${args.join(' ')} failed (${result.code}):\n${result.output.trim().slice(-1500)}`,
    );
  }
}

/**
 * Installs what is missing when that is possible here (Debian or Ubuntu, as
 * root), else throws with the one command that does.
 */
export async function ensureSystem(executable, { needsDisplay, log = (line) => console.error(line) }) {
  if (process.platform !== 'linux') return;
  const needs = await findNeeds(executable, needsDisplay);
  if (needs.choices.length === 0) return;
  const what = needs.words.join(', ');
  if (!hasProgram('apt-get')) {
    throw new Error(`this machine lacks ${what}: install them with its package manager and try again`);
  }
  if (!isRoot()) {
    const packages = await choose(needs.choices);
    throw new Error(
      `this machine lacks ${what}; run:\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(' ')}`,
    );
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  log(`system: installing what is missing (${what})`);
  await apt(['update', '-q'], env);
  const packages = await choose(needs.choices);
  await apt(['install', '-y', '-q', '--no-install-recommends', ...packages], env);
  const still = await findNeeds(executable, needsDisplay);
  if (still.choices.length > 0) {
    throw new Error(
      `after installing ${packages.join(' ')} this machine still lacks ${still.words.join(', ')}`,
    );
  }
}

/**
 * Everything that is needed to run Electron here, in the shape that a child
 * process takes it: a resolved runtime, environment and leading arguments.
 * @typedef {{ runtime: import('./runtime.mjs').Runtime, env: NodeJS.ProcessEnv, args: string[], stop: () => Promise<void> }} Stage
 */

/** @returns {Promise<Stage>} `stop` takes the screen down again */
export async function setStage({ log = (line) => console.error(line), hidden = false } = {}) {
  const runtime = await resolveRuntime({ log });
  const needsDisplay = hidden || !hasDisplay();
  await ensureSystem(runtime.executable, { needsDisplay: needsDisplay && process.platform === 'linux', log });
  const env = {
    ...process.env,
    // The engine's host needs it where the runtime's own Node is too old for SQLite.
    QUAYSIDE_NODE: process.execPath,
    ELECTRON_DISABLE_SECURITY_WARNINGS: '1',
  };
  delete env.ELECTRON_RUN_AS_NODE;
  const args = [...(isRoot() && process.platform === 'linux' ? ['--no-sandbox'] : []), ...runtime.appArgs];
  if (!needsDisplay || process.platform !== 'linux')
    return { runtime, env, args, stop: async () => undefined };
  const display = await startDisplay();
  log(`display: ${hidden ? 'hidden' : 'none here'}, running under Xvfb ${display.env.DISPLAY}`);
  delete env.WAYLAND_DISPLAY;
  return { runtime, env: { ...env, ...display.env }, args, stop: display.stop };
}

if (isMain(import.meta.url)) {
  try {
    const runtime = await resolveRuntime();
    await ensureSystem(runtime.executable, { needsDisplay: !hasDisplay() });
    console.log('system: everything that Electron needs is here');
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
