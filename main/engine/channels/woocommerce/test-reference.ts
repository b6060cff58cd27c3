import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FOLDER = resolve(process.cwd(), '../shared/schemas/woocommerce');

/** The measured answers and schemas of a real shop, kept beside the repository; null in a bare clone. */
export function readReference(name: string): unknown {
  const path = resolve(FOLDER, name);
  if (!existsSync(path)) {
    process.stderr.write(`${path} is not here: what would be checked against it is not checked\n`);
    return null;
  }
  return JSON.parse(readFileSync(path, 'utf8')) as unknown;
}
