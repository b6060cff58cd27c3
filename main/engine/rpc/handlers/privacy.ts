import type { MethodName } from '#shared/contract/methods.ts';
import { privacyOverview, setPolicy } from '../../privacy/policy.ts';
import { purge, purgeProofs } from '../../privacy/purge.ts';
import type { Handlers } from '../handler.ts';

export const privacyHandlers: Handlers<Extract<MethodName, `privacy.${string}`>> = {
  'privacy.overview': ({ db, ports }) => privacyOverview(db, ports.clock.now()),
  'privacy.setPolicy': (engine, input, call) => setPolicy(engine, input, call),
  'privacy.purge': (engine, input, call) => purge(engine, input, call),
  'privacy.proofs': ({ db }, { limit }) => ({ proofs: purgeProofs(db, limit ?? 100) }),
};
