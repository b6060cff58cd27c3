// Runs after `npm install`: makes `npx quayside` answer from this checkout
// (npm does not link a package's own bin into its own node_modules), and keeps
// the lockfile good for npm 10.
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withoutGyp } from './lockfile.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = join(root, 'node_modules', '.bin');

if (existsSync(bin)) {
  if (process.platform === 'win32') {
    writeFileSync(join(bin, 'quayside.cmd'), '@node "%~dp0\\..\\..\\scripts\\quayside.mjs" %*\r\n');
  } else {
    const link = join(bin, 'quayside');
    rmSync(link, { force: true });
    symlinkSync('../../scripts/quayside.mjs', link);
  }
}

const lockfile = join(root, 'package-lock.json');
if (existsSync(lockfile)) {
  const text = readFileSync(lockfile, 'utf8');
  const kept = withoutGyp(text);
  if (kept !== text) writeFileSync(lockfile, kept);
}
