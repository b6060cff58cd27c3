// npm run fuzz [-- --calls N] [--seed S] [--json FILE]
// Sends random and damaged calls to an engine with a workspace of its own: every
// one has to be answered, every refusal has to be a coded error, and the
// workspace has to be whole at the end. The same seed plays the same calls.
import { resolve } from 'node:path';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { requireGoodNode } from './node.mjs';

requireGoodNode();

function whole(name, text) {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} ${text}: must be a whole number`);
  return Number(text);
}

async function main() {
  const { values } = parseArgs({
    options: {
      calls: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      json: { type: 'string' },
    },
  });
  const seed = whole('seed', values.seed);
  const calls = whole('calls', values.calls);
  const jsonFile = values.json === undefined ? null : resolve(values.json);
  const { runFuzz } = await import('./fuzz/run.mjs');
  const report = await runFuzz({ calls, seed, log: console.log });
  if (jsonFile !== null) writeFileSync(jsonFile, `${JSON.stringify({ seed, ...report }, null, 2)}\n`);
  const { raw, seconds, slowest, codes, methods, violations } = report;
  const sorted = Object.entries(codes).sort((a, b) => b[1] - a[1]);
  console.log(
    `seed ${seed}: ${report.calls} calls and ${raw} broken envelopes in ${seconds} s, ` +
      `${Object.keys(methods).length} methods worked at least once, slowest ${slowest.method} ${slowest.ms} ms`,
  );
  for (const [code, count] of sorted) console.log(`  ${String(count).padStart(7)} ${code}`);
  console.log(`${violations.length} violations`);
  if (violations.length > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
}
