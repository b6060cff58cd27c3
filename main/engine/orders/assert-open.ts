import { allows } from '#shared/domain/order-machine.ts';
import type { FulfilmentStep } from '#shared/domain/order-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { StoredOrder } from './order-rows.ts';

export const WORD = { pick: 'picked', pack: 'packed', ship: 'shipped' } as const;
export const BEFORE = { pick: 'ordered', pack: 'picked', ship: 'packed' } as const;

/** Refuses a step that the order's state does not allow, and says why. */
export function assertOpen(order: StoredOrder, step: FulfilmentStep): void {
  const details = { orderId: order.id, state: order.state };
  if (order.disposition === 'shipped' || order.state === 'shipped' || order.state === 'returned') {
    throw new CodedError('INVALID_STATE', `Order ${order.number} has been shipped already`, details);
  }
  if (order.state === 'on_hold' && order.disposition === null) {
    throw new CodedError(
      'INVALID_STATE',
      `Order ${order.number} is held here (${order.hold ?? ''}); release it before it is ${WORD[step]}`,
      { ...details, hold: order.hold ?? '' },
    );
  }
  if (!allows(order.state, step)) {
    throw new CodedError(
      'INVALID_STATE',
      `Order ${order.number} is ${order.state.replace('_', ' ')} (${order.channel_status} in the shop); it cannot be ${WORD[step]}`,
      details,
    );
  }
}
