// npm run week [-- --seed S] [--days N] [--json FILE]
// Four shops sell from one stock for a week, each unaware of the others, against
// the real engine: how often more is sold than there is when everything is shown
// everywhere, and when units are held back by the odds. The same seed plays the
// same week.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
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
      seed: { type: 'string', default: '1' },
      days: { type: 'string', default: '7' },
      every: { type: 'string', default: '60' },
      json: { type: 'string' },
    },
  });
  const { runWeek, WEEK_DEFAULTS, WEEK_POLICIES } = await import('../main/engine/testing/week/run-week.ts');
  const options = {
    ...WEEK_DEFAULTS,
    seed: whole('seed', values.seed),
    days: whole('days', values.days),
    everyMinutes: Math.max(1, whole('every', values.every)),
  };
  const outcomes = [];
  for (const policy of WEEK_POLICIES) outcomes.push(await runWeek(policy, options));
  if (values.json !== undefined) {
    writeFileSync(resolve(values.json), `${JSON.stringify({ options, outcomes }, null, 2)}\n`);
  }
  console.log(
    `seed ${options.seed}: ${options.skus} SKUs with ${options.units} units each in 4 shops, ${options.days} days, ` +
      `a round every ${options.everyMinutes} min, a shop is out of reach in ${options.unreachable * 100} % of them`,
  );
  for (const one of outcomes) {
    console.log(
      `  ${one.policy.padEnd(7)} ${one.sold} sold to ${one.buyers} buyers, ${one.oversold} too many (${one.oversoldSkus} SKUs), ` +
        `${one.missed} buyers saw none although there was one, ${one.left} units left, ${one.pushes} quantities sent`,
    );
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
}
