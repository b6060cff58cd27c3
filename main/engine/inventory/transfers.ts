import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import { STOCK_HALF, type InventoryCall, type InventoryDeps } from './caller.ts';
import { addDocument } from './documents.ts';
import { post, type Posting } from './ledger.ts';
import { onHand, spreadPostings } from './levels.ts';
import { ensureBin, ensureTransit, itemOfCode, requireLocation, type StockItem } from './places.ts';

interface StoredTransfer {
  rid: number;
  id: string;
  from_name: string;
  from_id: string;
  to_name: string;
  to_id: string;
  reference: string;
  created_at_ms: number;
}

interface OpenLine extends StockRef {
  readonly lot: number | null;
  readonly lot_id: string | null;
  readonly open: number;
}
type StockRef = Pick<StockItem, 'rid' | 'id' | 'sku'>;

const COLUMNS = `d.rid, d.id, f.name AS from_name, f.id AS from_id, t.name AS to_name, t.id AS to_id, d.reference, d.created_at_ms
  FROM stock_document d JOIN stock_location f ON f.rid = d.from_rid JOIN stock_location t ON t.rid = d.to_rid`;
const transferById = sql<{ id: string }, StoredTransfer>(
  `SELECT ${COLUMNS} WHERE d.id = :id AND d.kind = 'transfer'`,
);
const openTransfers = sql<Record<string, never>, StoredTransfer>(
  `SELECT ${COLUMNS} WHERE d.kind = 'transfer' AND d.rid IN (
     SELECT m.document_rid FROM stock_movement m JOIN stock_location l ON l.rid = m.location_rid
     WHERE l.kind = 'transit' AND m.item_rid IN (
       SELECT v.item_rid FROM stock_level v JOIN stock_location w ON w.rid = v.location_rid
       WHERE w.kind = 'transit' AND v.quantity <> 0))
   ORDER BY d.rid`,
);
/** What of a transfer is still on its way, by item and lot. */
const openLines = sql<{ document: number }, OpenLine>(
  `SELECT i.rid, i.id, i.sku, t.rid AS lot, t.id AS lot_id, sum(m.quantity) AS open
   FROM stock_movement m JOIN stock_location l ON l.rid = m.location_rid JOIN stock_item i ON i.rid = m.item_rid
   LEFT JOIN stock_lot t ON t.rid = m.lot_rid
   WHERE m.document_rid = :document AND l.kind = 'transit'
   GROUP BY i.rid, t.rid HAVING sum(m.quantity) <> 0 ORDER BY i.sku, t.expires_on IS NULL, t.expires_on, t.rid`,
);

export function transferOut(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.transferOut'>,
  call: InventoryCall,
): Result<'inventory.transferOut'> {
  const { result } = journal.run(
    {
      method: 'inventory.transferOut',
      label: 'Send a transfer',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const from = requireLocation(scope.db, input.fromLocationId);
      const to = requireLocation(scope.db, input.toLocationId);
      if (from.rid === to.rid || from.kind === 'transit' || to.kind === 'transit') {
        throw new CodedError('INVALID_VALUE', 'A transfer goes from one location to another');
      }
      const transit = ensureTransit(scope, ports);
      const document = addDocument(scope, ports, 'transfer', {
        reference: input.reference,
        fromRid: from.rid,
        toRid: to.rid,
      });
      for (const { item, quantity } of joined(scope, ports, input.lines)) {
        const there = onHand(scope.db, item.rid, from.rid);
        if (there < quantity) {
          throw new CodedError(
            'INVALID_STATE',
            `${there} of ${item.sku} are at ${from.name}, not ${quantity}`,
            {
              sku: item.sku,
              there,
            },
          );
        }
        post(scope, document, [
          ...spreadPostings(scope, item, from, -quantity, { reason: 'transfer_out' }),
          { item, location: transit, bin: null, quantity, reason: 'transfer_out' },
        ]);
        ports.atPoint?.(STOCK_HALF);
      }
      return { commandId: scope.id, transferId: document.id };
    },
  );
  return result;
}

