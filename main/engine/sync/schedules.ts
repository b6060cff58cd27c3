import type { UndoOutcome } from '#shared/contract/history.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { Schedule } from '#shared/contract/publish.ts';
import { listingField } from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { editListings } from '../catalog/edit.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import type { CommandScope } from '../journal/journal.ts';
import { undo } from '../journal/undo.ts';
import type { Call } from './call.ts';
import { readOps } from './op-rows.ts';
import { publishCells } from './publish.ts';
import { scopeSql } from './scope-sql.ts';

/** A scheduler looks every few seconds; later than this after its time nothing is done by itself. */
const GRACE_MS = 5 * 60_000;
const ACTOR = 'schedule';
const MOST_CELLS = 10_000;

type Change = NonNullable<ParsedParams<'publish.schedule'>['changes']>[number];

interface Row {
  rid: number;
  id: string;
  label: string;
  changes: string;
  start_at_ms: number;
  end_at_ms: number | null;
  state: Schedule['state'];
  start_request: string;
  end_request: string;
  command_id: string | null;
  applied: number;
  rejected: number;
  reverted: number;
  changed_since: number;
}

const COLUMNS = `rid, id, label, changes, start_at_ms, end_at_ms, state, start_request, end_request, command_id,
  applied, rejected, reverted, changed_since`;

const insert = sql<Record<string, string | number | null>>(
  `INSERT INTO schedule (id, label, changes, start_at_ms, end_at_ms, state, start_request, end_request, actor, created_at_ms, updated_at_ms)
   VALUES (:id, :label, :changes, :start, :end, 'waiting', :startRequest, :endRequest, :actor, :at, :at)`,
);
const one = sql<{ id: string }, Row>(`SELECT ${COLUMNS} FROM schedule WHERE id = :id`, { hot: true });
const every = sql<Record<string, never>, Row>(
  `SELECT ${COLUMNS} FROM schedule ORDER BY state IN ('waiting', 'live') DESC, updated_at_ms DESC, rid DESC LIMIT 500`,
);
const toStart = sql<{ now: number }, Row>(
  `SELECT ${COLUMNS} FROM schedule WHERE state = 'waiting' AND start_at_ms <= :now ORDER BY start_at_ms`,
  { hot: true },
);
const toEnd = sql<{ now: number }, Row>(
  `SELECT ${COLUMNS} FROM schedule WHERE state = 'live' AND end_at_ms IS NOT NULL AND end_at_ms <= :now ORDER BY end_at_ms`,
  { hot: true },
);
const setState = sql<{ rid: number; state: string; at: number }>(
  'UPDATE schedule SET state = :state, updated_at_ms = :at WHERE rid = :rid',
);
const setTimes = sql<{ rid: number; start: number; end: number | null; state: string; at: number }>(
  'UPDATE schedule SET start_at_ms = :start, end_at_ms = :end, state = :state, updated_at_ms = :at WHERE rid = :rid',
);
const started = sql<Record<string, string | number | null>>(
  `UPDATE schedule SET state = :state, command_id = :command, applied = :applied, rejected = :rejected, updated_at_ms = :at
   WHERE rid = :rid`,
);
const ended = sql<Record<string, string | number | null>>(
  `UPDATE schedule SET state = 'done', reverted = :reverted, changed_since = :since, updated_at_ms = :at WHERE rid = :rid`,
);

