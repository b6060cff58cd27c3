import type { ListingFieldName, StoredValue } from '#shared/domain/listing-fields.ts';
import { listingField } from '#shared/domain/listing-fields.ts';
import type { Engine } from '../engine.ts';
import type { Database } from '../db/database.ts';
import { sql, type NamedParams } from '../db/statement.ts';
import type { ListingRef } from '../channels/contract.ts';
import type { AccountRow } from './accounts.ts';
import { heldBySku } from './holds.ts';

/** One leased cell: what the channel is expected to have, and what goes out. */
export interface LeasedCell {
  readonly rid: number;
  readonly field: ListingFieldName;
  readonly base: StoredValue;
  readonly sent: StoredValue;
  readonly attempts: number;
  /** When it came into its present state, epoch ms. */
  readonly sinceMs: number;
}

/** The cells of one channel object that go out together. */
export interface LeasedEntity {
  readonly ref: ListingRef;
  /** Any listing of the entity, to name it to people. */
  readonly listingId: string;
  readonly productRid: number;
  readonly cells: readonly LeasedCell[];
}

interface LeaseRow {
  rid: number;
  entity: 'product' | 'listing';
  entity_rid: number;
  product_rid: number;
  field: string;
  base: StoredValue;
  sent: StoredValue;
  attempts: number;
  updated_at_ms: number;
}

/** A job of the channel carries other changes of the product: what leaves beside it may be applied out of order. */
const IN_JOB = 'EXISTS (SELECT 1 FROM push_job_op j WHERE j.product_rid = outbox.product_rid)';
/** Ops that may go out, stock and price first, then in the order they were made. */
const dueOps = sql<{ account: number; now: number; limit: number }, { product_rid: number }>(
  `SELECT product_rid FROM outbox
   WHERE account_rid = :account AND kind = 'set' AND state IN ('pending', 'retry_wait')
     AND released_at_ms IS NOT NULL AND coalesce(next_attempt_at_ms, 0) <= :now
     AND NOT ${heldBySku('outbox')} AND NOT ${IN_JOB}
   ORDER BY lane, rid
   LIMIT :limit`,
  { hot: true },
);
const dueProducts = sql<{ account: number; now: number }, { n: number }>(
  `SELECT count(DISTINCT product_rid) AS n FROM outbox
   WHERE account_rid = :account AND kind = 'set' AND state IN ('pending', 'retry_wait')
     AND released_at_ms IS NOT NULL AND coalesce(next_attempt_at_ms, 0) <= :now
     AND NOT ${heldBySku('outbox')} AND NOT ${IN_JOB}`,
);
/** Whether stock or price may go out now. */
const urgentOp = sql<{ account: number; now: number }, { rid: number }>(
  `SELECT rid FROM outbox
   WHERE account_rid = :account AND lane = 0 AND kind = 'set' AND state IN ('pending', 'retry_wait')
     AND released_at_ms IS NOT NULL AND coalesce(next_attempt_at_ms, 0) <= :now
     AND NOT ${heldBySku('outbox')} AND NOT ${IN_JOB} LIMIT 1`,
  { hot: true },
);
/** Ops looked at for each product that is wanted: a batch of products with more waiting cells is smaller, never empty. */
const OPS_A_PRODUCT = 8;
const leaseProduct = sql<{ product: number; lease: string; now: number }>(
  `UPDATE outbox SET state = 'leased', lease = :lease, updated_at_ms = :now
   WHERE product_rid = :product AND kind = 'set' AND state IN ('pending', 'retry_wait')
     AND released_at_ms IS NOT NULL AND coalesce(next_attempt_at_ms, 0) <= :now
     AND NOT ${heldBySku('outbox')} AND NOT ${IN_JOB}
     -- One op of a cell at a time: a later edit waits for the answer to the earlier one.
     AND NOT EXISTS (
       SELECT 1 FROM outbox f WHERE f.entity = outbox.entity AND f.entity_rid = outbox.entity_rid AND f.field = outbox.field
         AND f.state NOT IN ('superseded', 'cancelled') AND f.state IN ('sent', 'accepted', 'needs_verify'))`,
  { hot: true },
);
const leasedRows = sql<{ lease: string }, LeaseRow>(
  `SELECT rid, entity, entity_rid, product_rid, field, base, sent, attempts, updated_at_ms FROM outbox WHERE lease = :lease AND state = 'leased'`,
  { hot: true },
);
const verifyRows = sql<{ account: number; limit: number }, LeaseRow>(
  `SELECT rid, entity, entity_rid, product_rid, field, base, sent, attempts, updated_at_ms FROM outbox
   WHERE account_rid = :account AND kind = 'set' AND state = 'needs_verify'
     AND state NOT IN ('verified', 'superseded') AND state <> 'cancelled'
     -- Whether a job carries it is found out first.
     AND NOT EXISTS (SELECT 1 FROM push_job_op j WHERE j.op_rid = outbox.rid) ORDER BY rid LIMIT :limit`,
  { hot: true },
);
const settlingRows = sql<{ account: number; now: number; limit: number }, LeaseRow>(
  `SELECT rid, entity, entity_rid, product_rid, field, base, sent, attempts, updated_at_ms FROM outbox
   WHERE account_rid = :account AND kind = 'set' AND state = 'accepted'
     AND state NOT IN ('verified', 'superseded') AND state <> 'cancelled' AND next_attempt_at_ms <= :now ORDER BY rid LIMIT :limit`,
  { hot: true },
);
const nextSettling = sql<{ account: number }, { at: number | null }>(
  `SELECT min(at) AS at FROM (
     SELECT min(next_attempt_at_ms) AS at FROM outbox WHERE account_rid = :account AND kind = 'set' AND state = 'accepted'
       AND state NOT IN ('verified', 'superseded') AND state <> 'cancelled'
     UNION ALL SELECT min(next_look_at_ms) FROM push_job WHERE account_rid = :account AND next_look_at_ms IS NOT NULL)`,
  { hot: true },
);
const nextRetry = sql<{ account: number }, { at: number | null }>(
  `SELECT min(coalesce(next_attempt_at_ms, 0)) AS at FROM outbox WHERE account_rid = :account AND kind = 'set' AND state = 'retry_wait'
     AND state NOT IN ('verified', 'superseded') AND state <> 'cancelled' AND released_at_ms IS NOT NULL
     AND NOT ${heldBySku('outbox')} AND NOT ${IN_JOB}`,
  { hot: true },
);
const productRef = sql<{ rid: number }, { external_id: string | null; listing_id: string | null }>(
  `SELECT p.external_id, (SELECT l.id FROM listing l WHERE l.product_rid = p.rid ORDER BY l.position LIMIT 1) AS listing_id
   FROM product p WHERE p.rid = :rid`,
  { hot: true },
);
const listingRef = sql<
  { rid: number },
  { external_id: string | null; product_external_id: string | null; id: string }
