import type { MethodName } from '#shared/contract/methods.ts';
import { exportCount, importCount } from '../../inventory/counting/count-transfer.ts';
import { countAccuracy, countPlan } from '../../inventory/counting/plan-counts.ts';
import type { Handlers } from '../handler.ts';

export const countingHandlers: Handlers<Extract<MethodName, `counting.${string}`>> = {
  'counting.plan': ({ db, ports }, input) => countPlan(db, input, ports.clock.now()),
  'counting.accuracy': ({ db }, input) => countAccuracy(db, input),
  'counting.export': ({ db }, input) => exportCount(db, input),
  'counting.import': (engine, input, call) => importCount(engine, input, call),
};
