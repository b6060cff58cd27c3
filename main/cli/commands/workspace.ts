import { resolve } from 'node:path';
import type { Command } from 'commander';
import { assertCreatable } from '../../engine/workspace.ts';
import { printJson } from '../output.ts';
import { withWorkspace } from '../session.ts';

export function registerWorkspace(program: Command): void {
  const workspace = program.command('workspace').description('create and describe workspaces');
  workspace
    .command('create <dir>')
    .description('make a new workspace in an empty or new folder')
    .action(async (dir: string) => {
      assertCreatable(resolve(dir));
      const info = await withWorkspace(dir, (session) => session.call('workspace.info', {}), {
        create: true,
      });
      printJson({ workspaceId: info.workspaceId, dir: info.dir, schemaVersion: info.schemaVersion });
    });
  workspace
    .command('info')
    .description('size and health of a workspace')
    .option('--workspace <dir>', 'folder of the workspace')
    .action(async (options: { workspace?: string }) => {
      printJson(await withWorkspace(options.workspace, (session) => session.call('workspace.info', {})));
    });
}
