// Which packages end up in what users install: pure, given texts.

/** Packages that the runtime brings itself, with licence files of its own beside the program. */
const FROM_RUNTIME = new Set(['electron']);

const SPECIFIER = /^(?:@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*(?:\/[\w./-]+)?$/;

/** The package a module specifier belongs to, null for files, Node's own modules and other texts. */
export function packageOf(specifier) {
  if (!SPECIFIER.test(specifier)) return null;
  const [scope, name] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

/** Packages that a source text imports by static or dynamic import, also for its side effect or from a style sheet. */
export function importedPackages(text) {
  const found = new Set();
  // Types leave nothing in a bundle.
  const code = text.replace(/^\s*(?:import|export) type [^;]*?from ['"][^'"]+['"];?$/gms, '');
  for (const pattern of [
    /\bfrom\s*['"]([^'"\n]+)['"]/g,
    /\bimport\s*\(?\s*['"]([^'"\n]+)['"]/g,
    /@import\s+(?:url\()?['"]([^'"\n]+)['"]/g,
  ]) {
    for (const [, specifier] of code.matchAll(pattern)) {
      const name = packageOf(specifier);
      if (name !== null && !FROM_RUNTIME.has(name)) found.add(name);
    }
  }
  return found;
}

/** Where a package at `from` finds `name` in the lockfile, null when it is not installed. */
function place(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const path = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[path] !== undefined) return path;
    if (at === '') return null;
  }
}

/**
 * Lockfile paths of everything that `roots` bring along.
 * @param {Record<string, { dependencies?: Record<string, string> }>} packages of the lockfile
 * @param {Iterable<string>} roots names
 * @returns {string[]} in order of their names
 */
export function closure(packages, roots) {
  const seen = new Set();
  const visit = (from, name, needed) => {
    const path = place(packages, from, name);
    if (path === null) {
      if (needed) throw new Error(`${name} is imported or depended on and not in the lockfile`);
      return;
    }
    if (seen.has(path)) return;
    seen.add(path);
    for (const dependency of Object.keys(packages[path].dependencies ?? {})) visit(path, dependency, true);
    for (const dependency of Object.keys(packages[path].optionalDependencies ?? {}))
      visit(path, dependency, false);
  };
  for (const name of roots) visit('', name, true);
  return [...seen].toSorted((a, b) => (a < b ? -1 : 1));
}

/** Licences that let a program be given away without its sources. */
const FREE = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'CC0-1.0',
  'Unlicense',
  'BlueOak-1.0.0',
  // argparse, a part of electron-updater's YAML reader; permissive.
  'Python-2.0',
  // Fonts
  'OFL-1.1',
]);

/**
 * The licence under which a package is used: one that is free of copyleft, or
 * null. Of several to choose from the first free one; of several that all hold, all.
 */
export function usableLicence(expression) {
  if (typeof expression !== 'string') return null;
  const text = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (/[()]/.test(text)) return null;
  const choices = text.split(/\s+OR\s+/i);
  return (
    choices.find((choice) => choice.split(/\s+AND\s+/i).every((licence) => FREE.has(licence.trim()))) ?? null
  );
}
