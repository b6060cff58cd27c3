// What the lockfile must say so that every npm can install from it: pure.

/**
 * Comes with its binaries and says `"gypfile": false`. npm does not copy that
 * into the lockfile, and npm 10, which reads only the lockfile, then tries to
 * compile it.
 */
const PREBUILT = 'node_modules/better-sqlite3';

/** The lockfile's text with the mark that npm leaves out; the same text when it is there. */
export function withoutGyp(text) {
  const lock = JSON.parse(text);
  const entry = lock.packages?.[PREBUILT];
  if (entry === undefined || entry.gypfile === false) return text;
  entry.gypfile = false;
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** Whether a package at `path` finds `name` at its own place or further up. */
function isLocked(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[place] !== undefined) return true;
    if (at === '') return false;
  }
}

/** Everything that makes the lockfile unfit, in words. */
export function lockfileProblems(text) {
  const problems = [];
  const packages = JSON.parse(text).packages ?? {};
  for (const [path, entry] of Object.entries(packages)) {
    if (/(^|\/)ag-grid-enterprise$/.test(path))
      problems.push(`the lockfile holds ${path}, which needs a licence`);
    if (typeof entry.resolved === 'string' && /^\w+:\/\//.test(entry.resolved)) {
      problems.push(`the lockfile names a registry host for ${path}`);
    }
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (!isLocked(packages, path, name)) {
        problems.push(
          `the lockfile lacks ${name}, which ${path} wants on other platforms: npm ci refuses it`,
        );
      }
    }
  }
  if (packages[PREBUILT] !== undefined && packages[PREBUILT].gypfile !== false) {
    problems.push(`the lockfile lets npm 10 compile ${PREBUILT}: run "npm run prepare"`);
  }
  return problems;
}
