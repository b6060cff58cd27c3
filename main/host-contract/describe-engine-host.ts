import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromEngine } from '#shared/contract/host-protocol.ts';
import type { EngineExit, EngineHost } from '../app/engine-host/engine-host.ts';
import { seedWorkspace } from './seed-workspace.ts';
import { clientPair, type PortClient } from './port-client.ts';

/** A host under watch: what it said, how it ended, and windows to talk through. */
export class WatchedHost {
  readonly host: EngineHost;
  readonly said: FromEngine[] = [];
  readonly exited: Promise<EngineExit>;
  /** The vault that this host answers from; null is one that is shut. */
  secrets: Map<string, string> | null = new Map();
  private readonly hearers: ((message: FromEngine) => void)[] = [];
  private nextClient = 1;

  constructor(host: EngineHost) {
    this.host = host;
    host.onMessage((message) => {
      this.said.push(message);
      if (message.type === 'vault') this.answer(message);
      for (const hearer of this.hearers) hearer(message);
    });
    this.exited = new Promise((resolve) => host.onExit(resolve));
  }

  private answer({ id, op, key, value }: Extract<FromEngine, { type: 'vault' }>): void {
    const { host, secrets } = this;
    if (!secrets) {
      host.send({ type: 'vault-reply', id, ok: false, value: null, error: 'the key store is shut' });
      return;
    }
    if (op === 'set') secrets.set(key, value ?? '');
    if (op === 'remove') secrets.delete(key);
    host.send({ type: 'vault-reply', id, ok: true, value: secrets.get(key) ?? null });
  }

  /** The first message of this type, said already or still to come; an engine that ends before has failed. */
  heard<T extends FromEngine['type']>(type: T): Promise<Extract<FromEngine, { type: T }>> {
    const matches = (message: FromEngine): message is Extract<FromEngine, { type: T }> =>
      message.type === type;
    const known = this.said.find(matches);
    if (known) return Promise.resolve(known);
    return new Promise((resolve, reject) => {
      this.hearers.push((message) => {
        if (matches(message)) resolve(message);
      });
      void this.exited.then((exit) =>
        reject(new Error(`the engine ended before it said ${type}: ${JSON.stringify(exit)}`)),
      );
    });
  }

  async open(workspaceDir: string, options: { restore?: string } = {}): Promise<FromEngine> {
    await this.heard('hello');
    this.host.send({
      type: 'init',
      workspaceDir,
      create: false,
      restore: options.restore ?? null,
      sample: false,
      vault: 'host',
      logDir: null,
    });
    return Promise.race([this.heard('ready'), this.heard('failed')]);
  }

  window(): PortClient {
    const { client, port } = clientPair();
    this.host.attach(this.nextClient, port);
    this.nextClient += 1;
    return client;
  }

  async shutDown(): Promise<EngineExit> {
    this.host.send({ type: 'shutdown' });
    return this.exited;
  }
}

export interface HostUnderTest {
  readonly name: string;
  /** Starts a fresh engine. */
  start(env?: Readonly<Record<string, string>>): EngineHost;
}

