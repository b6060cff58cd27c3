import type { CellInfo } from '#shared/contract/listings.ts';
import { listingField, type StoredValue } from '#shared/domain/listing-fields.ts';
import { toWireValue } from '#shared/domain/field-values.ts';
import { cellState, type OutboxState } from '#shared/domain/outbox-states.ts';
import { sql } from '../db/statement.ts';
import type { Database } from '../db/database.ts';

export interface LiveOp {
  rid: number;
  entity: 'product' | 'listing';
  entity_rid: number;
  field: string;
  base: StoredValue;
  sent: StoredValue;
  theirs: StoredValue;
  state: OutboxState;
  released_at_ms: number | null;
  code: string | null;
  message: string | null;
  updated_at_ms: number;
}

const COLUMNS =
  'o.rid, o.entity, o.entity_rid, o.field, o.base, o.sent, o.theirs, o.state, o.released_at_ms, o.code, o.message, o.updated_at_ms';

const liveByEntities = sql<{ entity: string; rids: string }, LiveOp>(
  `SELECT ${COLUMNS} FROM json_each(:rids) r CROSS JOIN outbox o
   WHERE o.entity = :entity AND o.entity_rid = r.value AND o.state NOT IN ('superseded', 'cancelled')`,
  { hot: true },
);

/** What waits is shown before what is in flight, and that before what was verified. */
const RANK: Record<OutboxState, number> = {
  conflict: 5,
  rejected: 4,
  pending: 4,
  retry_wait: 4,
  leased: 3,
  sent: 3,
  accepted: 3,
  needs_verify: 3,
  verified: 1,
  superseded: 0,
  cancelled: 0,
};

/** The op that speaks for each cell of the given rows, keyed by row id. */
export function liveOps(
  db: Database,
  entity: 'product' | 'listing',
  rids: readonly number[],
): Map<number, LiveOp[]> {
  const found = new Map<number, Map<string, LiveOp>>();
  for (const op of db.all(liveByEntities, { entity, rids: JSON.stringify(rids) })) {
    const row = found.get(op.entity_rid) ?? new Map<string, LiveOp>();
    const known = row.get(op.field);
    if (
      !known ||
      RANK[op.state] > RANK[known.state] ||
      (RANK[op.state] === RANK[known.state] && op.rid > known.rid)
    ) {
      row.set(op.field, op);
    }
    found.set(op.entity_rid, row);
  }
  return new Map([...found].map(([rid, row]) => [rid, [...row.values()]]));
}

export function toCellInfo(op: LiveOp, currency: string): CellInfo | null {
  const field = listingField(op.field);
  if (!field) return null;
  const channel = op.state === 'verified' ? op.sent : op.base;
  return {
    field: field.name,
    state: cellState(op.state, op.released_at_ms !== null),
    channel: toWireValue(field, channel, currency),
    ...(op.state === 'conflict' ? { theirs: toWireValue(field, op.theirs, currency) } : {}),
    code: op.code,
    message: op.message,
    at: op.updated_at_ms,
  };
}
