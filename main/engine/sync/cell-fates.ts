import { listingField, type StoredValue } from '#shared/domain/listing-fields.ts';
import type { OutboxState } from '#shared/domain/outbox-states.ts';
import { mergeField } from '#shared/merge/three-way.ts';
import type { ChannelConnector } from '../channels/contract.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { markConflict } from './apply-remote.ts';
import type { LeasedCell, LeasedEntity } from './lease.ts';
import { ISSUE_CODE } from './listing-issues.ts';
import { settleOp, trail, trailState } from './outbox.ts';
import { nextDelay, RUN_POLICY } from './retry.ts';
import { shown } from './shown.ts';
import { markVerified } from './verified-cell.ts';

/** Told about every op that reached an end in this run. */
export interface PushTally {
  sent: number;
  verified: number;
  readonly settled: Set<number>;
}

/** Why cells are read: right after the answer, after a crash or a lost answer, or once accepted values should show. */
export type ReadBack = 'verify' | 'recover' | 'settle';

const uncountAttempt = sql<{ rid: number }>(
  "UPDATE outbox SET attempts = attempts - 1 WHERE rid = :rid AND state = 'retry_wait'",
);
/** After this many attempts an op is shown as rejected and waits for a person. */
const MAX_ATTEMPTS = 8;

/** Decides what becomes of single cells of a push, and writes it down with the reason. */
export class CellFates {
  private readonly engine: Engine;
  private readonly connector: ChannelConnector;
  private readonly tally: PushTally;

  constructor(engine: Engine, connector: ChannelConnector, tally: PushTally) {
    this.engine = engine;
    this.connector = connector;
    this.tally = tally;
  }

  settle(
    cell: LeasedCell,
    to: OutboxState,
    code: string | null,
    message: string | null,
    next: number | null = null,
  ): void {
    const { db } = this.engine;
    const state = settleOp(db, cell.rid, to, this.now(), code, message, next);
    // The two with a text of their own are written where it is known.
    if (to !== 'sent' && to !== 'accepted')
      trailState(db, cell.rid, this.now(), { to: state, code, message, next });
    if (to !== 'sent' && to !== 'accepted') this.tally.settled.add(cell.rid);
  }

  /** `issue`: what the channel finds wrong with this field of the listing as it is. */
  mayGo(cell: LeasedCell, theirs: StoredValue, issue: string | null = null): boolean {
    const policy = listingField(cell.field)?.policy ?? 'ask';
    const decision = mergeField(
      { base: cell.base, local: cell.sent, remote: theirs },
      policy,
      this.same(cell),
    );
    switch (decision) {
      case 'converge':
        if (issue !== null) {
          this.settle(cell, 'rejected', ISSUE_CODE, issue);
          return false;
        }
        this.verified(cell, theirs, 'The shop already had this value');
        return false;
      case 'conflict':
        markConflict(this.engine.db, cell.rid, theirs, this.now());
        this.tally.settled.add(cell.rid);
        trail(
          this.engine.db,
          cell.rid,
          this.now(),
          'conflict',
          `The shop changed it to ${shown(theirs)} meanwhile; nothing was sent`,
        );
        return false;
      case 'remote':
        // Local equals base, or the policy says the channel wins: the next pull takes it over.
        this.giveWay(cell, theirs);
        return false;
      case 'keep':
      case 'rebase':
        return true;
    }
  }

  judge(cell: LeasedCell, read: StoredValue, why: ReadBack, issue: string | null = null): void {
    const same = this.same(cell);
    trail(this.engine.db, cell.rid, this.now(), 'read back', `The shop has ${shown(read)}`);
    if (issue !== null && this.findFault(cell, read, why, issue)) return;
    if (same(cell.sent, read)) {
      this.verified(cell, read, null);
      return;
    }
    if (why === 'settle' && this.maySettle(cell, read)) {
      this.lookLater([cell]);
      return;
    }
    if (why === 'recover') {
      if (same(cell.base, read)) {
        // It never arrived: it goes again.
        this.settle(cell, 'retry_wait', null, null, this.now());
        return;
      }
      markConflict(this.engine.db, cell.rid, read, this.now());
      const text = 'Neither the value that was sent nor the one before; nothing is sent over it';
      trail(this.engine.db, cell.rid, this.now(), 'conflict', text);
      this.tally.settled.add(cell.rid);
      return;
    }
    // The channel took the call and stored something else.
    this.engine.db.runComposed('UPDATE outbox SET base = :read WHERE rid = :rid', { read, rid: cell.rid });
    this.settle(
      cell,
      'rejected',
      'READ_BACK_MISMATCH',
      `Sent ${shown(cell.sent)}, but the shop has ${shown(read)}; change the value or take the shop's`,
    );
  }

