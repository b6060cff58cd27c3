import type { AllocationLine } from '#shared/contract/inventory-allocation.ts';
import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { quantityToShow } from '#shared/domain/inventory/allocation.ts';
import { dayOf } from '#shared/domain/purchasing/calendar-day.ts';
import { oversellOdds } from '#shared/domain/inventory/oversell.ts';
import { editRowsByRid, EditPlan } from '../catalog/edit-plan.ts';
import { applyPlan } from '../catalog/edit.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { decide } from '../sync/conflicts.ts';
import { readOps } from '../sync/op-rows.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { ruleLookup } from './rules.ts';
import { AVAILABLE, RESERVED } from './stock-sql.ts';

const DAY_MS = 86_400_000;
/** Days of orders that a sale rate is worked out from. */
export const RATE_DAYS = 28;

interface Tracked {
  rid: number;
  id: string;
  account_rid: number;
  account: string;
  item: number;
  sku: string;
  title: string;
  quantity: number | null;
  read_at_ms: number | null;
  available: number;
  sold: number | null;
}

const tracked = sql<{ accounts: string | null; since: number; today: string }, Tracked>(
  `WITH reserved AS MATERIALIZED (${RESERVED}),
     sold AS MATERIALIZED (
       SELECT l.sku, sum(l.quantity) AS units FROM sales_order o CROSS JOIN order_line l ON l.order_rid = o.rid
       WHERE o.placed_at_ms >= :since AND o.state NOT IN ('cancelled', 'refunded') AND l.sku IS NOT NULL GROUP BY l.sku),
     stock AS MATERIALIZED (
       SELECT i.rid, i.sku, ${AVAILABLE} AS available
       FROM stock_item i)
   SELECT g.rid, g.id, g.account_rid, a.id AS account, s.rid AS item, s.sku, p.title, g.quantity, g.read_at_ms, s.available,
     (SELECT units FROM sold WHERE sold.sku = s.sku) AS sold
   FROM stock s CROSS JOIN listing g ON g.sku = s.sku JOIN account a ON a.rid = g.account_rid JOIN product p ON p.rid = g.product_rid
   WHERE g.removed_at_ms IS NULL AND a.removed_at_ms IS NULL
     AND (:accounts IS NULL OR a.id IN (SELECT value FROM json_each(:accounts)))
   ORDER BY s.sku, a.rid, g.rid`,
);
const untrackedOf = sql<{ accounts: string | null }, { n: number }>(
  `SELECT count(*) AS n FROM listing g JOIN account a ON a.rid = g.account_rid
   WHERE g.removed_at_ms IS NULL AND a.removed_at_ms IS NULL AND (:accounts IS NULL OR a.id IN (SELECT value FROM json_each(:accounts)))
     AND NOT EXISTS (SELECT 1 FROM stock_item i WHERE i.sku = g.sku)`,
);

interface Planned extends AllocationLine {
  readonly rid: number;
}

function plan(db: Database, accountIds: readonly string[] | undefined, now: number): Planned[] {
  const rule = ruleLookup(db);
  const accounts = accountIds ? JSON.stringify(accountIds) : null;
  return db.all(tracked, { accounts, since: now - RATE_DAYS * DAY_MS, today: dayOf(now) }).map((row) => {
    const own = rule(row.item, row.account_rid);
    // Without an order there is no rate: that nothing was sold here says little about tomorrow.
    const salesPerDay = row.sold === null ? null : row.sold / RATE_DAYS;
    const next = quantityToShow(row.available, own);
    return {
      rid: row.rid,
      listingId: row.id,
      accountId: row.account,
      sku: row.sku,
      title: row.title,
      available: row.available,
      rule: own,
      now: row.quantity,
      next,
      salesPerDay,
      readAt: row.read_at_ms,
      oversell:
        salesPerDay === null || row.read_at_ms === null || next === 0
          ? null
          : oversellOdds({
              ratesPerDay: [salesPerDay],
              ageDays: Math.max(0, now - row.read_at_ms) / DAY_MS,
              stock: row.available,
            }),
    };
  });
}

const MAX_LINES = 1_000;
const QUANTITY_CONFLICTS =
  "o.state = 'conflict' AND o.entity = 'listing' AND o.field = 'quantity' AND o.entity_rid IN (SELECT value FROM json_each(:rids))";

export function allocationPreview(
  db: Database,
  input: ParsedParams<'inventory.allocationPreview'>,
  now: number,
): Result<'inventory.allocationPreview'> {
  const all = plan(db, input.accountIds, now);
  const changes = all.filter((line) => line.now !== line.next);
  const shown = input.unchanged ? all : changes;
  const accounts = input.accountIds ? JSON.stringify(input.accountIds) : null;
  return {
    lines: shown.slice(0, MAX_LINES).map(({ rid: _rid, ...line }) => line),
    linesTotal: shown.length,
    changes: changes.length,
    untracked: db.get(untrackedOf, { accounts })?.n ?? 0,
  };
}

/**
 * Writes the quantities through the one path of edits: checked, undoable, and queued for the stock lane.
 * A quantity that shop and ledger both changed asks nobody: the shop's sales are in the ledger as
 * orders, so what the ledger gives is right and takes the shop's figure as its new base.
 */
export function allocate(
  { journal }: InventoryDeps,
  input: ParsedParams<'inventory.allocate'>,
  call: InventoryCall,
  now: number,
): Result<'inventory.allocate'> {
  const all = plan(journal.db, input.accountIds, now);
  const tracked = JSON.stringify(all.map(({ rid }) => rid));
  const lines = all.filter((line) => line.now !== line.next);
  const rows = editRowsByRid(
    journal.db,
    lines.map(({ rid }) => rid),
  );
  const edits = new EditPlan();
  for (const { rid, next } of lines) {
    const row = rows.get(rid);
    if (row) edits.add(row, 'quantity', next);
  }
  return applyPlan(journal, edits, 'inventory.allocate', 'Allocate stock to channels', call, (scope) => {
    const ops = readOps(scope.db, QUANTITY_CONFLICTS, { rids: tracked });
    decide(scope, ops, 'mine');
    return ops.length;
  });
}
