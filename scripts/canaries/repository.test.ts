import { expect, it } from 'vitest';
import { MAX_LINES, repositoryProblems, sizeProblems, testProblems } from './repository.mjs';

// Put together so that this file does not break the rule itself.
const FOCUSED = ['test', 'only'].join('.');

it.each(['skip', 'only', 'todo', 'fixme'])('refuses a test with %s', (word) => {
  expect(testProblems('a.test.ts', `it.${word}('x', () => {});`)).toHaveLength(1);
  expect(testProblems('a.test.ts', `describe.${word} ('x')`)).toHaveLength(1);
});

it('leaves ordinary tests alone', () => {
  expect(
    testProblems('a.test.ts', "it('skips (only) todo', () => { list.skipWhile(x); session.skip(); });"),
  ).toEqual([]);
});

it('counts lines of code, not comments or blanks', () => {
  const code = 'const a = 1;\n'.repeat(MAX_LINES);
  expect(sizeProblems('a.ts', `${code}\n\n// why\n/** doc\n * more\n */\n`)).toEqual([]);
  expect(sizeProblems('a.ts', `${code}const b = 2;\n`)).toHaveLength(1);
});

it('looks at the files that a rule is about', () => {
  const texts: Record<string, string> = {
    'a.spec.ts': `${FOCUSED}('x', () => {});`,
    'b.ts': `${FOCUSED}('x', () => {});`,
    'c.css': 'a {}\n'.repeat(MAX_LINES + 1),
    'd.csv': 'a,b\n'.repeat(MAX_LINES + 1),
  };
  const problems: string[] = repositoryProblems(Object.keys(texts), (path: string) => texts[path] ?? '');
  expect(problems.map((problem) => problem.split(/[: ]/)[0])).toEqual(['a.spec.ts', 'c.css']);
});
