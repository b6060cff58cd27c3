import type { Command } from 'commander';
import { z } from 'zod';
import { CONTRACT_VERSION, METHODS } from '#shared/contract/methods.ts';
import { ERROR_CODES } from '#shared/errors/coded-error.ts';
import { printJson } from '../output.ts';

export function registerContract(program: Command): void {
  program
    .command('contract')
    .description('print the JSON Schema of every method')
    .option('--json', 'accepted for symmetry; the answer is always JSON')
    .action(() => printJson(describeContract()));
}

export function describeContract(): unknown {
  const schema = (type: z.ZodType, io: 'input' | 'output'): unknown =>
    z.toJSONSchema(type, { io, unrepresentable: 'any' });
  return {
    version: CONTRACT_VERSION,
    errors: ERROR_CODES,
    methods: Object.fromEntries(
      Object.entries(METHODS).map(([name, method]) => [
        name,
        {
          kind: method.kind,
          summary: method.summary,
          input: schema(method.input, 'input'),
          output: schema(method.output, 'output'),
        },
      ]),
    ),
  };
}
