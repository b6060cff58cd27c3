import { forecastBatch } from './forecast-batch.ts';

/** Work that a thread does: pure functions of plain data. */
export const WORKER_TASKS = {
  forecast: forecastBatch,
} as const;

export type WorkerTask = keyof typeof WORKER_TASKS;
export type TaskInput<T extends WorkerTask> = Parameters<(typeof WORKER_TASKS)[T]>[0];
export type TaskOutput<T extends WorkerTask> = ReturnType<(typeof WORKER_TASKS)[T]>;

export interface TaskRequest {
  readonly id: number;
  readonly task: WorkerTask;
  readonly input: unknown;
}
export type TaskReply =
  | { readonly id: number; readonly ok: true; readonly output: unknown }
  | { readonly id: number; readonly ok: false; readonly message: string };
