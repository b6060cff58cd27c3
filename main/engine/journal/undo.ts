import type { Rejection } from '#shared/contract/common.ts';
import type { UndoOutcome } from '#shared/contract/history.ts';
import { MASTER_FIELDS } from '#shared/domain/master-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { journalColumn, type Entity } from './entities.ts';
import type { CommandScope, Journal } from './journal.ts';
import { markTakenBack } from './undone-marks.ts';
import { resetStage } from './write-cells.ts';

export interface UndoRequest {
  readonly commandId?: string | undefined;
  readonly listingIds?: readonly string[] | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly actor: string;
  readonly requestId?: string | undefined;
}

/** What a domain took back of its own log, and what of it somebody changed since and therefore stays. */
export interface HookOutcome {
  readonly applied: number;
  readonly changedSince: readonly Rejection[];
}

/** Lets a domain keep what it derives from journalled columns true after an undo (order states, shipments). */
export interface UndoHook {
  readonly entities: readonly Entity[];
  /**
   * Before any cell is written: refuses by throwing a CodedError, or takes back
   * what the domain keeps in a log of its own and returns what that was. `whole` is false when only some rows or fields are taken back.
   */
  before?(scope: CommandScope, commandRid: number, whole: boolean): HookOutcome | void;
  after(scope: CommandScope, rids: ReadonlyMap<Entity, readonly number[]>): void;
}

interface Target {
  rid: number;
  id: string;
  label: string;
  undone_by_rid: number | null;
  reversible: number;
}

const byId = sql<{ id: string }, Target>(
  'SELECT rid, id, label, undone_by_rid, reversible FROM command WHERE id = :id',
  { hot: true },
);
/** The newest command that still stands and is not itself an undo. */
const newestUndoable = sql<Record<string, never>, Target>(
  `SELECT rid, id, label, undone_by_rid, reversible FROM command
   WHERE reversible = 1 AND undone_by_rid IS NULL AND undo_of_rid IS NULL ORDER BY rid DESC LIMIT 1`,
);
/**
 * The newest undo that still stands; a newer edit ends redoing. An undo counts
 * as an edit's successor, so walking back several steps redoes them in turn.
 */
const newestRedoable = sql<Record<string, never>, Target>(
  `SELECT u.rid, u.id, t.label AS label, u.undone_by_rid, u.reversible
   FROM command u JOIN command t ON t.rid = u.undo_of_rid
   WHERE u.reversible = 1 AND u.undone_by_rid IS NULL AND u.method = 'history.undo'
     AND NOT EXISTS (
       SELECT 1 FROM command n WHERE n.reversible = 1 AND n.undo_of_rid IS NULL AND n.undone_by_rid IS NULL AND n.rid > u.rid)
   ORDER BY u.rid DESC LIMIT 1`,
);
const columnsOf = sql<{ rid: number }, { entity: Entity; field: string }>(
  'SELECT entity, field FROM command_column WHERE command_rid = :rid ORDER BY entity, field',
);
const undoTargetOf = sql<{ rid: number }, { undo_of_rid: number | null }>(
  'SELECT undo_of_rid FROM command WHERE rid = :rid',
);

export function peekUndo(db: Database): string | null {
  return db.get(newestUndoable, {})?.label ?? null;
}

export function peekRedo(db: Database): string | null {
  return db.get(newestRedoable, {})?.label ?? null;
}

/**
 * Takes a command back as a new command: every cell that still has the value
 * the command left gets its former value; the others are listed as changed
 * since and left alone. Keyed by row and field, so sorting, filtering and
 * restarts do not matter. Cells that were pushed get a compensating op.
 */
export function undo(journal: Journal, hooks: readonly UndoHook[], request: UndoRequest): UndoOutcome {
  const target = pick(
    journal.db,
    request.commandId,
    newestUndoable,
    'NOTHING_TO_UNDO',
    'There is nothing to undo',
  );
  return revert(journal, hooks, target, 'history.undo', request);
}

/** Redo is the undo of an undo. */
export function redo(journal: Journal, hooks: readonly UndoHook[], request: UndoRequest): UndoOutcome {
  const target = pick(
    journal.db,
    request.commandId,
    newestRedoable,
    'NOTHING_TO_REDO',
    'There is nothing to redo',
  );
  if (journal.db.get(undoTargetOf, { rid: target.rid })?.undo_of_rid == null) {
    throw new CodedError(
      'INVALID_STATE',
      `"${target.label}" is not an undo, so there is nothing to redo of it`,
      {
        commandId: target.id,
      },
    );
  }
  return revert(journal, hooks, target, 'history.redo', request);
}

function pick(
  db: Database,
  commandId: string | undefined,
  newest: typeof newestUndoable,
  code: 'NOTHING_TO_UNDO' | 'NOTHING_TO_REDO',
  message: string,
): Target {
  const target = commandId ? db.get(byId, { id: commandId }) : db.get(newest, {});
  if (!target) {
    throw commandId
      ? new CodedError('NOT_FOUND', `There is no command ${commandId}`, { commandId })
      : new CodedError(code, message);
  }
  if (target.reversible === 0) {
    throw new CodedError('INVALID_STATE', `"${target.label}" cannot be undone`, { commandId: target.id });
  }
  if (target.undone_by_rid !== null) {
    throw new CodedError('INVALID_STATE', `"${target.label}" was already undone`, { commandId: target.id });
  }
  return target;
}