/** What every host of the engine promises; run over each of them. */
export function describeEngineHost(subject: HostUnderTest): void {
  describe(`engine host: ${subject.name}`, () => {
    let dir: string;
    let listings: readonly { listingId: string }[];
    const hosts: WatchedHost[] = [];

    const start = (): WatchedHost => {
      const watched = new WatchedHost(subject.start());
      hosts.push(watched);
      return watched;
    };
    const edit = (client: PortClient, price: string, requestId: string): Promise<{ applied: number }> =>
      client.call('listings.edit', editOf(listings[0]?.listingId ?? '', price), requestId);

    beforeEach(async () => {
      dir = mkdtempSync(join(tmpdir(), 'quayside-host-'));
      listings = await seedWorkspace(dir, 3);
    });
    afterEach(async () => {
      for (const watched of hosts.splice(0)) {
        watched.host.kill();
        await watched.exited;
      }
      rmSync(dir, { recursive: true, force: true });
    });

    it('says hello with its process, opens what init names, and is ready', async () => {
      const watched = start();
      expect(await watched.heard('hello')).toMatchObject({
        pid: expect.any(Number),
        napi: expect.any(String),
      });
      expect(await watched.open(dir)).toMatchObject({ type: 'ready', workspaceId: expect.any(String) });
    });

    it('says why a workspace does not open, with the code, and still shuts down', async () => {
      const watched = start();
      expect(await watched.open(join(dir, 'nowhere'))).toMatchObject({
        type: 'failed',
        error: { code: 'WORKSPACE_MISSING' },
      });
      expect(await watched.shutDown()).toMatchObject({ code: 0 });
    });

    it('gives each window its own pipe and tells all of them what happened', async () => {
      const watched = start();
      await watched.open(dir);
      const [one, two] = [watched.window(), watched.window()];
      const found = await Promise.all([one.call('listings.query', {}), two.call('listings.query', {})]);
      for (const reply of found) expect(reply).toMatchObject({ total: 3 });
      expect(await edit(one, '20.00', v7())).toMatchObject({ applied: 1 });
      // An event is sent before the answer of whatever is asked next.
      await two.call('history.list', {});
      for (const window of [one, two]) {
        expect(window.events.map((event) => event.event)).toContain('listings');
      }
      one.close();
      expect(await two.call('listings.query', {})).toMatchObject({ total: 3 });
    });

    it('answers a bad call with its code and goes on', async () => {
      const watched = start();
      await watched.open(dir);
      const window = watched.window();
      await expect(window.call('no.such', {})).rejects.toMatchObject({ code: 'UNKNOWN_METHOD' });
      await expect(window.call('listings.query', { limit: -1 })).rejects.toMatchObject({ code: 'BAD_INPUT' });
      expect(await window.call('listings.query', {})).toMatchObject({ total: 3 });
    });

    it('asks its host for secrets, keeps none, and stops a call that is cancelled', async () => {
      const silent = await silentServer();
      try {
        const watched = start();
        const secrets = new Map<string, string>();
        watched.secrets = secrets;
        await watched.open(dir);
        const window = watched.window();
        const { accountId } = await window.call<{ accountId: string }>('channels.add', shopAt(silent), v7());
        expect([...secrets.keys()]).toEqual(['personal-data', `account:${accountId}`]);
        expect(secrets.get(`account:${accountId}`)).toContain(SECRET);

        const test = window.start('channels.test', { accountId });
        await silent.asked;
        window.cancel(test.id);
        await expect(test.reply).rejects.toMatchObject({ code: 'CANCELLED' });
        expect(await watched.shutDown()).toMatchObject({ code: 0 });
        expect(filesWith(dir, SECRET)).toEqual([]);
      } finally {
        await silent.close();
      }
    });

    it('refuses a call whose secrets cannot be read, with the reason', async () => {
      const watched = start();
      watched.secrets = null;
      await watched.open(dir);
      const add = watched.window().call('channels.add', shopAt({ url: 'http://127.0.0.1:9' }), v7());
      await expect(add).rejects.toMatchObject({ code: 'VAULT_LOCKED', message: 'the key store is shut' });
    });

    it('finishes, checkpoints and closes on shutdown, so that the next engine finds everything', async () => {
      const first = start();
      await first.open(dir);
      await edit(first.window(), '21.00', v7());
      expect(await first.shutDown()).toEqual({ code: 0, signal: null });
      expect(first.said.at(-1)).toEqual({ type: 'shutdown-done' });
      const second = start();
      expect(await second.open(dir)).toMatchObject({ type: 'ready' });
      expect(await second.window().call('listings.query', { limit: 1 })).toMatchObject({
        rows: [{ price: { minor: 2_100, currency: 'EUR' } }],
      });
    });

    it('restores a backup before it opens, and refuses one that is not whole with nothing changed', async () => {
      const backup = join(dir, 'kept.db');
      const first = start();
      await first.open(dir);
      await first.window().call('workspace.backup', { file: backup }, v7());
      await edit(first.window(), '23.00', v7());
      await first.shutDown();

      const torn = join(dir, 'torn.db');
      writeFileSync(torn, readFileSync(backup).subarray(0, 20_000));
      const refused = start();
      expect(await refused.open(dir, { restore: torn })).toMatchObject({
        type: 'failed',
        error: { code: 'RESTORE_FAILED' },
      });
      await refused.shutDown();
      const unchanged = start();
      await unchanged.open(dir);
      expect(await unchanged.window().call('listings.query', { limit: 1 })).toMatchObject({
        rows: [{ price: { minor: 2_300 } }],
      });
      await unchanged.shutDown();

      const restored = start();
      expect(await restored.open(dir, { restore: backup })).toMatchObject({ type: 'ready' });
      expect(await restored.window().call('listings.query', { limit: 1 })).toMatchObject({
        rows: [{ price: { minor: 1_000 } }],
      });
    });

    it('refuses what was in flight when it dies, and answers a resent command with its first result', async () => {
      const silent = await silentServer();
      try {
        const first = start();
        await first.open(dir);
        const window = first.window();
        const requestId = v7();
        const before = await edit(window, '22.00', requestId);
        const { accountId } = await window.call<{ accountId: string }>('channels.add', shopAt(silent), v7());
        const hanging = window.call('channels.test', { accountId });
        await silent.asked;
        first.host.kill();
        await expect(hanging).rejects.toMatchObject({ code: 'ENGINE_RESTARTED', retryable: true });
        expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });

        const second = start();
        second.secrets = first.secrets;
        await second.open(dir);
        const again = second.window();
        expect(await edit(again, '22.00', requestId)).toEqual(before);
        const history = await again.call<{ commands: { method: string }[] }>('history.list', {});
        expect(history.commands.filter(({ method }) => method === 'listings.edit')).toHaveLength(1);
      } finally {
        await silent.close();
      }
    });
  });
}

export const editOf = (listingId: string, price: string): unknown => ({
  changes: [{ listingId, field: 'price', value: price }],
});

const SECRET = 'cs_0123456789abcdef';

const shopAt = ({ url }: { url: string }): unknown => ({
  platform: 'woocommerce',
  name: 'Shop',
  baseUrl: url,
  credentials: { consumerKey: 'ck_0123456789abcdef', consumerSecret: SECRET },
});

interface SilentServer {
  readonly url: string;
  /** Resolves at the first request, which is never answered. */
  readonly asked: Promise<void>;
  close(): Promise<void>;
}

async function silentServer(): Promise<SilentServer> {
  const asked = Promise.withResolvers<void>();
  const server: Server = createServer(() => asked.resolve());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: asked.promise,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Files of the workspace that hold a text. */
function filesWith(dir: string, text: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}
