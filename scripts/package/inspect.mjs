// Looks into an unpacked package: what must be in it, what must not, and its fuses.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const MUST = [
  /^out\/app\/main\.cjs$/,
  /^out\/app\/preload\.cjs$/,
  /^out\/engine\/engine\.cjs$/,
  /^out\/engine\/worker\.cjs$/,
  /^out\/engine\/migrations\/0001-[\w-]+\.sql$/,
  /^out\/engine\/rule-packs\/woocommerce\.json$/,
  /^out\/cli\/quayside\.mjs$/,
  /^out\/cli\/rule-packs\/woocommerce\.json$/,
  /^out\/cli\/migrations\/0001-[\w-]+\.sql$/,
  /^out\/renderer\/index\.html$/,
  /^node_modules\/better-sqlite3\/prebuilds\/[\w-]+\.node$/,
  /^package\.json$/,
  /^LICENSE$/,
];
/** Everything that may be there; sources, maps, tests and other people's folders fall through. */
const MAY = [
  /^out\/(?:app|engine|cli)\/[\w-]+\.[cm]js$/,
  /^out\/(?:engine|cli)\/migrations\/\d{4}-[\w-]+\.sql$/,
  /^out\/(?:engine|cli)\/rule-packs\/[\w-]+\.json$/,
  /^out\/renderer\/index\.html$/,
  /^out\/renderer\/assets\/[\w.-]+\.(?:js|css|woff2?|png|svg)$/,
  /^node_modules\/better-sqlite3\/(?:package\.json|LICENSE|lib\/[\w/-]+\.js)$/,
  /^node_modules\/better-sqlite3\/prebuilds\/[\w-]+\.node$/,
  /^package\.json$/,
  /^LICENSE$/,
];
const SECRETS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bshp[a-z]{2}_[0-9a-f]{32}\b/,
  /\bAtz[ar]\|[\w-]{20,}/,
  /\bnpm_[A-Za-z0-9]{36}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{36}\b/,
  /\bAKIA[0-9A-Z]{16}\b/,
];

/**
 * @param {readonly string[]} files paths inside the archive, with `/` and without one in front
 * @returns {string[]} everything wrong, in words
 */
export function contentProblems(files) {
  const problems = MUST.filter((pattern) => !files.some((file) => pattern.test(file))).map(
    (pattern) => `nothing in the package is ${pattern.source}`,
  );
  for (const file of files) {
    if (!MAY.some((pattern) => pattern.test(file))) problems.push(`${file} does not belong into the package`);
  }
  const binaries = files.filter((file) => file.endsWith('.node'));
  if (binaries.length > 1) problems.push(`binaries of other systems are packed: ${binaries.join(', ')}`);
  return problems;
}

/** @param {string} file @param {string} text @param {string} home folder that the build ran in */
export function textProblems(file, text, home) {
  const problems = SECRETS.filter((pattern) => pattern.test(text)).map(
    (pattern) => `${file} holds something like a secret (${pattern.source})`,
  );
  if (text.includes(home)) problems.push(`${file} names the folder of the build, ${home}`);
  if (/sourceMappingURL=data:/.test(text)) problems.push(`${file} holds its sources`);
  return problems;
}

/**
 * @param {Record<string, boolean>} wanted fuses by the names of electron-builder
 * @param {Record<string, number>} wire states as read from the program, by Electron's names
 */
export function fuseProblems(wanted, wire) {
  return Object.entries(wanted).flatMap(([name, on]) => {
    const known = name[0].toUpperCase() + name.slice(1);
    const state = wire[known];
    if (state === undefined) return [`the program has no fuse ${known}`];
    // As Electron stores them: the characters 0 and 1.
    return state === (on ? 49 : 48) ? [] : [`fuse ${known} is not ${on ? 'on' : 'off'}`];
  });
}

/**
 * Everything wrong with an unpacked Linux or Windows package.
 * @param {{ dir: string, executable: string, fuses: Record<string, boolean>, home: string }} options
 */
export async function inspectPackage({ dir, executable, fuses, home }) {
  // Both come with electron-builder.
  const builder = createRequire(createRequire(import.meta.url).resolve('app-builder-lib/package.json'));
  const asar = builder('@electron/asar');
  const { FuseV1Options, getCurrentFuseWire } = builder('@electron/fuses');

  const archive = join(dir, 'resources', 'app.asar');
  const listed = asar.listPackage(archive).map((file) => file.replaceAll('\\', '/').replace(/^\//, ''));
  const files = listed.filter((file) => !('files' in asar.statFile(archive, file)));
  const problems = contentProblems(files);
  for (const file of files) {
    const unpacked = join(`${archive}.unpacked`, file);
    if (file.endsWith('.node')) {
      if (!existsSync(unpacked)) problems.push(`${file} is not unpacked and cannot be loaded`);
    } else if (/\.([cm]?js|json|html|css|sql)$/.test(file)) {
      problems.push(...textProblems(file, asar.extractFile(archive, file).toString('utf8'), home));
    }
  }
  if (!existsSync(join(dir, 'resources', 'licences', 'third-party.txt')))
    problems.push('resources/licences/third-party.txt is missing');
  const wire = await getCurrentFuseWire(join(dir, executable));
  const states = Object.fromEntries(
    Object.entries(FuseV1Options).flatMap(([name, index]) =>
      typeof index === 'number' && wire[index] !== undefined ? [[name, wire[index]]] : [],
    ),
  );
  return [...problems, ...fuseProblems(fuses, states)];
}
