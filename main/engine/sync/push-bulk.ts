import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { BulkListings } from '../channels/bulk-listings.ts';
import type { ChannelContext, ListingPush, PushResult } from '../channels/contract.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import type { AccountRow } from './accounts.ts';
import type { CellFates, PushTally } from './cell-fates.ts';
import { countDueProducts, type LeasedEntity } from './lease.ts';
import { settleOp, trail } from './outbox.ts';
import {
  endJob,
  jobOps,
  jobRunning,
  jobStarting,
  knownJobIds,
  lookAgain,
  makeJob,
  messagesOf,
  nextDueJob,
  type JobOp,
  type PushJob,
} from './push-jobs.ts';
import { isRetryable, mayHaveApplied } from './retry.ts';

/** Clocks differ: a job may be listed as a little older or younger than it is here. */
const CLOCK_SKEW_MS = 120_000;

/** What it came to shows when the listing is read. */
const READ_AGAIN: ReadonlySet<string> = new Set(['CHANNEL_CONFLICT', 'CHANNEL_UNKNOWN']);

const startSettling = sql<{ rid: number; now: number; look: number }>(
  `UPDATE outbox SET updated_at_ms = :now, next_attempt_at_ms = :look WHERE rid = :rid AND state = 'accepted'`,
  { hot: true },
);

export interface BulkTools {
  readonly engine: Engine;
  readonly account: AccountRow;
  readonly bulk: BulkListings;
  readonly context: ChannelContext;
  readonly fates: CellFates;
  readonly tally: PushTally;
  readonly settlingMs: number;
}

/**
 * Sends many changes as one job of the channel and follows it to its end. Each
 * step is stored before the next one is taken: a job that was only made is
 * dropped after a crash, one that may have been started is looked for in the
 * channel's list, and its ops wait meanwhile. A job that is not listed left
 * nothing behind, so its ops are read back and go again.
 */
export class BulkPusher {
  private readonly tools: BulkTools;
  /** A job could not be had in this run: single calls do. */
  private off = false;

  constructor(tools: BulkTools) {
    this.tools = tools;
  }

  /** Whether so much waits that a job is quicker. */
  wanted(): boolean {
    const { engine, account, bulk } = this.tools;
    return !this.off && countDueProducts(engine, account) >= bulk.from;
  }

  /** The results of ops that do not go along; those that do are taken care of. */
  async send(entities: readonly LeasedEntity[], ops: readonly ListingPush[]): Promise<readonly PushResult[]> {
    const { engine, account, bulk, context } = this.tools;
    const { db } = engine;
    const plan = await this.unsent(entities, () => bulk.prepare(context, ops));
    if (plan === null) return [];
    const { document } = plan;
    if (document === null) return plan.results;
    const members = plan.messages.flatMap(({ message, opId }) => {
      const entity = entities[Number(opId)];
      return entity ? [{ message, entity }] : [];
    });
    const going = members.map(({ entity }) => entity);
    const job = db.transaction(() =>
      makeJob(
        db,
        account.rid,
        members.flatMap(({ message, entity }) =>
          entity.cells.map((cell) => ({ op: cell.rid, product: entity.productRid, message })),
        ),
        this.now(),
      ),
    );
    const documentId = await this.unsent(going, () => bulk.upload(context, document), job);
    if (documentId === null) return plan.results;
    const atMs = this.now();
    jobStarting(db, job, { document: documentId, atMs, lookAtMs: atMs + bulk.listedAfterMs });
    engine.ports.atPoint?.('publish.before-job');
    await this.start(job, documentId, going);
    return plan.results;
  }

  /** Looks at one job that is due; false when none is. */
  async advance(): Promise<boolean> {
    const { engine, account } = this.tools;
    const job = nextDueJob(engine.db, account.rid, this.now());
    if (job === null) return false;
    if (job.state === 'running') await this.look(job);
    else if (job.state === 'starting') await this.find(job);
    else this.drop(job, 'It was never handed over');
    return true;
  }

  private async start(job: number, documentId: string, going: readonly LeasedEntity[]): Promise<void> {
    const { engine, bulk, context, fates } = this.tools;
    let id: string;
    try {
      id = await bulk.start(context, documentId);
    } catch (error) {
      const doubtful = mayHaveApplied(error) || !(error instanceof CodedError);
      if (!doubtful) {
        this.giveUp(going, error, job);
        return;
      }
      const { code, message } = toErrorShape(error);
      engine.db.transaction(() => {
        for (const cell of going.flatMap((entity) => entity.cells))
          fates.settle(cell, 'needs_verify', code, message);
      });
      // The list of jobs is asked in a moment, in this run or a later one.
      if (!isRetryable(error)) throw error;
      return;
    }
    engine.ports.atPoint?.('publish.after-job');
    this.running(job, id);
  }

  private running(job: number, id: string): void {
    const { engine, bulk, tally } = this.tools;
    const { db } = engine;
    const now = this.now();
    db.transaction(() => {
      jobRunning(db, job, id, now + bulk.pollMs);
      for (const op of jobOps(db, job)) {
        // Looked at when the job has ended; the moment is only for one that never does.
        settleOp(db, op.rid, 'accepted', now, null, null, now + bulk.giveUpMs + bulk.pollMs);
        trail(db, op.rid, now, 'accepted', `The shop took it as part of the mass change ${id}`);
        tally.sent += 1;
        tally.settled.delete(op.rid);
      }
    });
  }

