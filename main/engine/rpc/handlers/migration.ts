import type { MethodName } from '#shared/contract/methods.ts';
import { compareMove, writeCrosswalk, writeRedirects } from '../../migration/move-files.ts';
import { planMove, rollBackMove, runMove } from '../../migration/run-move.ts';
import type { Handlers } from '../handler.ts';

export const migrationHandlers: Handlers<Extract<MethodName, `migration.${string}`>> = {
  'migration.plan': (engine, input) => planMove(engine, input),
  'migration.run': (engine, input, call) => runMove(engine, input, call),
  'migration.compare': (engine, input) => compareMove(engine, input),
  'migration.redirects': (engine, input) => writeRedirects(engine, input),
  'migration.crosswalk': (engine, input) => writeCrosswalk(engine, input),
  'migration.rollback': (engine, input, call) => rollBackMove(engine, input, call),
};
