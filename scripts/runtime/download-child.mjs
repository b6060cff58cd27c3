// Started by download.mjs in a process of its own: fetches the official Electron
// and says on stdout how far it got, so that the parent can tell slow from stuck.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const requireHere = createRequire(import.meta.url);
const fromElectron = createRequire(requireHere.resolve('electron/package.json'));
const { downloadArtifact } = await import(pathToFileURL(fromElectron.resolve('@electron/get')).href);

await downloadArtifact({
  version: fromElectron('./package.json').version,
  artifactName: 'electron',
  platform: process.platform,
  arch: process.arch,
  checksums: JSON.parse(readFileSync(fromElectron.resolve('./checksums.json'), 'utf8')),
  downloadOptions: {
    quiet: true,
    getProgressCallback: async (progress) => {
      process.stdout.write(`${progress.transferred}\n`);
    },
  },
});
// The file is in @electron/get's cache now; the package's own script unpacks it from there.
fromElectron('./install.js');
