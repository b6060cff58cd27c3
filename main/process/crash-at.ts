import { existsSync, writeFileSync } from 'node:fs';

/**
 * For fault tests: `name` or `name:N` ends the process the Nth time that crash
 * point is passed. With `name:N@FILE` it does so once only: FILE remembers, so
 * that the next process of the same environment lives.
 */
export function crashAt(spec: string | undefined): ((point: string) => void) | undefined {
  if (!spec) return undefined;
  const [what = '', file] = spec.split('@');
  const [name, count] = what.split(':');
  let left = Number(count ?? 1);
  return (point) => {
    if (point !== name || (file && existsSync(file))) return;
    left -= 1;
    if (left > 0) return;
    if (file) writeFileSync(file, point);
    process.kill(process.pid, 'SIGKILL');
  };
}
