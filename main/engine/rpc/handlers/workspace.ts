import type { MethodName } from '#shared/contract/methods.ts';
import { schemaVersion } from '../../db/migrate.ts';
import { sql } from '../../db/statement.ts';
import { readStatus } from '../../insight/status.ts';
import { readToday } from '../../insight/today.ts';
import { backUp, listBackups, verifyWorkspace } from '../../jobs/maintenance.ts';
import { folderWarnings } from '../../jobs/folder-warnings.ts';
import { APP_VERSION } from '../../version.ts';
import { readSetting } from '../../workspace.ts';
import type { Handlers } from '../handler.ts';

type Area = Extract<MethodName, `workspace.${string}` | `jobs.${string}` | 'today.get' | 'status.get'>;

const sizes = sql<
  Record<string, never>,
  { listings: number; orders: number; accounts: number; backup: number | null }
>(
  `SELECT (SELECT count(*) FROM listing WHERE removed_at_ms IS NULL) AS listings,
     (SELECT count(*) FROM sales_order) AS orders,
     (SELECT count(*) FROM account WHERE removed_at_ms IS NULL) AS accounts,
     (SELECT max(at_ms) FROM backup) AS backup`,
);

export const workspaceHandlers: Handlers<Area> = {
  'workspace.info': (engine) => {
    const size = engine.db.get(sizes, {});
    return {
      workspaceId: readSetting(engine.db, 'id') ?? '',
      dir: engine.dir,
      sample: readSetting(engine.db, 'sample') === '1',
      schemaVersion: schemaVersion(engine.db),
      appVersion: APP_VERSION,
      listings: size?.listings ?? 0,
      orders: size?.orders ?? 0,
      accounts: size?.accounts ?? 0,
      lastBackupAt: size?.backup ?? null,
      rev: engine.bus.rev,
      warnings: folderWarnings(engine.dir),
    };
  },
  'workspace.backup': (engine, input, call) => backUp(engine, input.file, 'by-hand', call.signal),
  'workspace.backups': (engine) => listBackups(engine),
  'workspace.verify': (engine) => verifyWorkspace(engine),
  'today.get': (engine) => readToday(engine),
  'status.get': (engine) => readStatus(engine),
  'jobs.list': ({ jobs }, input) => ({ jobs: jobs.list(input.limit ?? 50) }),
  'jobs.cancel': ({ jobs }, input) => {
    jobs.cancel(input.jobId);
    return {};
  },
};
