import { Command, CommanderError } from 'commander';
import { CodedError } from '#shared/errors/coded-error.ts';
import { APP_VERSION } from '../engine/version.ts';
import { registerCall } from './commands/call.ts';
import { registerContract } from './commands/contract.ts';
import { registerFiles } from './commands/files.ts';
import { registerMaintenance } from './commands/maintenance.ts';
import { registerSimulate } from './commands/simulate.ts';
import { registerSync } from './commands/sync.ts';
import { registerWorkspace } from './commands/workspace.ts';
import { failWith } from './output.ts';

/** `quayside`: the engine without a window. JSON on stdout, a coded error as JSON on stderr and exit 1. */
const program = new Command('quayside')
  .description('Listings, stock and orders of your shops, offline first')
  .version(APP_VERSION)
  .showHelpAfterError()
  .exitOverride()
  .configureOutput({ outputError: () => undefined });

registerWorkspace(program);
registerCall(program);
registerSync(program);
registerFiles(program);
registerMaintenance(program);
registerContract(program);
registerSimulate(program);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError && error.exitCode === 0) process.exitCode = 0;
  else
    failWith(
      error instanceof CommanderError
        ? new CodedError('BAD_INPUT', error.message.replace(/^error: /, ''))
        : error,
    );
}
