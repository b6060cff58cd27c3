// npm run chaos [-- --minutes N] [--seed S] [--steps N] [--json FILE]
// Works in several simulated shops while the engine and the shops are killed at
// random moments, and proves at the end that nothing was lost or done twice.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { requireGoodNode } from './node.mjs';

requireGoodNode();

async function main() {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '2' },
      seed: { type: 'string', default: String(Date.now() % 100_000) },
      steps: { type: 'string' },
      json: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  });
  const seed = whole('seed', values.seed);
  const { runChaos } = await import('./chaos/run.mjs');
  const report = await runChaos({
    seed,
    minutes: Number(values.minutes),
    ...(values.steps === undefined ? {} : { steps: whole('steps', values.steps) }),
    log: values.verbose ? console.log : () => undefined,
  });
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  const { kills, faults, ops } = report;
  console.log(
    `seed ${seed}: ${report.steps} steps in ${report.seconds} s, ${ops.total} ops (${ops.verified} verified), ` +
      `${kills.engine} kills of the engine, ${kills.shops} of shops, ${faults} faults, ${report.shipments} shipments, ` +
      `${report.writes} writes in the shops`,
  );
  const actions = Object.entries(report.actions).map(([what, count]) => `${count} ${what}`);
  console.log(
    `orders: ${actions.join(', ') || 'none cancelled or paid back'}; ${report.schedules} schedules`,
  );
  for (const violation of report.violations) {
    console.error(`VIOLATION ${violation.what}: ${violation.detail}`);
  }
  console.log(`${report.violations.length} violations`);
  if (report.violations.length > 0) {
    console.error(`reproduce: npm run chaos -- --seed ${seed} --steps ${report.steps}`);
    process.exitCode = 1;
  }
}

function whole(name, text) {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} ${text}: must be a whole number`);
  return Number(text);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
}
