// Breaks every lint boundary on purpose in a scratch tree and expects oxlint to say so.
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRoot, modulesDir } from '../paths.mjs';
import { capture } from '../process.mjs';
import { ALLOWED, BAD_CODE, DESIGN, forbiddenImports } from './boundaries.mjs';

const BOUNDARY_RULE = 'eslint(no-restricted-imports)';

function place(dir, folder, name, text) {
  mkdirSync(join(dir, folder), { recursive: true });
  writeFileSync(join(dir, folder, name), text);
  return `${folder}/${name}`;
}

const importOf = (specifier) => `import { thing } from '${specifier}';\nexport const copy = thing;\n`;

/** Runs oxlint over the tree: for each file the rules that it breaks. */
async function lint(dir) {
  const { stdout, output } = await capture(
    join(modulesDir, '.bin', 'oxlint'),
    ['--type-aware', '--format', 'json', '.'],
    { cwd: dir },
  );
  let report;
  try {
    report = JSON.parse(stdout);
  } catch {
    throw new Error(`oxlint printed no report: ${output.slice(0, 800)}`);
  }
  const broken = new Map();
  for (const { filename, code } of report.diagnostics) {
    const file = relative(dir, join(dir, filename));
    broken.set(file, (broken.get(file) ?? new Set()).add(code));
  }
  return broken;
}

/**
 * @param {string} dir an empty folder
 * @returns {Promise<{ checked: number, problems: string[] }>}
 */
export async function lintCanaries(dir) {
  copyFileSync(inRoot('.oxlintrc.json'), join(dir, '.oxlintrc.json'));
  copyFileSync(inRoot('tsconfig.base.json'), join(dir, 'tsconfig.base.json'));
  const tsconfig = { extends: './tsconfig.base.json', include: ['**/*.ts'] };
  writeFileSync(join(dir, 'tsconfig.json'), JSON.stringify(tsconfig));
  symlinkSync(modulesDir, join(dir, 'node_modules'));
  const config = JSON.parse(readFileSync(inRoot('.oxlintrc.json'), 'utf8'));

  const forbidden = [...forbiddenImports(config), ...DESIGN].map((canary, index) => ({
    ...canary,
    file: place(dir, canary.folder, `forbidden-${index}.ts`, importOf(canary.specifier)),
  }));
  const allowed = ALLOWED.map((canary, index) => ({
    ...canary,
    file: place(dir, canary.folder, `allowed-${index}.ts`, importOf(canary.specifier)),
  }));
  const bad = BAD_CODE.map(([rule, text], index) => ({
    rule,
    file: place(dir, `main/engine/bad-${index}`, 'bad.test.ts', text),
  }));
  const cycle = bad.find(({ rule }) => rule === 'import(no-cycle)');
  if (cycle) {
    const text = "import { self } from './bad.test.ts';\nexport const other = (): number => self();\n";
    place(dir, cycle.file.replace(/\/[^/]*$/, ''), 'cycle.ts', text);
  }

  const broken = await lint(dir);
  const problems = [];
  for (const { file, folder, specifier, message } of forbidden) {
    if (!broken.get(file)?.has(BOUNDARY_RULE)) {
      problems.push(`lint lets ${folder} import ${specifier} (${message})`);
    }
  }
  for (const { file, folder, specifier } of allowed) {
    if (broken.get(file)?.has(BOUNDARY_RULE)) problems.push(`lint forbids ${folder} to import ${specifier}`);
  }
  for (const { file, rule } of bad) {
    if (!broken.get(file)?.has(rule)) problems.push(`lint does not report ${rule}`);
  }
  return { checked: forbidden.length + allowed.length + bad.length, problems: [...new Set(problems)] };
}
