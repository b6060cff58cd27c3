import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { addDays, dayOf } from '#shared/domain/purchasing/calendar-day.ts';
import { openUnits, stageAfter } from '#shared/domain/purchasing/purchase-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../db/statement.ts';
import type { InventoryCall, InventoryDeps } from '../inventory/caller.ts';
import { ensureMain, requireLocation, type StockLocation } from '../inventory/places.ts';
import { createRecord, writeRecord } from '../inventory/record-log.ts';
import { addLine } from './order-lines.ts';
import {
  assertStep,
  orderLines,
  requireLine,
  requireOrder,
  stateOf,
  type StoredLine,
} from './order-store.ts';
import { requireSupplier } from './supplier-store.ts';
import type { CommandScope } from '../journal/journal.ts';

const lastNumber = sql<Record<string, never>, { n: number }>(
  'SELECT coalesce(max(rid), 0) AS n FROM purchase_order',
);

export function createOrder(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'purchasing.createOrder'>,
  call: InventoryCall,
): Result<'purchasing.createOrder'> {
  const { name } = requireSupplier(journal.db, input.supplierId);
  const { result, commandId } = journal.run(
    {
      method: 'purchasing.createOrder',
      label: `Draft an order to ${name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const supplier = requireSupplier(scope.db, input.supplierId);
      const location = input.locationId
        ? deliverable(requireLocation(scope.db, input.locationId))
        : ensureMain(scope, ports);
      // A removed draft keeps its number, so that no two papers ever carry the same one.
      const number = `PO-${String((scope.db.get(lastNumber, {})?.n ?? 0) + 1).padStart(4, '0')}`;
      const { rid, id } = createRecord(scope, ports, 'purchase_order', {
        number,
        supplier_rid: supplier.rid,
        stage: 'draft',
        currency: supplier.currency,
        location_rid: location.rid,
        expected_on: input.expectedOn ?? null,
        note: input.note ?? '',
      });
      let raised = 0;
      for (const line of input.lines ?? []) {
        raised += addLine(scope, ports, { rid, currency: supplier.currency }, supplier, line).raised ? 1 : 0;
      }
      return { orderId: id, number, raised };
    },
  );
  return { commandId, ...result };
}

function deliverable(location: StockLocation): StockLocation {
  if (location.kind === 'transit') {
    throw new CodedError('INVALID_VALUE', 'Goods are delivered to a warehouse or a quarantine', {
      field: 'locationId',
    });
  }
  return location;
}

export function editOrder(
  { journal }: InventoryDeps,
  input: ParsedParams<'purchasing.editOrder'>,
  call: InventoryCall,
): Result<'purchasing.editOrder'> {
  const { number } = requireOrder(journal.db, input.orderId);
  const { commandId } = journal.run(
    {
      method: 'purchasing.editOrder',
      label: `Change ${number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const order = requireOrder(scope.db, input.orderId);
      assertStep(scope.db, order, 'edit');
      writeRecord(scope, 'purchase_order', order.rid, {
        location_rid: input.locationId && deliverable(requireLocation(scope.db, input.locationId)).rid,
        expected_on: input.expectedOn,
        reference: input.reference,
        note: input.note,
      });
      return {};
    },
  );
  return { commandId };
}

const WORDS = { send: 'Send', confirm: 'Confirm', close: 'Close', cancel: 'Cancel' } as const;

/** The steps that a person decides on; what came is booked by `receiveOrder`. */
export function stepOrder(
  { journal }: InventoryDeps,
  input: ParsedParams<'purchasing.step'>,
  call: InventoryCall,
): Result<'purchasing.step'> {
  const { number } = requireOrder(journal.db, input.orderId);
  const { result, commandId } = journal.run(
    {
      method: 'purchasing.step',
      label: `${WORDS[input.step]} ${number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const order = requireOrder(scope.db, input.orderId);
      assertStep(scope.db, order, input.step);
      const lines = orderLines(scope.db, order);
      const at = scope.atMs;
      switch (input.step) {
        case 'send': {
          if (lines.length === 0) {
            throw new CodedError('INVALID_STATE', `${order.number} has no lines; add one before sending it`);
          }
          // What the supplier promises is what it is measured by, where nobody agreed on a day.
          const promised = order.supplier_days === null ? null : addDays(dayOf(at), order.supplier_days);
          writeRecord(scope, 'purchase_order', order.rid, {
            stage: stageAfter('send'),
            sent_at_ms: at,
            expected_on: input.expectedOn ?? order.expected_on ?? promised,
            reference: input.reference,
          });
          break;
        }
        case 'confirm':
          writeRecord(scope, 'purchase_order', order.rid, {
            stage: stageAfter('confirm'),
            confirmed_at_ms: at,
            expected_on: input.expectedOn,
            reference: input.reference,
          });
          break;
        case 'close':
        case 'cancel': {
          const open = lines.filter((line) => openUnits(line) > 0);
          const needsReason = input.step === 'close' ? open.length > 0 : order.stage !== 'draft';
          if (needsReason && !input.reason) {
            throw new CodedError(
              'INVALID_VALUE',
              `${open.length} lines of ${order.number} are still to come; say why they are not waited for`,
              { field: 'reason' },
            );
          }
          if (input.step === 'close') for (const line of open) giveUp(scope, line, input.reason ?? '');
          writeRecord(scope, 'purchase_order', order.rid, {
            stage: stageAfter(input.step),
            closed_at_ms: at,
            close_reason: input.reason ?? '',
          });
          break;
        }
      }
      return { state: stateOf(scope.db, requireOrder(scope.db, input.orderId)) };
    },
  );
  return { commandId, ...result };
}

function giveUp(scope: CommandScope, line: StoredLine, reason: string): void {
  writeRecord(scope, 'purchase_line', line.rid, {
    short: line.short + openUnits(line),
    short_reason: reason,
  });
}

export function shortClose(
  { journal }: InventoryDeps,
  input: ParsedParams<'purchasing.shortClose'>,
  call: InventoryCall,
): Result<'purchasing.shortClose'> {
  const { orderId } = requireLine(journal.db, input.lineId);
  const { number } = requireOrder(journal.db, orderId);
  const { result, commandId } = journal.run(
    {
      method: 'purchasing.shortClose',
      label: `Close a line of ${number} short`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const order = requireOrder(scope.db, orderId);
      assertStep(scope.db, order, 'receive');
      const line = orderLines(scope.db, order).find(({ id }) => id === input.lineId);
      if (!line || openUnits(line) === 0) {
        throw new CodedError('INVALID_STATE', 'Nothing of this line is still to come', {
          lineId: input.lineId,
        });
      }
      giveUp(scope, line, input.reason);
      return { state: stateOf(scope.db, order) };
    },
  );
  return { commandId, ...result };
}
