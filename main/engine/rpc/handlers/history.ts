import type { Command } from '#shared/contract/history.ts';
import type { MethodName } from '#shared/contract/methods.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { listingField, type StoredValue } from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../../db/database.ts';
import { sql, type NamedParams } from '../../db/statement.ts';
import { previewRevert, revertTo } from '../../journal/revert-to.ts';
import { peekRedo, peekUndo, redo, undo } from '../../journal/undo.ts';
import type { Handlers } from '../handler.ts';

interface CommandRow {
  id: string;
  method: string;
  label: string;
  actor: string;
  at_ms: number;
  cells: number;
  rows: number;
  reversible: number;
  undo_of: string | null;
  undone_by: string | null;
}

interface ListParams extends NamedParams {
  olderThan: number;
  before: number;
  limit: number;
  channel: number;
  actors: string | null;
  areas: string | null;
  listing: string | null;
  text: string | null;
  like: string | null;
}

/** Commands that changed one of these listings or its product, found through the columns that each command changed. */
const commandsOf = (listings: string): string =>
  [
    ['listing', 'l.rid'],
    ['product', 'l.product_rid'],
  ]
    .map(
      ([entity, rid]) =>
        `SELECT k.command_rid FROM listing l CROSS JOIN command_column k ON k.entity = '${entity}'
         CROSS JOIN change h ON h.command_rid = k.command_rid AND h.entity = '${entity}' AND h.field = k.field AND h.entity_rid = ${rid}
         WHERE ${listings}`,
    )
    .join(' UNION ');

/** The newest commands that a filter lets through; the walk ends with the page, so a page costs what it passes over. */
const list = sql<ListParams, CommandRow>(
  `SELECT c.id, c.method, c.label, c.actor, c.at_ms, c.cells, c.rows, c.reversible,
     (SELECT x.id FROM command x WHERE x.rid = c.undo_of_rid) AS undo_of,
     (SELECT x.id FROM command x WHERE x.rid = c.undone_by_rid) AS undone_by
   FROM command c
   WHERE c.rid < :olderThan AND c.at_ms <= :before
     AND (:channel = 1 OR c.actor NOT LIKE 'channel:%')
     AND (:actors IS NULL OR CASE WHEN c.actor LIKE 'channel:%' THEN 'channel' ELSE c.actor END IN (SELECT value FROM json_each(:actors)))
     AND (:areas IS NULL OR substr(c.method, 1, instr(c.method, '.') - 1) IN (SELECT value FROM json_each(:areas)))
     AND (:listing IS NULL OR c.rid IN (${commandsOf('l.id = :listing')}))
     AND (:text IS NULL OR c.label LIKE :like ESCAPE '\\' OR c.rid IN (${commandsOf('l.sku = :text')}))
   ORDER BY c.rid DESC LIMIT :limit`,
);
const actors = sql<Record<string, never>, { actor: string }>(
  "SELECT DISTINCT CASE WHEN actor LIKE 'channel:%' THEN 'channel' ELSE actor END AS actor FROM command ORDER BY 1",
);
const areas = sql<Record<string, never>, { area: string }>(
  "SELECT DISTINCT substr(method, 1, instr(method, '.') - 1) AS area FROM command ORDER BY 1",
);
const commandRid = sql<{ id: string }, { rid: number; cells: number }>(
  'SELECT rid, cells FROM command WHERE id = :id',
);

interface ChangeRow {
  entity: string;
  field: string;
  before: StoredValue;
  after: StoredValue;
  listing: string | null;
  sku: string | null;
  title: string | null;
  currency: string;
}

