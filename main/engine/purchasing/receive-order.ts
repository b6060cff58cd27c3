import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { splitExactly, splitWeights } from '#shared/domain/purchasing/landed-cost.ts';
import { openUnits } from '#shared/domain/purchasing/purchase-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { STOCK_HALF, type InventoryCall, type InventoryDeps } from '../inventory/caller.ts';
import { addCostLayer } from '../inventory/cost.ts';
import { addDocument, type StockDocument } from '../inventory/documents.ts';
import { post, type Posting } from '../inventory/ledger.ts';
import { arrivingLot } from '../inventory/lots.ts';
import { ensureBin, requireLocation } from '../inventory/places.ts';
import { createRecord } from '../inventory/record-log.ts';
import { singleUnits } from '../inventory/units.ts';
import type { CommandScope } from '../journal/journal.ts';
import { toMinor } from './amounts.ts';
import {
  assertStep,
  orderLines,
  requireOrder,
  stateOf,
  type StoredLine,
  type StoredOrder,
} from './order-store.ts';
import { findTerms } from './supplier-store.ts';

type Input = ParsedParams<'purchasing.receive'>;
type InputLine = Input['lines'][number];

/** A delivered line with its single units and, where its price is known, what the goods cost. */
interface Arrival {
  readonly line: StoredLine;
  readonly given: InputLine;
  readonly quantity: number;
  readonly goods: number | null;
}

/**
 * Books a delivery in: stock, receipt and cost layers in one command. Freight
 * and duty are shared out to the last minor unit, so that what the layers cost
 * together is what the delivery cost.
 */
export function receiveOrder(
  { journal, ports }: InventoryDeps,
  input: Input,
  call: InventoryCall,
): Result<'purchasing.receive'> {
  const { number } = requireOrder(journal.db, input.orderId);
  const { result, commandId } = journal.run(
    {
      method: 'purchasing.receive',
      label: `Receive ${number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const order = requireOrder(scope.db, input.orderId);
      assertStep(scope.db, order, 'receive');
      const arrivals = readLines(scope, order, input.lines);
      const split = input.split ?? 'value';
      const freight = toMinor(input.freight ?? '0', order.currency, 'freight');
      const duty = toMinor(input.duty ?? '0', order.currency, 'duty');
      const shares = shareOut(scope, order, arrivals, { freight, duty, split });
      const document = addDocument(scope, ports, 'receipt', {
        reference: [order.number, input.reference].filter(Boolean).join(' · '),
      });
      const receipt = createRecord(scope, ports, 'purchase_receipt', {
        order_rid: order.rid,
        document_rid: document.rid,
        reference: input.reference ?? '',
        freight_minor: freight,
        duty_minor: duty,
        split,
      });
      for (const [index, arrival] of arrivals.entries()) {
        const share = { freight: shares.freight[index] ?? 0, duty: shares.duty[index] ?? 0 };
        createRecord(scope, ports, 'purchase_receipt_line', {
          receipt_rid: receipt.rid,
          line_rid: arrival.line.rid,
          quantity: arrival.quantity,
          goods_minor: arrival.goods,
          freight_minor: share.freight,
          duty_minor: share.duty,
          over_reason: arrival.given.overReason ?? '',
        });
        keepCost(scope, ports, order, document, arrival, share.freight + share.duty);
      }
      ports.atPoint?.(STOCK_HALF);
      const location = requireLocation(scope.db, order.location_id);
      post(
        scope,
        document,
        arrivals.map(({ line, given, quantity }): Posting => {
          const item = { rid: line.item_rid, sku: line.sku };
          return {
            item,
            location,
            bin: ensureBin(scope, ports, location, given.bin),
            lot: arrivingLot(scope, ports, item, { ...given, quantity }),
            quantity,
            reason: 'receipt',
            note: given.overReason,
          };
        }),
      );
      return {
        receiptId: receipt.id,
        units: arrivals.reduce((sum, { quantity }) => sum + quantity, 0),
        state: stateOf(scope.db, order),
      };
    },
  );
  return { commandId, ...result };
}

function readLines(scope: CommandScope, order: StoredOrder, given: readonly InputLine[]): Arrival[] {
  const lines = new Map(orderLines(scope.db, order).map((line) => [line.id, line]));
  const open = new Map([...lines.values()].map((line) => [line.id, openUnits(line)]));
  return given.map((one) => {
    const line = lines.get(one.lineId);
    if (!line) {
      throw new CodedError('NOT_FOUND', `There is no line ${one.lineId} on ${order.number}`, {
        lineId: one.lineId,
      });
    }
    const quantity = singleUnits(scope.db, { rid: line.item_rid, sku: line.sku }, one.quantity, one.unit);
    // Several lots of one line share what is open of it.
    const left = open.get(line.id) ?? 0;
    if (quantity > left && !one.overReason) {
      throw new CodedError(
        'INVALID_VALUE',
        `${left} of ${line.sku} are open on ${order.number}, not ${quantity}; say why more came, or correct the number`,
        { lineId: line.id, sku: line.sku, open: left, field: 'overReason' },
      );
    }
    open.set(line.id, Math.max(0, left - quantity));
    return {
      line,
      given: one,
      quantity,
      goods: line.price_minor === null ? null : line.price_minor * quantity,
    };
  });
}

function shareOut(
  scope: CommandScope,
  order: StoredOrder,
  arrivals: readonly Arrival[],
  { freight, duty, split }: { freight: number; duty: number; split: 'value' | 'weight' | 'quantity' },
): { readonly freight: number[]; readonly duty: number[] } {
  if (freight + duty === 0) return { freight: [], duty: [] };
  const supplier = {
    rid: order.supplier_rid,
    minimum_units: order.supplier_units,
    lead_days: order.supplier_days,
  };
  const unpriced = arrivals.find(({ goods }) => goods === null);
  if (split === 'value' && unpriced) {
    throw new CodedError(
      'INVALID_VALUE',
      `${unpriced.line.sku} has no price, so freight cannot be shared by value; give it one, or share by quantity`,
      { sku: unpriced.line.sku, field: 'split' },
    );
  }
  const weighed = arrivals.map(({ line, quantity, goods }) => ({
    quantity,
    goods: goods ?? 0,
    weight: findTerms(scope.db, supplier, line.item_rid)?.weightG ?? null,
    sku: line.sku,
  }));
  const weights = splitWeights(weighed, split);
  if (weights === null) {
    const missing = weighed.find(({ weight }) => weight === null)?.sku ?? '';
    throw new CodedError(
      'INVALID_VALUE',
      `Nobody has said what ${missing} weighs, so freight cannot be shared by weight; add it to the supplier's item`,
      { sku: missing, field: 'split' },
    );
  }
  return { freight: splitExactly(freight, weights), duty: splitExactly(duty, weights) };
}

function keepCost(
  scope: CommandScope,
  ports: InventoryDeps['ports'],
  order: StoredOrder,
  document: StockDocument,
  { line, quantity, goods }: Arrival,
  landed: number,
): void {
  // Units without a price have no known cost, whatever their freight was.
  if (goods === null) return;
  addCostLayer(scope, ports, {
    itemRid: line.item_rid,
    documentRid: document.rid,
    quantity,
    cost: goods + landed,
    currency: order.currency,
  });
}
