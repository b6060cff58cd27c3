import type { Command } from 'commander';
import { CodedError } from '#shared/errors/coded-error.ts';
import { isMethodName } from '#shared/contract/methods.ts';
import { printJson } from '../output.ts';
import { withWorkspace } from '../session.ts';

export function registerCall(program: Command): void {
  program
    .command('call <method> [params]')
    .description('call a method of the engine with JSON parameters ("-" reads them from standard input)')
    .option('--workspace <dir>', 'folder of the workspace')
    .option('--request-id <uuid>', 'makes a repeated command answer with its first result')
    .option('--json', 'accepted for symmetry; the answer is always JSON')
    .action(
      async (
        method: string,
        params: string | undefined,
        options: { workspace?: string; requestId?: string },
      ) => {
        // Checked before the workspace is opened, so that a typing mistake never waits for a lock.
        if (!isMethodName(method)) {
          throw new CodedError(
            'UNKNOWN_METHOD',
            `There is no method ${method.slice(0, 100)}; quayside contract lists them`,
            { method },
          );
        }
        const input = parseJson(params === '-' ? await readStdin() : (params ?? '{}'));
        printJson(
          await withWorkspace(
            options.workspace,
            (session) => session.callByName(method, input, options.requestId),
            {},
          ).then(portable),
        );
      },
    );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CodedError(
      'BAD_INPUT',
      `The parameters are not JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Id lists travel to windows as typed arrays; JSON gets plain numbers. */
function portable(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && 'ids' in value && value.ids instanceof Int32Array) {
    return { ...value, ids: [...value.ids] };
  }
  return value;
}
