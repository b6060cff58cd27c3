import type { Command } from 'commander';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { ErrorCode } from '#shared/errors/coded-error.ts';
import { Scheduler } from '../../engine/sync/scheduler.ts';
import { failWith, printJson } from '../output.ts';
import { withWorkspace } from '../session.ts';

interface PullOptions {
  workspace?: string;
  account?: string;
  full?: boolean;
}

interface PublishOptions {
  workspace?: string;
  account?: string;
  preview?: boolean;
  ask?: boolean;
}

export function registerSync(program: Command): void {
  program
    .command('pull')
    .description('read what changed in the shops')
    .option('--workspace <dir>', 'folder of the workspace')
    .option('--account <id>', 'only this account')
    .option('--full', 'read everything again; finds deletions and drift')
    .option('--json', 'accepted for symmetry; the answer is always JSON')
    .action(async (options: PullOptions) => {
      const result = await withWorkspace(options.workspace, (session) =>
        session.call('sync.pull', {
          ...(options.account ? { accountId: options.account } : {}),
          ...(options.full ? { full: true } : {}),
        }),
      );
      printJson(result);
      const [failure] = result.failed;
      if (failure)
        failWith(
          new CodedError(failure.code as ErrorCode, failure.message, { accountId: failure.accountId }),
        );
    });

  program
    .command('run')
    .description(
      'keep the workspace in step until it is stopped: read shops, send what is released, keep schedules',
    )
    .option('--workspace <dir>', 'folder of the workspace')
    .action(async (options: { workspace?: string }) => {
      await withWorkspace(options.workspace, async ({ engine, signal }) => {
        const scheduler = new Scheduler(engine);
        scheduler.start();
        if (!signal.aborted) {
          await new Promise<void>((resolve) => {
            signal.addEventListener('abort', () => resolve(), { once: true });
          });
        }
        await scheduler.stop();
      });
    });

  program
    .command('publish')
    .description('send the local changes, read them back and say what is proven')
    .option('--workspace <dir>', 'folder of the workspace')
    .option('--account <id>', 'only this account')
    .option('--preview', 'only say what would be sent')
    .option('--ask', 'only have the channels say what they would refuse; changes nothing')
    .option('--json', 'accepted for symmetry; the answer is always JSON')
    .action(async (options: PublishOptions) => {
      const scope = options.account ? { accountId: options.account } : {};
      if (options.ask) {
        printJson(
          await withWorkspace(options.workspace, (session) => session.call('publish.validate', scope)),
        );
        return;
      }
      if (options.preview) {
        const preview = await withWorkspace(options.workspace, (session) =>
          session.call('publish.preview', { ...scope, limit: 1_000 }),
        );
        // The same keys as a real run: nothing is sent, and these would be refused.
        const rejected = preview.findings.filter((finding) => finding.severity === 'error');
        printJson({ sent: 0, verified: 0, rejected, conflicts: [], ...preview });
        return;
      }
      const result = await withWorkspace(options.workspace, (session) => session.call('publish.run', scope));
      printJson(result);
      const stuck = result.waiting.find((entry) => entry.code !== 'CHANNEL_RATE');
      if (!stuck) return;
      const code = stuck.code as ErrorCode;
      const details = { accountId: stuck.accountId, waiting: stuck.ops };
      failWith(new CodedError(code, stuck.message, details, { retryable: code === 'CHANNEL_TRANSIENT' }));
    });
}
