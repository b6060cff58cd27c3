import { parentPort } from 'node:worker_threads';
import { WORKER_TASKS, type TaskReply, type TaskRequest } from './tasks.ts';

/** The thread's side: one request after the other, each answered once. */
parentPort?.on('message', ({ id, task, input }: TaskRequest) => {
  const reply = (answer: TaskReply): void => parentPort?.postMessage(answer);
  try {
    const work = WORKER_TASKS[task] as (input: unknown) => unknown;
    reply({ id, ok: true, output: work(input) });
  } catch (error) {
    reply({ id, ok: false, message: error instanceof Error ? error.message : String(error) });
  }
});
