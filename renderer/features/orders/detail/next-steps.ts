import type { OrderDetail } from '#shared/contract/orders.ts';
import { OPEN_STATES, remaining, toFind, type OrderState } from '#shared/domain/order-states.ts';

export type OrderStep = 'pick' | 'markPicked' | 'pack' | 'markPacked' | 'ship';

/** What can be done with an order now, the usual next thing first. */
export function nextSteps(order: Pick<OrderDetail, 'state' | 'items'>): OrderStep[] {
  if (!(OPEN_STATES as readonly OrderState[]).includes(order.state)) return [];
  const any = (left: (line: OrderDetail['items'][number]) => number): boolean =>
    order.items.some((line) => left(line) > 0);
  return [
    ...(any((line) => remaining('ship', line)) && !any((line) => remaining('pack', line))
      ? (['ship'] as const)
      : []),
    ...(any((line) => remaining('pack', line)) ? (['pack', 'markPacked'] as const) : []),
    ...(any(toFind) ? (['pick', 'markPicked'] as const) : []),
  ];
}
