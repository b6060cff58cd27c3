import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { redactSecrets } from '#shared/domain/redact-secrets.ts';

const MAX_BYTES = 5_000_000;

/** Appends lines, without secrets, to engine.log, keeping one older file. Without a folder lines go to stderr. */
export function openLog(dir: string | null, options: { maxBytes?: number } = {}): (line: string) => void {
  const { maxBytes = MAX_BYTES } = options;
  if (dir === null) return (line) => process.stderr.write(`${redactSecrets(line)}\n`);
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'engine.log');
  return (line) => {
    try {
      if (sizeOf(file) > maxBytes) renameSync(file, `${file}.1`);
      appendFileSync(file, `${redactSecrets(line)}\n`);
    } catch {
      // A full disk must not take the engine down with its log.
    }
  };
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
