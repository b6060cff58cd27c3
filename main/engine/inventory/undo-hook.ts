import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { UndoHook } from '../journal/undo.ts';
import type { Ports } from '../ports.ts';
import { assertSound } from '../purchasing/assert-sound.ts';
import { reopenCount, withdrawEntries } from './counts.ts';
import type { DocumentKind, StockDocument } from './documents.ts';
import { settleKits } from './kits.ts';
import { post, type Posting } from './ledger.ts';
import { assertTracking } from './lot-commands.ts';
import { revertRecords } from './record-log.ts';
import { revertRules } from './rules.ts';
import { syncShipmentStock } from './shipment-stock.ts';
import { assertTransferOpen } from './transfers.ts';

interface Written {
  rid: number;
  item: number;
  sku: string;
  location: number;
  location_id: string;
  bin: number | null;
  bin_id: string | null;
  quantity: number;
  document: number;
  document_id: string;
  kind: DocumentKind;
  lot: number | null;
  lot_id: string | null;
}

/** Movements of a shipment follow the shipment itself. */
const writtenBy = sql<{ command: number }, Written>(
  `SELECT m.rid, m.item_rid AS item, i.sku, m.location_rid AS location, l.id AS location_id, m.bin_rid AS bin, b.id AS bin_id,
     m.quantity, m.document_rid AS document, d.id AS document_id, d.kind, m.lot_rid AS lot, t.id AS lot_id
   FROM stock_movement m JOIN stock_document d ON d.rid = m.document_rid JOIN stock_item i ON i.rid = m.item_rid
   JOIN stock_location l ON l.rid = m.location_rid LEFT JOIN stock_bin b ON b.rid = m.bin_rid
   LEFT JOIN stock_lot t ON t.rid = m.lot_rid
   WHERE m.command_rid = :command AND d.kind <> 'shipment' ORDER BY m.rid`,
  { hot: true },
);

/**
 * Takes stock commands back: every movement of the command gets its opposite,
 * in the same document, as part of the undo. Undoing an undo does the same, so
 * redo needs nothing of its own. Nothing is deleted.
 */
export function inventoryUndoHook(ports: Pick<Ports, 'newId'>): UndoHook {
  return {
    entities: ['shipment'],
    before: (scope, commandRid, whole) => {
      const moved = scope.db.all(writtenBy, { command: commandRid });
      if (!whole) {
        if (moved.length > 0) {
          throw new CodedError('INVALID_STATE', 'Stock movements are taken back as a whole; undo the step');
        }
        return undefined;
      }
      const finished = reopenCount(scope, commandRid);
      if (!finished && moved.some(({ kind }) => kind === 'count')) {
        throw new CodedError('INVALID_STATE', 'The count was finished again since; undo that first');
      }
      const reverted = revertRecords(scope, commandRid);
      if (reverted.tables.has('stock_kit') || reverted.tables.has('stock_kit_part')) settleKits(scope);
      const applied =
        reverted.applied +
        compensate(scope, moved) +
        withdrawEntries(scope, commandRid) +
        revertRules(scope, commandRid) +
        (finished && moved.length === 0 ? 1 : 0);
      assertSound(scope.db, reverted.tables);
      if (reverted.tables.has('stock_item') || moved.length > 0) assertTracking(scope.db);
      return { applied, changedSince: reverted.changedSince };
    },
    after: (scope, touched) => {
      for (const shipment of new Set(touched.get('shipment') ?? [])) {
        syncShipmentStock(scope, ports, shipment);
      }
    },
  };
}

function compensate(scope: CommandScope, moved: readonly Written[]): number {
  const byDocument = new Map<number, { document: StockDocument; postings: Posting[] }>();
  for (const row of moved) {
    const entry = byDocument.get(row.document) ?? {
      document: { rid: row.document, id: row.document_id },
      postings: [],
    };
    entry.postings.push({
      item: { rid: row.item, sku: row.sku },
      location: { rid: row.location, id: row.location_id },
      bin: row.bin === null || row.bin_id === null ? null : { rid: row.bin, id: row.bin_id },
      lot: row.lot === null || row.lot_id === null ? null : { rid: row.lot, id: row.lot_id },
      quantity: -row.quantity,
      reason: 'undo',
      reverses: row.rid,
    });
    byDocument.set(row.document, entry);
  }
  let count = 0;
  for (const { document, postings } of byDocument.values()) {
    count += post(scope, document, postings);
    if (moved.some((row) => row.document === document.rid && row.kind === 'transfer')) {
      assertTransferOpen(scope, document.rid);
    }
  }
  return count;
}
