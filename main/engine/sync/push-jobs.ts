import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import type { BulkMessage } from '../channels/bulk-listings.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';

/** A mass change that a channel works off, as stored. */
export interface PushJob {
  readonly rid: number;
  readonly state: 'made' | 'starting' | 'running';
  readonly document: string | null;
  readonly job: string | null;
  readonly entities: number;
  readonly created_at_ms: number;
  readonly started_at_ms: number | null;
}

export interface JobOp {
  readonly rid: number;
  readonly field: ListingFieldName;
  readonly state: string;
  readonly message: number;
}

const insertJob = sql<{ account: number; entities: number; at: number }>(
  `INSERT INTO push_job (account_rid, state, entities, created_at_ms, next_look_at_ms)
   VALUES (:account, 'made', :entities, :at, :at)`,
);
const insertOp = sql<{ op: number; job: number; product: number; message: number }>(
  'INSERT INTO push_job_op (op_rid, job_rid, product_rid, message) VALUES (:op, :job, :product, :message)',
  { hot: true },
);
const markStarting = sql<{ rid: number; document: string; at: number; look: number }>(
  `UPDATE push_job SET state = 'starting', document = :document, started_at_ms = :at, next_look_at_ms = :look WHERE rid = :rid`,
);
const markRunning = sql<{ rid: number; job: string; look: number }>(
  "UPDATE push_job SET state = 'running', job = :job, next_look_at_ms = :look WHERE rid = :rid",
);
const setLook = sql<{ rid: number; look: number }>(
  'UPDATE push_job SET next_look_at_ms = :look WHERE rid = :rid',
);
const markEnded = sql<{ rid: number; state: string; at: number; message: string | null }>(
  `UPDATE push_job SET state = :state, ended_at_ms = :at, next_look_at_ms = NULL, message = :message WHERE rid = :rid`,
);
const freeOps = sql<{ rid: number }>('DELETE FROM push_job_op WHERE job_rid = :rid');
const dueJob = sql<{ account: number; now: number }, PushJob>(
  `SELECT rid, state, document, job, entities, created_at_ms, started_at_ms FROM push_job
   WHERE account_rid = :account AND next_look_at_ms <= :now ORDER BY rid LIMIT 1`,
);
const opsOfJob = sql<{ rid: number }, JobOp>(
  `SELECT o.rid, o.field, o.state, j.message FROM push_job_op j JOIN outbox o ON o.rid = j.op_rid
   WHERE j.job_rid = :rid ORDER BY j.message, o.rid`,
);
const knownJobs = sql<{ account: number }, { job: string }>(
  'SELECT job FROM push_job WHERE account_rid = :account AND job IS NOT NULL',
);

export function makeJob(
  db: Database,
  accountRid: number,
  ops: readonly { readonly op: number; readonly product: number; readonly message: number }[],
  atMs: number,
): number {
  const entities = new Set(ops.map(({ message }) => message)).size;
  db.run(insertJob, { account: accountRid, entities, at: atMs });
  const job = db.getComposed<{ rid: number }>('SELECT last_insert_rowid() AS rid', {})?.rid ?? 0;
  for (const { op, product, message } of ops) db.run(insertOp, { op, job, product, message });
  return job;
}

/** From here on the channel may have it: looked for at `lookAtMs` when no answer comes. */
export function jobStarting(
  db: Database,
  rid: number,
  at: { readonly document: string; readonly atMs: number; readonly lookAtMs: number },
): void {
  db.run(markStarting, { rid, document: at.document, at: at.atMs, look: at.lookAtMs });
}

export function jobRunning(db: Database, rid: number, job: string, lookAtMs: number): void {
  db.run(markRunning, { rid, job, look: lookAtMs });
}

export function lookAgain(db: Database, rid: number, lookAtMs: number): void {
  db.run(setLook, { rid, look: lookAtMs });
}

/** The job has ended one way or another: its ops are on their own again. */
export function endJob(
  db: Database,
  rid: number,
  end: {
    readonly state: 'done' | 'failed' | 'dropped';
    readonly atMs: number;
    readonly message: string | null;
  },
): void {
  db.run(freeOps, { rid });
  db.run(markEnded, { rid, state: end.state, at: end.atMs, message: end.message });
}

export function nextDueJob(db: Database, accountRid: number, nowMs: number): PushJob | null {
  return db.get(dueJob, { account: accountRid, now: nowMs }) ?? null;
}

export function jobOps(db: Database, rid: number): JobOp[] {
  return db.all(opsOfJob, { rid });
}

export function messagesOf(ops: readonly JobOp[]): BulkMessage[] {
  return [...Map.groupBy(ops, (op) => op.message)].map(([message, own]) => ({
    message,
    fields: new Set(own.map((op) => op.field)),
  }));
}

/** Ids of jobs that are ours already. */
export function knownJobIds(db: Database, accountRid: number): ReadonlySet<string> {
  return new Set(db.all(knownJobs, { account: accountRid }).map(({ job }) => job));
}
