import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { refusedBy } from '#shared/domain/order-machine.ts';
import { returnState, type ReturnGrade } from '#shared/domain/order-marks.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../../db/statement.ts';
import { addDocument } from '../../inventory/documents.ts';
import { post, type Posting } from '../../inventory/ledger.ts';
import { spreadPostings } from '../../inventory/levels.ts';
import { findItem, locations, mainLocation, skuOfCode, type StockItem } from '../../inventory/places.ts';
import { createRecord, writeRecord } from '../../inventory/record-log.ts';
import type { CommandScope } from '../../journal/journal.ts';
import { addOrderEvent } from '../events.ts';
import { readLines, requireOrder } from '../order-rows.ts';
import { refreshOrder, type OrdersDeps, type StepCall } from '../steps.ts';
import { announced, readReturnLines, requireReturn, type ReturnLineRow } from './return-rows.ts';

const lastNumber = sql<Record<string, never>, { rid: number }>(
  'SELECT coalesce(max(rid), 0) AS rid FROM order_return',
);
const partsOf = sql<{ item: number }, StockItem & { quantity: number }>(
  `SELECT i.rid, i.id, i.sku, f.quantity FROM stock_kit_leaf f JOIN stock_item i ON i.rid = f.part_rid
   WHERE f.item_rid = :item ORDER BY i.rid`,
  { hot: true },
);

/** Announces a return. No unit can be announced twice, and none that has not left. */
export function openReturn(
  { journal, ports }: OrdersDeps,
  input: ParsedParams<'returns.open'>,
  call: StepCall,
): Result<'returns.open'> {
  const order = requireOrder(journal.db, input.orderId);
  const { result, commandId } = journal.run(
    {
      method: 'returns.open',
      label: `Return of order ${order.number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const lines = readLines(scope.db, order.rid);
      if (refusedBy(order.state, 'return', lines) !== null) {
        throw new CodedError(
          'INVALID_STATE',
          `Nothing of order ${order.number} is out that could come back`,
          {
            orderId: order.id,
            state: order.state,
          },
        );
      }
      const number = `R-${String((scope.db.get(lastNumber, {})?.rid ?? 0) + 1).padStart(5, '0')}`;
      const created = createRecord(scope, ports, 'order_return', { number, order_rid: order.rid });
      let units = 0;
      for (const { lineId, quantity, reason } of input.lines) {
        const line = lines.find(({ id }) => id === lineId);
        if (!line) throw new CodedError('NOT_FOUND', `Order ${order.number} has no such line`, { lineId });
        const left = line.shipped - announced(scope.db, line.rid);
        if (quantity > left) {
          throw new CodedError('BAD_INPUT', `Only ${left} of ${line.sku ?? line.title} can still come back`, {
            lineId,
            left,
          });
        }
        createRecord(scope, ports, 'order_return_line', {
          return_rid: created.rid,
          line_rid: line.rid,
          quantity,
          reason,
        });
        units += quantity;
      }
      addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'return_opened', { number, units });
      scope.touch('orders', [order.rid]);
      return { returnId: created.id };
    },
  );
  return { ...result, commandId };
}

export function receiveReturn(
  { journal, ports }: OrdersDeps,
  input: ParsedParams<'returns.receive'>,
  call: StepCall,
): Result<'returns.receive'> {
  const rma = requireReturn(journal.db, input.returnId);
  const { result, commandId } = journal.run(
    {
      method: 'returns.receive',
      label: `Receive return ${rma.number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      if (rma.closed_at_ms !== null) {
        throw new CodedError('INVALID_STATE', `Return ${rma.number} is closed; open it again first`, {
          returnId: rma.id,
        });
      }
      const { quantity, grade } = input;
      const line = lineFor(scope, rma.number, readReturnLines(scope.db, rma.rid), input);
      if (quantity > line.quantity - line.received) {
        throw new CodedError(
          'INVALID_STATE',
          `${line.quantity - line.received} of ${line.sku ?? line.title} are still expected, not ${quantity}`,
          { returnId: rma.id, left: line.quantity - line.received },
        );
      }
      writeRecord(scope, 'order_return_line', line.rid, { received: line.received + quantity });
      createRecord(scope, ports, 'order_return_receipt', {
        line_rid: line.rid,
        quantity,
        grade,
        actor: call.actor,
      });
      const item = line.sku === null ? null : findItem(scope.db, line.sku);
      const postings = item ? postingsFor(scope, item, quantity, grade) : [];
      for (const list of postings) {
        // One after the other: each has to see what the one before left.
        post(scope, addDocument(scope, ports, 'adjustment', { reference: rma.number }), list());
      }
      const order = requireOrder(scope.db, rma.order_id);
      addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'return_received', {
        number: rma.number,
        units: quantity,
        grade,
      });
      refreshOrder(scope, order);
      const state = returnState(false, readReturnLines(scope.db, rma.rid));
      return { returnId: rma.id, booked: postings.length > 0, state };
    },
  );
  return { ...result, commandId };
}

