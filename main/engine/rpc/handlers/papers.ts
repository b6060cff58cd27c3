import type { MethodName } from '#shared/contract/methods.ts';
import { addressLabels } from '../../warehouse/papers/address-label.ts';
import { customsForms, setCustoms } from '../../warehouse/papers/customs.ts';
import { readSender, setSender } from '../../warehouse/papers/sender.ts';
import type { Handlers } from '../handler.ts';

export const paperHandlers: Handlers<Extract<MethodName, `papers.${string}`>> = {
  'papers.sender': ({ db }) => ({ sender: readSender(db) }),
  'papers.setSender': (engine, input, call) => setSender(engine, input, call),
  'papers.label': ({ db, ports }, input) => addressLabels(db, input, ports.clock.now()),
  'papers.customs': ({ db, ports }, input) => customsForms(db, input, ports.clock.now()),
  'papers.setCustoms': (engine, input, call) => setCustoms(engine, input, call),
};
