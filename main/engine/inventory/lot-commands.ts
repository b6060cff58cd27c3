import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { addDocument } from './documents.ts';
import { post, type Posting } from './ledger.ts';
import { arrivingLot, tracking, unassigned } from './lots.ts';
import { requireBin, requireItem, requireLocation } from './places.ts';
import { writeRecord } from './record-log.ts';

const lotById = sql<{ id: string }, { rid: number; code: string; sku: string; blocked: number }>(
  `SELECT t.rid, t.code, i.sku, t.blocked FROM stock_lot t JOIN stock_item i ON i.rid = t.item_rid WHERE t.id = :id`,
  { hot: true },
);
const inLots = sql<Record<string, never>, { sku: string; n: number }>(
  `SELECT i.sku, sum(abs(v.quantity)) AS n FROM stock_lot_level v JOIN stock_item i ON i.rid = v.item_rid
   WHERE v.quantity <> 0 AND i.tracking = 'none' GROUP BY i.rid LIMIT 1`,
);
const manyOfSerial = sql<Record<string, never>, { sku: string; code: string; n: number }>(
  `SELECT i.sku, t.code, sum(v.quantity) AS n FROM stock_lot_level v JOIN stock_item i ON i.rid = v.item_rid
   JOIN stock_lot t ON t.rid = v.lot_rid WHERE i.tracking = 'serial' GROUP BY v.lot_rid HAVING sum(v.quantity) > 1 LIMIT 1`,
);

/** Refuses what the lots in stock contradict: after every change of tracking, undo included. */
export function assertTracking(db: Database): void {
  const held = db.get(inLots, {});
  if (held) {
    throw new CodedError(
      'INVALID_STATE',
      `${held.n} units of ${held.sku} lie in lots; they have to leave before it is kept without`,
      { sku: held.sku, units: held.n },
    );
  }
  const many = db.get(manyOfSerial, {});
  if (many) {
    throw new CodedError(
      'INVALID_STATE',
      `${many.n} units of ${many.sku} have the number ${many.code}; a serial number is one unit`,
      { sku: many.sku, lot: many.code },
    );
  }
}

export function setTracking(
  { journal }: InventoryDeps,
  input: ParsedParams<'inventory.setTracking'>,
  call: InventoryCall,
): Result<'inventory.setTracking'> {
  const { sku } = requireItem(journal.db, input.itemId);
  const { commandId } = journal.run(
    {
      method: 'inventory.setTracking',
      label: `Change how ${sku} is kept`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const item = requireItem(scope.db, input.itemId);
      writeRecord(scope, 'stock_item', item.rid, { tracking: input.tracking });
      assertTracking(scope.db);
      return {};
    },
  );
  return { commandId };
}

export function changeLot(
  { journal }: InventoryDeps,
  input: ParsedParams<'inventory.changeLot'>,
  call: InventoryCall,
): Result<'inventory.changeLot'> {
  const lot = requireLot(journal.db, input.lotId);
  const { commandId } = journal.run(
    {
      method: 'inventory.changeLot',
      label: `Change lot ${lot.code} of ${lot.sku}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope: CommandScope) => {
      const now = requireLot(scope.db, input.lotId);
      if (input.blocked === true && now.blocked === 0 && !input.reason) {
        throw new CodedError('INVALID_VALUE', 'Say why the lot is blocked', { field: 'reason' });
      }
      writeRecord(scope, 'stock_lot', now.rid, {
        expires_on: input.expiresOn,
        blocked: input.blocked === undefined ? undefined : Number(input.blocked),
        blocked_reason: input.blocked === false ? '' : input.reason,
      });
      return {};
    },
  );
  return { commandId };
}

function requireLot(
  db: Database,
  lotId: string,
): { readonly rid: number; readonly code: string; readonly sku: string; readonly blocked: number } {
  const lot = db.get(lotById, { id: lotId });
  if (!lot) throw new CodedError('NOT_FOUND', `There is no lot ${lotId}`, { lotId });
  return lot;
}

/** The place that was asked for; null = any. */
function wanted(
  db: Database,
  {
    locationId,
    binId,
  }: { readonly locationId?: string | undefined; readonly binId?: string | null | undefined },
): { readonly location: number; readonly bin: number | null } | null {
  if (locationId === undefined) return null;
  const location = requireLocation(db, locationId);
  return {
    location: location.rid,
    bin: binId === undefined ? null : (requireBin(db, location, binId)?.rid ?? 0),
  };
}

/** Units without a lot become units of one: two movements at one place that add up to nothing. */
export function assignLot(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'inventory.assignLot'>,
  call: InventoryCall,
): Result<'inventory.assignLot'> {
  const { sku } = requireItem(journal.db, input.itemId);
  const { commandId } = journal.run(
    {
      method: 'inventory.assignLot',
      label: `Give ${input.quantity} of ${sku} a lot`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const item = requireItem(scope.db, input.itemId);
      if (tracking(scope.db, item.rid) === 'none') {
        throw new CodedError('INVALID_STATE', `${sku} is not kept by lot; turn that on first`, { sku });
      }
      const places = unassigned(scope.db, item.rid, wanted(scope.db, input));
      const there = places.reduce((sum, { quantity }) => sum + quantity, 0);
      if (there < input.quantity) {
        throw new CodedError('INVALID_STATE', `${there} of ${sku} have no lot there, not ${input.quantity}`, {
          sku,
          there,
        });
      }
      const lot = arrivingLot(scope, ports, item, input);
      let left = input.quantity;
      const postings = places.flatMap(({ location, bin, quantity }): Posting[] => {
        const part = Math.min(left, quantity);
        left -= part;
        return [
          { item, location, bin, lot: null, quantity: -part, reason: 'correction' },
          { item, location, bin, lot, quantity: part, reason: 'correction' },
        ];
      });
      post(scope, addDocument(scope, ports, 'adjustment'), postings);
      return {};
    },
  );
  return { commandId };
}
