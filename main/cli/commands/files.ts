import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { IMPORT_FORMATS, READ_FORMATS } from '#shared/contract/workspace.ts';
import { printJson } from '../output.ts';
import { withWorkspace } from '../session.ts';

interface FileOptions {
  workspace?: string;
  format?: (typeof READ_FORMATS)[number];
  account?: string;
  currency?: string;
  preview?: boolean;
}

const format = (formats: readonly string[]): Option =>
  new Option('--format <format>', 'how the file is laid out').choices([...formats]);

export function registerFiles(program: Command): void {
  program
    .command('import <file>')
    .description('bring a product file in as one undoable command; a blank keeps what is there')
    .addOption(format(READ_FORMATS).makeOptionMandatory())
    .option('--workspace <dir>', 'folder of the workspace')
    .option('--account <id>', 'account that the rows belong to; otherwise the local catalogue')
    .option('--currency <code>', 'currency of the prices')
    .option('--preview', 'only say what would be created and changed')
    .option('--json', 'accepted for symmetry; the answer is always JSON')
    .action(async (file: string, options: FileOptions) => {
      const input = {
        file: resolve(file),
        format: options.format,
        ...(options.account ? { accountId: options.account } : {}),
        ...(options.currency ? { currency: options.currency } : {}),
      };
      printJson(
        await withWorkspace(options.workspace, async (session): Promise<unknown> =>
          options.preview ? session.call('import.preview', input) : session.call('import.apply', input),
        ),
      );
    });

  program
    .command('export <file>')
    .description('write listings to a table; the ending says which: .csv .tsv .xlsx .json .jsonl')
    .addOption(format(IMPORT_FORMATS).default('generic'))
    .option('--workspace <dir>', 'folder of the workspace')
    .option('--account <id>', 'only this account')
    .option('--json', 'accepted for symmetry; the answer is always JSON')
    .action(async (file: string, options: FileOptions & { format: (typeof IMPORT_FORMATS)[number] }) => {
      printJson(
        await withWorkspace(options.workspace, (session) =>
          session.call('export.run', {
            file: resolve(file),
            format: options.format,
            ...(options.account ? { accountId: options.account } : {}),
          }),
        ),
      );
    });
}