  /**
   * The channel finds fault with the field. Right after a change that may still
   * be about the value before; from some moment on it is about the new one.
   */
  private findFault(cell: LeasedCell, read: StoredValue, why: ReadBack, issue: string): boolean {
    const { settling } = this.connector.capabilities;
    const isShown = this.same(cell)(cell.sent, read);
    if (why === 'settle' && this.now() - cell.sinceMs < (settling?.issuesAfterMs ?? 0)) {
      if (!isShown && !this.maySettle(cell, read)) return false;
      this.lookLater([cell]);
      return true;
    }
    // A value that never arrived is not what the fault is about.
    if (why === 'recover' && !isShown) return false;
    this.engine.db.runComposed('UPDATE outbox SET base = :read WHERE rid = :rid', { read, rid: cell.rid });
    this.settle(cell, 'rejected', ISSUE_CODE, issue);
    return true;
  }

  backOff(cell: LeasedCell, code: string, message: string, askedMs: number | null): void {
    // Waiting for a limit says nothing about the value: it may take days and is no attempt.
    const limited = code === 'CHANNEL_RATE';
    if (!limited && cell.attempts + 1 >= MAX_ATTEMPTS) {
      this.settle(cell, 'rejected', code, `${message} (after ${cell.attempts + 1} attempts)`);
      return;
    }
    const wait = askedMs ?? nextDelay(RUN_POLICY, 500 * 2 ** cell.attempts, this.engine.ports.random());
    this.settle(cell, 'retry_wait', code, message, this.now() + wait);
    if (limited) this.engine.db.run(uncountAttempt, { rid: cell.rid });
  }

  /** This run waited itself: the ops it sent back need not wait again. */
  makeDue(pushes: readonly LeasedEntity[]): void {
    for (const entity of pushes) {
      for (const cell of entity.cells) {
        this.engine.db.runComposed(
          "UPDATE outbox SET next_attempt_at_ms = NULL WHERE rid = :rid AND state = 'retry_wait'",
          { rid: cell.rid },
        );
      }
    }
  }

  /** The channel shows accepted values later: they stay accepted and are looked at again. */
  lookLater(cells: readonly LeasedCell[]): void {
    const { settling } = this.connector.capabilities;
    if (!settling) return;
    const at = this.now() + settling.pollMs;
    this.engine.db.transaction(() => {
      for (const cell of cells) {
        this.engine.db.runComposed(
          "UPDATE outbox SET next_attempt_at_ms = :at WHERE rid = :rid AND state = 'accepted'",
          {
            at,
            rid: cell.rid,
          },
        );
        this.tally.settled.delete(cell.rid);
      }
    });
  }

  private giveWay(cell: LeasedCell, theirs: StoredValue): void {
    const { db } = this.engine;
    trail(db, cell.rid, this.now(), 'superseded', `The shop has ${shown(theirs)}, which counts here`);
    db.runComposed("UPDATE outbox SET state = 'superseded', updated_at_ms = :at WHERE rid = :rid", {
      rid: cell.rid,
      at: this.now(),
    });
  }

  private verified(cell: LeasedCell, read: StoredValue, note: string | null): void {
    trail(this.engine.db, cell.rid, this.now(), 'verified', note ?? 'It is live in the shop');
    markVerified(this.engine.db, cell, read, note, this.now());
    this.tally.settled.add(cell.rid);
    this.tally.verified += 1;
  }

  /** Still the old value, and the channel has had little time: it may show the new one yet. */
  private maySettle(cell: LeasedCell, read: StoredValue): boolean {
    const { settling } = this.connector.capabilities;
    return (
      settling !== undefined &&
      this.same(cell)(cell.base, read) &&
      this.now() - cell.sinceMs < settling.giveUpMs
    );
  }

  private same(cell: LeasedCell): (a: StoredValue, b: StoredValue) => boolean {
    return (a, b) => a === b || (this.connector.equivalent?.(cell.field, a, b) ?? false);
  }

  private now(): number {
    return this.engine.ports.clock.now();
  }
}
