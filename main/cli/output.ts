import { toErrorShape } from '#shared/errors/coded-error.ts';

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** One JSON line on stderr, exit code 1. */
export function failWith(error: unknown): void {
  process.stderr.write(`${JSON.stringify(toErrorShape(error))}\n`);
  process.exitCode = 1;
}
