import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { post, type Posting } from './ledger.ts';
import { anyLocation, ensureTransit } from './places.ts';
import { openTransfer } from './transfers.ts';

const history = sql<
  { limit: number },
  { rid: number; id: string; from_name: string; to_name: string; reference: string; at: number }
>(
  `SELECT d.rid, d.id, f.name AS from_name, t.name AS to_name, d.reference, d.created_at_ms AS at
   FROM stock_document d JOIN stock_location f ON f.rid = d.from_rid JOIN stock_location t ON t.rid = d.to_rid
   WHERE d.kind = 'transfer' ORDER BY d.rid DESC LIMIT :limit`,
);
/** By item and lot; what an undo took back counts against what it took back. */
const linesOf = sql<
  { document: number },
  {
    sku: string;
    lot: string | null;
    sent: number;
    arrived: number;
    lost: number;
    returned: number;
    open: number;
  }
>(
  `SELECT i.sku, t.code AS lot,
     sum(CASE WHEN w.kind = 'transit' AND why = 'transfer_out' THEN x.quantity ELSE 0 END) AS sent,
     sum(CASE WHEN w.kind = 'transit' AND why = 'transfer_in' THEN -x.quantity ELSE 0 END) AS arrived,
     sum(CASE WHEN w.kind = 'transit' AND why = 'lost' THEN -x.quantity ELSE 0 END) AS lost,
     sum(CASE WHEN w.kind = 'transit' AND why = 'returned' THEN -x.quantity ELSE 0 END) AS returned,
     sum(CASE WHEN w.kind = 'transit' THEN x.quantity ELSE 0 END) AS open
   FROM (
     SELECT m.item_rid, m.lot_rid, m.location_rid, m.quantity,
       CASE WHEN m.reason <> 'undo' THEN m.reason ELSE (
         WITH RECURSIVE back (rid) AS (SELECT m.reverses_rid UNION ALL
           SELECT s.reverses_rid FROM back a JOIN stock_movement s ON s.rid = a.rid WHERE s.reverses_rid IS NOT NULL)
         SELECT s.reason FROM back a JOIN stock_movement s ON s.rid = a.rid WHERE s.reason <> 'undo' LIMIT 1) END AS why
     FROM stock_movement m WHERE m.document_rid = :document) x
   JOIN stock_location w ON w.rid = x.location_rid JOIN stock_item i ON i.rid = x.item_rid LEFT JOIN stock_lot t ON t.rid = x.lot_rid
   GROUP BY x.item_rid, x.lot_rid ORDER BY i.sku, t.code`,
);

const DEFAULT_LIMIT = 50;
type Transfer = Result<'inventory.transferHistory'>['transfers'][number];

export function transferHistory(
  db: Database,
  input: ParsedParams<'inventory.transferHistory'>,
): Result<'inventory.transferHistory'> {
  return {
    transfers: db.all(history, { limit: input.limit ?? DEFAULT_LIMIT }).map((row) => {
      const lines = db.all(linesOf, { document: row.rid });
      return {
        transferId: row.id,
        from: row.from_name,
        to: row.to_name,
        reference: row.reference,
        at: row.at,
        state: stateOf(lines),
        lines,
      };
    }),
  };
}

function stateOf(lines: Transfer['lines']): Transfer['state'] {
  const sum = (key: 'sent' | 'arrived' | 'lost' | 'returned' | 'open'): number =>
    lines.reduce((total, line) => total + line[key], 0);
  if (sum('sent') === 0) return 'taken_back';
  if (sum('open') > 0) return sum('arrived') > 0 ? 'part_arrived' : 'on_the_way';
  return sum('lost') + sum('returned') > 0 ? 'discrepancy' : 'arrived';
}

/** Settles what never came, with the reason on every movement. */
export function closeTransfer(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.closeTransfer'>,
  call: InventoryCall,
): Result<'inventory.closeTransfer'> {
  const { result, commandId } = journal.run(
    {
      method: 'inventory.closeTransfer',
      label: 'Settle a transfer',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const transfer = openTransfer(scope.db, input.transferId);
      if (transfer.lines.length === 0) {
        throw new CodedError('INVALID_STATE', 'Nothing of this transfer is on its way any more', {
          transferId: transfer.id,
        });
      }
      const transit = ensureTransit(scope, ports);
      const back = anyLocation(scope.db, transfer.fromId);
      const note = input.reason;
      const reason = input.how;
      const postings = transfer.lines.flatMap((line): Posting[] => {
        const lot = line.lot === null || line.lot_id === null ? null : { rid: line.lot, id: line.lot_id };
        const item = { rid: line.rid, sku: line.sku };
        const left = { item, location: transit, bin: null, lot, quantity: -line.open, reason, note };
        return input.how === 'lost'
          ? [left]
          : [left, { item, location: back, bin: null, lot, quantity: line.open, reason, note }];
      });
      post(scope, transfer, postings);
      return { units: transfer.lines.reduce((sum, { open }) => sum + open, 0) };
    },
  );
  return { commandId, ...result };
}
