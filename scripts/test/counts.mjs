// From the reports of the test runners to numbers and short texts: pure.

/**
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {{ title: string, detail: string }[]} failures
 */

const DETAIL_LINES = 12;
const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*m`, 'g');

/** The first lines of a message, without colours. */
export function shorten(text, lines = DETAIL_LINES) {
  const all = text.replace(COLOUR, '').trimEnd().split('\n');
  return all.length > lines
    ? [...all.slice(0, lines), `… ${all.length - lines} more lines`].join('\n')
    : all.join('\n');
}

/** The last lines: where a tool says what went wrong. */
export function tail(text, lines = 30) {
  return text.replace(COLOUR, '').trimEnd().split('\n').slice(-lines).join('\n');
}

const shortPath = (path, root) => (path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path);

/**
 * Vitest's JSON report. A file that could not be run counts as one failure, a
 * test that did not run as well: nothing may be switched off.
 * @returns {Outcome}
 */
export function countVitest(report, root) {
  const outcome = { passed: 0, failures: [] };
  for (const file of report.testResults) {
    const path = shortPath(file.name, root);
    for (const test of file.assertionResults) {
      if (test.status === 'passed') {
        outcome.passed += 1;
        continue;
      }
      const detail =
        test.status === 'failed' ? (test.failureMessages ?? []).join('\n') : `did not run (${test.status})`;
      outcome.failures.push({ title: `${path} › ${test.fullName}`, detail: shorten(detail) });
    }
    if (file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed')) {
      outcome.failures.push({ title: path, detail: shorten(file.message || 'the file could not be run') });
    }
  }
  return outcome;
}

function playwrightSpecs(suites, path = []) {
  return suites.flatMap((suite) => {
    const here = suite.title ? [...path, suite.title] : path;
    return [
      ...(suite.specs ?? []).map((spec) => ({ spec, title: [...here, spec.title].join(' › ') })),
      ...playwrightSpecs(suite.suites ?? [], here),
    ];
  });
}

/**
 * Playwright's JSON report. `expected` is the only status that passes: a flaky
 * test failed once, a skipped one did not run.
 * @returns {Outcome}
 */
export function countPlaywright(report) {
  const outcome = { passed: 0, failures: [] };
  for (const { spec, title } of playwrightSpecs(report.suites ?? [])) {
    for (const test of spec.tests) {
      if (test.status === 'expected') {
        outcome.passed += 1;
        continue;
      }
      const errors = test.results
        .flatMap((result) => result.errors ?? [])
        .map((error) => error.message ?? '');
      const detail = test.status === 'skipped' ? 'did not run (skipped)' : errors.join('\n') || test.status;
      outcome.failures.push({ title, detail: shorten(detail) });
    }
  }
  for (const error of report.errors ?? []) {
    outcome.failures.push({ title: 'playwright', detail: shorten(error.message ?? String(error)) });
  }
  return outcome;
}

/**
 * What a test runner's end means: its report when there is one; a suite without
 * a single test, or a runner that failed without a failing test, is a failure.
 * @param {{ name: string, code: number, output: string, outcome: Outcome | null }} run
 * @returns {Outcome}
 */
export function judgeRun({ name, code, output, outcome }) {
  if (outcome === null) {
    return {
      passed: 0,
      failures: [{ title: `${name} wrote no report (exit code ${code})`, detail: tail(output) }],
    };
  }
  if (outcome.passed + outcome.failures.length === 0) {
    return { passed: 0, failures: [{ title: `${name} ran no test`, detail: tail(output) }] };
  }
  if (code !== 0 && outcome.failures.length === 0) {
    const failure = {
      title: `${name} ended with exit code ${code} though every test passed`,
      detail: tail(output),
    };
    return { passed: outcome.passed, failures: [failure] };
  }
  return outcome;
}
