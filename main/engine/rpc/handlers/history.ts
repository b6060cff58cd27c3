import type { Command } from '#shared/contract/history.ts';
import type { MethodName } from '#shared/contract/methods.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { listingField, type StoredValue } from '#shared/domain/listing-fields.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../../db/statement.ts';
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

const list = sql<{ before: number; limit: number; channel: number }, CommandRow>(
  `SELECT c.id, c.method, c.label, c.actor, c.at_ms, c.cells, c.rows, c.reversible,
     (SELECT x.id FROM command x WHERE x.rid = c.undo_of_rid) AS undo_of,
     (SELECT x.id FROM command x WHERE x.rid = c.undone_by_rid) AS undone_by
   FROM command c
   WHERE c.at_ms <= :before AND (:channel = 1 OR c.actor NOT LIKE 'channel:%')
   ORDER BY c.rid DESC LIMIT :limit`,
);
const listForListing = sql<{ before: number; limit: number; listing: string }, CommandRow>(
  `SELECT c.id, c.method, c.label, c.actor, c.at_ms, c.cells, c.rows, c.reversible,
     (SELECT x.id FROM command x WHERE x.rid = c.undo_of_rid) AS undo_of,
     (SELECT x.id FROM command x WHERE x.rid = c.undone_by_rid) AS undone_by
   FROM command c
   WHERE c.at_ms <= :before AND c.rid IN (
     SELECT h.command_rid FROM listing l JOIN change h ON (h.entity = 'listing' AND h.entity_rid = l.rid) WHERE l.id = :listing
     UNION
     SELECT h.command_rid FROM listing l JOIN change h ON (h.entity = 'product' AND h.entity_rid = l.product_rid) WHERE l.id = :listing)
   ORDER BY c.rid DESC LIMIT :limit`,
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

export const historyHandlers: Handlers<Extract<MethodName, `history.${string}`>> = {
  'history.list': ({ db }, input) => {
    const page = { before: input.before ?? Number.MAX_SAFE_INTEGER, limit: input.limit ?? 50 };
    const rows = input.listingId
      ? db.all(listForListing, { ...page, listing: input.listingId })
      : db.all(list, { ...page, channel: input.includeChannel ? 1 : 0 });
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
  'history.changes': ({ db }, input) => {
    const command = db.get(commandRid, { id: input.commandId });
    if (!command)
      throw new CodedError('NOT_FOUND', `There is no command ${input.commandId}`, {
        commandId: input.commandId,
      });
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
