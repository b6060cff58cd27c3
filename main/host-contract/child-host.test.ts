import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { startChildHost } from '../app/engine-host/child-host.ts';
import type { EngineHost } from '../app/engine-host/engine-host.ts';
import { COMMAND_CRASH_POINTS } from '../engine/journal/journal.ts';
import { describeEngineHost, editOf, WatchedHost } from './describe-engine-host.ts';
import { seedWorkspace } from './seed-workspace.ts';

const entry = fileURLToPath(new URL('./engine-fixture.ts', import.meta.url));
const start = (env: Readonly<Record<string, string>> = {}): EngineHost =>
  startChildHost({ entry, node: process.execPath, env: { ...process.env, ...env } });

describeEngineHost({ name: 'Node child process', start });

describe('an engine that is killed around a command', () => {
  it.each(COMMAND_CRASH_POINTS)('at %s: the resent command is carried out exactly once', async (point) => {
    const dir = mkdtempSync(join(tmpdir(), 'quayside-kill-'));
    try {
      const [listing] = await seedWorkspace(dir, 1);
      const requestId = v7();
      const change = editOf(listing?.listingId ?? '', '30.00');

      const first = new WatchedHost(start({ QUAYSIDE_CRASH_AT: point }));
      await first.open(dir);
      const lost = first.window().call('listings.edit', change, requestId);
      await expect(lost).rejects.toMatchObject({ code: 'ENGINE_RESTARTED' });
      expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });

      const second = new WatchedHost(start());
      expect(await second.open(dir)).toMatchObject({ type: 'ready' });
      const window = second.window();
      expect(await window.call('listings.edit', change, requestId)).toMatchObject({ applied: 1 });
      const history = await window.call<{ commands: { method: string; cells: number }[] }>(
        'history.list',
        {},
      );
      expect(history.commands).toMatchObject([{ method: 'listings.edit', cells: 1 }]);
      const outbox = await window.call('publish.preview', {});
      expect(outbox).toMatchObject({ total: 1 });
      expect(await window.call('workspace.verify', {})).toMatchObject({ ok: true });
      await second.shutDown();
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  });
});

describe('an engine program that does not start', () => {
  it('ends once, with nothing left open', async () => {
    const host = startChildHost({ entry, node: '/no/such/node', env: {} });
    expect(await new WatchedHost(host).exited).toEqual({ code: null, signal: null });
  });
});
