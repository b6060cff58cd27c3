// Rules about the repository itself that no linter knows: pure checks, given text.
import { lockfileProblems } from '../lockfile.mjs';

// Put together so that this file does not match itself.
const SWITCHED_OFF = new RegExp(
  `\\b(?:test|it|describe|suite|bench)\\b[\\w.]*\\.(?:${['skip', 'only', 'todo', 'fixme', 'fails'].join('|')})\\b`,
);

/** Tests that are switched off or focused, in one test file. */
export function testProblems(path, text) {
  return text
    .split('\n')
    .flatMap((line, index) =>
      SWITCHED_OFF.test(line)
        ? [`${path}:${index + 1} switches a test off or focuses it: ${line.trim()}`]
        : [],
    );
}

/** Longest file, in lines that are neither blank nor a whole-line comment. */
export const MAX_LINES = 450;

export function sizeProblems(path, text) {
  const lines = text.split('\n').filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line)).length;
  return lines > MAX_LINES ? [`${path} has ${lines} lines of code, at most ${MAX_LINES}`] : [];
}

/**
 * @param {readonly string[]} files tracked paths
 * @param {(path: string) => string} read
 */
export function repositoryProblems(files, read) {
  const problems = [];
  for (const path of files) {
    if (path === 'package-lock.json') problems.push(...lockfileProblems(read(path)));
    if (/\.(test|spec)\.tsx?$/.test(path)) problems.push(...testProblems(path, read(path)));
    if (/\.(ts|tsx|mjs|css)$/.test(path)) problems.push(...sizeProblems(path, read(path)));
  }
  return problems;
}
