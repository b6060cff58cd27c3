// The Node the project runs on: pinned in node_modules, whatever the system has.
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** better-sqlite3 needs Node-API 10; sources need a Node that strips types unasked. */
const NEEDED_NAPI = 10;

/** @param {{ napi?: string }} versions @param {unknown} typescript value of `process.features.typescript` */
export function isGoodNode(versions, typescript) {
  return Number(versions.napi ?? 0) >= NEEDED_NAPI && Boolean(typescript);
}

/** Path of the pinned Node, null when its package did not install a binary for this machine. */
export function findPinnedNode(from) {
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  let home;
  try {
    home = dirname(createRequire(from).resolve('node/package.json'));
  } catch {
    return null;
  }
  const arch = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const places = [
    join(home, 'bin', file),
    join(home, 'node_modules', arch, 'bin', file),
    join(home, '..', arch, 'bin', file),
  ];
  const found = places.find((path) => existsSync(path));
  return found ? realpathSync(found) : null;
}

const NODE_MISSING =
  'Quayside needs Node 22.18 or newer and its own copy is not installed: run "npm rebuild node" (or install a newer Node) and try again';
const NODE_UNUSED =
  'start this through npm (npm start, npm test, npm run …), which uses the Node of the project';

/** What to tell someone whose Node is too old. */
export function oldNodeMessage() {
  const advice = findPinnedNode(import.meta.url) === null ? NODE_MISSING : NODE_UNUSED;
  return `${advice} (this is Node ${process.versions.node})`;
}

/** Ends the program with a clear line when it runs on a Node that is too old. */
export function requireGoodNode() {
  if (isGoodNode(process.versions, process.features.typescript)) return;
  console.error(oldNodeMessage());
  process.exit(1);
}
