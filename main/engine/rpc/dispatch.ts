import { z } from 'zod';
import { isMethodName, METHODS, type MethodName } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Engine } from '../engine.ts';
import type { Call } from './handler.ts';
import { HANDLERS } from './handlers.ts';

/** Parses the input, runs the handler, and in development and tests parses the output too. */
export async function dispatch(
  engine: Engine,
  name: string,
  params: unknown,
  call: Call,
  options: { checkOutput: boolean },
): Promise<unknown> {
  if (!isMethodName(name))
    throw new CodedError('UNKNOWN_METHOD', `There is no method ${name.slice(0, 100)}`, { method: name });
  const method = METHODS[name];
  const input = method.input.safeParse(params ?? {});
  if (!input.success) throw badInput(name, input.error);
  const handler = HANDLERS[name] as (engine: Engine, input: unknown, call: Call) => unknown;
  const output = await handler(engine, input.data, call);
  if (!options.checkOutput) return output;
  const checked = method.output.safeParse(output);
  if (!checked.success) {
    throw new CodedError('INTERNAL', `${name} answered in a wrong form: ${z.prettifyError(checked.error)}`, {
      method: name,
    });
  }
  return output;
}

function badInput(method: MethodName, error: z.ZodError): CodedError {
  const issues = error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join('.'),
    code: issue.code,
    message: issue.message,
  }));
  const first = issues[0];
  const where = first?.path ? `${first.path}: ` : '';
  return new CodedError('BAD_INPUT', `${method}: ${where}${first?.message ?? 'the input is not valid'}`, {
    method,
    issues,
  });
}
