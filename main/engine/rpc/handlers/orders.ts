import type { MethodName } from '#shared/contract/methods.ts';
import type { orderDeskMethods } from '#shared/contract/order-desk.ts';
import {
  cancelOrder,
  confirmAction,
  listActions,
  refundOrder,
  takeBackAction,
} from '../../orders/actions.ts';
import { queryOrders } from '../../orders/order-query.ts';
import { getOrder } from '../../orders/order-rows.ts';
import { packingSlips } from '../../orders/packing-slip.ts';
import { pickList } from '../../orders/pick-list.ts';
import { scan } from '../../orders/scan.ts';
import { shipMany, shipPreview } from '../../orders/ship-many.ts';
import { shortPick } from '../../orders/short-pick.ts';
import { advance, ship } from '../../orders/steps.ts';
import { unship } from '../../orders/unship.ts';
import type { Handlers } from '../handler.ts';

export const orderHandlers: Handlers<
  Exclude<Extract<MethodName, `orders.${string}`>, keyof typeof orderDeskMethods>
> = {
  'orders.query': ({ db, ports }, input) => queryOrders(db, input, ports.clock.now()),
  'orders.get': ({ db, ports }, { orderId }) => getOrder(db, orderId, ports.clock.now()),
  'orders.pick': (engine, input, call) => advance(engine, 'pick', input, call),
  'orders.pack': (engine, input, call) => advance(engine, 'pack', input, call),
  'orders.ship': (engine, input, call) => ship(engine, input, call),
  'orders.shortPick': (engine, input, call) => shortPick(engine, input, call),
  'orders.shipPreview': ({ db }, input) => shipPreview(db, input),
  'orders.shipMany': (engine, input, call) => shipMany(engine, input, call),
  'orders.unship': (engine, input, call) => unship(engine, input, call),
  'orders.actions': (engine, input) => listActions(engine, input),
  'orders.cancel': (engine, input, call) => cancelOrder(engine, input, call),
  'orders.refund': (engine, input, call) => refundOrder(engine, input, call),
  'orders.takeBackAction': (engine, input, call) => takeBackAction(engine, input, call),
  'orders.confirmAction': (engine, input, call) => confirmAction(engine, input, call),
  'orders.scan': (engine, input, call) => scan(engine, input, call),
  'orders.document': ({ db, ports }, input) => {
    const now = ports.clock.now();
    const orders = input.orderIds.map((id) => getOrder(db, id, now));
    const locale = input.locale ?? 'en';
    return input.kind === 'pick-list' ? pickList(orders, locale, now) : packingSlips(orders, locale);
  },
};
