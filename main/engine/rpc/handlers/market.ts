import type { MethodName } from '#shared/contract/methods.ts';
import { editAttributes } from '../../market/edit-attributes.ts';
import { readMarket } from '../../market/read-market.ts';
import { marketAttributes, marketFigures } from '../../market/views.ts';
import type { Handlers } from '../handler.ts';

export const marketHandlers: Handlers<Extract<MethodName, `market.${string}`>> = {
  'market.figures': (engine, input) => marketFigures(engine, input),
  'market.attributes': (engine, input) => marketAttributes(engine, input),
  'market.editAttributes': (engine, input, call) => editAttributes(engine, input, call),
  'market.read': (engine, input, call) => readMarket(engine, input, call.signal),
};
