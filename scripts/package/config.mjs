// From electron-builder.yml to the configuration of one run: pure.
import { LEGACY } from '../runtime/legacy.mjs';

export const FLAVOURS = ['release', 'e2e'];

/**
 * @param {object} base what electron-builder.yml says
 * @param {object} run
 * @param {'release' | 'e2e'} run.flavour `e2e` can be driven from outside and never leaves the machine
 * @param {{ dir: string, version: string } | null} run.dist an unpacked Electron to use, null to let electron-builder fetch one
 * @param {string | null} [run.updates] https address of the folder with the published files; without it the program never looks for updates
 * @param {boolean} run.legacy the unpacked Electron is the old development runtime
 */
export function configFor(base, { flavour, dist, legacy, updates = null }) {
  const fuses = { ...base.electronFuses, enableNodeCliInspectArguments: flavour === 'e2e' };
  // This fuse is younger than the old runtime.
  if (legacy) delete fuses.grantFileProtocolExtraPrivileges;
  if (updates !== null && new URL(updates).protocol !== 'https:')
    throw new Error(`updates come by https only, not from ${updates}`);
  const folder = [base.directories.output, legacy ? 'not-for-users' : null, flavour === 'e2e' ? 'e2e' : null];
  return {
    ...base,
    directories: { ...base.directories, output: folder.filter((part) => part !== null).join('/') },
    electronFuses: fuses,
    // A try-out must not fetch what is meant for users.
    publish:
      updates !== null && !legacy && flavour === 'release' ? { provider: 'generic', url: updates } : null,
    ...(dist ? { electronDist: dist.dir, electronVersion: dist.version } : {}),
  };
}

/**
 * With the old runtime only an unpacked Linux folder may be made: nothing that installs.
 * @param {readonly string[]} systems `linux`, `win`, `mac`; none means this one
 * @param {readonly string[]} targets such as `dir` or `deb`; none means those of the configuration
 */
export function assertLegacyTargets(systems, targets) {
  if (
    systems.every((system) => system === 'linux') &&
    targets.length > 0 &&
    targets.every((name) => name === 'dir')
  ) {
    return;
  }
  throw new Error(
    `packages for users need the official Electron, which this machine cannot get; with Electron ${LEGACY.version} only "npm run package -- --linux dir" can be tried`,
  );
}
