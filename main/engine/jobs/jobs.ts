import type { Job } from '#shared/contract/workspace.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { EventBus } from '../events.ts';
import type { Ports } from '../ports.ts';

export type JobKind = Job['kind'];

export interface JobControl {
  readonly jobId: string;
  readonly signal: AbortSignal;
  /** Units done so far; `total` null while unknown. Cheap: events are spaced out. */
  readonly progress: (done: number, total: number | null) => void;
}

interface JobRow {
  id: string;
  kind: JobKind;
  label: string;
  state: Job['state'];
  done: number;
  total: number | null;
  started_at_ms: number;
  ended_at_ms: number | null;
  result: string | null;
  error_code: string | null;
  error_message: string | null;
}

const insert = sql<{ id: string; kind: string; label: string; at: number }>(
  "INSERT INTO job (id, kind, label, state, started_at_ms) VALUES (:id, :kind, :label, 'running', :at)",
);
const finish = sql<{
  id: string;
  state: string;
  done: number;
  total: number | null;
  at: number;
  result: string | null;
  code: string | null;
  message: string | null;
}>(
  `UPDATE job SET state = :state, done = :done, total = :total, ended_at_ms = :at, result = :result,
     error_code = :code, error_message = :message WHERE id = :id`,
);
const recent = sql<{ limit: number }, JobRow>('SELECT * FROM job ORDER BY rid DESC LIMIT :limit');
const interrupt = sql<{ at: number }>(
  "UPDATE job SET state = 'interrupted', ended_at_ms = :at WHERE state = 'running'",
);

/** Milliseconds between two progress events of one job. */
const EVENT_SPACING = 150;

interface Running {
  readonly kind: JobKind;
  readonly label: string;
  readonly startedAt: number;
  readonly controller: AbortController;
  done: number;
  total: number | null;
  told: number;
}

/** Long work with progress, cancel and a result that can be reopened. */
export class Jobs {
  private readonly running = new Map<string, Running>();
  private readonly ending = new Set<Promise<unknown>>();
  private readonly db: Database;
  private readonly ports: Ports;
  private readonly bus: EventBus;

  constructor(db: Database, ports: Ports, bus: EventBus) {
    this.db = db;
    this.ports = ports;
    this.bus = bus;
  }

  /** A job that was running when the engine died did not finish. */
  markInterrupted(): void {
    this.db.run(interrupt, { at: this.ports.clock.now() });
  }

  async run<T>(
    kind: JobKind,
    label: string,
    signal: AbortSignal | undefined,
    work: (job: JobControl) => Promise<T>,
  ): Promise<T> {
    const id = this.ports.newId();
    const startedAt = this.ports.clock.now();
    const controller = new AbortController();
    const abort = (): void => controller.abort();
    if (signal?.aborted) abort();
    signal?.addEventListener('abort', abort, { once: true });
    const state: Running = { kind, label, startedAt, controller, done: 0, total: null, told: 0 };
    this.db.run(insert, { id, kind, label, at: startedAt });
    this.running.set(id, state);
    this.bus.emit('jobs');
    const working = work({
      jobId: id,
      signal: controller.signal,
      progress: (done, total) => this.progress(state, done, total),
    });
    const ended = Promise.withResolvers<void>();
    this.ending.add(ended.promise);
    try {
      const result = await working;
      this.end(id, state, 'done', result, null);
      return result;
    } catch (error) {
      const shape = toErrorShape(error);
      const cancelled = controller.signal.aborted || shape.code === 'CANCELLED';
      this.end(id, state, cancelled ? 'cancelled' : 'failed', null, shape);
      throw cancelled ? new CodedError('CANCELLED', `${label} was stopped`) : error;
    } finally {
      signal?.removeEventListener('abort', abort);
      this.ending.delete(ended.promise);
      ended.resolve();
    }
  }

  private progress(state: Running, done: number, total: number | null): void {
    state.done = done;
    state.total = total;
    const now = this.ports.clock.now();
    if (now - state.told < EVENT_SPACING) return;
    state.told = now;
    this.bus.emit('jobs');
  }

  private end(
    id: string,
    state: Running,
    outcome: Job['state'],
    result: unknown,
    error: { code: string; message: string } | null,
  ): void {
    this.running.delete(id);
    this.db.run(finish, {
      id,
      state: outcome,
      done: state.done,
      total: state.total,
      at: this.ports.clock.now(),
      result: result === null ? null : JSON.stringify(result),
      code: error?.code ?? null,
      message: error?.message ?? null,
    });
    this.bus.emit('jobs');
  }

  cancel(id: string): void {
    const job = this.running.get(id);
    if (!job) throw new CodedError('NOT_FOUND', 'This job is not running', { jobId: id });
    job.controller.abort();
  }

  cancelAll(): void {
    for (const job of this.running.values()) job.controller.abort();
  }

  /** Resolves when no job runs any more. */
  async settled(): Promise<void> {
    while (this.ending.size > 0) await Promise.allSettled(this.ending);
  }

  list(limit: number): Job[] {
    const now = this.ports.clock.now();
    return this.db.all(recent, { limit }).map((row): Job => {
      const live = this.running.get(row.id);
      const done = live?.done ?? row.done;
      const total = live?.total ?? row.total;
      const spent = now - row.started_at_ms;
      return {
        jobId: row.id,
        kind: row.kind,
        label: row.label,
        state: row.state,
        done,
        total,
        etaMs: live && total && done > 0 ? Math.max(0, Math.round((spent / done) * (total - done))) : null,
        startedAt: row.started_at_ms,
        endedAt: row.ended_at_ms,
        result: row.result ? (JSON.parse(row.result) as unknown) : null,
        error: row.error_code ? { code: row.error_code, message: row.error_message ?? '' } : null,
      };
    });
  }

  runningJobs(): Job[] {
    return this.list(20).filter((job) => job.state === 'running');
  }
}