/** Cells, and after them the stock that the command moved: what a place had before and after each movement. */
const changes = sql<{ rid: number; limit: number; offset: number }, ChangeRow>(
  `SELECT h.entity, h.field, h.before, h.after, l.id AS listing, coalesce(l.sku, m.sku) AS sku,
     coalesce(p.title, m.title) AS title, coalesce(a.currency, m.currency, 'EUR') AS currency
   FROM change h
   LEFT JOIN master m ON h.entity = 'master' AND m.rid = h.entity_rid
   LEFT JOIN listing l ON l.rid = CASE h.entity
     WHEN 'listing' THEN h.entity_rid
     WHEN 'product' THEN (SELECT min(x.rid) FROM listing x WHERE x.product_rid = h.entity_rid) END
   LEFT JOIN product p ON p.rid = l.product_rid
   LEFT JOIN account a ON a.rid = l.account_rid
   WHERE h.command_rid = :rid
   UNION ALL
   SELECT 'stock', 'stock', b.before, b.before + b.quantity, NULL, b.sku,
     coalesce((SELECT p.title FROM listing l JOIN product p ON p.rid = l.product_rid WHERE l.sku = b.sku AND l.removed_at_ms IS NULL LIMIT 1), ''),
     'EUR'
   FROM (SELECT m.rid, m.quantity, i.sku, coalesce((
           SELECT sum(x.quantity) FROM stock_movement x
           WHERE x.item_rid = m.item_rid AND x.location_rid = m.location_rid AND x.rid < m.rid), 0) AS before
         FROM stock_movement m JOIN stock_item i ON i.rid = m.item_rid WHERE m.command_rid = :rid) b
   LIMIT :limit OFFSET :offset`,
);

function requireCommand(db: Database, commandId: string): { rid: number; cells: number } {
  const command = db.get(commandRid, { id: commandId });
  if (!command) throw new CodedError('NOT_FOUND', `There is no command ${commandId}`, { commandId });
  return command;
}

export const historyHandlers: Handlers<Extract<MethodName, `history.${string}`>> = {
  'history.list': ({ db }, input) => {
    const text = input.text?.trim() || null;
    const rows = db.all(list, {
      olderThan:
        input.olderThan === undefined ? Number.MAX_SAFE_INTEGER : requireCommand(db, input.olderThan).rid,
      before: input.before ?? Number.MAX_SAFE_INTEGER,
      limit: input.limit ?? 50,
      channel: input.includeChannel || input.listingId || input.actors?.includes('channel') ? 1 : 0,
      actors: input.actors ? JSON.stringify(input.actors) : null,
      areas: input.areas ? JSON.stringify(input.areas) : null,
      listing: input.listingId ?? null,
      text,
      like: text && `%${text.replace(/[\\%_]/g, '\\$&')}%`,
    });
    return {
      commands: rows.map((row): Command => ({
        commandId: row.id,
        method: row.method,
        label: row.label,
        actor: row.actor,
        at: row.at_ms,
        cells: row.cells,
        rows: row.rows,
        undoOf: row.undo_of,
        undoneBy: row.undone_by,
        canUndo: row.reversible === 1 && row.undone_by === null,
      })),
      undo: peekUndo(db),
      redo: peekRedo(db),
    };
  },
  'history.facets': ({ db }) => ({
    actors: db.all(actors, {}).map(({ actor }) => actor),
    areas: db.all(areas, {}).map(({ area }) => area),
  }),
  'history.changes': ({ db }, input) => {
    const command = requireCommand(db, input.commandId);
    const rows = db.all(changes, { rid: command.rid, limit: input.limit ?? 200, offset: input.offset ?? 0 });
    return {
      total: command.cells,
      changes: rows.map((row) => {
        const field = listingField(row.field);
        const wire = (value: StoredValue): ReturnType<typeof toWireValue> =>
          field ? toWireValue(field, value, row.currency) : value;
        return {
          listingId: row.listing,
          sku: row.sku,
          title: row.title ?? '',
          field: row.field,
          before: wire(row.before),
          after: wire(row.after),
          currency: row.currency,
        };
      }),
    };
  },
  'history.undo': ({ journal, undoHooks }, input, call) => undo(journal, undoHooks, { ...input, ...call }),
  'history.previewRevert': ({ journal, undoHooks }, input, call) =>
    previewRevert(journal, undoHooks, { ...input, actor: call.actor }),
  'history.revertTo': ({ journal, undoHooks }, input, call) =>
    revertTo(journal, undoHooks, { ...input, ...call }),
  'history.redo': ({ journal, undoHooks }, input, call) => redo(journal, undoHooks, { ...input, ...call }),
};
