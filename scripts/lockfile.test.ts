import { expect, it } from 'vitest';
import { lockfileProblems, withoutGyp } from './lockfile.mjs';

const lock = (packages: object): string => `${JSON.stringify({ packages }, null, 2)}\n`;

it('refuses a registry host and a licensed grid', () => {
  expect(lockfileProblems(lock({ 'node_modules/zod': { version: '4.0.0' } }))).toEqual([]);
  expect(
    lockfileProblems(lock({ 'node_modules/zod': { resolved: 'https://example.org/zod.tgz' } })),
  ).toHaveLength(1);
  expect(lockfileProblems(lock({ 'node_modules/ag-grid-enterprise': {} }))).toHaveLength(1);
  expect(lockfileProblems(lock({ 'node_modules/a/node_modules/ag-grid-enterprise': {} }))).toHaveLength(1);
});

it('misses the packages of other platforms', () => {
  const parent = { optionalDependencies: { 'tool-win32': '1.0.0' } };
  expect(lockfileProblems(lock({ 'node_modules/tool': parent }))).toHaveLength(1);
  expect(lockfileProblems(lock({ 'node_modules/tool': parent, 'node_modules/tool-win32': {} }))).toEqual([]);
  const nested = { 'node_modules/a/node_modules/tool': parent, 'node_modules/a/node_modules/tool-win32': {} };
  expect(lockfileProblems(lock(nested))).toEqual([]);
  expect(lockfileProblems(lock({ '': parent, 'node_modules/other': {} }))).toHaveLength(1);
});

it('keeps npm 10 from compiling what comes compiled', () => {
  const bare = lock({ 'node_modules/better-sqlite3': { version: '13.0.0' } });
  expect(lockfileProblems(bare)).toHaveLength(1);
  const marked: string = withoutGyp(bare);
  expect(lockfileProblems(marked)).toEqual([]);
  expect(withoutGyp(marked)).toBe(marked);
  expect(withoutGyp(lock({}))).toBe(lock({}));
});
