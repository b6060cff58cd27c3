import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EngineState } from '#shared/contract/bridge.ts';
import type { FromEngine, ToEngine } from '#shared/contract/host-protocol.ts';
import type { ClientPort, EngineExit, EngineHost } from '../app/engine-host/engine-host.ts';
import { EngineSupervisor } from '../app/engine-supervisor.ts';

/** A host whose engine does what the test says. */
class ScriptedHost implements EngineHost {
  readonly pid = 1;
  readonly sent: ToEngine[] = [];
  readonly attached: number[] = [];
  killed = false;
  private readonly listeners: ((message: FromEngine) => void)[] = [];
  private readonly exits: ((exit: EngineExit) => void)[] = [];

  send(message: ToEngine): void {
    this.sent.push(message);
  }
  onMessage(listener: (message: FromEngine) => void): void {
    this.listeners.push(listener);
  }
  onExit(listener: (exit: EngineExit) => void): void {
    this.exits.push(listener);
  }
  attach(clientId: number): void {
    this.attached.push(clientId);
  }
  kill(): void {
    this.killed = true;
    this.exit({ code: null, signal: 'SIGKILL' });
  }
  say(message: FromEngine): void {
    for (const listener of this.listeners) listener(message);
  }
  exit(exit: EngineExit = { code: 70, signal: null }): void {
    for (const listener of this.exits) listener(exit);
  }
}

const ready: FromEngine = { type: 'ready', workspaceId: 'w' };
const newer: FromEngine = {
  type: 'failed',
  error: { code: 'WORKSPACE_NEWER', message: 'too new', retryable: false },
};
const port = {} as ClientPort;

describe('the engine supervisor', () => {
  let hosts: ScriptedHost[];
  let states: EngineState[];
  let secrets: Map<string, string>;
  let supervisor: EngineSupervisor;
  const host = (): ScriptedHost => {
    const last = hosts.at(-1);
    if (!last) throw new Error('no host was started');
    return last;
  };

  beforeEach(() => {
    vi.useFakeTimers();
    hosts = [];
    states = [];
    secrets = new Map([['account:a', 'token']]);
    supervisor = new EngineSupervisor({
      startHost: () => {
        hosts.push(new ScriptedHost());
        return host();
      },
      init: () => ({
        type: 'init',
        workspaceDir: '/w',
        create: true,
        sample: false,
        vault: 'host',
        logDir: null,
        restore: null,
      }),
      vault: () => ({
        get: async (key) => {
          if (key === 'broken') throw new Error('the key store is shut');
          return secrets.get(key) ?? null;
        },
        set: async (key, value) => {
          secrets.set(key, value);
        },
        remove: async (key) => {
          secrets.delete(key);
        },
      }),
      onState: (state) => states.push(state),
      log: () => undefined,
    });
    supervisor.start();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('answers hello with init, and lets windows in only when the engine is ready', () => {
    supervisor.attach(7, port);
    host().say({ type: 'hello', pid: 1, napi: '10' });
    expect(host().sent).toMatchObject([{ type: 'init', workspaceDir: '/w' }]);
    expect(host().attached).toEqual([]);
    host().say(ready);
    supervisor.attach(8, port);
    expect(host().attached).toEqual([7, 8]);
  });

  it('answers vault calls, and says so when the key store refuses', async () => {
    host().say({ type: 'vault', id: 1, op: 'get', key: 'account:a', value: null });
    host().say({ type: 'vault', id: 2, op: 'set', key: 'account:b', value: 'new' });
    host().say({ type: 'vault', id: 3, op: 'get', key: 'broken', value: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(secrets.get('account:b')).toBe('new');
    expect(host().sent).toContainEqual({ type: 'vault-reply', id: 1, ok: true, value: 'token' });
    expect(host().sent).toContainEqual({
      type: 'vault-reply',
      id: 3,
      ok: false,
      value: null,
      error: 'the key store is shut',
    });
  });

  it('starts a dead engine again after growing pauses, and stops at the third death within a minute', async () => {
    host().say(ready);
    host().exit();
    expect(states.at(-1)).toEqual({ state: 'restarting' });
    await vi.advanceTimersByTimeAsync(200);
    expect(hosts).toHaveLength(2);
    host().say(ready);
    host().exit();
    await vi.advanceTimersByTimeAsync(799);
    expect(hosts).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(hosts).toHaveLength(3);
    host().say(ready);
    host().exit();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hosts).toHaveLength(3);
    expect(states.at(-1)).toMatchObject({ state: 'failed', code: 'ENGINE_UNAVAILABLE' });
  });

  it('forgets deaths that are older than a minute', async () => {
    for (let death = 0; death < 4; death += 1) {
      host().say(ready);
      host().exit();
      await vi.advanceTimersByTimeAsync(61_000);
    }
    expect(hosts).toHaveLength(5);
  });

  it('does not start again for a workspace that does not open: a person decides', async () => {
    host().say(newer);
    host().exit();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hosts).toHaveLength(1);
    expect(supervisor.state).toEqual({ state: 'failed', code: 'WORKSPACE_NEWER', message: 'too new' });
  });

  it('stops in order, and kills what does not stop within five seconds', async () => {
    host().say(ready);
    const stopped = vi.fn<() => void>();
    const stopping = supervisor.stop().finally(stopped);
    expect(host().sent.at(-1)).toEqual({ type: 'shutdown' });
    await vi.advanceTimersByTimeAsync(4_999);
    expect(host().killed).toBe(false);
    expect(stopped).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(host().killed).toBe(true);
    await stopping;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hosts).toHaveLength(1);
  });

  it('a restart waits for the old engine to end, and tells how the new one fares', async () => {
    host().say(ready);
    const first = host();
    const restarting = supervisor.restart();
    expect(states.at(-1)).toEqual({ state: 'restarting' });
    await vi.advanceTimersByTimeAsync(100);
    expect(hosts).toHaveLength(1);
    first.exit({ code: 0, signal: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(hosts).toHaveLength(2);
    host().say(newer);
    expect(await restarting).toMatchObject({ state: 'failed', code: 'WORKSPACE_NEWER' });
  });

  it('a stop while waiting to start again cancels the start', async () => {
    host().say(ready);
    host().exit();
    await supervisor.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hosts).toHaveLength(1);
  });

  it('says what the engine is about, and nothing while there is none or it is silent', async () => {
    expect(await supervisor.activity()).toBeNull();
    host().say(ready);
    const asked = supervisor.activity();
    expect(host().sent.at(-1)).toEqual({ type: 'activity' });
    host().say({ type: 'activity', inFlight: 2, jobs: 1 });
    expect(await asked).toMatchObject({ inFlight: 2, jobs: 1 });
    const silent = supervisor.activity();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await silent).toBeNull();
  });
});
