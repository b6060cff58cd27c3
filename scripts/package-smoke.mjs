// npm run package:smoke: packs an unpacked Linux folder and looks into it. What is
// inside and how its fuses are set can be judged with any runtime; whether the
// engine starts in it only with the official one.
import { join } from 'node:path';
import { configFor } from './package/config.mjs';
import { inspectPackage } from './package/inspect.mjs';
import { readBuilderConfig } from './package.mjs';
import { requireGoodNode } from './node.mjs';
import { inRoot, root } from './paths.mjs';
import { capture } from './process.mjs';
import { resolveRuntime } from './runtime.mjs';

async function main() {
  const runtime = await resolveRuntime();
  const legacy = runtime.source === 'legacy';
  const { code, output } = await capture(
    process.execPath,
    [inRoot('scripts', 'package.mjs'), '--linux', 'dir'],
    { cwd: root },
  );
  if (code !== 0) throw new Error(`packing failed:\n${output}`);
  const config = configFor(readBuilderConfig(), { flavour: 'release', dist: null, legacy });
  const problems = await inspectPackage({
    dir: join(root, config.directories.output, 'linux-unpacked'),
    executable: config.linux.executableName,
    fuses: config.electronFuses,
    home: root,
  });
  for (const problem of problems) console.error(problem);
  console.log(`${problems.length} problems${legacy ? ' (packed with the old development runtime)' : ''}`);
  if (problems.length > 0) process.exitCode = 1;
}

requireGoodNode();
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
