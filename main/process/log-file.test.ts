import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lineLogger } from '../engine/system-ports.ts';
import { openLog } from './log-file.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quayside-log-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(dir, 'logs', name), 'utf8');

it('keeps keys and tokens out of the file', () => {
  const log = lineLogger(openLog(join(dir, 'logs')));
  log.error('call failed', {
    method: 'channels.add',
    message: 'refused {"clientSecret":"hush-1","accessToken":"shpat_0a1b2c3d4e5f6071"}',
    stack: 'Error: Authorization: Bearer hush-2-hush-2\n    at fetch (x.js:1:1)',
    nested: { refreshToken: 'Atzr|hush-3-hush-3', consumerKey: 'ck_0123456789abcdef' },
  });
  const text = read('engine.log');
  expect(text).not.toMatch(/hush|0a1b2c3d|0123456789/);
  expect(text).toContain('"method":"channels.add"');
  expect(text).toContain('at fetch');
});

it('starts a new file when one is full and keeps the one before', () => {
  const write = openLog(join(dir, 'logs'), { maxBytes: 1_000 });
  for (let index = 0; index < 100; index += 1) write(`line ${index} ${'x'.repeat(90)}`);
  expect(readdirSync(join(dir, 'logs')).toSorted()).toEqual(['engine.log', 'engine.log.1']);
  for (const name of ['engine.log', 'engine.log.1']) {
    expect(statSync(join(dir, 'logs', name)).size).toBeLessThanOrEqual(1_200);
  }
  const kept = [...`${read('engine.log.1')}${read('engine.log')}`.matchAll(/line (\d+)/g)].map(([, n]) =>
    Number(n),
  );
  expect(kept.at(-1)).toBe(99);
  expect(kept).toEqual(kept.map((_n, index) => 100 - kept.length + index));
});

it('does not fail when nothing can be written', () => {
  const write = openLog(join(dir, 'logs'));
  rmSync(join(dir, 'logs'), { recursive: true });
  expect(() => write('lost')).not.toThrow();
});
