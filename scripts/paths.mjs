// Where things are. No side effects: every script may import it.
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
export const outDir = join(root, 'out');
export const modulesDir = join(root, 'node_modules');

/** Folder for things that are expensive to fetch and the same for every checkout. */
export function cacheDir(env = process.env) {
  const base = env.XDG_CACHE_HOME || join(homedir(), '.cache');
  return join(base, 'quayside');
}

/** Path inside the project. */
export function inRoot(...parts) {
  return join(root, ...parts);
}
