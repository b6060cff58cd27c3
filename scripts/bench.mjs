// npm run bench [-- --json FILE] [--only view,search,change,paste,import,publish,orders] [--full] [--electron] [--grids] [--scale] [--stock]
// Measures what docs/benchmarks.md promises, as ratios within this one run.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { requireGoodNode } from './node.mjs';
import { inRoot } from './paths.mjs';

requireGoodNode();

function machine() {
  const commit = (() => {
    try {
      return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: inRoot() }).toString().trim();
    } catch {
      return null;
    }
  })();
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform}-${process.arch}`,
    node: process.versions.node,
    loadBefore: loadavg()[0],
    commit,
    at: new Date().toISOString(),
  };
}

const shown = (row) => {
  const value = `${row.value} ${row.unit}`;
  if (row.budget === null) return `      ${value.padStart(10)}  ${row.work}: ${row.measured}`;
  const verdict = row.value <= row.budget ? '  ok  ' : ' over ';
  return `${verdict}${value.padStart(10)}  ${row.work}: ${row.measured} (budget ${row.budget} ${row.unit})`;
};

async function main() {
  const { values } = parseArgs({
    options: {
      json: { type: 'string' },
      only: { type: 'string' },
      full: { type: 'boolean', default: false },
      electron: { type: 'boolean', default: false },
      grids: { type: 'boolean', default: false },
      scale: { type: 'boolean', default: false },
      stock: { type: 'boolean', default: false },
      listings: { type: 'string', default: '250000' },
    },
  });
  const { CASES } = await import('./bench/cases.mjs');
  const all = { ...CASES };
  if (values.electron) all.start = (await import('./bench/electron.mjs')).start;
  // Runs of their own: nothing else is measured with them unless it is named.
  const alone = ['grids', 'scale', 'stock'].filter((name) => values[name]);
  if (values.grids) all.grids = (await import('./bench/grids.mjs')).grids;
  if (values.scale) all.scale = (await import('./bench/scale.mjs')).scale;
  if (values.stock) all.stock = (await import('./bench/stock-case.mjs')).stock;
  const names = values.only?.split(',') ?? (alone.length > 0 ? alone : Object.keys(all));
  const unknown = names.find((name) => !(name in all));
  if (unknown) throw new Error(`--only ${unknown}: there are ${Object.keys(all).join(', ')}`);
  const options = {
    listings: Number(values.listings),
    orders: values.full ? 1_000_000 : 100_000,
    log: console.log,
  };
  const report = {
    machine: machine(),
    options: { listings: options.listings, orders: options.orders },
    rows: [],
    raw: {},
  };
  console.log(
    `${report.machine.cpu}, ${report.machine.cores} cores, load ${report.machine.loadBefore.toFixed(1)}, Node ${report.machine.node}`,
  );
  for (const name of names) {
    console.log(`\n== ${name}`);
    const { rows, raw } = await all[name](options);
    report.rows.push(...rows);
    report.raw[name] = raw;
    for (const row of rows) console.log(shown(row) + (row.note ? ` (${row.note})` : ''));
  }
  const missed = report.rows.filter((row) => row.budget !== null && row.value > row.budget);
  console.log(`\n${report.rows.length} numbers, ${missed.length} over budget`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = 1;
}
