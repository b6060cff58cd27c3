import { expect, it } from 'vitest';
import { expandBraces, forbiddenImports, sampleFolder, sampleSpecifier } from './boundaries.mjs';
import { reachable, readLayers } from './references.mjs';

it('expands braces, several of them too', () => {
  expect(expandBraces('a/{b,c}/**')).toEqual(['a/b/**', 'a/c/**']);
  expect(expandBraces('{a,b}/{c,d}')).toEqual(['a/c', 'a/d', 'b/c', 'b/d']);
  expect(sampleFolder('main/engine/channels/*/**')).toBe('main/engine/channels/sample');
});

it.each([
  ['node:*', 'node:fs'],
  ['electron', 'electron'],
  ['ag-grid-*', 'ag-grid-canary'],
  ['**/main/**', '../main/canary.ts'],
  ['../orders/**', '../orders/canary.ts'],
])('makes of %s the import %s', (pattern, specifier) => {
  expect(sampleSpecifier(pattern)).toBe(specifier);
});

it('names one import for each folder and pattern, and one a folder deeper for neighbours', () => {
  const rule = ['error', { patterns: [{ group: ['electron', '../x/**'], message: 'no' }] }];
  const config = { overrides: [{ files: ['m/{a,b}/**'], rules: { 'no-restricted-imports': rule } }] };
  const found = forbiddenImports(config).map(
    ({ folder, specifier }: { folder: string; specifier: string }) => `${folder} ${specifier}`,
  );
  expect(found).toEqual([
    'm/a electron',
    'm/a ../x/canary.ts',
    'm/a/parts ../../x/canary.ts',
    'm/b electron',
    'm/b ../x/canary.ts',
    'm/b/parts ../../x/canary.ts',
  ]);
});

it('follows project references', () => {
  const files: Record<string, unknown> = {
    'tsconfig.json': { references: [{ path: 'shared' }, { path: 'main/cli' }, { path: 'main/engine' }] },
    'shared/tsconfig.json': {},
    'main/engine/tsconfig.json': { references: [{ path: '../../shared' }] },
    'main/cli/tsconfig.json': { references: [{ path: '../../main/engine/' }] },
  };
  const layers = readLayers((path: string) => files[path]);
  expect([...reachable(layers, 'main/cli')]).toEqual(['main/cli', 'main/engine', 'shared']);
  expect([...reachable(layers, 'main/engine')]).toEqual(['main/engine', 'shared']);
});
