import type { Rejection } from '#shared/contract/common.ts';
import type { KeptCommand, RevertOutcome, RevertPreview } from '#shared/contract/history.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Entity } from './entities.ts';
import type { CommandScope, CommandSpec, Journal } from './journal.ts';
import { chooseCommands, columnsToReturn, stagedChanges, stageMoment } from './moment-cells.ts';
import { changedSinceRefusal, touchListings, valueField, type UndoHook } from './undo.ts';
import { markTakenBack, stands } from './undone-marks.ts';

export interface MomentRequest {
  /** Everything after this time, or after this command, is taken back. */
  readonly at?: number | undefined;
  readonly commandId?: string | undefined;
  readonly actor: string;
  readonly requestId?: string | undefined;
}

interface Later {
  rid: number;
  id: string;
  label: string;
  actor: string;
  at_ms: number;
  reversible: number;
}

const lastUntil = sql<{ at: number }, { rid: number }>(
  'SELECT rid FROM command WHERE at_ms <= :at ORDER BY rid DESC LIMIT 1',
);
const momentOf = sql<{ id: string }, { rid: number; at: number }>(
  'SELECT rid, at_ms AS at FROM command WHERE id = :id',
  { hot: true },
);
const laterThan = sql<{ rid: number }, Later>(
  'SELECT rid, id, label, actor, at_ms, reversible FROM command WHERE rid > :rid ORDER BY rid DESC',
  { hot: true },
);
const touchesOrders = sql<{ rid: number }, { n: number }>(
  "SELECT count(*) AS n FROM change WHERE command_rid = :rid AND entity IN ('order_line', 'shipment')",
  { hot: true },
);

/** Lists in an outcome are cut here; the totals are not. */
const MOST = 1_000;

/**
 * Takes back what people changed after a moment as one new command: every cell
 * gets the value it had then, as if the commands had been undone one by one,
 * newest first. What cannot be taken back (a confirmed shipment, what a shop
 * changed) stays, with what it builds on, and is listed. Published cells get a
 * compensating op. The command can itself be undone.
 *
 * The moment lies between two commands in the order in which they happened;
 * a clock that was set back does not tear that order.
 */
export function revertTo(
  journal: Journal,
  hooks: readonly UndoHook[],
  request: MomentRequest,
): RevertOutcome {
  const known = journal.recall<{ result: RevertOutcome }>(request.requestId);
  if (known) return known.result.result;
  const moment = findMoment(journal.db, request);
  const later = journal.db.all(laterThan, { rid: moment.rid });
  if (!later.some((command) => command.reversible === 1 && stands(journal.db, command.rid))) {
    throw new CodedError(
      'NOTHING_TO_UNDO',
      `Nothing that can be taken back happened after ${iso(moment.at)}`,
      {
        at: moment.at,
      },
    );
  }
  return journal.run(specOf(moment.at, request), (scope): RevertOutcome => {
    const plan = takeBack(scope, hooks, later, true);
    return { commandId: scope.id, ...plan };
  }).result;
}

/** What {@link revertTo} would do; nothing is changed. */
export function previewRevert(
  journal: Journal,
  hooks: readonly UndoHook[],
  request: MomentRequest,
): RevertPreview {
  const moment = findMoment(journal.db, request);
  const later = journal.db.all(laterThan, { rid: moment.rid });
  return journal.rehearse(specOf(moment.at, request), (scope) => takeBack(scope, hooks, later, false));
}

const iso = (at: number): string => new Date(at).toISOString();

function specOf(at: number, { actor, requestId }: MomentRequest): CommandSpec {
  return {
    method: 'history.revertTo',
    label: `Back to ${iso(at)}`,
    actor,
    requestId,
    reversible: true,
    keepEmpty: true,
  };
}

function findMoment(db: Database, { at, commandId }: MomentRequest): { rid: number; at: number } {
  if (commandId === undefined) return { rid: db.get(lastUntil, { at: at ?? 0 })?.rid ?? 0, at: at ?? 0 };
  const found = db.get(momentOf, { id: commandId });
  if (!found) throw new CodedError('NOT_FOUND', `There is no command ${commandId}`, { commandId });
  return found;
}

