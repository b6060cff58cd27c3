// Tells whether a target's inputs changed since it was last built.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Files that never end up in a bundle. */
const IGNORED = /\.test\.tsx?$|(^|\/)tsconfig\.json$|\.tsbuildinfo$/;

/** Every file below `paths` (files or folders, relative to `base`), sorted; a missing path adds nothing. */
export function listInputs(base, paths) {
  const files = [];
  const visit = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const name of readdirSync(path)) if (name !== 'node_modules') visit(join(path, name));
    } else if (stat?.isFile() && !IGNORED.test(path)) {
      files.push({ path: relative(base, path), size: stat.size, mtimeMs: Math.round(stat.mtimeMs) });
    }
  };
  for (const path of paths) visit(join(base, path));
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** One digest over names, sizes and times: no file is read. */
export function fingerprint(files, extra = '') {
  const hash = createHash('sha256').update(extra);
  for (const file of files) hash.update(`${file.path}\0${file.size}\0${file.mtimeMs}\n`);
  return hash.digest('hex');
}

export function readStamp(path) {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}

export function writeStamp(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${value}\n`);
}
