import { listingField } from '#shared/domain/listing-fields.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type {
  ChannelConnector,
  ChannelContext,
  FieldValues,
  ListingPush,
  ListingRef,
  PushResult,
  ReadListing,
} from '../channels/contract.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import type { AccountRow } from './accounts.ts';
import { BatchSize } from './batch-size.ts';
import { CellFates, type PushTally, type ReadBack } from './cell-fates.ts';
import { cellsToVerify, leaseBatch, settlingCells, urgentWaits, type LeasedEntity } from './lease.ts';
import { BulkPusher } from './push-bulk.ts';
import type { ExchangeLog } from './exchange-log.ts';
import { issueOf } from './listing-issues.ts';
import { trail } from './outbox.ts';
import { isRetryable, mayHaveApplied, nextDelay, retryAfterMs, retrying, RUN_POLICY } from './retry.ts';
import { RunWaits } from './run-waits.ts';
import { shown } from './shown.ts';

/** An entity that goes out, and what the channel had when that was decided. */
interface DecidedEntity extends LeasedEntity {
  readonly seen: FieldValues;
}

const noteVerified = sql<{ rid: number; at: number }>(
  'UPDATE account SET last_verified_at_ms = :at WHERE rid = :rid',
);
const notePush = sql<{ rid: number; at: number }>(
  'UPDATE account SET last_push_at_ms = :at WHERE rid = :rid',
);
/**
 * Brings the released cells of one account to the channel: settle what is
 * unknown by reading it, lease a batch, read the channel, merge, send only
 * what differs, read back, and call verified only what was seen.
 */
export class ListingPusher {
  private readonly engine: Engine;
  private readonly account: AccountRow;
  private readonly connector: ChannelConnector;
  private readonly context: ChannelContext;
  private readonly signal: AbortSignal;
  private readonly tally: PushTally;
  private readonly onProgress: () => void;
  private readonly batch: BatchSize;
  private readonly waits: RunWaits;
  private readonly exchanges: ExchangeLog;
  private readonly fates: CellFates;
  private readonly bulk: BulkPusher | null;
  /** Accepted content whose reading back gave way to stock or price. */
  private unread: LeasedEntity[] = [];
  private delay = 0;
  private failures = 0;

  constructor(
    engine: Engine,
    account: AccountRow,
    connector: ChannelConnector,
    context: ChannelContext,
    options: { signal: AbortSignal; tally: PushTally; onProgress: () => void; exchanges: ExchangeLog },
  ) {
    this.engine = engine;
    this.account = account;
    this.connector = connector;
    this.context = context;
    this.signal = options.signal;
    this.tally = options.tally;
    this.onProgress = options.onProgress;
    this.exchanges = options.exchanges;
    this.fates = new CellFates(engine, connector, options.tally);
    this.batch = new BatchSize(engine.db, account, connector.capabilities.maxBatch);
    const { bulk, capabilities } = connector;
    const settlingMs = capabilities.settling?.pollMs ?? 0;
    const tools = { engine, account, context, fates: this.fates, tally: options.tally, settlingMs };
    this.bulk = bulk ? new BulkPusher({ ...tools, bulk }) : null;
    this.waits = new RunWaits(engine, account, options.signal);
  }

  /** Sends everything that is due. Throws when the channel cannot be reached or refuses the keys. */
  async drain(): Promise<void> {
    try {
      await this.sendAll();
    } finally {
      this.doubt(this.unread.splice(0), 'CANCELLED', 'The run ended before it was read back');
    }
  }