>(
  `SELECT l.external_id, p.external_id AS product_external_id, l.id
   FROM listing l JOIN product p ON p.rid = l.product_rid WHERE l.rid = :rid`,
  { hot: true },
);

/**
 * Leases the waiting, released cells of up to `entities` products in one
 * transaction and freezes the values that go out. Lanes are honoured: while a
 * product with stock or price waits, none with content alone is taken. Nothing
 * leaves before the ops are durably marked as sent, so a lost lease costs nothing.
 */
export function leaseBatch(engine: Engine, account: AccountRow, entities: number): LeasedEntity[] {
  const { db } = engine;
  return db.relaxedTransaction(() => {
    const now = engine.ports.clock.now();
    const lease = engine.ports.newId();
    const due = db.all(dueOps, { account: account.rid, now, limit: entities * OPS_A_PRODUCT });
    const products = new Set(due.map((op) => op.product_rid));
    for (const product of [...products].slice(0, entities)) db.run(leaseProduct, { product, lease, now });
    const rows = db.all(leasedRows, { lease });
    for (const row of rows) row.sent = freeze(db, row);
    return groupByEntity(db, rows);
  });
}

/** Cells by a condition over `o`, with the values that would go out now; nothing is leased. */
export function cellsThatWouldGo(db: Database, where: string, params: NamedParams): LeasedEntity[] {
  const rows = db.allComposed<LeaseRow>(
    `SELECT o.rid, o.entity, o.entity_rid, o.product_rid, o.field, o.base, o.sent, o.attempts, o.updated_at_ms
     FROM outbox o WHERE ${where} ORDER BY o.lane, o.rid`,
    params,
  );
  for (const row of rows) row.sent = valueNow(db, row);
  return groupByEntity(db, rows);
}

