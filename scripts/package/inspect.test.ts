import { expect, it } from 'vitest';
import { contentProblems, fuseProblems, textProblems } from './inspect.mjs';

const GOOD = [
  'out/app/main.cjs',
  'out/app/preload.cjs',
  'out/engine/engine.cjs',
  'out/engine/worker.cjs',
  'out/engine/rule-packs/woocommerce.json',
  'out/cli/rule-packs/woocommerce.json',
  'out/engine/migrations/0001-workspace.sql',
  'out/cli/quayside.mjs',
  'out/cli/migrations/0001-workspace.sql',
  'out/renderer/index.html',
  'out/renderer/assets/index-abc.js',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node',
  'node_modules/better-sqlite3/lib/index.js',
  'package.json',
  'LICENSE',
];

it('takes what belongs into a package', () => {
  expect(contentProblems(GOOD)).toEqual([]);
});

it.each([
  'main/app/main.ts',
  'out/app/main.cjs.map',
  'out/types/shared/x.d.ts',
  'out/grid-harness/index.html',
  'e2e/shell.spec.ts',
  '.env',
  'vault.json',
  'node_modules/zod/index.js',
  'node_modules/better-sqlite3/prebuilds/win32-x64.node',
])('finds %s', (file) => {
  expect(contentProblems([...GOOD, file])).toHaveLength(1);
});

it('misses what is not there', () => {
  expect(contentProblems(GOOD.filter((file) => !file.includes('engine/migrations')))).toHaveLength(1);
});

it('finds secrets, the folder of the build and sources in texts', () => {
  expect(textProblems('a.js', 'const a = 1;', '/home/me/app')).toEqual([]);
  expect(textProblems('a.js', `shpat_${'0'.repeat(32)} /home/me/app/x`, '/home/me/app')).toHaveLength(2);
  expect(textProblems('a.js', '//# sourceMappingURL=data:application/json', '/home/me/app')).toHaveLength(1);
});

it('compares fuses by name', () => {
  const wire = { RunAsNode: 48, EnableCookieEncryption: 49 };
  expect(fuseProblems({ runAsNode: false, enableCookieEncryption: true }, wire)).toEqual([]);
  expect(fuseProblems({ runAsNode: true }, wire)).toEqual(['fuse RunAsNode is not on']);
  expect(fuseProblems({ newFuse: true }, wire)).toEqual(['the program has no fuse NewFuse']);
});