export function addSchedule(
  engine: Engine,
  input: ParsedParams<'publish.schedule'>,
  call: Call,
): Result<'publish.schedule'> {
  const known = engine.journal.recall<{ result: Result<'publish.schedule'> }>(call.requestId);
  // A repeat is answered as before, even when its time has come meanwhile.
  if (known) return known.result.result;
  assertToCome(engine, input.startAt);
  const { result } = engine.journal.run(
    {
      method: 'publish.schedule',
      label: `Schedule changes: ${input.label}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
      keepEmpty: true,
    },
    (scope) => {
      const scheduleId = engine.ports.newId();
      const changes = input.changes ?? takePending(engine, scope, input.pending ?? {});
      scope.db.run(insert, {
        id: scheduleId,
        label: input.label,
        changes: JSON.stringify(changes),
        start: input.startAt,
        end: input.endAt ?? null,
        startRequest: engine.ports.newId(),
        endRequest: engine.ports.newId(),
        actor: call.actor,
        at: scope.atMs,
      });
      scope.touch('outbox');
      return { scheduleId, cells: changes.length };
    },
  );
  return result;
}

/**
 * Takes edits that nobody released out of the queue: their cells go back to
 * what the channel has, which cancels the ops, until the schedule makes them again.
 */
function takePending(
  engine: Engine,
  scope: CommandScope,
  pending: NonNullable<ParsedParams<'publish.schedule'>['pending']>,
): Change[] {
  const { where, params } = scopeSql(engine, pending);
  const chosen = pending.opIds === undefined ? '' : ' AND o.rid IN (SELECT value FROM json_each(:rids))';
  const rids = pending.opIds === undefined ? {} : { rids: JSON.stringify(pending.opIds.map(Number)) };
  const ops = readOps(
    scope.db,
    `${where}${chosen} AND o.state = 'pending' AND o.released_at_ms IS NULL`,
    { ...params, ...rids, limit: MOST_CELLS + 1 },
    'ORDER BY o.rid LIMIT :limit',
  );
  if (ops.length === 0) throw new CodedError('NOT_FOUND', 'None of these edits waits for a publish any more');
  if (ops.length > MOST_CELLS) {
    const most = `A schedule has at most ${MOST_CELLS} changes; choose fewer`;
    throw new CodedError('BAD_INPUT', most, { cells: ops.length });
  }
  for (const [key, group] of Map.groupBy(ops, ({ row }) => `${row.entity} ${row.field}`)) {
    const field = listingField(key.slice(key.indexOf(' ') + 1));
    if (!field) continue;
    const cells = group.map(({ row }) => ({ rid: row.entity_rid, value: row.base }));
    scope.write(field.entity, field.name, cells);
  }
  scope.touch('listings');
  return ops.flatMap(({ op }) => {
    const field = listingField(op.field)?.name;
    return field === undefined || op.listingId === null
      ? []
      : [{ listingId: op.listingId, field, value: op.mine }];
  });
}

/** Other times for what has not begun; another end for what is live. A missed one waits again. */
export function reschedule(engine: Engine, input: ParsedParams<'publish.reschedule'>, call: Call): Schedule {
  const row = requireSchedule(engine.db, input.scheduleId);
  const begun = row.state === 'live' || row.state === 'end_missed';
  if (!begun && row.state !== 'waiting' && row.state !== 'missed') {
    throw new CodedError('INVALID_STATE', `"${row.label}" is over; schedule it again`, {
      scheduleId: row.id,
    });
  }
  const startAt = input.startAt ?? row.start_at_ms;
  const endAt = input.endAt === undefined ? row.end_at_ms : input.endAt;
  if (begun && startAt !== row.start_at_ms) {
    throw new CodedError('INVALID_STATE', `"${row.label}" has begun; only its end can be moved`, {
      scheduleId: row.id,
    });
  }
  if (!begun) assertToCome(engine, startAt);
  else if (endAt !== null) assertToCome(engine, endAt);
  if (endAt !== null && endAt <= startAt)
    throw new CodedError('BAD_INPUT', 'The end is before the start; choose a later end', { startAt, endAt });
  engine.journal.run(
    {
      method: 'publish.reschedule',
      label: `Reschedule changes: ${row.label}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
      keepEmpty: true,
    },
    (scope) => {
      const state = begun ? (endAt === null ? 'done' : 'live') : 'waiting';
      scope.db.run(setTimes, { rid: row.rid, start: startAt, end: endAt, state, at: scope.atMs });
      scope.touch('outbox');
      return {};
    },
  );
  return describe(requireSchedule(engine.db, row.id));
}

function assertToCome(engine: Engine, atMs: number): void {
  if (atMs > engine.ports.clock.now()) return;
  throw new CodedError('BAD_INPUT', 'The time has passed already; publish now, or choose a later one', {
    at: atMs,
  });
}

export function listSchedules(db: Database): Schedule[] {
  return db.all(every, {}).map(describe);
}

/** Does what is due, and lists what was missed: nothing happens late by itself. */
export async function fireDue(engine: Engine, signal: AbortSignal): Promise<void> {
  const now = engine.ports.clock.now();
  for (const row of engine.db.all(toStart, { now })) {
    if (signal.aborted) return;
    // The program may have ended between the command and the note of it.
    const begun = engine.journal.recall(row.start_request) !== null;
    if (begun || now - row.start_at_ms <= GRACE_MS) await start(engine, row, signal);
    else mark(engine, row, 'missed');
  }
  for (const row of engine.db.all(toEnd, { now })) {
    if (signal.aborted) return;
    const begun = engine.journal.recall(row.end_request) !== null;
    if (begun || now - (row.end_at_ms ?? now) <= GRACE_MS) await end(engine, row, signal);
    else mark(engine, row, 'end_missed');
  }
}