function revert(
  journal: Journal,
  hooks: readonly UndoHook[],
  target: Target,
  method: 'history.undo' | 'history.redo',
  request: UndoRequest,
): UndoOutcome {
  const partial = Boolean(request.listingIds ?? request.fields);
  const { result } = journal.run(
    {
      method,
      label: target.label,
      actor: request.actor,
      requestId: request.requestId,
      reversible: true,
      undoOfRid: target.rid,
      keepEmpty: true,
    },
    (scope): UndoOutcome => {
      let applied = 0;
      let links = 0;
      let skippedTotal = 0;
      const skipped: Rejection[] = [];
      for (const hook of hooks) {
        const outcome = hook.before?.(scope, target.rid, !partial);
        if (!outcome) continue;
        applied += outcome.applied;
        skippedTotal += outcome.changedSince.length;
        skipped.push(...outcome.changedSince.slice(0, 1_000 - skipped.length));
      }
      const touched = new Map<Entity, number[]>();
      for (const { entity, field } of journal.db.all(columnsOf, { rid: target.rid })) {
        if (request.fields && !request.fields.includes(valueField(field))) continue;
        const changedSince = stageReversal(scope, target.rid, entity, field, request.listingIds);
        skippedTotal += changedSince.length;
        for (const row of changedSince) {
          if (skipped.length < 1_000) skipped.push(changedSinceRefusal(row, field));
        }
        const changed = scope.writeStaged(entity, field, { links: 'keep' });
        // How a cell stands to its master belongs to the cell; alone it counts for itself.
        if (valueField(field) === field) applied += changed;
        else links += changed;
        const rids = scope.db.pluck<number>('SELECT rid FROM temp.stage');
        touched.set(entity, [...(touched.get(entity) ?? []), ...rids]);
      }
      // A partial undo leaves the rest of the command standing and undoable.
      if (!partial) markTakenBack(scope, target.rid);
      for (const hook of hooks) hook.after(scope, touched);
      touchListings(scope, touched);
      return {
        commandId: scope.id,
        target: target.id,
        label: target.label,
        applied: applied === 0 ? links : applied,
        changedSince: skipped,
        changedSinceTotal: skippedTotal,
      };
    },
  );
  return result;
}

/** The field that a person names: how a cell stands to its master goes back with the cell. */
export function valueField(field: string): string {
  return MASTER_FIELDS.find(({ link }) => link === field)?.name ?? field;
}

/** What a cell that something else changed since is called in an outcome. */
export function changedSinceRefusal(
  row: { id: string | null; sku: string | null },
  field: string,
): Rejection {
  return {
    listingId: row.id ?? '',
    field,
    code: 'CHANGED_SINCE',
    message: `${field} of ${row.sku ?? row.id ?? 'this row'} was changed since and was left alone`,
  };
}

function stageReversal(
  scope: CommandScope,
  targetRid: number,
  entity: Entity,
  field: string,
  listingIds: readonly string[] | undefined,
): { id: string | null; sku: string | null }[] {
  const { column } = journalColumn(entity, field);
  const db = scope.db;
  resetStage(db);
  const only = listingIds ? `AND ${restriction(entity)}` : '';
  const params = { target: targetRid, ...(listingIds ? { ids: JSON.stringify(listingIds) } : {}) };
  db.runComposed(
    `INSERT INTO temp.stage (rid, after)
     SELECT c.entity_rid, c.before FROM change c CROSS JOIN ${entity} t ON t.rid = c.entity_rid
     WHERE c.command_rid = :target AND c.entity = '${entity}' AND c.field = '${field}' AND t.${column} IS c.after ${only}`,
    params,
  );
  const name = entity === 'listing' || entity === 'master' ? 't.sku' : 'NULL';
  const id =
    entity === 'listing'
      ? 't.id'
      : entity === 'product'
        ? '(SELECT l.id FROM listing l WHERE l.product_rid = t.rid LIMIT 1)'
        : 't.id';
  return db.allComposed<{ id: string | null; sku: string | null }>(
    `SELECT ${id} AS id, ${name} AS sku FROM change c CROSS JOIN ${entity} t ON t.rid = c.entity_rid
     WHERE c.command_rid = :target AND c.entity = '${entity}' AND c.field = '${field}' AND t.${column} IS NOT c.after
       AND t.${column} IS NOT c.before ${only}`,
    params,
  );
}

function restriction(entity: Entity): string {
  const chosen = 'SELECT value FROM json_each(:ids)';
  if (entity === 'listing') return `t.id IN (${chosen})`;
  if (entity === 'product') return `t.rid IN (SELECT l.product_rid FROM listing l WHERE l.id IN (${chosen}))`;
  return '0';
}

/** Tells of the rows that an undo changed. */
export function touchListings(scope: CommandScope, touched: ReadonlyMap<Entity, readonly number[]>): void {
  const listings = touched.get('listing');
  const products = touched.get('product');
  if ((products?.length ?? 0) + (touched.get('master')?.length ?? 0) > 0) scope.touch('listings');
  else if (listings && listings.length > 0)
    scope.touch('listings', listings.length > 1_000 ? undefined : listings);
  if (listings ?? products) scope.touch('outbox');
}
