// Ends a run whose engine no longer comes back: only another thread can see that.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const LOOK_MS = 1_000;

/**
 * Kills the process, naming the call, when no call ended for `limitMs`.
 * @returns {{ beat: (call: number) => void, stop: () => Promise<number> }}
 */
export function startWatchdog({ seed, limitMs }) {
  const shared = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { shared, seed, limitMs } });
  worker.unref();
  return {
    beat: (call) => {
      Atomics.store(shared, 0, call);
    },
    stop: () => worker.terminate(),
  };
}

function watch({ shared, seed, limitMs }) {
  let last = -1;
  let still = 0;
  const timer = setInterval(() => {
    const call = Atomics.load(shared, 0);
    still = call === last ? still + LOOK_MS : 0;
    last = call;
    if (still < limitMs) return;
    writeSync(2, `VIOLATION hang: call ${call} of seed ${seed} did not come back within ${limitMs} ms\n`);
    process.kill(process.pid, 'SIGKILL');
  }, LOOK_MS);
  parentPort?.on('close', () => clearInterval(timer));
}

if (!isMainThread && workerData?.shared) watch(workerData);
