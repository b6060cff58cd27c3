// Debian and Ubuntu packages: which there are, and how to get them.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { capture } from '../process.mjs';
import { availablePackages } from './libraries.mjs';

const INSTALL_TIMEOUT_MS = 10 * 60 * 1000;

export function hasProgram(name) {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Those of the packages that this release offers. */
export async function offeredPackages(names) {
  const policy = await capture('apt-cache', ['policy', ...names], { env: { ...process.env, LC_ALL: 'C' } });
  return availablePackages(policy.stdout);
}

async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = await capture('apt-get', args, { timeoutMs: INSTALL_TIMEOUT_MS, env });
  if (result.code !== 0) {
    throw new Error(
      `apt-get ${args.join(' ')} failed (${result.code}):\n${result.output.trim().slice(-1500)}`,
    );
  }
}

export const updateLists = () => apt(['update', '-q']);

export const installPackages = (names) => apt(['install', '-y', '-q', '--no-install-recommends', ...names]);

/** The command that a person without our rights has to run. */
export function installCommand(names) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;
}
