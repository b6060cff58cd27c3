import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fingerprint, listInputs, readStamp, writeStamp } from './stamp.mjs';

let dir = '';
const stamp = (extra = ''): string => fingerprint(listInputs(dir, ['src', 'lock.json']), extra);

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-stamp-'));
  mkdirSync(join(dir, 'src/deep'), { recursive: true });
  writeFileSync(join(dir, 'src/a.ts'), 'a');
  writeFileSync(join(dir, 'src/deep/b.ts'), 'b');
  writeFileSync(join(dir, 'lock.json'), '{}');
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

it('stays while nothing changes', () => {
  expect(stamp()).toBe(stamp());
  expect(listInputs(dir, ['src', 'lock.json', 'missing']).map(({ path }: { path: string }) => path)).toEqual([
    'lock.json',
    'src/a.ts',
    'src/deep/b.ts',
  ]);
});

it.each([
  ['a new file', () => writeFileSync(join(dir, 'src/c.ts'), '')],
  ['a removed file', () => rmSync(join(dir, 'src/deep/b.ts'))],
  ['another size', () => writeFileSync(join(dir, 'lock.json'), '{ }')],
  ['another time', () => utimesSync(join(dir, 'src/a.ts'), 1, 1)],
])('changes with %s', (_, change) => {
  const before = stamp();
  change();
  expect(stamp()).not.toBe(before);
});

it('changes with the tool that builds', () => {
  expect(stamp('24.1.0')).not.toBe(stamp('24.2.0'));
});

it('does not look at tests', () => {
  const before = stamp();
  writeFileSync(join(dir, 'src/a.test.ts'), '');
  expect(stamp()).toBe(before);
});

it('reads back what it wrote', () => {
  expect(readStamp(join(dir, 'stamps/x'))).toBe(null);
  writeStamp(join(dir, 'stamps/x'), 'abc');
  expect(readStamp(join(dir, 'stamps/x'))).toBe('abc');
});
