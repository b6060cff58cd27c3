import type { MethodName } from '#shared/contract/methods.ts';
import { exportPlan } from '../../inventory/reorder/export-plan.ts';
import { backtest, reorderPlan } from '../../inventory/reorder/plan.ts';
import type { Handlers } from '../handler.ts';

export const reorderHandlers: Handlers<Extract<MethodName, `reorder.${string}`>> = {
  'reorder.plan': ({ db, ports }, input) => reorderPlan(db, input, ports.clock.now()),
  'reorder.backtest': ({ db, ports }, input) => backtest(db, input, ports.clock.now()),
  'reorder.export': ({ db, ports }, input) => exportPlan(db, input, ports.clock.now()),
};