export function transferIn(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.transferIn'>,
  call: InventoryCall,
): Result<'inventory.transferIn'> {
  const { result } = journal.run(
    {
      method: 'inventory.transferIn',
      label: 'Book a transfer in',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const transfer = scope.db.get(transferById, { id: input.transferId });
      if (!transfer) {
        throw new CodedError('NOT_FOUND', `There is no transfer ${input.transferId}`, {
          transferId: input.transferId,
        });
      }
      const to = requireLocation(scope.db, transfer.to_id);
      const transit = ensureTransit(scope, ports);
      const left = scope.db.all(openLines, { document: transfer.rid }).map((line) => ({ ...line }));
      const wanted: { item: StockRef; quantity: number; bin: string | undefined }[] = input.lines
        ? input.lines.map(({ code, quantity, bin }) => ({
            item: itemOfCode(scope, ports, code),
            quantity,
            bin,
          }))
        : left.map((item) => ({ item, quantity: item.open, bin: undefined }));
      if (wanted.length === 0) {
        throw new CodedError('INVALID_STATE', 'Nothing of this transfer is on its way any more', {
          transferId: transfer.id,
        });
      }
      const postings: Posting[] = [];
      for (const { item, quantity, bin } of wanted) {
        const open = left.reduce((sum, line) => sum + (line.rid === item.rid ? line.open : 0), 0);
        if (quantity > open) {
          throw new CodedError('INVALID_STATE', `${open} of ${item.sku} are on their way, not ${quantity}`, {
            sku: item.sku,
            open,
          });
        }
        const shelf = ensureBin(scope, ports, to, bin);
        let need = quantity;
        // The lots of this transfer, not those that travel with another one.
        for (const line of left) {
          const part = line.rid === item.rid ? Math.min(need, line.open) : 0;
          if (part <= 0) continue;
          line.open -= part;
          need -= part;
          const lot = line.lot === null || line.lot_id === null ? null : { rid: line.lot, id: line.lot_id };
          postings.push(
            { item, location: transit, bin: null, lot, quantity: -part, reason: 'transfer_in' },
            { item, location: to, bin: shelf, lot, quantity: part, reason: 'transfer_in' },
          );
        }
      }
      post(scope, { rid: transfer.rid, id: transfer.id }, postings);
      return { commandId: scope.id, open: left.reduce((sum, { open }) => sum + open, 0) };
    },
  );
  return result;
}

function joined(
  scope: CommandScope,
  ports: InventoryDeps['ports'],
  lines: readonly { code: string; quantity: number }[],
): { item: StockItem; quantity: number }[] {
  const byItem = new Map<number, { item: StockItem; quantity: number }>();
  for (const { code, quantity } of lines) {
    const item = itemOfCode(scope, ports, code);
    byItem.set(item.rid, { item, quantity: (byItem.get(item.rid)?.quantity ?? 0) + quantity });
  }
  return [...byItem.values()];
}

export function transfers(db: Database): Result<'inventory.transfers'> {
  return {
    transfers: db
      .all(openTransfers, {})
      .map((transfer) => ({
        transferId: transfer.id,
        from: transfer.from_name,
        to: transfer.to_name,
        reference: transfer.reference,
        at: transfer.created_at_ms,
        lines: openBySku(db.all(openLines, { document: transfer.rid })),
      }))
      .filter(({ lines }) => lines.length > 0),
  };
}

function openBySku(lines: readonly OpenLine[]): { sku: string; open: number }[] {
  const open = new Map<string, number>();
  for (const line of lines) open.set(line.sku, (open.get(line.sku) ?? 0) + line.open);
  return [...open].map(([sku, units]) => ({ sku, open: units }));
}

/** A transfer with what of it is still on its way. */
export function openTransfer(
  db: Database,
  transferId: string,
): {
  readonly rid: number;
  readonly id: string;
  readonly fromId: string;
  readonly lines: readonly OpenLine[];
} {
  const transfer = db.get(transferById, { id: transferId });
  if (!transfer) throw new CodedError('NOT_FOUND', `There is no transfer ${transferId}`, { transferId });
  return {
    rid: transfer.rid,
    id: transfer.id,
    fromId: transfer.from_id,
    lines: db.all(openLines, { document: transfer.rid }),
  };
}

/** Refuses when more of a transfer would have arrived than was sent. */
export function assertTransferOpen(scope: CommandScope, documentRid: number): void {
  const over = scope.db.all(openLines, { document: documentRid }).find(({ open }) => open < 0);
  if (over) {
    throw new CodedError(
      'INVALID_STATE',
      `${-over.open} of ${over.sku} have been booked in from this transfer; take that back first`,
      { sku: over.sku },
    );
  }
}
