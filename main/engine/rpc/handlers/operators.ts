import type { MethodName } from '#shared/contract/methods.ts';
import { addOperator, editOperator, listOperators, signIn } from '../../warehouse/operators.ts';
import type { Handlers } from '../handler.ts';

export const operatorHandlers: Handlers<Extract<MethodName, `operators.${string}`>> = {
  'operators.list': (engine, _input, call) =>
    listOperators(engine, call.station?.operator ?? null, engine.ports.clock.now()),
  'operators.add': (engine, input, call) => addOperator(engine, input, call),
  'operators.edit': (engine, input, call) => editOperator(engine, input, call),
  'operators.signIn': async (engine, input, call) => {
    const answer = await signIn(engine, input, call, engine.ports.clock.now());
    const { operatorId, name } = answer;
    if (call.station && operatorId !== null && name !== null) call.station.operator = { operatorId, name };
    return answer;
  },
  'operators.signOut': (_engine, _input, call) => {
    if (call.station) call.station.operator = null;
    return {};
  },
};
