// npm run tour [-- --out FOLDER]: walks through the workstation and saves a picture of every screen.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runProject } from './e2e.mjs';
import { requireGoodNode } from './node.mjs';

requireGoodNode();
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string', default: 'docs/screenshots' } },
  });
  const folder = resolve(values.out);
  process.exitCode = await runProject('tour', positionals, { QUAYSIDE_SCREENSHOTS: folder });
  if (process.exitCode === 0) console.log(`pictures are in ${folder}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
