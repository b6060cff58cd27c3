// npm test [-- --only types,lint,canaries,unit,grid,e2e]: everything that must hold.
// Goes on after a failure; the last line is `N passed, N failed`.
import { parseArgs } from 'node:util';
import { requireGoodNode } from './node.mjs';
import { tail } from './test/counts.mjs';
import { chooseSteps, steps } from './test/steps.mjs';

requireGoodNode();

let interrupted = false;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    interrupted = true;
  });
}

const indent = (text) => text.replaceAll(/^(?=.)/gm, '    ');

async function runStep(step) {
  console.log(`\n== ${step.title}`);
  const started = performance.now();
  let outcome;
  try {
    outcome = await step.run({ log: (line) => console.log(`  ${line}`) });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    outcome = { passed: 0, failures: [{ title: step.name, detail: tail(detail, 60) }] };
  }
  for (const { title, detail } of outcome.failures) console.log(`  FAILED ${title}\n${indent(detail)}`);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`  ${outcome.passed} passed, ${outcome.failures.length} failed in ${seconds} s`);
  return outcome;
}

async function main() {
  const { values } = parseArgs({ options: { only: { type: 'string' } } });
  const total = { passed: 0, failed: 0 };
  for (const step of chooseSteps(steps, values.only)) {
    const outcome = await runStep(step);
    if (interrupted) {
      console.log('interrupted');
      return 130;
    }
    total.passed += outcome.passed;
    total.failed += outcome.failures.length;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
