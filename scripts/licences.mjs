// npm run licences [-- --check]: writes resources/licences/third-party.txt, the
// licences of everything that is shipped, from the lockfile and node_modules.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { closure, importedPackages, usableLicence } from './licences/shipped.mjs';
import { inRoot } from './paths.mjs';
import { isMain } from './process.mjs';

export const LICENCES_FILE = inRoot('resources', 'licences', 'third-party.txt');
const SHIPPED_FOLDERS = ['main', 'renderer', 'shared'];
/** Not part of any bundle. */
const NOT_SHIPPED = /\.test\.tsx?$|\/testing\/|-test-kit\.ts$|\/test-[^/]*\.ts$|\/host-contract\//;
const RULE = '='.repeat(78);

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && /\.(tsx?|css)$/.test(path) && !NOT_SHIPPED.test(path)) yield path;
  }
}

/** Every shipped package with the licence it is used under; throws naming those that may not be shipped. */
export function shippedPackages() {
  const { packages } = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8'));
  const roots = new Set(Object.keys(packages[''].dependencies ?? {}));
  for (const folder of SHIPPED_FOLDERS) {
    for (const file of sources(inRoot(folder))) {
      for (const name of importedPackages(readFileSync(file, 'utf8'))) roots.add(name);
    }
  }
  const shipped = closure(packages, roots).map((path) => {
    const { name = path.slice(path.lastIndexOf('node_modules/') + 13), version, license } = packages[path];
    return { path, name, version, stated: license ?? null, licence: usableLicence(license) };
  });
  const unfit = shipped.filter(({ licence }) => licence === null);
  if (unfit.length > 0) {
    const list = unfit.map(({ name, version, stated }) => `${name} ${version}: ${stated ?? 'no licence'}`);
    throw new Error(`not to be shipped, the licence is copyleft or unknown:\n  ${list.join('\n  ')}`);
  }
  return shipped;
}

/** The licence texts that come in the package's folder. */
function licenceTexts(path) {
  const folder = inRoot(path);
  if (!existsSync(folder)) throw new Error(`${path} is not installed: run "npm ci"`);
  return readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)\b/i.test(name))
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim());
}

export function renderLicences(shipped) {
  const head = [
    'Quayside contains the software listed here, under these licences. Electron and',
    'Chromium come with licence files of their own, LICENSE.electron.txt and',
    'LICENSES.chromium.html, in the folder of the program. SQLite, inside',
    'better-sqlite3, is in the public domain.',
    '',
    ...shipped.map(({ name, version, licence }) => `${name} ${version} (${licence})`),
  ];
  const parts = shipped.map(({ path, name, version, licence }) => {
    const texts = licenceTexts(path);
    const body = texts.length > 0 ? texts : [`The package states its licence only by name: ${licence}.`];
    return `${RULE}\n${name} ${version} (${licence})\n${RULE}\n\n${body.join('\n\n')}`;
  });
  return `${head.join('\n')}\n\n${parts.join('\n\n')}\n`;
}

if (isMain(import.meta.url)) {
  try {
    const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
    const shipped = shippedPackages();
    const text = renderLicences(shipped);
    if (!values.check) {
      mkdirSync(dirname(LICENCES_FILE), { recursive: true });
      writeFileSync(LICENCES_FILE, text);
      console.log(`${shipped.length} packages`);
    } else if (!existsSync(LICENCES_FILE) || readFileSync(LICENCES_FILE, 'utf8') !== text) {
      throw new Error('resources/licences/third-party.txt is not up to date: run "npm run licences"');
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
