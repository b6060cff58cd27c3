// Makes sure that this machine can show an Electron window: shared libraries,
// fonts, a screen. `node scripts/system.mjs` checks (and as root installs).
import { existsSync } from 'node:fs';
import { capture, isMain, isRoot } from './process.mjs';
import { resolveRuntime } from './runtime.mjs';
import { hasDisplay, startDisplay } from './system/display.mjs';
import { choosePackages, missingLibraries, packageChoices } from './system/libraries.mjs';
import {
  hasProgram,
  installCommand,
  installPackages,
  offeredPackages,
  updateLists,
} from './system/packages.mjs';

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
  return choosePackages(choices, await offeredPackages(choices.flat()));
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
    throw new Error(`this machine lacks ${what}; run:\n  ${installCommand(packages)}`);
  }
  log(`system: installing what is missing (${what})`);
  await updateLists();
  const packages = await choose(needs.choices);
  await installPackages(packages);
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

/**
 * @param {{ log?: (line: string) => void, screens?: number }} [options] `screens`: how many there are to
 *   be where this machine has none; apps beside each other need one each, or they fight for the focus
 * @returns {Promise<Stage & { screens: NodeJS.ProcessEnv[] }>} `stop` takes the screens down again
 */
export async function setStage({ log = (line) => console.error(line), screens = 1 } = {}) {
  const runtime = await resolveRuntime({ log });
  const needsDisplay = !hasDisplay();
  await ensureSystem(runtime.executable, { needsDisplay, log });
  const env = { ...process.env };
  // It would turn Electron into a plain Node.
  delete env.ELECTRON_RUN_AS_NODE;
  const args = [...(isRoot() && process.platform === 'linux' ? ['--no-sandbox'] : []), ...runtime.appArgs];
  if (!needsDisplay) return { runtime, env, args, screens: [{}], stop: async () => undefined };
  const displays = await Promise.all(Array.from({ length: screens }, () => startDisplay()));
  log(`display: none here, running under Xvfb ${displays.map((display) => display.env.DISPLAY).join(', ')}`);
  return {
    runtime,
    env: { ...env, ...displays[0].env },
    args,
    screens: displays.map((display) => display.env),
    stop: async () => {
      await Promise.all(displays.map((display) => display.stop()));
    },
  };
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
