import { expect, it } from 'vitest';
import { countPlaywright, countVitest, judgeRun, shorten } from './counts.mjs';
import { chooseSteps } from './steps.mjs';

const test = (status: string, fullName = 'adds', failureMessages: string[] = []): object => ({
  status,
  fullName,
  failureMessages,
});

it('counts the tests of Vitest, and a file that did not load as a failure', () => {
  const report = {
    testResults: [
      {
        name: '/p/a.test.ts',
        status: 'failed',
        assertionResults: [test('passed'), test('failed', 'sums', ['1 != 2'])],
      },
      { name: '/p/b.test.ts', status: 'failed', message: 'cannot find x', assertionResults: [] },
      {
        name: '/p/c.test.ts',
        status: 'passed',
        assertionResults: [test('passed'), test('pending', 'later')],
      },
    ],
  };
  expect(countVitest(report, '/p')).toEqual({
    passed: 2,
    failures: [
      { title: 'a.test.ts › sums', detail: '1 != 2' },
      { title: 'b.test.ts', detail: 'cannot find x' },
      { title: 'c.test.ts › later', detail: 'did not run (pending)' },
    ],
  });
});

it('counts the tests of Playwright through nested suites; flaky and skipped do not pass', () => {
  const spec = (title: string, status: string, message?: string): object => ({
    title,
    tests: [{ status, results: [{ errors: message ? [{ message }] : [] }] }],
  });
  const report = {
    suites: [
      {
        title: 'a.spec.ts',
        specs: [spec('opens', 'expected')],
        suites: [
          { title: 'grid', specs: [spec('pastes', 'unexpected', 'boom'), spec('fills', 'flaky', 'once')] },
        ],
      },
      { title: 'b.spec.ts', specs: [spec('prints', 'skipped')] },
    ],
    errors: [{ message: 'c.spec.ts does not load' }],
  };
  expect(countPlaywright(report)).toEqual({
    passed: 1,
    failures: [
      { title: 'a.spec.ts › grid › pastes', detail: 'boom' },
      { title: 'a.spec.ts › grid › fills', detail: 'once' },
      { title: 'b.spec.ts › prints', detail: 'did not run (skipped)' },
      { title: 'playwright', detail: 'c.spec.ts does not load' },
    ],
  });
});

it('takes no report, no tests and an unexplained exit code for failures', () => {
  const run = { name: 'vitest', code: 0, output: 'text', outcome: { passed: 3, failures: [] } };
  expect(judgeRun(run)).toEqual({ passed: 3, failures: [] });
  expect(judgeRun({ ...run, code: 1 }).failures).toHaveLength(1);
  expect(judgeRun({ ...run, outcome: { passed: 0, failures: [] } }).failures).toHaveLength(1);
  expect(judgeRun({ ...run, outcome: null }).failures[0]?.detail).toBe('text');
});

it('shortens long messages and drops colours', () => {
  expect(shorten('\u001B[31mred\u001B[39m\n'.repeat(3), 2)).toBe('red\nred\n… 1 more lines');
});

it('runs the build before steps that need it', () => {
  const steps = [
    { name: 'build', only: 'build' },
    { name: 'types', only: 'types' },
    { name: 'lint', only: 'lint' },
    { name: 'format', only: 'lint' },
    { name: 'unit', only: 'unit', needsBuild: true },
  ];
  const names = (only?: string): string[] =>
    chooseSteps(steps, only).map(({ name }: { name: string }) => name);
  expect(names()).toEqual(['build', 'types', 'lint', 'format', 'unit']);
  expect(names('lint')).toEqual(['lint', 'format']);
  expect(names('unit,types')).toEqual(['build', 'types', 'unit']);
  expect(() => names('nothing')).toThrow('build, types, lint, unit');
});
