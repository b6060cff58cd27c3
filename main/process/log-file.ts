import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const MAX_BYTES = 5_000_000;

/** Appends lines to engine.log, keeping one older file. Without a folder lines go to stderr. */
export function openLog(dir: string | null): (line: string) => void {
  if (dir === null) return (line) => process.stderr.write(`${line}\n`);
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'engine.log');
  return (line) => {
    try {
      if (sizeOf(file) > MAX_BYTES) renameSync(file, `${file}.1`);
      appendFileSync(file, `${line}\n`);
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
