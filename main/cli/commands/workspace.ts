import { resolve } from 'node:path';
import type { Command } from 'commander';
import { exportWorkspace } from '../../engine/jobs/archive/export-workspace.ts';
import { importWorkspace } from '../../engine/jobs/archive/import-workspace.ts';
import { lineLogger, systemClock } from '../../engine/system-ports.ts';
import { assertCreatable } from '../../engine/workspace.ts';
import { printJson } from '../output.ts';
import { keyfileVault, withWorkspace } from '../session.ts';

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
  workspace
    .command('export <folder>')
    .description('write everything into a new folder as JSON lines, without keys of shops and without buyers')
    .option('--workspace <dir>', 'folder of the workspace')
    .option(
      '--with-buyers',
      'also names, addresses and notes of buyers, readable by anybody who has the folder',
    )
    .action(async (folder: string, options: { workspace?: string; withBuyers?: boolean }) => {
      const manifest = await withWorkspace(options.workspace, ({ engine }) =>
        Promise.resolve(
          exportWorkspace(engine.db, resolve(folder), {
            buyers: options.withBuyers ?? false,
            nowMs: systemClock.now(),
          }),
        ),
      );
      if (manifest.buyers) {
        process.stderr.write(
          `warning: ${resolve(folder)} holds the data of ${manifest.buyers.orders} buyers, not encrypted\n`,
        );
      }
      printJson({
        folder: resolve(folder),
        schema: manifest.schema,
        tables: manifest.tables.length,
        rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
        buyers: manifest.buyers?.orders ?? null,
      });
    });
  workspace
    .command('import <folder> <dir>')
    .description('make a workspace of an export in an empty or new folder; shops need their keys again')
    .action(async (folder: string, dir: string) => {
      const target = resolve(dir);
      await importWorkspace(resolve(folder), target, {
        vault: keyfileVault(target),
        log: lineLogger(() => undefined),
        nowMs: systemClock.now(),
      });
      // Opening it brings an older export to the present schema and proves that it works.
      const info = await withWorkspace(target, (session) => session.call('workspace.info', {}));
      printJson({
        dir: info.dir,
        schemaVersion: info.schemaVersion,
        listings: info.listings,
        orders: info.orders,
      });
    });
}
