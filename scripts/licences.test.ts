import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LICENCES_FILE, renderLicences, shippedPackages } from './licences.mjs';
import { closure, importedPackages, packageOf, usableLicence } from './licences/shipped.mjs';

describe('what is shipped', () => {
  it('has no copyleft or unknown licence, and its list is up to date', () => {
    const shipped = shippedPackages();
    expect(shipped.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining([
        'better-sqlite3',
        'react-dom',
        'ag-grid-community',
        '@mantine/core',
        '@fontsource-variable/inter',
        'zod',
        'scheduler',
      ]),
    );
    expect(readFileSync(LICENCES_FILE, 'utf8'), 'run "npm run licences"').toBe(renderLicences(shipped));
  });

  it('does not hold tools and tests', () => {
    const names = new Set(shippedPackages().map(({ name }: { name: string }) => name));
    for (const name of ['vitest', 'electron', 'electron-builder', 'fast-check', '@playwright/test', 'vite'])
      expect(names).not.toContain(name);
  });
});

it('finds imports of every kind', () => {
  const text = `import type { A } from 'only-types';
import b, { type C } from "@scope/b/part.js";
import 'side-effect/style.css';
export { d } from 'd';
const e = await import('e');
import x from './x.ts'; import y from '#shared/y.ts'; import z from 'node:fs';
@import 'styles/base.css';`;
  expect(importedPackages(text)).toEqual(new Set(['@scope/b', 'd', 'e', 'side-effect', 'styles']));
  expect(packageOf('@a/b/c')).toBe('@a/b');
});

it('follows dependencies to the copy that is used', () => {
  const packages = {
    'node_modules/a': { dependencies: { b: '1', c: '1' } },
    'node_modules/a/node_modules/b': {},
    'node_modules/b': {},
    'node_modules/c': { dependencies: { b: '2' }, optionalDependencies: { absent: '1' } },
  };
  expect(closure(packages, ['a'])).toEqual([
    'node_modules/a',
    'node_modules/a/node_modules/b',
    'node_modules/b',
    'node_modules/c',
  ]);
  expect(() => closure(packages, ['missing'])).toThrow(/missing/);
});

it.each([
  ['MIT', 'MIT'],
  ['(MPL-2.0 OR Apache-2.0)', 'Apache-2.0'],
  ['MIT AND ISC', 'MIT AND ISC'],
  ['MIT AND GPL-3.0-only', null],
  ['GPL-3.0-or-later', null],
  ['LGPL-2.1', null],
  ['MPL-2.0', null],
  ['SEE LICENSE IN LICENSE.md', null],
  ['UNLICENSED', null],
  [undefined, null],
])('%s is used as %s', (stated, used) => {
  expect(usableLicence(stated)).toBe(used);
});