  private async sendAll(): Promise<void> {
    for (;;) {
      if (this.signal.aborted) throw new CodedError('CANCELLED', 'Publishing was stopped');
      if (this.unread.length > 0 && !urgentWaits(this.engine, this.account)) {
        await this.readBack(this.unread.splice(0), 'verify');
        this.onProgress();
      }
      const doubtful = cellsToVerify(this.engine, this.account, 500);
      if (doubtful.length > 0) {
        await this.readBack(doubtful, 'recover');
        continue;
      }
      if (await this.bulk?.advance()) {
        this.onProgress();
        continue;
      }
      const settling = settlingCells(this.engine, this.account, 500);
      if (settling.length > 0) {
        await this.readBack(settling, 'settle');
        this.onProgress();
        continue;
      }
      const many = this.bulk?.wanted() ? this.connector.bulk?.most : undefined;
      const batch = leaseBatch(this.engine, this.account, many ?? this.batch.size);
      if (batch.length === 0) {
        if (await this.waits.forSomethingDue()) continue;
        return;
      }
      this.engine.ports.atPoint?.('publish.after-lease');
      await this.sendBatch(batch, many !== undefined);
      this.onProgress();
    }
  }

  private async sendBatch(batch: readonly LeasedEntity[], asJob: boolean): Promise<void> {
    let remote: Map<string, ReadListing>;
    try {
      remote = await this.read(batch.map((entity) => entity.ref));
    } catch (error) {
      // Nothing was sent yet: the ops simply wait again.
      this.giveBack(batch, error);
      throw error;
    }
    const pushes = this.mergeBatch(batch, remote);
    if (pushes.length === 0) return;
    this.engine.ports.atPoint?.('publish.before-send');
    if (asJob) await this.pushAsJob(pushes);
    else await this.push(pushes);
  }

  /** What the job does not carry has its answer already. */
  private async pushAsJob(pushes: readonly DecidedEntity[]): Promise<void> {
    const results = (await this.bulk?.send(pushes, this.opsOf(pushes))) ?? [];
    const answered = new Set(results.map((result) => result.opId));
    const own = pushes.flatMap((entity, index) => (answered.has(String(index)) ? [{ entity, index }] : []));
    const renumbered = results.map((result) => ({
      ...result,
      opId: String(own.findIndex(({ index }) => String(index) === result.opId)),
    }));
    const accepted = this.recordAnswers(
      own.map(({ entity }) => entity),
      renumbered,
    );
    this.fates.lookLater(accepted.flatMap((entity) => entity.cells));
  }

  private opsOf(pushes: readonly DecidedEntity[]): ListingPush[] {
    return pushes.map((entity, index) => ({
      opId: String(index),
      ref: entity.ref,
      currency: this.context.currency,
      fields: Object.fromEntries(entity.cells.map((cell) => [cell.field, cell.sent])),
      seen: entity.seen,
    }));
  }

  private async read(refs: readonly ListingRef[]): Promise<Map<string, ReadListing>> {
    const found = new Map<string, ReadListing>();
    const size = this.connector.capabilities.maxRead;
    for (let from = 0; from < refs.length; from += size) {
      const chunk = refs.slice(from, from + size);
      const rows = await retrying(this.engine.ports, this.signal, () =>
        this.connector.readListings(this.context, chunk),
      );
      for (const row of rows) found.set(keyOf(row.ref), row);
    }
    return found;
  }

  /** The requests of this batch, for the trail. */
  private answers(): string {
    const text = this.exchanges.text();
    return text === '' ? '' : ` (${text})`;
  }

  private giveBack(batch: readonly LeasedEntity[], error: unknown): void {
    const { code, message } = toErrorShape(error);
    this.engine.db.transaction(() => {
      for (const entity of batch)
        for (const cell of entity.cells) this.fates.settle(cell, 'pending', code, message);
    });
  }

  /** Three-way merge against what the channel has right now; what is left differs and may be sent. */
  private mergeBatch(
    batch: readonly LeasedEntity[],
    remote: ReadonlyMap<string, ReadListing>,
  ): DecidedEntity[] {
    const { db } = this.engine;
    return db.transaction(() => {
      const pushes: DecidedEntity[] = [];
      for (const entity of batch) {
        const current = remote.get(keyOf(entity.ref));
        if (!current) {
          for (const cell of entity.cells)
            this.fates.settle(cell, 'rejected', 'CHANNEL_GONE', 'The shop no longer has this listing');
          continue;
        }
        const cells = entity.cells.filter((cell) =>
          this.fates.mayGo(cell, current.fields[cell.field] ?? null, issueOf(current.issues, cell.field)),
        );
        for (const cell of cells) {
          this.fates.settle(cell, 'sent', null, null);
          trail(
            db,
            cell.rid,
            this.engine.ports.clock.now(),
            'sent',
            `Sent ${shown(cell.sent)}; the shop had ${shown(current.fields[cell.field] ?? null)}`,
          );
        }
        if (cells.length > 0) pushes.push({ ...entity, cells, seen: current.fields });
      }
      return pushes;
    });
  }

