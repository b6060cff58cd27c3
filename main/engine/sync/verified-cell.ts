import { listingField, type StoredValue } from '#shared/domain/listing-fields.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { waitingOps } from '../journal/outbox-sql.ts';
import type { LeasedCell } from './lease.ts';
import { settleOp } from './outbox.ts';

const opRow = sql<{ rid: number }, { entity: 'product' | 'listing'; entity_rid: number; field: string }>(
  'SELECT entity, entity_rid, field FROM outbox WHERE rid = :rid',
  { hot: true },
);
const supersedeOlder = sql<{ rid: number; entity: string; entity_rid: number; field: string; at: number }>(
  `UPDATE outbox SET state = 'superseded', updated_at_ms = :at
   WHERE entity = :entity AND entity_rid = :entity_rid AND field = :field AND state = 'verified'
     AND state NOT IN ('superseded', 'cancelled') AND rid <> :rid`,
  { hot: true },
);
const hasWaiting = sql<{ entity: string; entity_rid: number; field: string }, { rid: number }>(
  `SELECT w.rid FROM outbox w WHERE w.entity = :entity AND w.entity_rid = :entity_rid AND w.field = :field AND ${waitingOps('w')}`,
  { hot: true },
);

/** The channel was seen to have the value: the op is verified and takes the place of older ones. */
export function markVerified(
  db: Database,
  cell: LeasedCell,
  read: StoredValue,
  note: string | null,
  atMs: number,
): void {
  const row = db.get(opRow, { rid: cell.rid });
  if (!row) return;
  const newer = db.get(hasWaiting, row);
  if (newer) db.runComposed('UPDATE outbox SET base = :read WHERE rid = :rid', { read, rid: newer.rid });
  // The channel's own form of the value (an image's new address, tidied HTML) becomes ours, unless a newer edit waits.
  if (read !== cell.sent && !newer) {
    const column = listingField(row.field)?.column;
    if (column) {
      db.runComposed(
        `UPDATE ${row.entity} SET ${column} = :read WHERE rid = :entity AND ${column} IS :sent`,
        {
          read,
          entity: row.entity_rid,
          sent: cell.sent,
        },
      );
    }
    db.runComposed('UPDATE outbox SET sent = :read WHERE rid = :rid', { read, rid: cell.rid });
  }
  settleOp(db, cell.rid, 'verified', atMs, null, note);
  db.run(supersedeOlder, { ...row, rid: cell.rid, at: atMs });
}
