// From the lint configuration to imports that it must refuse: pure.

/** `a/{b,c}/**` -> `a/b/**`, `a/c/**`. */
export function expandBraces(glob) {
  const match = /\{([^{}]*)\}/.exec(glob);
  if (!match) return [glob];
  return match[1]
    .split(',')
    .flatMap((part) =>
      expandBraces(glob.slice(0, match.index) + part + glob.slice(match.index + match[0].length)),
    );
}

/** A folder that a file glob covers: `main/x/*` + `/**` -> `main/x/sample`. */
export function sampleFolder(glob) {
  return glob.replace(/\/\*\*$/, '').replaceAll('*', 'sample');
}

/** An import that a pattern of no-restricted-imports describes. */
export function sampleSpecifier(pattern) {
  return pattern
    .replace(/^\*\*\//, '../')
    .replace(/\/\*\*?$/, '/canary.ts')
    .replace(/^node:\*$/, 'node:fs')
    .replaceAll('*', 'canary');
}

/**
 * One forbidden import for every folder, pattern and depth that the overrides
 * name. A rule that looks beside its folder (`../x`) must also hold one folder
 * further down (`../../x`).
 * @param {{ overrides: { files: string[], rules: Record<string, unknown> }[] }} config
 * @returns {{ folder: string, specifier: string, message: string }[]}
 */
export function forbiddenImports(config) {
  const found = [];
  for (const override of config.overrides) {
    const rule = override.rules['no-restricted-imports'];
    const groups = Array.isArray(rule) ? rule[1].patterns : [];
    for (const folder of override.files.flatMap(expandBraces).map(sampleFolder)) {
      for (const { group, message } of groups) {
        for (const pattern of group) {
          const specifier = sampleSpecifier(pattern);
          found.push({ folder, specifier, message });
          if (/^\.\.\/\w/.test(pattern))
            found.push({ folder: `${folder}/parts`, specifier: `../${specifier}`, message });
        }
      }
    }
  }
  return found;
}

/** Imports that the design forbids, whatever the configuration says. */
export const DESIGN = [
  ['shared/domain', 'node:fs'],
  ['shared/domain', 'electron'],
  ['shared/grid', 'react'],
  ['shared/contract', '../../main/engine/engine.ts'],
  ['main/engine', 'electron'],
  ['main/engine/jobs', 'electron'],
  ['main/engine/catalog', 'better-sqlite3'],
  ['main/engine/orders', 'better-sqlite3'],
  ['main/engine/sync', 'better-sqlite3'],
  ['main/engine/journal', 'better-sqlite3'],
  ['main/engine/rpc', 'better-sqlite3'],
  ['main/engine/catalog', '../rpc/server.ts'],
  ['main/engine/orders', '../rpc/server.ts'],
  ['main/engine/db', '../catalog/views.ts'],
  ['main/engine/db', '../rpc/server.ts'],
  ['main/engine/channels/woocommerce', '../etsy/connector.ts'],
  ['main/engine/channels/etsy', '../../db/database.ts'],
  ['main/engine/channels/etsy', '../../sync/publish.ts'],
  ['main/engine/channels/etsy', 'better-sqlite3'],
  ['main/simulator/etsy', '../../engine/channels/etsy/connector.ts'],
  ['main/simulator/kit', '../../engine/engine.ts'],
  ['renderer/app', 'electron'],
  ['renderer/lib', 'node:path'],
  ['renderer/ui', '../../main/engine/engine.ts'],
  ['renderer/features/orders', '../../../main/engine/engine.ts'],
  ['renderer/features/orders', 'ag-grid-community'],
  ['renderer/app', 'ag-grid-react'],
  ['renderer/features/orders', '../listings/page.tsx'],
  ['renderer/features/orders/parts', '../../listings/page.tsx'],
  ['renderer/grid', 'better-sqlite3'],
].map(([folder, specifier]) => ({ folder, specifier, message: 'forbidden by the design' }));

/** Imports that must pass, so that a rule which refuses everything is noticed. */
export const ALLOWED = [
  ['main/engine/db', 'better-sqlite3'],
  ['main/engine/rpc', '../orders/orders.ts'],
  ['main/engine/orders', '../db/database.ts'],
  ['main/engine/channels/etsy', '../contract.ts'],
  ['main/engine/channels/etsy', '../kit/http.ts'],
  ['main/engine/channels/etsy', '#shared/errors/coded-error.ts'],
  ['main/simulator/etsy', '../kit/start.ts'],
  ['main/simulator/etsy', '#shared/errors/coded-error.ts'],
  ['renderer/grid', 'ag-grid-community'],
  ['renderer/features/orders', '../../ui/button.tsx'],
  ['renderer/features/orders', '../../grid/contract.ts'],
  ['renderer/features/orders', '#shared/contract/orders.ts'],
  ['shared/domain', './money.ts'],
].map(([folder, specifier]) => ({ folder, specifier }));

/** Code that a rule other than a boundary must refuse. */
export const BAD_CODE = [
  ['typescript(no-floating-promises)', 'export function f(): void { Promise.resolve(1); }\n'],
  ['typescript(no-explicit-any)', 'export const x = (y: any): string => String(y);\n'],
  ['typescript(no-non-null-assertion)', 'export const x = (y: string | null): number => y!.length;\n'],
  [
    'typescript(switch-exhaustiveness-check)',
    "export function f(x: 'a' | 'b'): number { switch (x) { case 'a': return 1; } return 0; }\n",
  ],
  ['import(no-default-export)', 'export default 1;\n'],
  ['import(no-cycle)', "import { other } from './cycle.ts';\nexport const self = (): number => other();\n"],
  ['eslint(no-console)', "export const say = (): void => console.log('x');\n"],
  ['eslint(max-lines)', 'export const a = [\n'.concat('  1,\n'.repeat(451), '];\n')],
  [
    'vitest(no-focused-tests)',
    "import { expect, it } from 'vitest';\nit.only('x', () => { expect(1).toBe(1); });\n",
  ],
  [
    'vitest(no-disabled-tests)',
    "import { expect, it } from 'vitest';\nit.skip('x', () => { expect(1).toBe(1); });\n",
  ],
];
