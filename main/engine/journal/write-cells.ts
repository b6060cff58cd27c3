import type { StoredValue } from '#shared/domain/listing-fields.ts';
import type { Database } from '../db/database.ts';
import { waitingOps } from './outbox-sql.ts';
import { journalColumn, type Entity, type JournalColumn } from './entities.ts';

export interface CellWrite {
  readonly rid: number;
  readonly value: StoredValue;
}

export interface WriteScope {
  /** Row of the command; asked for only once something changes. */
  readonly commandRid: () => number;
  readonly atMs: number;
}

/**
 * Writes one column of many rows, which wait in temp.stage: change log, outbox
 * and rows, set by set, so that a hundred thousand cells cost a handful of
 * statements. Must run inside the command's transaction. Rows that already
 * hold the value are left alone.
 *
 * Outbox: a cell that already waits keeps its op and its oldest base; a value
 * that returns to that base cancels the op; any other cell gets a new op whose
 * base is the value it had. A cell in conflict stays in conflict until a
 * person decides.
 *
 * Returns the number of cells that changed.
 */
export function writeStagedCells(db: Database, scope: WriteScope, entity: Entity, field: string): number {
  const column = journalColumn(entity, field);
  if (!differs(db, column)) return 0;
  const write = { command: scope.commandRid(), at: scope.atMs };
  const changed = logChanges(db, write, column);
  if (column.lane !== null) queueOps(db, write, column, column.lane, changed);
  applyChanges(db, write, column);
  return changed;
}

interface Write {
  readonly command: number;
  readonly at: number;
}

/** Fills the staging table that {@link writeStagedCells} reads; a row named twice takes the last value. */
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

function differs(db: Database, { entity, column }: JournalColumn): boolean {
  return (
    db.getComposed(
      `SELECT 1 FROM temp.stage s CROSS JOIN ${entity} t ON t.rid = s.rid WHERE t.${column} IS NOT s.after LIMIT 1`,
    ) !== undefined
  );
}

/**
 * Everything here begins with the cells of the command and looks up the rest:
 * CROSS JOIN keeps SQLite from the other way round, which it takes for the
 * cheaper one as soon as it knows how large the tables are.
 */
function logChanges(db: Database, { command }: Write, { entity, field, column }: JournalColumn): number {
  return db.runComposed(
    `INSERT INTO change (command_rid, entity, field, entity_rid, before, after)
     SELECT :command, '${entity}', '${field}', s.rid, t.${column}, s.after
     FROM temp.stage s CROSS JOIN ${entity} t ON t.rid = s.rid
     WHERE t.${column} IS NOT s.after
     ORDER BY s.rid`,
    { command },
  ).changes;
}

/**
 * An op that waits for a cell keeps its base and carries on; one whose cell is
 * back at that base is cancelled; any other cell gets an op. Where no op of the
 * column waits, which is what a change of many clean cells finds, one insert
 * is all; where an untouched op of every cell waits, nothing has to be written.
 */
function queueOps(
  db: Database,
  write: Write,
  { entity, field }: JournalColumn,
  lane: 0 | 1,
  changed: number,
): void {
  const waits = countWaiting(db, write, entity, field);
  if (waits.ops === changed && waits.moves === 0) return;
  // New ops first: a cell whose op is cancelled below needs none.
  if (waits.ops < changed) insertOps(db, write, entity, field, lane, waits.ops > 0);
  if (waits.moves > 0) settleWaiting(db, write, entity, field);
}

function insertOps(
  db: Database,
  write: Write,
  entity: Entity,
  field: string,
  lane: 0 | 1,
  some: boolean,
): void {
  const productRid = entity === 'product' ? 't.rid' : 't.product_rid';
  // Rows that the channel does not know yet have nothing to update there; the index holds only such products.
  const known =
    entity === 'product'
      ? 't.external_id IS NOT NULL'
      : `(t.external_id IS NOT NULL OR NOT EXISTS (
           SELECT 1 FROM product p INDEXED BY product_local WHERE p.rid = t.product_rid AND p.external_id IS NULL))`;
  const rest = some
    ? `AND NOT EXISTS (SELECT 1 FROM outbox w WHERE w.entity = '${entity}' AND w.field = '${field}'
         AND w.entity_rid = c.entity_rid AND ${waitingOps('w')})`
    : '';
  db.runComposed(
    `INSERT INTO outbox (account_rid, kind, lane, entity, entity_rid, product_rid, field, base, state, command_rid, created_at_ms, updated_at_ms)
     SELECT t.account_rid, 'set', ${lane}, '${entity}', c.entity_rid, ${productRid}, '${field}', c.before, 'pending', :command, :at, :at
     FROM change c CROSS JOIN ${entity} t ON t.rid = c.entity_rid
     WHERE c.command_rid = :command AND c.entity = '${entity}' AND c.field = '${field}' AND ${known} ${rest}
     ORDER BY c.entity_rid`,
    { command: write.command, at: write.at },
  );
}

