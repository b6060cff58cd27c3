// Folders that are complete or absent, and one writer at a time.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { capture } from '../process.mjs';

export const FOLDER_STAMP = '.quayside-stamp.json';

/** Records what the folder holds; written last, so its presence means complete. */
export function writeFolderStamp(dir, id, file) {
  writeFileSync(join(dir, FOLDER_STAMP), JSON.stringify({ id, file, size: statSync(join(dir, file)).size }));
}

/** True when the folder is complete, is `id`, and its main file still has its size. */
export function hasFolderStamp(dir, id) {
  try {
    const stamp = JSON.parse(readFileSync(join(dir, FOLDER_STAMP), 'utf8'));
    return stamp.id === id && statSync(join(dir, stamp.file)).size === stamp.size;
  } catch {
    return false;
  }
}

/**
 * Makes `dir` by letting `fill(temp)` write into a fresh sibling folder and
 * renaming it. When another process was faster, its folder stays.
 * @param {string} dir
 * @param {(temp: string) => Promise<void>} fill
 * @param {(dir: string) => boolean} isComplete
 */
export async function makeFolder(dir, fill, isComplete) {
  const temp = `${dir}.${process.pid}.partial`;
  rmSync(temp, { recursive: true, force: true });
  mkdirSync(temp, { recursive: true });
  try {
    await fill(temp);
    if (existsSync(dir) && !isComplete(dir)) rmSync(dir, { recursive: true, force: true });
    try {
      renameSync(temp, dir);
    } catch (error) {
      if (!isComplete(dir)) throw error;
    }
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

function ownerIsAlive(lock) {
  let pid;
  try {
    pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
  } catch {
    // Just made: the owner has not written its number yet. Old enough, it never will.
    const made = statSync(lock, { throwIfNoEntry: false });
    return made !== undefined && Date.now() - made.mtimeMs < 5000;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/**
 * Runs `work` while holding `lock` (a folder). Waits for another process that
 * holds it and takes over from one that died.
 */
export async function withLock(lock, work, { pollMs = 200, onWait = () => undefined } = {}) {
  mkdirSync(dirname(lock), { recursive: true });
  for (let told = false; ;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!ownerIsAlive(lock)) {
      rmSync(lock, { recursive: true, force: true });
      continue;
    }
    if (!told) onWait();
    told = true;
    await delay(pollMs);
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** A second folder with the same files: hard links where the file system allows, else a copy. */
export async function cloneFolder(from, to) {
  mkdirSync(to, { recursive: true });
  const linked = await capture('cp', ['-al', `${from}/.`, to]).catch(() => ({ code: 1 }));
  if (linked.code === 0) return;
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}
