// npm run dev [-- app arguments]: the workstation, rebuilt as you save. A change
// of the renderer alone needs Ctrl+R in the window; anything else restarts it.
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { buildStale } from './build.mjs';
import { requireGoodNode } from './node.mjs';
import { inRoot } from './paths.mjs';
import { exitCodeOf } from './process.mjs';
import { setStage } from './system.mjs';

/** Editors save in several steps; one rebuild for all of them. */
const SETTLE_MS = 150;

requireGoodNode();

async function run(stage) {
  let child = null;
  let restarting = false;
  let timer;
  let building = Promise.resolve();

  return new Promise((resolve) => {
    const start = () => {
      child = spawn(stage.runtime.executable, [...stage.args, '--sample', ...process.argv.slice(2)], {
        stdio: 'inherit',
        env: stage.env,
      });
      child.once('exit', (code, signal) => {
        if (restarting) {
          restarting = false;
          start();
        } else {
          watchers.forEach((watcher) => watcher.close());
          resolve(exitCodeOf(code, signal));
        }
      });
    };
    const rebuild = async () => {
      try {
        const built = await buildStale();
        if (built.some((name) => name !== 'renderer')) {
          console.log('restarting');
          restarting = true;
          child.kill('SIGTERM');
        } else if (built.length > 0) {
          console.log('press Ctrl+R in the window to see it');
        }
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
      }
    };
    const onChange = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        building = building.then(rebuild);
      }, SETTLE_MS);
    };
    const watchers = ['main', 'renderer', 'shared'].map((dir) =>
      watch(inRoot(dir), { recursive: true }, onChange),
    );
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    start();
  });
}

try {
  await buildStale();
  const stage = await setStage();
  try {
    process.exitCode = await run(stage);
  } finally {
    await stage.stop();
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
