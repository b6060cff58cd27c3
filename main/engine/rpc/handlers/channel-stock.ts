import type { MethodName } from '#shared/contract/methods.ts';
import { salesRules, setSalesRule } from '../../inventory/sales-rule.ts';
import { stockGaps } from '../../inventory/stock-gaps.ts';
import type { Handlers } from '../handler.ts';

export const channelStockHandlers: Handlers<Extract<MethodName, `channelStock.${string}`>> = {
  'channelStock.rules': ({ db }) => salesRules(db),
  'channelStock.setRule': (engine, input, call) => setSalesRule(engine, input, call),
  'channelStock.gaps': ({ db, ports }, input) => stockGaps(db, input, ports.clock.now()),
};
