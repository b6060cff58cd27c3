import type { MethodName } from '#shared/contract/methods.ts';
import type { orderDeskMethods } from '#shared/contract/order-desk.ts';
import { orderDesk } from '../../orders/desk.ts';
import { listTags, markOrders, writeNote } from '../../orders/marks.ts';
import { mergeOrders, shipMerged, unmergeOrders } from '../../orders/merge.ts';
import { splitOrder, unsplitOrder } from '../../orders/packages.ts';
import { getReturn, listReturns } from '../../orders/returns/return-rows.ts';
import { closeReturn, openReturn, receiveReturn } from '../../orders/returns/returns.ts';
import { listRules, removeRule, reorderRules, saveRule } from '../../orders/rules/rule-store.ts';
import { applyRules, dryRunRules } from '../../orders/rules/run-rules.ts';
import type { Handlers } from '../handler.ts';

export const orderDeskHandlers: Handlers<
  keyof typeof orderDeskMethods | Extract<MethodName, `orderRules.${string}` | `returns.${string}`>
> = {
  'orders.mark': (engine, input, call) => markOrders(engine, input, call),
  'orders.note': (engine, input, call) => writeNote(engine, input, call),
  'orders.tags': ({ db }) => listTags(db),
  'orders.desk': ({ db }, { orderId }) => orderDesk(db, orderId),
  'orders.split': (engine, input, call) => splitOrder(engine, input, call),
  'orders.unsplit': (engine, input, call) => unsplitOrder(engine, input, call),
  'orders.merge': (engine, input, call) => mergeOrders(engine, input, call),
  'orders.unmerge': (engine, input, call) => unmergeOrders(engine, input, call),
  'orders.shipMerged': (engine, input, call) => shipMerged(engine, input, call),
  'orderRules.list': ({ db }) => listRules(db),
  'orderRules.save': (engine, input, call) => saveRule(engine, input, call),
  'orderRules.remove': (engine, input, call) => removeRule(engine, input, call),
  'orderRules.reorder': (engine, input, call) => reorderRules(engine, input, call),
  'orderRules.dryRun': ({ db }, input) => dryRunRules(db, input),
  'orderRules.apply': (engine, input, call) => applyRules(engine, input, call),
  'returns.list': ({ db }, input) => listReturns(db, input),
  'returns.get': ({ db }, { returnId }) => getReturn(db, returnId),
  'returns.open': (engine, input, call) => openReturn(engine, input, call),
  'returns.receive': (engine, input, call) => receiveReturn(engine, input, call),
  'returns.close': (engine, input, call) => closeReturn(engine, input, call),
};