  /** A start whose answer was lost: the channel's list says whether there is a job. */
  private async find(job: PushJob): Promise<void> {
    const { engine, account, bulk, context } = this.tools;
    const from = job.started_at_ms ?? job.created_at_ms;
    const to = from + bulk.listedAfterMs + CLOCK_SKEW_MS;
    const ids = await bulk.list(context, from - CLOCK_SKEW_MS, to, job.document ?? undefined);
    const known = knownJobIds(engine.db, account.rid);
    const id = ids.find((candidate) => !known.has(candidate));
    if (id === undefined) this.drop(job, 'The shop has no such job');
    else this.running(job.rid, id);
  }

  private async look(job: PushJob): Promise<void> {
    const { engine, bulk, context } = this.tools;
    const ops = jobOps(engine.db, job.rid);
    const state = await bulk.look(context, job.job ?? '', messagesOf(ops));
    const now = this.now();
    if (state.state === 'waiting') {
      if (now - (job.started_at_ms ?? now) < bulk.giveUpMs) lookAgain(engine.db, job.rid, now + bulk.pollMs);
      else {
        await this.takeBack(job);
        this.doubt(job, ops, 'The shop did not come to an end with the mass change');
      }
      return;
    }
    if (state.state === 'failed') {
      this.off = true;
      this.doubt(job, ops, state.message);
      return;
    }
    engine.db.transaction(() => {
      endJob(engine.db, job.rid, { state: 'done', atMs: now, message: `${state.refused.length} refused` });
      const refusals = new Map(state.refused.map((refusal) => [refusal.message, refusal]));
      for (const op of ops) {
        const refusal = refusals.get(op.message);
        if (!refusal) this.settleLater(op, now);
        else if (READ_AGAIN.has(refusal.code)) this.end(op, 'needs_verify', refusal.code, refusal.text);
        else if (refusal.field === null || refusal.field === op.field) {
          this.end(op, 'rejected', refusal.code, refusal.text);
        } else this.end(op, 'needs_verify', null, 'Another change of the same listing was refused');
      }
    });
  }

  /** A job that stays in the queue must not be applied after what goes instead of it; one that has begun stays. */
  private async takeBack(job: PushJob): Promise<void> {
    const { bulk, context, engine } = this.tools;
    this.off = true;
    try {
      await bulk.cancel?.(context, job.job ?? '');
    } catch (error) {
      if (!(error instanceof CodedError) || error.code === 'CANCELLED') throw error;
      engine.ports.log.warn('A mass change could not be taken back', { job: job.job, code: error.code });
    }
  }

  /** It is worked off; from now on the values should show. */
  private settleLater(op: JobOp, now: number): void {
    const { engine, settlingMs } = this.tools;
    engine.db.run(startSettling, { rid: op.rid, now, look: now + settlingMs });
    trail(engine.db, op.rid, now, 'accepted', 'The mass change is worked off');
  }

  private end(op: JobOp, to: 'rejected' | 'needs_verify', code: string | null, message: string): void {
    const { engine, tally } = this.tools;
    settleOp(engine.db, op.rid, to, this.now(), code, message);
    trail(engine.db, op.rid, this.now(), to, [code, message].filter(Boolean).join(': '));
    if (to === 'rejected') tally.settled.add(op.rid);
  }

  /** Nobody knows how much of it was applied: every op is read before anything else. */
  private doubt(job: PushJob, ops: readonly JobOp[], message: string): void {
    const { db } = this.tools.engine;
    db.transaction(() => {
      endJob(db, job.rid, { state: 'failed', atMs: this.now(), message });
      for (const op of ops) {
        if (op.state === 'accepted') this.end(op, 'needs_verify', 'CHANNEL_UNKNOWN', message);
      }
    });
  }

  private drop(job: PushJob, message: string): void {
    endJob(this.tools.engine.db, job.rid, { state: 'dropped', atMs: this.now(), message });
  }

  /** A step before anything left: when it fails its ops wait again. null = single calls do. */
  private async unsent<T>(
    entities: readonly LeasedEntity[],
    step: () => Promise<T>,
    job: number | null = null,
  ): Promise<T | null> {
    try {
      return await step();
    } catch (error) {
      this.giveUp(entities, error, job);
      return null;
    }
  }

  /** Surely nothing was sent: the ops go again, one by one when only the job's own limit is used up. */
  private giveUp(entities: readonly LeasedEntity[], error: unknown, job: number | null): void {
    const { engine, fates } = this.tools;
    const { code, message } = toErrorShape(error);
    const limited = code === 'CHANNEL_RATE';
    engine.db.transaction(() => {
      if (job !== null) endJob(engine.db, job, { state: 'dropped', atMs: this.now(), message });
      for (const cell of entities.flatMap((entity) => entity.cells))
        fates.backOff(cell, code, message, limited ? 0 : null);
    });
    if (!limited) throw error;
    this.off = true;
  }

  private now(): number {
    return this.tools.engine.ports.clock.now();
  }
}
