import type { OrderDetail } from '#shared/contract/orders.ts';
import { remaining, toFind } from '#shared/domain/order-states.ts';
import { unitsLeft, type StationStep } from './station-lines.ts';
import type { StationPhase } from './station-state.ts';

const FULFILLABLE = new Set(['ready', 'picking', 'picked', 'packed']);

/** The shop, or somebody here, stopped it. */
export function isBlocked(order: OrderDetail): boolean {
  return !FULFILLABLE.has(order.state);
}

/** What the station has to do with the order now. */
export function phaseOf(step: StationStep, order: OrderDetail): StationPhase {
  if (isBlocked(order)) return 'blocked';
  if (unitsLeft(step, order.items) > 0) return 'working';
  if (step === 'pick') return 'picked';
  if (order.items.some((line) => remaining('ship', line) > 0)) return 'ship';
  return order.items.some((line) => toFind(line) > 0) ? 'unpicked' : 'packed';
}
