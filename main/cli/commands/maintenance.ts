import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CodedError } from '#shared/errors/coded-error.ts';
import { restoreWorkspace } from '../../engine/jobs/restore.ts';
import { systemClock } from '../../engine/system-ports.ts';
import { failWith, printJson } from '../output.ts';
import { withWorkspace, workspaceDir } from '../session.ts';

interface Options {
  workspace?: string;
}

export function registerMaintenance(program: Command): void {
  program
    .command('backup [file]')
    .description('copy the workspace while it is in use and verify the copy')
    .option('--workspace <dir>', 'folder of the workspace')
    .option('--json', 'accepted for symmetry; the answer is always JSON')
    .action(async (file: string | undefined, options: Options) => {
      printJson(
        await withWorkspace(options.workspace, (session) =>
          session.call('workspace.backup', file ? { file: resolve(file) } : {}),
        ),
      );
    });

  program
    .command('restore <file>')
    .description('put a backup in the place of the workspace; what was there is kept beside it')
    .option('--workspace <dir>', 'folder of the workspace')
    .option('--json', 'accepted for symmetry; the answer is always JSON')
    .action(async (file: string, options: Options) => {
      const dir = workspaceDir(options.workspace);
      const outcome = restoreWorkspace(dir, resolve(file), systemClock.now());
      // Opening it brings an older backup to the present schema and proves that it works.
      const info = await withWorkspace(dir, (session) => session.call('workspace.info', {}));
      printJson({
        restored: outcome.restored,
        kept: outcome.kept,
        listings: info.listings,
        orders: info.orders,
      });
    });

  program
    .command('verify')
    .description('check the database, the journal and the queue against each other')
    .option('--workspace <dir>', 'folder of the workspace')
    .option('--json', 'accepted for symmetry; the answer is always JSON')
    .action(async (options: Options) => {
      const result = await withWorkspace(options.workspace, (session) =>
        session.call('workspace.verify', {}),
      );
      printJson(result);
      if (!result.ok) {
        const failed = result.checks
          .filter((check) => !check.ok)
          .map((check) => `${check.name}: ${check.detail}`);
        failWith(new CodedError('WORKSPACE_CORRUPT', failed.join('; ')));
      }
    });
}