  private async push(pushes: readonly DecidedEntity[]): Promise<void> {
    const ops = this.opsOf(pushes);
    this.exchanges.clear();
    const started = performance.now();
    let results: PushResult[];
    try {
      results = await this.connector.pushListings(this.context, ops);
      this.engine.ports.atPoint?.('publish.after-send');
    } catch (error) {
      await this.pushFailed(pushes, error);
      return;
    }
    this.batch.adapt(performance.now() - started, results);
    const accepted = this.recordAnswers(pushes, results);
    this.engine.ports.atPoint?.('publish.after-answer');
    if (this.connector.capabilities.settling)
      this.fates.lookLater(accepted.flatMap((entity) => entity.cells));
    // Stock and price take the next call; what they overtook is read back with them.
    else if (!pushes.some(isUrgent) && urgentWaits(this.engine, this.account)) this.unread.push(...accepted);
    else {
      const entities = [...this.unread.splice(0), ...accepted];
      if (entities.length > 0) await this.readBack(entities, 'verify');
    }
    await this.pauseIfTroubled(results);
  }

  /** The call as a whole failed: either surely nothing was applied, or nobody knows. */
  private async pushFailed(pushes: readonly LeasedEntity[], error: unknown): Promise<void> {
    const { code, message } = toErrorShape(error);
    const doubtful = mayHaveApplied(error) || !(error instanceof CodedError);
    this.batch.shrink();
    this.engine.db.transaction(() => {
      for (const entity of pushes) {
        for (const cell of entity.cells) {
          if (doubtful) this.fates.settle(cell, 'needs_verify', code, message);
          else this.fates.backOff(cell, code, message, retryAfterMs(error));
        }
      }
    });
    if (!isRetryable(error)) throw error;
    this.failures += 1;
    if (this.failures >= RUN_POLICY.attempts) throw error;
    const asked = retryAfterMs(error);
    if (asked !== null && asked > 60_000) throw error;
    this.delay = asked ?? nextDelay(RUN_POLICY, this.delay, this.engine.ports.random());
    await this.engine.ports.clock.sleep(this.delay, this.signal);
    this.fates.makeDue(pushes);
  }

  private recordAnswers(pushes: readonly LeasedEntity[], results: readonly PushResult[]): LeasedEntity[] {
    const { db } = this.engine;
    const byOp = Map.groupBy(results, (result) => result.opId);
    // Lost to a power cut, the ops are still marked as sent and are read before anything else.
    return db.relaxedTransaction(() => {
      db.run(notePush, { rid: this.account.rid, at: this.engine.ports.clock.now() });
      const accepted: LeasedEntity[] = [];
      pushes.forEach((entity, index) => {
        const answers = byOp.get(String(index)) ?? [];
        const refusals = answers.filter((answer) => answer.outcome !== 'accepted');
        if (refusals.length === 0 && answers.length > 0) {
          for (const cell of entity.cells) {
            this.fates.settle(cell, 'accepted', null, null);
            trail(
              db,
              cell.rid,
              this.engine.ports.clock.now(),
              'accepted',
              `The shop took it${this.answers()}`,
            );
          }
          this.tally.sent += entity.cells.length;
          accepted.push(entity);
          return;
        }
        this.recordRefusals(entity, refusals);
      });
      return accepted;
    });
  }

