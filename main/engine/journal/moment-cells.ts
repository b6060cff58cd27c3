import type { Database } from '../db/database.ts';
import { journalColumn, type Entity } from './entities.ts';
import { resetStage } from './write-cells.ts';

/**
 * The cells of all commands after a moment, worked out column by column as
 * sets. Which commands are taken back stands in temp.moment_command; the
 * others there are walls: what lies before a wall in a cell stays as it is, as
 * if the commands had been undone one by one, newest first.
 */
export interface MomentCommand {
  readonly rid: number;
  readonly take: boolean;
}

/** Progress of a line and its shipments hang together: a wall in one cell of a row is one for the whole row. */
const WHOLE_ROWS: ReadonlySet<Entity> = new Set(['order_line', 'shipment']);

export function chooseCommands(db: Database, commands: readonly MomentCommand[]): void {
  db.exec(
    'CREATE TEMP TABLE IF NOT EXISTS moment_command (rid INTEGER PRIMARY KEY, take INTEGER NOT NULL) STRICT',
  );
  db.exec('DELETE FROM temp.moment_command');
  const rows = commands.map(({ rid, take }) => [rid, take ? 1 : 0]);
  db.runComposed(
    'INSERT INTO temp.moment_command (rid, take) SELECT value ->> 0, value ->> 1 FROM json_each(:rows)',
    { rows: JSON.stringify(rows) },
  );
}

/** Columns that the chosen commands changed. */
export function columnsToReturn(db: Database): { entity: Entity; field: string }[] {
  return db.allComposed(
    `SELECT DISTINCT c.entity, c.field FROM temp.moment_command m CROSS JOIN command_column c ON c.command_rid = m.rid
     WHERE m.take = 1 ORDER BY c.entity, c.field`,
  );
}

/**
 * Fills temp.stage with what the cells of a column go back to; gives the rows
 * whose value after that is not the one of the moment, because something that
 * stays changed them since.
 */
export function stageMoment(
  db: Database,
  entity: Entity,
  field: string,
): { id: string | null; sku: string | null }[] {
  const { column } = journalColumn(entity, field);
  resetStage(db);
  db.exec(
    `CREATE TEMP TABLE IF NOT EXISTS moment_cell (rid INTEGER, command INTEGER, take INTEGER NOT NULL, before ANY, after ANY,
       PRIMARY KEY (rid, command)) STRICT, WITHOUT ROWID`,
  );
  db.exec(
    'CREATE TEMP TABLE IF NOT EXISTS moment_wall (rid INTEGER PRIMARY KEY, command INTEGER NOT NULL) STRICT',
  );
  db.exec('DELETE FROM temp.moment_cell');
  db.exec('DELETE FROM temp.moment_wall');
  const cell = `c.command_rid = m.rid AND c.entity = '${entity}' AND c.field = '${field}'`;
  db.runComposed(
    `INSERT INTO temp.moment_cell (rid, command, take, before, after)
     SELECT c.entity_rid, m.rid, m.take, c.before, c.after FROM temp.moment_command m CROSS JOIN change c ON ${cell}`,
  );
  db.runComposed(
    `INSERT INTO temp.moment_wall (rid, command)
     SELECT c.entity_rid, max(m.rid) FROM temp.moment_command m CROSS JOIN change c
       ON ${WHOLE_ROWS.has(entity) ? `c.command_rid = m.rid AND c.entity = '${entity}'` : cell}
     WHERE m.take = 0 GROUP BY c.entity_rid`,
  );
  // The bare columns beside min() and max() are those of the row that holds the extreme.
  db.runComposed(
    `INSERT INTO temp.stage (rid, after)
     SELECT f.rid, f.before FROM (
       SELECT x.rid, min(x.command), x.before FROM temp.moment_cell x LEFT JOIN temp.moment_wall w ON w.rid = x.rid
       WHERE x.take = 1 AND x.command > coalesce(w.command, 0) GROUP BY x.rid) f
     JOIN (SELECT rid, max(command), after FROM temp.moment_cell WHERE take = 1 GROUP BY rid) l ON l.rid = f.rid
     CROSS JOIN ${entity} t ON t.rid = f.rid
     WHERE t.${column} IS l.after`,
  );
  const sku = entity === 'listing' ? 't.sku' : 'NULL';
  const id =
    entity === 'product' ? '(SELECT l.id FROM listing l WHERE l.product_rid = t.rid LIMIT 1)' : 't.id';
  return db.allComposed(
    `SELECT ${id} AS id, ${sku} AS sku
     FROM (SELECT rid, min(command), before FROM temp.moment_cell WHERE take = 1 GROUP BY rid) f
     CROSS JOIN ${entity} t ON t.rid = f.rid LEFT JOIN temp.stage s ON s.rid = f.rid
     WHERE CASE WHEN s.rid IS NULL THEN t.${column} ELSE s.after END IS NOT f.before`,
  );
}

/** Rows that the staged values would change. */
export function stagedChanges(db: Database, entity: Entity, field: string): number[] {
  const { column } = journalColumn(entity, field);
  return db.pluck(
    `SELECT s.rid FROM temp.stage s CROSS JOIN ${entity} t ON t.rid = s.rid WHERE t.${column} IS NOT s.after`,
  );
}
