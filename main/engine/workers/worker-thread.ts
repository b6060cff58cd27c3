import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { TaskInput, TaskOutput, TaskReply, TaskRequest, WorkerTask } from './tasks.ts';

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A thread beside the engine for work that would hold it up. Tasks get plain
 * data and give plain data; whoever starts a thread stops it. A task that runs
 * ends with the thread, which is how work is cancelled.
 */
export class WorkerThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, Waiting>();
  private next = 1;
  private gone: Error | null = null;

  constructor() {
    this.worker = startWorker();
    this.worker.on('message', (reply: TaskReply) => {
      const waiting = this.waiting.get(reply.id);
      this.waiting.delete(reply.id);
      if (reply.ok) waiting?.resolve(reply.output);
      else waiting?.reject(new CodedError('INTERNAL', `Background work failed: ${reply.message}`));
    });
    this.worker.on('error', (error) => this.end(error));
    this.worker.on('exit', () => this.end(new CodedError('CANCELLED', 'The background work was stopped')));
    // A thread that waits for work does not keep a headless program alive.
    this.worker.unref();
  }

  run<T extends WorkerTask>(task: T, input: TaskInput<T>): Promise<TaskOutput<T>> {
    if (this.gone) return Promise.reject(this.gone);
    const id = this.next;
    this.next += 1;
    const request: TaskRequest = { id, task, input };
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: (output) => resolve(output as TaskOutput<T>), reject });
      this.worker.postMessage(request);
    });
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }

  private end(error: unknown): void {
    this.gone ??= error instanceof Error ? error : new Error(String(error));
    for (const { reject } of this.waiting.values()) reject(this.gone);
    this.waiting.clear();
  }
}

/**
 * Beside a bundle the thread is a bundle too. It is read and handed over as
 * text, because inside an archive the file has no path that a thread could open.
 */
function startWorker(): Worker {
  const here = dirname(fileURLToPath(import.meta.url));
  const bundled = join(here, 'worker.cjs');
  if (existsSync(bundled)) return new Worker(readFileSync(bundled, 'utf8'), { eval: true });
  return new Worker(join(here, 'worker-entry.ts'));
}
