import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { toFind } from '#shared/domain/order-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { addOrderEvent } from './events.ts';
import { readLines, requireOrder } from './order-rows.ts';
import { assertOpen } from './assert-open.ts';
import { outcome, type OrdersDeps, type StepCall } from './steps.ts';

/** Writes down that units of a line are not there, so that the picker can go on and somebody can follow up. */
export function shortPick(
  deps: OrdersDeps,
  input: ParsedParams<'orders.shortPick'>,
  call: StepCall,
): Result<'orders.shortPick'> {
  const { journal } = deps;
  const order = requireOrder(journal.db, input.orderId);
  const { result } = journal.run(
    {
      method: 'orders.shortPick',
      label: `Report missing units of order ${order.number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      assertOpen(order, 'pick');
      const line = readLines(scope.db, order.rid).find((candidate) => candidate.id === input.lineId);
      if (!line) {
        throw new CodedError('NOT_FOUND', `Order ${order.number} has no line ${input.lineId}`, {
          orderId: order.id,
          lineId: input.lineId,
        });
      }
      const free = toFind(line);
      const quantity = input.quantity ?? free;
      if (quantity < 1 || quantity > free) {
        throw new CodedError(
          'INVALID_STATE',
          `${free} of ${line.sku ?? line.title} are left to be picked, not ${Math.max(1, quantity)}`,
          { orderId: order.id, lineId: line.id, free },
        );
      }
      scope.write('order_line', 'missing', [{ rid: line.rid, value: line.missing + quantity }]);
      addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'missing', {
        units: quantity,
        sku: line.sku ?? line.title,
        reason: input.reason,
      });
      return outcome(scope, order);
    },
  );
  return result;
}
