// What `npm test` does, in order. Each step gives an outcome (test/counts.mjs).
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStale } from '../build.mjs';
import { runCanaries } from '../canaries.mjs';
import { playwrightArgs, playwrightBin, stageEnvironment } from '../e2e.mjs';
import { inRoot, modulesDir, root } from '../paths.mjs';
import { capture } from '../process.mjs';
import { setStage } from '../system.mjs';
import { ensureChromium } from '../system/chromium.mjs';
import { countPlaywright, countVitest, judgeRun, tail } from './counts.mjs';

const tool = (name) => join(modulesDir, '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

const PASSED = { passed: 1, failures: [] };
const failed = (title, detail) => ({ passed: 0, failures: [{ title, detail }] });

/** A tool that passes or fails as a whole counts as one. */
async function check(title, name, args) {
  const { code, output } = await capture(tool(name), args, { cwd: root });
  return code === 0 ? PASSED : failed(title, tail(output, 60));
}

/** Runs `work(file)`, where a runner is to write its JSON report, and reads it. */
async function withReport(work) {
  const dir = mkdtempSync(join(tmpdir(), 'quayside-report-'));
  try {
    const file = join(dir, 'report.json');
    const { code, output } = await work(file);
    return { code, output, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

async function unit() {
  const { code, output, report } = await withReport((file) =>
    capture(tool('vitest'), ['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`], {
      cwd: root,
    }),
  );
  return judgeRun({ name: 'vitest', code, output, outcome: report && countVitest(report, root) });
}

/** Runs Playwright and judges its report. */
async function playwright(args, env) {
  const { code, output, report } = await withReport((file) =>
    capture(playwrightBin, [...args, '--reporter=json'], {
      cwd: root,
      env: { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    }),
  );
  return judgeRun({ name: 'playwright', code, output, outcome: report && countPlaywright(report) });
}

async function spreadsheet({ log }) {
  await ensureChromium(log);
  return playwright(['test', '--config', inRoot('e2e', 'grid', 'playwright.config.ts')], process.env);
}

async function endToEnd({ log }) {
  const stage = await setStage({ log });
  try {
    return await playwright(playwrightArgs('workstation', []), stageEnvironment(stage));
  } finally {
    await stage.stop();
  }
}

async function canaries({ log }) {
  const { checked, problems } = await runCanaries();
  log(`${checked} checks`);
  return problems.length === 0 ? PASSED : failed('canaries', problems.join('\n'));
}

async function build({ log }) {
  await buildStale({ log });
  return PASSED;
}

/** Counts as one: what is in a package and how its fuses are set. */
async function packaged() {
  const { code, output } = await capture(process.execPath, [inRoot('scripts', 'package-smoke.mjs')], {
    cwd: root,
  });
  return code === 0 ? PASSED : failed('package', tail(output, 60));
}

/** @type {{ name: string, only: string, title: string, needsBuild?: boolean, run: (context: { log: (line: string) => void }) => Promise<import('./counts.mjs').Outcome> }[]} */
export const steps = [
  { name: 'build', only: 'build', title: 'Build', run: build },
  {
    name: 'types',
    only: 'types',
    title: 'Types',
    run: () => check('tsc -b', 'tsc', ['-b', '--pretty', 'false']),
  },
  {
    name: 'lint',
    only: 'lint',
    title: 'Lint',
    run: () => check('oxlint', 'oxlint', ['--type-aware', '--deny-warnings', '--format', 'unix', '.']),
  },
  {
    name: 'format',
    only: 'lint',
    title: 'Format',
    run: () => check('oxfmt --check', 'oxfmt', ['--check', '.']),
  },
  { name: 'canaries', only: 'canaries', title: 'Layer guards and repository rules', run: canaries },
  { name: 'unit', only: 'unit', title: 'Unit, engine and contract tests', needsBuild: true, run: unit },
  { name: 'grid', only: 'grid', title: 'Spreadsheet in a browser', run: spreadsheet },
  {
    name: 'e2e',
    only: 'e2e',
    title: 'End to end in Electron',
    needsBuild: true,
    run: endToEnd,
  },
  // Linux alone: another system would have to fetch a runtime for it.
  ...(process.platform === 'linux'
    ? [{ name: 'package', only: 'package', title: 'Package', needsBuild: true, run: packaged }]
    : []),
];

/**
 * The steps that `only` names (all without it), and the build before those
 * that need it. Throws on a name that does not exist.
 */
export function chooseSteps(all, only) {
  if (only === undefined) return [...all];
  const names = only.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!all.some((step) => step.only === name)) {
      const known = [...new Set(all.map((step) => step.only))].join(', ');
      throw new Error(`--only ${name}: there are ${known}`);
    }
  }
  const chosen = all.filter((step) => names.includes(step.only));
  const needsBuild = chosen.some((step) => step.needsBuild);
  return all.filter((step) => chosen.includes(step) || (needsBuild && step.name === 'build'));
}
