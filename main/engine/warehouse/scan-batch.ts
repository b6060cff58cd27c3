import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { OPEN_STATES, toFind, type OrderState } from '#shared/domain/order-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../db/statement.ts';
import { readLines, requireOrder } from '../orders/order-rows.ts';
import { matches, scan } from '../orders/scan.ts';
import type { OrdersDeps, StepCall } from '../orders/steps.ts';
import { readBatchOrders, requireBatch, requireOpenWave } from './wave-rows.ts';

const scannedFor = sql<{ id: string }, { id: string }>(
  'SELECT o.id FROM scan s JOIN sales_order o ON o.rid = s.order_rid WHERE s.id = :id',
  { hot: true },
);

/**
 * A scan of a round belongs to the first tote that still needs the article. It
 * is the same command as a scan of that one order, so it is stored, answered
 * once and undone in the same way.
 */
export function scanBatch(
  deps: OrdersDeps,
  input: ParsedParams<'waves.scan'>,
  call: StepCall,
): Result<'waves.scan'> {
  const { db } = deps.journal;
  const { batch, wave } = requireBatch(db, input.batchId);
  const orders = readBatchOrders(db, wave).filter(({ batch_rid: rid }) => rid === batch.rid);
  const repeated = db.get(scannedFor, { id: input.scanId });
  if (!repeated) requireOpenWave(db, wave.id);
  const orderId = repeated?.id ?? chooseOrder();
  const answer = scan(deps, { orderId, step: 'pick', code: input.code, scanId: input.scanId }, call);
  const tote = orders.find((order) => order.order_id === orderId)?.tote ?? null;
  const known = answer.line !== null;
  return {
    outcome: answer.outcome,
    orderId: known ? orderId : null,
    lineId: answer.line?.lineId ?? null,
    tote: known ? tote : null,
    commandId: answer.commandId,
  };

  function chooseOrder(): string {
    const open = orders.filter((order) =>
      (OPEN_STATES as readonly OrderState[]).includes(requireOrder(db, order.order_id).state),
    );
    const candidates = open.map((order) => ({
      order,
      lines: readLines(db, order.order_rid).filter((line) => matches(line, input.code)),
    }));
    const found =
      candidates.find(({ lines }) => lines.some((line) => toFind(line) > 0)) ??
      // Reported missing and found after all.
      candidates.find(({ lines }) => lines.some((line) => line.quantity > line.picked)) ??
      candidates.find(({ lines }) => lines.length > 0) ??
      candidates[0];
    if (!found) {
      throw new CodedError(
        'INVALID_STATE',
        `No order of round ${batch.number} of ${wave.name} is open any more`,
        {
          batchId: batch.id,
        },
      );
    }
    return found.order.order_id;
  }
}
