// npm run package [-- --linux|--win|--mac [TARGET…]] [--flavour e2e]: builds what
// users install. QUAYSIDE_UPDATE_URL names where it will look for updates. On a machine that only has the old development runtime it packs
// a folder for trying the packaging itself, marked as such.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildStale } from './build.mjs';
import { requireGoodNode } from './node.mjs';
import { assertLegacyTargets, configFor, FLAVOURS } from './package/config.mjs';
import { inRoot, modulesDir } from './paths.mjs';
import { isMain, runForeground } from './process.mjs';
import { resolveRuntime } from './runtime.mjs';
import { FOLDER_STAMP } from './runtime/cache.mjs';
import { ensureLegacyCache, LEGACY } from './runtime/legacy.mjs';

const SYSTEMS = ['linux', 'win', 'mac'];
const OWN_SYSTEM = { linux: 'linux', win32: 'win', darwin: 'mac' }[process.platform];

/** What electron-builder.yml says, read with electron-builder's own YAML. */
export function readBuilderConfig() {
  const here = createRequire(import.meta.url);
  const yaml = createRequire(here.resolve('app-builder-lib/package.json'))('js-yaml');
  return yaml.load(readFileSync(inRoot('electron-builder.yml'), 'utf8'));
}

/** Calls `work` with an empty folder that is gone afterwards. */
async function withTemp(work) {
  const dir = mkdtempSync(join(tmpdir(), 'quayside-package-'));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The unpacked Electron to pack, null when electron-builder has to fetch one for another system. */
async function findDist(runtime, systems, temp) {
  if (runtime.source === 'legacy') {
    // A copy and no hard links: packing writes into the executable.
    const dir = join(temp, 'electron');
    cpSync(await ensureLegacyCache(), dir, { recursive: true });
    rmSync(join(dir, FOLDER_STAMP));
    return { dir, version: LEGACY.version };
  }
  if (systems.some((system) => system !== OWN_SYSTEM)) return null;
  const inApp = process.platform === 'darwin' ? '../../../..' : '..';
  return { dir: join(runtime.executable, inApp), version: runtime.version };
}

async function main() {
  const { values, positionals: targets } = parseArgs({
    allowPositionals: true,
    options: {
      linux: { type: 'boolean' },
      win: { type: 'boolean' },
      mac: { type: 'boolean' },
      flavour: { type: 'string', default: 'release' },
    },
  });
  const { flavour } = values;
  if (!FLAVOURS.includes(flavour))
    throw new Error(`--flavour ${flavour}: there are ${FLAVOURS.join(' and ')}`);
  const named = SYSTEMS.filter((system) => values[system]);
  const systems = named.length > 0 ? named : [OWN_SYSTEM];

  const runtime = await resolveRuntime();
  const legacy = runtime.source === 'legacy';
  if (legacy) assertLegacyTargets(systems, targets);
  await buildStale();
  return withTemp(async (temp) => {
    const dist = await findDist(runtime, systems, temp);
    const configFile = join(temp, 'electron-builder.json');
    writeFileSync(
      configFile,
      JSON.stringify(
        configFor(readBuilderConfig(), {
          flavour,
          dist,
          legacy,
          updates: process.env.QUAYSIDE_UPDATE_URL || null,
        }),
      ),
    );
    const bin = join(
      modulesDir,
      '.bin',
      process.platform === 'win32' ? 'electron-builder.cmd' : 'electron-builder',
    );
    const chosen = systems.flatMap((system) => [`--${system}`, ...targets]);
    return runForeground(bin, ['--publish', 'never', '--config', configFile, ...chosen], { cwd: inRoot() });
  });
}

if (isMain(import.meta.url)) {
  requireGoodNode();
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
