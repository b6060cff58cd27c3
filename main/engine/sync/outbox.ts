import type { StoredValue } from '#shared/domain/listing-fields.ts';
import { canTransition, WAITING_STATES, type OutboxState } from '#shared/domain/outbox-states.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { waitingOps } from '../journal/outbox-sql.ts';

export interface OpenOp {
  rid: number;
  field: string;
  base: StoredValue;
  sent: StoredValue;
  state: OutboxState;
  /** When it came into its state. */
  updated_at_ms: number;
}

const stateOf = sql<{ rid: number }, { state: OutboxState }>('SELECT state FROM outbox WHERE rid = :rid', {
  hot: true,
});
const setState = sql<{
  rid: number;
  state: string;
  at: number;
  code: string | null;
  message: string | null;
  next: number | null;
}>(
  `UPDATE outbox SET state = :state, updated_at_ms = :at, code = :code, message = :message, next_attempt_at_ms = :next,
     lease = CASE WHEN :state IN ('leased', 'sent') THEN lease END,
     attempts = attempts + (:state = 'retry_wait')
   WHERE rid = :rid`,
);
const addStep = sql<{ op: number; at: number; step: string; text: string }>(
  `INSERT INTO op_step (op_rid, seq, at_ms, step, text)
   VALUES (:op, (SELECT coalesce(max(seq), 0) + 1 FROM op_step WHERE op_rid = :op), :at, :step, :text)`,
);

const interrupted = sql<Record<string, never>, { rid: number }>(
  `SELECT rid FROM outbox WHERE state IN ('leased', 'sent') OR (state = 'accepted' AND next_attempt_at_ms IS NULL)`,
);
const newerWaiting = sql<{ rid: number }, { rid: number }>(
  `SELECT w.rid FROM outbox o JOIN outbox w ON w.entity = o.entity AND w.entity_rid = o.entity_rid AND w.field = o.field
   WHERE o.rid = :rid AND w.rid > o.rid AND ${waitingOps('w')}`,
  { hot: true },
);
const inheritBase = sql<{ newer: number; rid: number }>(
  'UPDATE outbox SET base = (SELECT base FROM outbox WHERE rid = :rid) WHERE rid = :newer',
);

/**
 * Moves an op along the state machine; a move that the table does not know is
 * a bug and throws. An op that would wait again although the cell was edited
 * since gives way to the newer op, which inherits its base: a cell has at most
 * one waiting op. Returns the state it has now.
 */
export function settleOp(
  db: Database,
  rid: number,
  to: OutboxState,
  atMs: number,
  code: string | null,
  message: string | null,
  nextAttemptAtMs: number | null = null,
): OutboxState {
  const from = db.get(stateOf, { rid })?.state;
  if (from === undefined) throw new Error(`Outbox op ${rid} does not exist`);
  if (from !== to && !canTransition(from, to))
    throw new Error(`Outbox op ${rid} cannot go from ${from} to ${to}`);
  if (isWaiting(to) && !isWaiting(from)) {
    const newer = db.get(newerWaiting, { rid });
    if (newer) {
      db.run(inheritBase, { newer: newer.rid, rid });
      db.run(setState, { rid, state: 'superseded', at: atMs, code, message, next: null });
      return 'superseded';
    }
  }
  db.run(setState, { rid, state: to, at: atMs, code, message, next: nextAttemptAtMs });
  return to;
}

function isWaiting(state: OutboxState): boolean {
  return (WAITING_STATES as readonly OutboxState[]).includes(state);
}

/** Adds a line to the op's why trail. */
export function trail(db: Database, rid: number, atMs: number, step: string, text: string): void {
  db.run(addStep, { op: rid, at: atMs, step, text: text.slice(0, 2_000) });
}

const STATE_WORDS: Partial<Record<OutboxState, string>> = {
  pending: 'Nothing was sent; it waits again',
  retry_wait: 'It goes again',
  needs_verify: 'It may have arrived; it is read before anything else',
  superseded: 'A newer change of this cell takes its place',
};

/** The line that says why an op is in its new state and what happens next. */
export function trailState(
  db: Database,
  rid: number,
  atMs: number,
  {
    to,
    code,
    message,
    next,
  }: { to: OutboxState; code: string | null; message: string | null; next: number | null },
): void {
  const reason = [code, message].filter((part) => part !== null).join(': ');
  const then = next !== null && next > atMs ? ` after ${new Date(next).toISOString()}` : '';
  const words = STATE_WORDS[to];
  const text = [reason, words && `${words}${then}`].filter(Boolean).join('. ');
  trail(db, rid, atMs, to, text);
}

/**
 * After a crash: whatever was on its way may or may not have arrived, so it is
 * read back before anything else is done with it.
 */
export function recoverLeases(db: Database, atMs: number): number {
  const doubtful = db.all(interrupted, {});
  const text = 'The program ended while this was on its way; it is read before anything else';
  for (const { rid } of doubtful) trail(db, rid, atMs, 'needs_verify', text);
  return db.runComposed(
    `UPDATE outbox SET state = 'needs_verify', lease = NULL, updated_at_ms = :at
     -- An accepted op with a next look is safe: the channel has it and shows it later.
     WHERE state IN ('leased', 'sent') OR (state = 'accepted' AND next_attempt_at_ms IS NULL)`,
    { at: atMs },
  ).changes;
}
