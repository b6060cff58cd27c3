// `node scripts/canaries.mjs`: proves that the guards of the layers bite, by
// breaking each rule in a scratch tree, and checks the rules of the repository.
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { lintCanaries } from './canaries/lint.mjs';
import { referenceCanaries } from './canaries/references.mjs';
import { repositoryProblems } from './canaries/repository.mjs';
import { inRoot, root } from './paths.mjs';
import { isMain } from './process.mjs';

const NOT_OURS = new Set([
  'node_modules',
  'out',
  'dist',
  '.git',
  '.runtime',
  'test-results',
  'playwright-report',
]);

function projectFiles(dir = root) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return NOT_OURS.has(entry.name) ? [] : projectFiles(path);
    return entry.isFile() ? [relative(root, path)] : [];
  });
}

async function inScratch(work) {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'quayside-canaries-')));
  try {
    return await work(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** @returns {Promise<{ checked: number, problems: string[] }>} */
export async function runCanaries() {
  const files = projectFiles();
  const results = [
    await inScratch(lintCanaries),
    await inScratch(referenceCanaries),
    {
      checked: files.length,
      problems: repositoryProblems(files, (path) => readFileSync(inRoot(path), 'utf8')),
    },
  ];
  return {
    checked: results.reduce((sum, { checked }) => sum + checked, 0),
    problems: results.flatMap(({ problems }) => problems),
  };
}

if (isMain(import.meta.url)) {
  const { checked, problems } = await runCanaries();
  for (const problem of problems) console.error(problem);
  console.log(`${checked} checks, ${problems.length} problems`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
