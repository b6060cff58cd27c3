import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cloneFolder, hasFolderStamp, makeFolder, withLock, writeFolderStamp } from './cache.mjs';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-cache-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const isComplete = (path: string): boolean => hasFolderStamp(path, 'v1');
const fill = (text: string) => async (temp: string) => {
  writeFileSync(join(temp, 'program'), text);
  writeFolderStamp(temp, 'v1', 'program');
};

it('leaves nothing behind when filling fails', async () => {
  const target = join(dir, 'runtime');
  const broken = makeFolder(
    target,
    async (temp: string) => {
      writeFileSync(join(temp, 'half'), '');
      throw new Error('cut off');
    },
    isComplete,
  );
  await expect(broken).rejects.toThrow('cut off');
  expect(readdirSync(dir)).toEqual([]);
});

it('keeps the folder of a faster process', async () => {
  const target = join(dir, 'runtime');
  await makeFolder(
    target,
    async (temp: string) => {
      mkdirSync(target);
      await fill('theirs')(target);
      await fill('ours')(temp);
    },
    isComplete,
  );
  expect(readFileSync(join(target, 'program'), 'utf8')).toBe('theirs');
  expect(readdirSync(dir)).toEqual(['runtime']);
});

it('replaces a folder that is not complete', async () => {
  const target = join(dir, 'runtime');
  mkdirSync(target);
  writeFileSync(join(target, 'half'), '');
  await makeFolder(target, fill('whole'), isComplete);
  expect(readdirSync(target).toSorted()).toEqual(['.quayside-stamp.json', 'program']);
});

it('does not trust a stamp whose program changed its size or is of another version', async () => {
  const target = join(dir, 'runtime');
  await makeFolder(target, fill('whole'), isComplete);
  expect(isComplete(target)).toBe(true);
  expect(hasFolderStamp(target, 'v2')).toBe(false);
  writeFileSync(join(target, 'program'), 'cut');
  expect(isComplete(target)).toBe(false);
});

it('copies a folder with everything in it', async () => {
  const from = join(dir, 'from');
  mkdirSync(join(from, 'sub'), { recursive: true });
  writeFileSync(join(from, 'sub', '.hidden'), 'x');
  mkdirSync(join(dir, 'to'));
  await cloneFolder(from, join(dir, 'to'));
  expect(readFileSync(join(dir, 'to', 'sub', '.hidden'), 'utf8')).toBe('x');
});

it('lets one at a time in', async () => {
  const lock = join(dir, 'lock');
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((done) => {
      setImmediate(done);
    });
    inside -= 1;
  };
  await Promise.all([1, 2, 3].map(() => withLock(lock, work, { pollMs: 1 })));
  expect(most).toBe(1);
  expect(existsSync(lock)).toBe(false);
});

it('takes over from a process that died', async () => {
  const lock = join(dir, 'lock');
  mkdirSync(lock);
  // Above the largest process number of any system.
  writeFileSync(join(lock, 'pid'), '99999999');
  expect(await withLock(lock, async () => 'done', { pollMs: 1 })).toBe('done');
});

it('frees the lock when the work fails', async () => {
  const lock = join(dir, 'lock');
  const failing = withLock(lock, async () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(existsSync(lock)).toBe(false);
});