export function closeReturn(
  { journal }: OrdersDeps,
  { returnId, closed }: ParsedParams<'returns.close'>,
  call: StepCall,
): Result<'returns.close'> {
  const rma = requireReturn(journal.db, returnId);
  const { commandId } = journal.run(
    {
      method: 'returns.close',
      label: `${closed ? 'Close' : 'Open'} return ${rma.number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      if (closed !== (rma.closed_at_ms !== null)) {
        writeRecord(scope, 'order_return', rma.rid, { closed_at_ms: closed ? scope.atMs : null });
        scope.touch('orders');
      }
      return {};
    },
  );
  return { returnId, commandId };
}

function lineFor(
  scope: CommandScope,
  number: string,
  lines: readonly ReturnLineRow[],
  { code, returnLineId }: ParsedParams<'returns.receive'>,
): ReturnLineRow {
  const wanted = code?.toLowerCase();
  const sku = code === undefined ? null : skuOfCode(scope.db, code)?.toLowerCase();
  const fits = (line: ReturnLineRow): boolean =>
    returnLineId === undefined
      ? line.sku !== null && [wanted, sku].includes(line.sku.toLowerCase())
      : line.id === returnLineId;
  const line = lines.find((one) => fits(one) && one.received < one.quantity) ?? lines.find(fits);
  if (!line) {
    throw new CodedError('NOT_FOUND', `Return ${number} does not expect ${code ?? 'this line'}`, {
      code: code ?? '',
    });
  }
  return line;
}

/** A: on sale again where sales leave from. B, C: quarantine. Scrap: came back, and left as damaged. A kit is its parts. */
function postingsFor(
  scope: CommandScope,
  item: StockItem,
  quantity: number,
  grade: ReturnGrade,
): (() => readonly Posting[])[] {
  const main = mainLocation(scope.db);
  const cage = locations(scope.db).find(
    ({ kind, archived_at_ms }) => kind === 'quarantine' && archived_at_ms === null,
  );
  if (!main) return [];
  if ((grade === 'B' || grade === 'C') && !cage) {
    throw new CodedError(
      'INVALID_STATE',
      `Grade ${grade} goes into quarantine, and there is no such location; add one in Inventory first`,
      { grade },
    );
  }
  const place = grade === 'A' || grade === 'scrap' || !cage ? main : cage;
  const leaves = scope.db.all(partsOf, { item: item.rid });
  const parts = leaves.length > 0 ? leaves : [{ ...item, quantity: 1 }];
  return parts.flatMap((part) => {
    const units = quantity * part.quantity;
    const back = () =>
      spreadPostings(scope, part, place, units, { reason: 'returned', note: `Grade ${grade}` });
    const gone = () =>
      spreadPostings(scope, part, place, -units, { reason: 'damaged', note: `Grade ${grade}` });
    return grade === 'scrap' ? [back, gone] : [back];
  });
}
