import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import { failureOf } from '../kit/failures.ts';
import type { OrderActionResult } from '../order-actions.ts';
import type { UserError } from './records.ts';
import { textOf } from './user-errors.ts';

/** What a mutation's user errors, or a lost answer, mean for an action. Throws what surely changed nothing. */
export async function settled(send: () => Promise<readonly UserError[]>): Promise<OrderActionResult> {
  try {
    const [error] = await send();
    return error ? refused('CHANNEL_INVALID', textOf(error)) : { outcome: 'accepted' };
  } catch (error) {
    if (!(error instanceof CodedError) || failureOf(error)?.applied !== 'unknown') throw error;
    const { code, message } = toErrorShape(error);
    return { outcome: 'unknown', code, message };
  }
}

export function noSuchOrder(request: { readonly orderExternalId: string }): OrderActionResult {
  return refused('CHANNEL_GONE', `The shop has no order ${request.orderExternalId}`);
}

export function refused(code: string, message: string): OrderActionResult {
  return { outcome: 'rejected', code, message };
}
