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

/**
 * Everything here begins with the cells of the command and looks up the rest:
 * CROSS JOIN keeps SQLite from the other way round, which it takes for the
 * cheaper one as soon as it knows how large the tables are.
 */
function logChanges(db: Database, scope: WriteScope, { entity, field, column }: JournalColumn): number {
  return db.runComposed(
    `INSERT INTO change (command_rid, entity, field, entity_rid, before, after)
     SELECT :command, '${entity}', '${field}', s.rid, t.${column}, s.after
     FROM temp.stage s CROSS JOIN ${entity} t ON t.rid = s.rid
     WHERE t.${column} IS NOT s.after
     ORDER BY s.rid`,
    { command: scope.commandRid },
  ).changes;
}

/**
 * An op that waits for a cell keeps its base and carries on; one whose cell is
 * back at that base is cancelled; any other cell gets an op. Where no op of the
 * column waits, which is what a change of many clean cells finds, one insert
 * is all.
 */
function queueOps(db: Database, scope: WriteScope, { entity, field }: JournalColumn, lane: 0 | 1): void {
  const waits = findWaiting(db, scope, entity, field);
  if (waits) settleWaiting(db, scope);
  const productRid = entity === 'product' ? 't.rid' : 't.product_rid';
  // Rows that the channel does not know yet have nothing to update there.
  const known =
    entity === 'product'
      ? 't.external_id IS NOT NULL'
      : '(t.external_id IS NOT NULL OR p.external_id IS NOT NULL)';
  const join = entity === 'product' ? '' : 'CROSS JOIN product p ON p.rid = t.product_rid';
  const rest = waits ? 'AND c.entity_rid NOT IN (SELECT entity_rid FROM temp.waiting)' : '';
  db.runComposed(
    `INSERT INTO outbox (account_rid, kind, lane, entity, entity_rid, product_rid, field, base, state, command_rid, created_at_ms, updated_at_ms)
     SELECT t.account_rid, 'set', ${lane}, '${entity}', c.entity_rid, ${productRid}, '${field}', c.before, 'pending', :command, :at, :at
     FROM change c CROSS JOIN ${entity} t ON t.rid = c.entity_rid ${join}
     WHERE c.command_rid = :command AND c.entity = '${entity}' AND c.field = '${field}' AND ${known} ${rest}
     ORDER BY c.entity_rid`,
    { command: scope.commandRid, at: scope.atMs },
  );
}

/** Puts the waiting ops of the cells that this command changed into temp.waiting; false when there are none. */
function findWaiting(db: Database, scope: WriteScope, entity: Entity, field: string): boolean {
  const waits = db.allComposed(
    `SELECT 1 FROM outbox WHERE entity = '${entity}' AND field = '${field}' AND state IN (${WAITING}) LIMIT 1`,
  );
  if (waits.length === 0) return false;
  db.exec(
    'CREATE TEMP TABLE IF NOT EXISTS waiting (op INTEGER PRIMARY KEY, entity_rid INTEGER NOT NULL UNIQUE, next TEXT NOT NULL) STRICT',
  );
  db.exec('DELETE FROM temp.waiting');
  const found = db.runComposed(
    `INSERT INTO temp.waiting (op, entity_rid, next)
     SELECT o.rid, o.entity_rid, CASE
       WHEN o.state = 'conflict' THEN 'conflict'
       WHEN o.base IS c.after
         -- While an earlier value of the cell is on its way, only a new op can bring the old one back.
         AND NOT EXISTS (
           SELECT 1 FROM outbox f WHERE f.entity = '${entity}' AND f.entity_rid = c.entity_rid AND f.field = '${field}'
             AND f.state NOT IN ('superseded', 'cancelled') AND f.state IN ('leased', 'sent', 'accepted', 'needs_verify'))
         THEN 'cancelled'
       WHEN o.state = 'pending' THEN 'pending'
       ELSE 'again' END
     FROM change c CROSS JOIN outbox o
     WHERE c.command_rid = :command AND c.entity = '${entity}' AND c.field = '${field}'
       AND o.entity = '${entity}' AND o.field = '${field}' AND o.entity_rid = c.entity_rid AND o.state IN (${WAITING})`,
    { command: scope.commandRid },
  );
  return found.changes > 0;
}

const WAITING = "'pending', 'retry_wait', 'rejected', 'conflict'";

/** States are written only where they change: every other column of an op lies outside the indexes. */
function settleWaiting(db: Database, scope: WriteScope): void {
  const params = { command: scope.commandRid, at: scope.atMs };
  const settle = (next: string, set: string): void => {
    db.runComposed(
      `UPDATE outbox SET ${set}, command_rid = :command, updated_at_ms = :at
       WHERE rid IN (SELECT op FROM temp.waiting WHERE next = '${next}')`,
      params,
    );
  };
  const afresh =
    'released_at_ms = NULL, next_attempt_at_ms = NULL, attempts = 0, code = NULL, message = NULL';
  settle('cancelled', "state = 'cancelled'");
  settle('pending', afresh);
  settle('again', `state = 'pending', ${afresh}`);
  settle('conflict', 'released_at_ms = NULL, next_attempt_at_ms = NULL, attempts = 0');
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
