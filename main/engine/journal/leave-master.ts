import { MASTER_FIELDS, type MasterField } from '#shared/domain/master-fields.ts';
import type { Database } from '../db/database.ts';
import type { Entity } from './entities.ts';

/** The master's field that a column may inherit; undefined where there is none. */
export function linkedField(entity: Entity, field: string): MasterField | undefined {
  return MASTER_FIELDS.find(({ name, listing }) => name === field && listing.entity === entity);
}

/**
 * Cells of this column that the command has just changed, that inherited and no
 * longer have their master's value, override it from now on: part of the same
 * command, so that undoing it brings back both. Whatever writes cells (editing,
 * paste, import, a schedule, a conflict's end) ends here, undo excepted, which
 * puts links back itself. Returns how many links changed.
 */
export function leaveMaster(db: Database, commandRid: () => number, linked: MasterField): number {
  const { name: field, link, linkColumn, column } = linked;
  const { entity } = linked.listing;
  const inherits = `t.${linkColumn} = 'inherit'`;
  if (db.getComposed(`SELECT 1 FROM ${entity} t WHERE ${inherits} LIMIT 1`) === undefined) return 0;
  const skus = entity === 'listing' ? 'l.rid = t.rid' : 'l.product_rid = t.rid AND l.removed_at_ms IS NULL';
  const command = commandRid();
  // A title is the master's as long as it is that of one of its product's SKUs.
  const left = db.runComposed(
    `INSERT INTO change (command_rid, entity, field, entity_rid, before, after)
     SELECT :command, '${entity}', '${link}', c.entity_rid, 'inherit', 'override'
     FROM change c CROSS JOIN ${entity} t ON t.rid = c.entity_rid
     WHERE c.command_rid = :command AND c.entity = '${entity}' AND c.field = '${field}' AND ${inherits}
       AND NOT EXISTS (
         SELECT 1 FROM listing l CROSS JOIN master m ON m.sku = l.sku WHERE ${skus} AND m.${column} IS c.after)`,
    { command },
  ).changes;
  if (left > 0) {
    db.runComposed(
      `UPDATE ${entity} SET ${linkColumn} = c.after FROM change c
       WHERE c.command_rid = :command AND c.entity = '${entity}' AND c.field = '${link}' AND c.entity_rid = ${entity}.rid`,
      { command },
    );
  }
  return left;
}
