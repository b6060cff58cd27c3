import type { StoredValue } from '#shared/domain/listing-fields.ts';
import type { Database } from '../db/database.ts';
import { journalColumn, type Entity, type JournalColumn } from './entities.ts';

export interface CellWrite {
  readonly rid: number;
  readonly value: StoredValue;
}

export interface WriteScope {
  readonly commandRid: number;
  readonly atMs: number;
}

/**
 * Writes one column of many rows: change log, outbox and rows, set by set, so
 * that a hundred thousand cells cost a handful of statements. Must run inside
 * the command's transaction. Rows that already hold the value are left alone.
 *
 * Outbox: a cell that already waits keeps its op and its oldest base; a value
 * that returns to that base cancels the op; any other cell gets a new op whose
 * base is the value it had. A cell in conflict stays in conflict until a
 * person decides.
 *
 * Returns the number of cells that changed.
 */
export function writeCells(
  db: Database,
  scope: WriteScope,
  entity: Entity,
  field: string,
  cells: readonly CellWrite[] | null,
): number {
  const column = journalColumn(entity, field);
  if (cells) stageCells(db, cells);
  const changed = logChanges(db, scope, column);
  if (changed === 0) return 0;
  if (column.lane !== null) queueOps(db, scope, column, column.lane);
  applyChanges(db, scope, column);
  return changed;
}

/** Fills the staging table that {@link writeCells} reads; a row named twice takes the last value. */
export function stageCells(db: Database, cells: readonly CellWrite[]): void {
  resetStage(db);
  const CHUNK = 20_000;
  for (let from = 0; from < cells.length; from += CHUNK) {
    const chunk = cells.slice(from, from + CHUNK).map((cell) => [cell.rid, cell.value]);
    db.runComposed(
      `INSERT INTO temp.stage (rid, after)
       SELECT value ->> 0, value ->> 1 FROM json_each(:cells) WHERE true
       ON CONFLICT (rid) DO UPDATE SET after = excluded.after`,
      { cells: JSON.stringify(chunk) },
    );
  }
}

export function resetStage(db: Database): void {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS stage (rid INTEGER PRIMARY KEY, after ANY) STRICT');
  db.exec('DELETE FROM temp.stage');
}

function logChanges(db: Database, scope: WriteScope, { entity, field, column }: JournalColumn): number {
  return db.runComposed(
    `INSERT INTO change (command_rid, entity, field, entity_rid, before, after)
     SELECT :command, '${entity}', '${field}', s.rid, t.${column}, s.after
     FROM temp.stage s JOIN ${entity} t ON t.rid = s.rid
     WHERE t.${column} IS NOT s.after
     ORDER BY s.rid`,
    { command: scope.commandRid },
  ).changes;
}

function queueOps(db: Database, scope: WriteScope, { entity, field }: JournalColumn, lane: 0 | 1): void {
  const productRid = entity === 'product' ? 't.rid' : 't.product_rid';
  // Rows that the channel does not know yet have nothing to update there.
  const known =
    entity === 'product'
      ? 't.external_id IS NOT NULL'
      : '(t.external_id IS NOT NULL OR p.external_id IS NOT NULL)';
  const join = entity === 'product' ? '' : 'JOIN product p ON p.rid = t.product_rid';
  db.runComposed(
    `INSERT INTO outbox (account_rid, kind, lane, entity, entity_rid, product_rid, field, base, state, command_rid, created_at_ms, updated_at_ms)
     SELECT t.account_rid, 'set', ${lane}, '${entity}', c.entity_rid, ${productRid}, '${field}', c.before, 'pending', :command, :at, :at
     FROM change c JOIN ${entity} t ON t.rid = c.entity_rid ${join}
     WHERE c.command_rid = :command AND c.entity = '${entity}' AND c.field = '${field}' AND ${known}
     ORDER BY c.entity_rid
     ON CONFLICT (entity, entity_rid, field) WHERE state IN ('pending', 'retry_wait', 'rejected', 'conflict') DO UPDATE SET
       state = CASE state WHEN 'conflict' THEN 'conflict' ELSE 'pending' END,
       released_at_ms = NULL, next_attempt_at_ms = NULL, attempts = 0,
       code = CASE state WHEN 'conflict' THEN code END,
       message = CASE state WHEN 'conflict' THEN message END,
       command_rid = excluded.command_rid, updated_at_ms = excluded.updated_at_ms`,
    { command: scope.commandRid, at: scope.atMs },
  );
  db.runComposed(
    `UPDATE outbox SET state = 'cancelled', updated_at_ms = :at
     FROM change c
     WHERE c.command_rid = :command AND c.entity = '${entity}' AND c.field = '${field}'
       AND outbox.entity = '${entity}' AND outbox.entity_rid = c.entity_rid AND outbox.field = '${field}'
       AND outbox.state IN ('pending', 'retry_wait', 'rejected')
       AND outbox.base IS c.after
       -- While an earlier value of the cell is on its way, only a new op can bring the old one back.
       AND NOT EXISTS (
         SELECT 1 FROM outbox f WHERE f.entity = '${entity}' AND f.entity_rid = c.entity_rid AND f.field = '${field}'
           AND f.state NOT IN ('superseded', 'cancelled') AND f.state IN ('leased', 'sent', 'accepted', 'needs_verify'))`,
    { command: scope.commandRid, at: scope.atMs },
  );
}

function applyChanges(db: Database, scope: WriteScope, { entity, field, column }: JournalColumn): void {
  const stamp = entity === 'listing' ? ', updated_at_ms = :at' : '';
  db.runComposed(
    `UPDATE ${entity} SET ${column} = c.after${stamp}
     FROM change c
     WHERE c.command_rid = :command AND c.entity = '${entity}' AND c.field = '${field}' AND c.entity_rid = ${entity}.rid`,
    entity === 'listing' ? { command: scope.commandRid, at: scope.atMs } : { command: scope.commandRid },
  );
}
