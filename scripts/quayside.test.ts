import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isGoodNode } from './node.mjs';

const CLI = `const name: string = 'cli';
if (process.argv[2] === 'wait') {
  process.on('SIGTERM', () => process.exit(7));
  setInterval(() => undefined, 1000);
}
console.log(JSON.stringify({ name, argv: process.argv.slice(2), at: process.argv[1] }));
if (process.argv[2] === 'fail') process.exitCode = 3;
`;

let dir = '';
let bin = '';

beforeAll(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'quayside bin ')));
  mkdirSync(join(dir, 'scripts'));
  for (const file of ['quayside.mjs', 'node.mjs']) {
    cpSync(new URL(file, import.meta.url), join(dir, 'scripts', file));
  }
  mkdirSync(join(dir, 'main/cli'), { recursive: true });
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(dir, 'main/cli/quayside.ts'), CLI);
  symlinkSync(join(dir, 'scripts/quayside.mjs'), join(dir, 'quayside'));
  bin = join(dir, 'quayside');
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const run = (...args: string[]): ReturnType<typeof spawnSync> =>
  spawnSync(process.execPath, [bin, ...args], { encoding: 'utf8', cwd: tmpdir() });

it('runs the sources with the arguments as they are, and says nothing else', () => {
  const { stdout, stderr, status } = run('call', 'a b', '--json', '');
  expect(JSON.parse(String(stdout))).toEqual({
    name: 'cli',
    argv: ['call', 'a b', '--json', ''],
    at: join(dir, 'main/cli/quayside.ts'),
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

it('ends with the exit code of the CLI', () => {
  expect(run('fail').status).toBe(3);
});

it('passes a signal on', async () => {
  const child = spawn(process.execPath, [bin, 'wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([7, null]);
});

it.skipIf(process.platform === 'win32')('ends when the npx that started it ends', async () => {
  // As npx does: a shell in between, which is killed and tells nobody.
  const shell = spawn('sh', ['-c', '"$0" "$1" wait; true', process.execPath, bin], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, npm_command: 'exec' },
  });
  await once(shell.stdout, 'data');
  shell.kill('SIGKILL');
  // The pipe closes when the last one that holds it is gone.
  expect(await once(shell, 'close')).toEqual([null, 'SIGKILL']);
});

it('knows which Node can run the engine', () => {
  expect(isGoodNode({ napi: '9' }, 'strip')).toBe(false);
  expect(isGoodNode({ napi: '10' }, false)).toBe(false);
  expect(isGoodNode({ napi: '10' }, 'strip')).toBe(true);
});