function takeBack(
  scope: CommandScope,
  hooks: readonly UndoHook[],
  later: readonly Later[],
  write: boolean,
): RevertPreview {
  let plan: RevertPreview | null = null;
  const refused = new Map<number, CodedError>();
  const error = scope.attempt(() => {
    plan = perform(scope, hooks, later, refused, write);
  });
  if (error) {
    // A step that stays has another one built on it: then orders stay as they are, and the rest goes back.
    for (const { rid, reversible } of later) {
      if (reversible === 1 && (scope.db.get(touchesOrders, { rid })?.n ?? 0) > 0) refused.set(rid, error);
    }
    plan = perform(scope, hooks, later, refused, write);
  }
  if (plan === null) throw new Error('The plan was not worked out');
  return plan;
}

function perform(
  scope: CommandScope,
  hooks: readonly UndoHook[],
  later: readonly Later[],
  refused: Map<number, CodedError>,
  write: boolean,
): RevertPreview {
  let commands = 0;
  let applied = 0;
  const changedSince: Rejection[] = [];
  let changedSinceTotal = 0;
  // Newest first, and each only while it stands: taking back an undo lets the command before it stand again.
  for (const { rid, reversible } of later) {
    if (reversible === 0 || refused.has(rid) || !stands(scope.db, rid)) continue;
    let noted = 0;
    const left: Rejection[] = [];
    const error = scope.attempt(() => {
      for (const hook of hooks) {
        const outcome = hook.before?.(scope, rid, true);
        noted += outcome?.applied ?? 0;
        left.push(...(outcome?.changedSince ?? []));
      }
      markTakenBack(scope, rid);
    });
    if (error) {
      refused.set(rid, error);
    } else {
      applied += noted;
      commands += 1;
      changedSinceTotal += left.length;
      changedSince.push(...left.slice(0, MOST - changedSince.length));
    }
  }
  chooseCommands(
    scope.db,
    later.map(({ rid, reversible }) => ({ rid, take: reversible === 1 && !refused.has(rid) })),
  );
  const touched = new Map<Entity, Set<number>>();
  for (const { entity, field } of columnsToReturn(scope.db)) {
    const left = stageMoment(scope.db, entity, field);
    changedSinceTotal += left.length;
    for (const row of left.slice(0, MOST - changedSince.length))
      changedSince.push(changedSinceRefusal(row, field));
    const rids = stagedChanges(scope.db, entity, field);
    const rows = touched.get(entity) ?? new Set();
    touched.set(entity, rows);
    for (const rid of rids) rows.add(rid);
    // A preview of a hundred thousand cells has no need to write them; orders are checked by what they become.
    const counted = write || entity === 'order_line' || entity === 'shipment';
    const changed = counted ? scope.writeStaged(entity, field, { links: 'keep' }) : rids.length;
    // How a cell stands to its master belongs to the cell.
    if (valueField(field) === field) applied += changed;
  }
  const rids = new Map([...touched].map(([entity, rows]): [Entity, number[]] => [entity, [...rows]]));
  for (const hook of hooks) hook.after(scope, rids);
  touchListings(scope, rids);
  const kept = keptOf(later, refused);
  return {
    commands,
    applied,
    rows: [...rids.values()].reduce((sum, rows) => sum + rows.length, 0),
    changedSince,
    changedSinceTotal,
    kept: kept.slice(0, MOST),
    keptTotal: kept.length,
  };
}

/** What people did after the moment that stays; what shops changed is theirs and not listed. */
function keptOf(later: readonly Later[], refused: ReadonlyMap<number, CodedError>): KeptCommand[] {
  return later.flatMap((command) => {
    const error = refused.get(command.rid);
    if (!error && (command.reversible === 1 || command.actor.startsWith('channel:'))) return [];
    const { id, label, actor, at_ms } = command;
    const reason = error ?? { code: 'INVALID_STATE', message: 'Changes of this kind cannot be undone' };
    return [{ commandId: id, label, actor, at: at_ms, code: reason.code, message: reason.message }];
  });
}