/**
 * What becomes of the ops that wait for the cells that this command changed. An op that nobody has sent or
 * released yet needs no word: what it will send is read from its row.
 */
const decide = (entity: Entity, field: string): string => `
  SELECT o.rid AS op, CASE
    WHEN o.state = 'conflict' THEN 'conflict'
    WHEN o.base IS c.after
      -- While an earlier value of the cell is on its way, only a new op can bring the old one back.
      AND NOT EXISTS (
        SELECT 1 FROM outbox f WHERE f.entity = '${entity}' AND f.entity_rid = c.entity_rid AND f.field = '${field}'
          AND f.state NOT IN ('superseded', 'cancelled') AND f.state IN ('leased', 'sent', 'accepted', 'needs_verify'))
      THEN 'cancelled'
    WHEN o.state <> 'pending' THEN 'again'
    WHEN o.released_at_ms IS NULL AND o.next_attempt_at_ms IS NULL AND o.attempts = 0 AND o.code IS NULL AND o.message IS NULL
      THEN 'keep'
    ELSE 'pending' END AS next
  FROM change c CROSS JOIN outbox o
  WHERE c.command_rid = :command AND c.entity = '${entity}' AND c.field = '${field}'
    AND o.entity = '${entity}' AND o.field = '${field}' AND o.entity_rid = c.entity_rid AND ${waitingOps('o')}`;

function countWaiting(
  db: Database,
  { command }: Write,
  entity: Entity,
  field: string,
): { readonly ops: number; readonly moves: number } {
  const none = { ops: 0, moves: 0 };
  const any = db.getComposed(
    `SELECT 1 FROM outbox w WHERE w.entity = '${entity}' AND w.field = '${field}' AND ${waitingOps('w')} LIMIT 1`,
  );
  if (any === undefined) return none;
  const counts = db.getComposed<{ ops: number; moves: number }>(
    `SELECT count(*) AS ops, count(*) FILTER (WHERE next <> 'keep') AS moves FROM (${decide(entity, field)})`,
    { command },
  );
  return counts ?? none;
}

/** States are written only where they change: every other column of an op lies outside the indexes. */
function settleWaiting(db: Database, write: Write, entity: Entity, field: string): void {
  db.exec('CREATE TEMP TABLE IF NOT EXISTS waiting (op INTEGER PRIMARY KEY, next TEXT NOT NULL) STRICT');
  db.exec('DELETE FROM temp.waiting');
  db.runComposed(
    `INSERT INTO temp.waiting (op, next) SELECT op, next FROM (${decide(entity, field)}) WHERE next <> 'keep'`,
    { command: write.command },
  );
  const settle = (next: string, set: string): void => {
    db.runComposed(
      `UPDATE outbox SET ${set}, command_rid = :command, updated_at_ms = :at
       WHERE rid IN (SELECT op FROM temp.waiting WHERE next = '${next}')`,
      { command: write.command, at: write.at },
    );
  };
  const afresh =
    'released_at_ms = NULL, next_attempt_at_ms = NULL, attempts = 0, code = NULL, message = NULL';
  settle('cancelled', "state = 'cancelled'");
  settle('pending', afresh);
  settle('again', `state = 'pending', ${afresh}`);
  settle('conflict', 'released_at_ms = NULL, next_attempt_at_ms = NULL, attempts = 0');
}

function applyChanges(db: Database, write: Write, { entity, field, column }: JournalColumn): void {
  const stamp = entity === 'listing' ? ', updated_at_ms = :at' : '';
  db.runComposed(
    `UPDATE ${entity} SET ${column} = c.after${stamp}
     FROM change c
     WHERE c.command_rid = :command AND c.entity = '${entity}' AND c.field = '${field}' AND c.entity_rid = ${entity}.rid`,
    entity === 'listing' ? { command: write.command, at: write.at } : { command: write.command },
  );
}
