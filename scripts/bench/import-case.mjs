// A CSV import, against the same file read by SQLite's own shell.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { v7 } from 'uuid';
import { inTurns, median, ratio, row } from './measure.mjs';
import { openBench } from './workspace.mjs';

async function writeCsv(file, count) {
  const out = createWriteStream(file);
  out.write(
    'SKU,Name,Price,Stock,Weight,Description,Short description,Tags,Categories,GTIN,Sale price,Brand\n',
  );
  for (let index = 0; index < count; index += 1) {
    const line = `SKU-${String(index).padStart(7, '0')},"Product ${index}, with a comma",${10 + (index % 90)}.99,${index % 97},1.5,"A longer description of product ${index}",Short ${index},tag ${index % 50},category ${index % 20},${String(index).padStart(13, '0')},,Brand ${index % 30}\n`;
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

/** A CSV import as one command, against the same file read by SQLite's own shell. */
export async function importCsv({ listings, log }) {
  const dir = mkdtempSync(join(tmpdir(), 'quayside-bench-csv-'));
  try {
    const file = join(dir, 'listings.csv');
    await writeCsv(file, listings);
    const bareFile = join(dir, 'bare.db');
    const shell = hasSqliteShell();
    if (!shell) log('  no sqlite3 program here: the import is measured without its ratio');
    let bench = null;
    const blocks = [];
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const works = {
      engine: {
        before: async () => {
          bench = await openBench();
          delay.reset();
        },
        run: () => bench.call('import.apply', { file, format: 'generic' }, v7()),
        after: async () => {
          // One more turn, so that a block up to the very end counts.
          await new Promise((resolve) => {
            setTimeout(resolve, 20);
          });
          blocks.push(Math.round(delay.max / 1e6));
          await bench.close();
        },
      },
    };
    if (shell) {
      works.bare = {
        before: () => rmSync(bareFile, { force: true }),
        run: () => execFileSync('sqlite3', [bareFile, '.mode csv', `.import ${file} listing`]),
      };
    }
    const raw = await inTurns(works, { repetitions: 3, warmUp: 0 });
    const what = `CSV import of ${listings.toLocaleString('en')} rows x 12`;
    const value = shell
      ? row(what, 'of sqlite3 .import of the same file', ratio(raw.engine, raw.bare), 'x', 3)
      : row(what, 'no sqlite3 program to compare with', Math.round(raw.engine.median) / 1000, 's', null);
    delay.disable();
    const block = row(
      what,
      'longest time in which the engine answers nothing',
      median(blocks),
      'ms',
      null,
      'all of it is written in one transaction',
    );
    return { rows: [value, block], raw: { ...raw, blocks } };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function hasSqliteShell() {
  return (process.env.PATH ?? '').split(':').some((dir) => existsSync(join(dir, 'sqlite3')));
}
