import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { isDay } from '#shared/domain/purchasing/calendar-day.ts';
import { orderableQuantity, unitPrice } from '#shared/domain/purchasing/price-breaks.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { InventoryCall, InventoryDeps } from '../inventory/caller.ts';
import { itemOfCode } from '../inventory/places.ts';
import { createRecord, removeRecord, writeRecord } from '../inventory/record-log.ts';
import { singleUnits } from '../inventory/units.ts';
import type { CommandScope } from '../journal/journal.ts';
import { toMinor } from './amounts.ts';
import { assertStep, orderLines, requireOrder, type StoredLine, type StoredOrder } from './order-store.ts';
import { findTerms, type ItemTerms, type StoredSupplier } from './supplier-store.ts';

type Ids = InventoryDeps['ports'];
type NewLine = NonNullable<ParsedParams<'purchasing.createOrder'>['lines']>[number];
type Change = NonNullable<ParsedParams<'purchasing.editLines'>['change']>[number];
type Refused = Result<'purchasing.editLines'>['rejected'][number];

const MAX_UNITS = 100_000_000;
const MAX_LINES = 1_000;

const orderable = (wanted: number, terms: ItemTerms | null): number =>
  terms ? orderableQuantity(wanted, terms) : wanted;

/** Adds a line; its quantity is raised to what the supplier sells, its price comes from the breaks unless given. */
export function addLine(
  scope: CommandScope,
  ports: Ids,
  order: Pick<StoredOrder, 'rid' | 'currency'>,
  supplier: Pick<StoredSupplier, 'rid' | 'minimum_units' | 'lead_days'>,
  line: NewLine,
): { readonly raised: boolean } {
  const item = itemOfCode(scope, ports, line.code);
  const wanted = singleUnits(scope.db, item, line.quantity, line.unit);
  const terms = findTerms(scope.db, supplier, item.rid);
  const quantity = orderable(wanted, terms);
  createRecord(scope, ports, 'purchase_line', {
    order_rid: order.rid,
    item_rid: item.rid,
    quantity,
    price_minor:
      line.price === undefined
        ? unitPrice(terms?.breaks ?? [], quantity)
        : toMinor(line.price, order.currency, 'price'),
  });
  return { raised: quantity !== wanted };
}

const supplierOf = (order: StoredOrder): Pick<StoredSupplier, 'rid' | 'minimum_units' | 'lead_days'> => ({
  rid: order.supplier_rid,
  minimum_units: order.supplier_units,
  lead_days: order.supplier_days,
});

export function editLines(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'purchasing.editLines'>,
  call: InventoryCall,
): Result<'purchasing.editLines'> {
  const { number } = requireOrder(journal.db, input.orderId);
  const { result, commandId } = journal.run(
    {
      method: 'purchasing.editLines',
      label: input.label ?? `Change lines of ${number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const order = requireOrder(scope.db, input.orderId);
      assertStep(scope.db, order, 'edit');
      const lines = new Map(orderLines(scope.db, order).map((line) => [line.id, line]));
      if (lines.size + (input.add?.length ?? 0) > MAX_LINES) {
        throw new CodedError('INVALID_VALUE', `A purchase order has at most ${MAX_LINES} lines`, {
          limit: MAX_LINES,
        });
      }
      const outcome = { applied: 0, unchanged: 0, raised: 0, rejected: [] as Refused[] };
      for (const lineId of input.remove ?? []) {
        const line = lines.get(lineId);
        if (!line) outcome.rejected.push(gone(lineId));
        else if (line.received > 0) {
          outcome.rejected.push({
            lineId,
            field: '',
            code: 'INVALID_STATE',
            message: `${line.received} of ${line.sku} have come already; close the line short instead`,
          });
        } else {
          removeRecord(scope, 'purchase_line', line.rid);
          outcome.applied += 1;
          lines.delete(lineId);
        }
      }
      for (const change of input.change ?? []) {
        const line = lines.get(change.lineId);
        if (!line) outcome.rejected.push(gone(change.lineId));
        else changeLine(scope, order, line, change, outcome);
      }
      for (const line of input.add ?? []) {
        if (addLine(scope, ports, order, supplierOf(order), line).raised) outcome.raised += 1;
        outcome.applied += 1;
      }
      return outcome;
    },
  );
  return { commandId, ...result };
}

const gone = (lineId: string): Refused => ({
  lineId,
  field: '',
  code: 'NOT_FOUND',
  message: `There is no line ${lineId} on this order`,
});

interface Outcome {
  applied: number;
  unchanged: number;
  raised: number;
  readonly rejected: Refused[];
}

/** Writes the cells of one line that can be taken; a price that came from the breaks follows the quantity. */
function changeLine(
  scope: CommandScope,
  order: StoredOrder,
  line: StoredLine,
  change: Change,
  outcome: Outcome,
): void {
  const refuse = (field: string, code: string, message: string): void => {
    outcome.rejected.push({ lineId: line.id, field, code, message });
  };
  const count = (written: number): void => {
    if (written > 0) outcome.applied += 1;
    else outcome.unchanged += 1;
  };
  if (change.quantity !== undefined) {
    const wanted = change.quantity;
    if (!Number.isInteger(wanted)) refuse('quantity', 'INVALID_VALUE', 'A quantity is a whole number');
    else if (wanted < 1 || wanted > MAX_UNITS) {
      refuse('quantity', 'OUT_OF_RANGE', `A quantity is between 1 and ${MAX_UNITS}; remove the line instead`);
    } else if (wanted < line.received + line.short) {
      refuse(
        'quantity',
        'OUT_OF_RANGE',
        `${line.received + line.short} of ${line.sku} have come or are given up; no fewer can be ordered`,
      );
    } else {
      const terms = findTerms(scope.db, supplierOf(order), line.item_rid);
      const quantity = orderable(wanted, terms);
      if (quantity !== wanted) outcome.raised += 1;
      const breaks = terms?.breaks ?? [];
      const follows = line.price_minor === unitPrice(breaks, line.quantity);
      count(
        writeRecord(scope, 'purchase_line', line.rid, {
          quantity,
          price_minor: follows && change.price === undefined ? unitPrice(breaks, quantity) : undefined,
        }),
      );
    }
  }
  if (change.price !== undefined) {
    if (line.received > 0) {
      refuse('price', 'READ_ONLY_FIELD', `Some of ${line.sku} came at this price; it stays`);
    } else {
      try {
        const price = toMinor(change.price, order.currency, 'price');
        count(writeRecord(scope, 'purchase_line', line.rid, { price_minor: price }));
      } catch (error) {
        if (!(error instanceof CodedError)) throw error;
        refuse('price', error.code, error.message);
      }
    }
  }
  if (change.expectedOn !== undefined) {
    if (change.expectedOn !== null && !isDay(change.expectedOn)) {
      refuse('expectedOn', 'INVALID_VALUE', 'A day is written as YYYY-MM-DD');
    } else {
      count(writeRecord(scope, 'purchase_line', line.rid, { expected_on: change.expectedOn }));
    }
  }
}
