// npm start [-- app arguments]: builds what is stale and opens the workstation.
import { buildStale } from './build.mjs';
import { launch } from './launch.mjs';
import { requireGoodNode } from './node.mjs';

requireGoodNode();
try {
  await buildStale();
  // On the sample store while nothing else is configured: the app decides.
  process.exitCode = await launch(['--sample', ...process.argv.slice(2)]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
