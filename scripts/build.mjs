// npm run build [-- --target app] [--force]: bundles what changed into out/.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fingerprint, listInputs, readStamp, writeStamp } from './build/stamp.mjs';
import { inRoot, outDir, root } from './paths.mjs';
import { isMain } from './process.mjs';

/** A change in any of these makes every target stale. */
const COMMON_INPUTS = ['package.json', 'package-lock.json', 'scripts/build.mjs', 'scripts/build'];

const stampPath = (target) => join(outDir, 'stamps', target.name);

function currentStamp(target) {
  return fingerprint(listInputs(root, [...COMMON_INPUTS, ...target.inputs]), process.versions.node);
}

function isFresh(target, stamp) {
  return (
    readStamp(stampPath(target)) === stamp &&
    target.outputs.every((file) => existsSync(join(outDir, target.name, file)))
  );
}

/**
 * Builds into a folder of its own and swaps it in, so that a running program
 * or a second build never sees half a bundle.
 */
async function buildTarget(target, stamp) {
  const missing = target.entries.filter((entry) => !existsSync(inRoot(entry)));
  if (missing.length > 0) {
    throw new Error(`this build target needs ${missing.join(' and ')}, which does not exist`);
  }
  const fresh = join(outDir, `.building-${target.name}-${process.pid}`);
  const old = join(outDir, `.replaced-${target.name}-${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  // The bundler calls this whole process a production build; what runs after it is none.
  const mode = process.env.NODE_ENV;
  try {
    await target.make(fresh);
    if (existsSync(join(outDir, target.name))) renameSync(join(outDir, target.name), old);
    renameSync(fresh, join(outDir, target.name));
  } finally {
    if (mode === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = mode;
    rmSync(fresh, { recursive: true, force: true });
    rmSync(old, { recursive: true, force: true });
  }
  // The stamp is of the inputs before the build: an edit during it makes the next build run again.
  writeStamp(stampPath(target), stamp);
}

/**
 * Builds the named targets (all of them by default) whose inputs changed.
 * Goes on after a failure and throws at the end with all of them.
 * @param {{ names?: readonly string[], force?: boolean, log?: (line: string) => void }} [options]
 * @returns {Promise<string[]>} names of the targets that were built
 */
export async function buildStale(options = {}) {
  // Loaded late: it pulls in Vite, which a test of the pure parts does not need.
  const { targets } = await import('./build/targets.mjs');
  const log = options.log ?? console.log;
  const unknown = (options.names ?? []).filter((name) => !targets.some((target) => target.name === name));
  if (unknown.length > 0) {
    const known = targets.map((target) => target.name).join(', ');
    throw new Error(`no build target "${unknown[0]}"; there are ${known}`);
  }
  const built = [];
  const problems = [];
  for (const target of targets) {
    if (options.names && !options.names.includes(target.name)) continue;
    const stamp = currentStamp(target);
    if (!options.force && isFresh(target, stamp)) continue;
    const started = performance.now();
    try {
      await buildTarget(target, stamp);
    } catch (error) {
      problems.push(`${target.name}: ${error instanceof Error ? error.message : String(error)}`);
      continue;
    }
    built.push(target.name);
    log(`built ${target.name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  }
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return built;
}

if (isMain(import.meta.url)) {
  const { values } = parseArgs({
    options: { target: { type: 'string', multiple: true }, force: { type: 'boolean' } },
  });
  try {
    const built = await buildStale({ names: values.target, force: values.force ?? false });
    if (built.length === 0) console.log('nothing to build');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