/** A person does it by hand: the start of one that waits or was missed, the end of one that is live. */
export async function fireNow(engine: Engine, scheduleId: string, signal: AbortSignal): Promise<Schedule> {
  const row = requireSchedule(engine.db, scheduleId);
  const now = engine.ports.clock.now();
  if (row.state === 'waiting' || row.state === 'missed') {
    // An end that has passed as well stays where it was: it is listed as missed.
    if (row.end_at_ms === null || row.end_at_ms > now) happened(engine, row, { start: now });
    await start(engine, row, signal);
  } else if (row.state === 'live' || row.state === 'end_missed') {
    happened(engine, row, { end: Math.max(now, row.start_at_ms + 1) });
    await end(engine, row, signal);
  } else {
    throw new CodedError('INVALID_STATE', `"${row.label}" is over; schedule it again`, { scheduleId });
  }
  return describe(requireSchedule(engine.db, scheduleId));
}

export function unschedule(
  engine: Engine,
  { scheduleId, restore = false }: ParsedParams<'publish.unschedule'>,
  call: Call,
): Schedule {
  const { journal, db } = engine;
  const row = requireSchedule(db, scheduleId);
  if (restore && (row.state === 'waiting' || row.state === 'missed')) {
    // The request of its start: what was restored cannot be started as well.
    const changes = JSON.parse(row.changes) as Change[];
    editListings(journal, { label: row.label, changes }, { actor: call.actor, requestId: row.start_request });
  }
  journal.run(
    {
      method: 'publish.unschedule',
      label: `Drop schedule: ${row.label}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
      keepEmpty: true,
    },
    (scope) => {
      // What is live stays live; only its end is given up.
      const next = row.state === 'live' || row.state === 'end_missed' ? 'done' : 'cancelled';
      if (row.state !== 'done') scope.db.run(setState, { rid: row.rid, state: next, at: scope.atMs });
      scope.touch('outbox');
      return {};
    },
  );
  return describe(requireSchedule(db, scheduleId));
}

async function start(engine: Engine, row: Row, signal: AbortSignal): Promise<void> {
  const changes = JSON.parse(row.changes) as Change[];
  const outcome = editListings(
    engine.journal,
    { label: row.label, changes },
    { actor: ACTOR, requestId: row.start_request },
  );
  engine.db.run(started, {
    rid: row.rid,
    // Without an end, or with nothing to take back, it is over.
    state: row.end_at_ms === null || outcome.commandId === null ? 'done' : 'live',
    command: outcome.commandId,
    applied: outcome.applied,
    rejected: outcome.rejectedTotal,
    at: engine.ports.clock.now(),
  });
  engine.bus.emit('outbox');
  await publishCells(engine, changes, signal);
}

async function end(engine: Engine, row: Row, signal: AbortSignal): Promise<void> {
  const [reverted, since] = takeBack(engine, row);
  engine.db.run(ended, { rid: row.rid, reverted, since, at: engine.ports.clock.now() });
  engine.bus.emit('outbox');
  await publishCells(engine, JSON.parse(row.changes) as Change[], signal);
}

/** Cells that went back, and cells that were changed since. A person may have undone it already. */
function takeBack(engine: Engine, row: Row): [number, number] {
  if (row.command_id === null) return [0, 0];
  const recalled = engine.journal.recall<{ result: UndoOutcome }>(row.end_request)?.result.result;
  if (recalled) return [recalled.applied, recalled.changedSinceTotal];
  try {
    const request = { commandId: row.command_id, actor: ACTOR, requestId: row.end_request };
    const outcome = undo(engine.journal, engine.undoHooks, request);
    return [outcome.applied, outcome.changedSinceTotal];
  } catch (error) {
    if (error instanceof CodedError && error.code === 'INVALID_STATE') return [0, row.applied];
    throw error;
  }
}

/** The times that are shown are those at which it happened. */
function happened(engine: Engine, row: Row, times: { start?: number; end?: number }): void {
  engine.db.run(setTimes, {
    rid: row.rid,
    start: times.start ?? row.start_at_ms,
    end: times.end ?? row.end_at_ms,
    state: row.state,
    at: engine.ports.clock.now(),
  });
}

function mark(engine: Engine, row: Row, state: Schedule['state']): void {
  engine.db.run(setState, { rid: row.rid, state, at: engine.ports.clock.now() });
  engine.bus.emit('outbox');
}

function requireSchedule(db: Database, scheduleId: string): Row {
  const row = db.get(one, { id: scheduleId });
  if (!row) throw new CodedError('NOT_FOUND', `There is no schedule ${scheduleId}`, { scheduleId });
  return row;
}

function describe(row: Row): Schedule {
  return {
    scheduleId: row.id,
    label: row.label,
    cells: (JSON.parse(row.changes) as Change[]).length,
    startAt: row.start_at_ms,
    endAt: row.end_at_ms,
    state: row.state,
    commandId: row.command_id,
    applied: row.applied,
    rejected: row.rejected,
    reverted: row.reverted,
    changedSince: row.changed_since,
  };
}