/** Whether stock or price of the account waits to go out now. */
export function urgentWaits(engine: Engine, account: AccountRow): boolean {
  return engine.db.get(urgentOp, { account: account.rid, now: engine.ports.clock.now() }) !== undefined;
}

/** Products that have something to send now. */
export function countDueProducts(engine: Engine, account: AccountRow): number {
  const now = engine.ports.clock.now();
  return engine.db.get(dueProducts, { account: account.rid, now })?.n ?? 0;
}

/** Cells whose fate is unknown, to be read back first. */
export function cellsToVerify(engine: Engine, account: AccountRow, limit: number): LeasedEntity[] {
  return groupByEntity(engine.db, engine.db.all(verifyRows, { account: account.rid, limit }));
}

/** Cells that the channel accepted a while ago and should show by now. */
export function settlingCells(engine: Engine, account: AccountRow, limit: number): LeasedEntity[] {
  const now = engine.ports.clock.now();
  return groupByEntity(engine.db, engine.db.all(settlingRows, { account: account.rid, now, limit }));
}

/** When the next accepted cell or job is to be looked at, epoch ms; null when none settles. */
export function nextSettlingAt(engine: Engine, account: AccountRow): number | null {
  return engine.db.get(nextSettling, { account: account.rid })?.at ?? null;
}

/** When the next cell that failed may be tried again, epoch ms; null when none waits for that. */
export function nextRetryAt(engine: Engine, account: AccountRow): number | null {
  return engine.db.get(nextRetry, { account: account.rid })?.at ?? null;
}

function freeze(db: Database, row: LeaseRow): StoredValue {
  const column = columnOf(row);
  db.runComposed(
    `UPDATE outbox SET sent = (SELECT ${column} FROM ${row.entity} WHERE rid = :entity) WHERE rid = :rid`,
    { entity: row.entity_rid, rid: row.rid },
  );
  return valueNow(db, row);
}

function columnOf(row: LeaseRow): string {
  const column = listingField(row.field)?.column;
  if (!column) throw new Error(`Outbox op ${row.rid} names an unknown field ${row.field}`);
  return column;
}

function valueNow(db: Database, row: LeaseRow): StoredValue {
  const found = db.getComposed<{ value: StoredValue }>(
    `SELECT ${columnOf(row)} AS value FROM ${row.entity} WHERE rid = :entity`,
    { entity: row.entity_rid },
  );
  return found?.value ?? null;
}

function groupByEntity(db: Database, rows: readonly LeaseRow[]): LeasedEntity[] {
  const groups = new Map<string, LeasedEntity & { cells: LeasedCell[] }>();
  for (const row of rows) {
    const field = listingField(row.field);
    const target = refOf(db, row);
    if (!field || !target) continue;
    const key = `${target.ref.productExternalId} ${target.ref.variantExternalId ?? ''}`;
    const group = groups.get(key) ?? { ...target, productRid: row.product_rid, cells: [] };
    groups.set(key, group);
    group.cells.push({
      rid: row.rid,
      field: field.name,
      base: row.base,
      sent: row.sent,
      attempts: row.attempts,
      sinceMs: row.updated_at_ms,
    });
  }
  return [...groups.values()];
}

function refOf(db: Database, row: LeaseRow): { ref: ListingRef; listingId: string } | null {
  if (row.entity === 'product') {
    const product = db.get(productRef, { rid: row.entity_rid });
    if (!product?.external_id) return null;
    return {
      ref: { productExternalId: product.external_id, variantExternalId: null },
      listingId: product.listing_id ?? '',
    };
  }
  const listing = db.get(listingRef, { rid: row.entity_rid });
  if (!listing?.product_external_id) return null;
  return {
    ref: { productExternalId: listing.product_external_id, variantExternalId: listing.external_id },
    listingId: listing.id,
  };
}