  private recordRefusals(
    entity: LeasedEntity,
    refusals: readonly Exclude<PushResult, { outcome: 'accepted' }>[],
  ): void {
    const whole = refusals.find((refusal) => refusal.field === null);
    for (const cell of entity.cells) {
      const own = refusals.find((refusal) => refusal.field === cell.field) ?? whole;
      if (refusals.length === 0) {
        // No answer for this op at all: look before doing anything else.
        this.fates.settle(
          cell,
          'needs_verify',
          'CHANNEL_UNKNOWN',
          'The shop did not answer for this listing',
        );
        continue;
      }
      if (!own) {
        // The channel refused a neighbour in the same object and applied none of it: this cell goes again alone.
        this.fates.settle(cell, 'retry_wait', null, null, this.engine.ports.clock.now());
        continue;
      }
      if (own.outcome === 'rejected') this.fates.settle(cell, 'rejected', own.code, own.message);
      else if (own.outcome === 'unknown') this.fates.settle(cell, 'needs_verify', own.code, own.message);
      else this.fates.backOff(cell, own.code, own.message, null);
    }
  }

  /** Reads cells back and decides: verified, still the old value, or something else altogether. */
  private async readBack(entities: readonly LeasedEntity[], why: ReadBack): Promise<void> {
    let remote: Map<string, ReadListing>;
    try {
      remote = await this.read(entities.map((entity) => entity.ref));
    } catch (error) {
      if (why === 'settle') {
        // The channel has them; only the look failed.
        this.fates.lookLater(entities.flatMap((entity) => entity.cells));
        throw error;
      }
      const { code, message } = toErrorShape(error);
      this.doubt(entities, code, message);
      throw error;
    }
    this.engine.ports.atPoint?.('publish.after-read-back');
    this.engine.db.relaxedTransaction(() => {
      for (const entity of entities) {
        const current = remote.get(keyOf(entity.ref));
        for (const cell of entity.cells) {
          if (!current)
            this.fates.settle(cell, 'rejected', 'CHANNEL_GONE', 'The shop no longer has this listing');
          else {
            const issue = issueOf(current.issues, cell.field);
            this.fates.judge(cell, current.fields[cell.field] ?? null, why, issue);
          }
        }
      }
      this.engine.db.run(noteVerified, { rid: this.account.rid, at: this.engine.ports.clock.now() });
    });
  }

  /** Nobody looked whether they arrived: the next run reads them before anything else. */
  private doubt(entities: readonly LeasedEntity[], code: string, message: string): void {
    if (entities.length === 0) return;
    this.engine.db.transaction(() => {
      for (const entity of entities)
        for (const cell of entity.cells) this.fates.settle(cell, 'needs_verify', code, message);
    });
  }

  /** Items that the channel could not take right now: wait once, then they are due again. */
  private async pauseIfTroubled(results: readonly PushResult[]): Promise<void> {
    if (!isTroubled(results)) {
      this.failures = 0;
      this.delay = 0;
      return;
    }
    this.failures += 1;
    if (this.failures >= RUN_POLICY.attempts) {
      throw new CodedError(
        'CHANNEL_TRANSIENT',
        `"${this.account.name}" keeps failing; the rest waits in the queue`,
        {},
        { retryable: true },
      );
    }
    this.delay = nextDelay(RUN_POLICY, this.delay, this.engine.ports.random());
    await this.engine.ports.clock.sleep(this.delay, this.signal);
    this.engine.db.runComposed(
      "UPDATE outbox SET next_attempt_at_ms = NULL WHERE account_rid = :account AND state = 'retry_wait' AND released_at_ms IS NOT NULL",
      { account: this.account.rid },
    );
  }
}

/**
 * Whether the shop as a whole cannot cope: it took and refused nothing at all.
 * One item that fails among others waits by itself and blocks nobody.
 */
function isTroubled(results: readonly PushResult[]): boolean {
  return results.length > 1 && results.every(({ outcome }) => outcome === 'retry' || outcome === 'unknown');
}

function isUrgent({ cells }: LeasedEntity): boolean {
  return cells.some(({ field }) => listingField(field)?.lane === 'stock');
}

function keyOf(ref: ListingRef): string {
  return `${ref.productExternalId} ${ref.variantExternalId ?? ''}`;
}
