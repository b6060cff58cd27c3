import {
  fromEngineSchema,
  toEngineSchema,
  type FromEngine,
  type ToEngine,
} from '#shared/contract/host-protocol.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import { openEngine, type OpenedEngine } from '../engine/open-engine.ts';
import type { Vault } from '../engine/ports.ts';
import { serveClient, type ClientSession } from '../engine/rpc/server.ts';
import { Scheduler } from '../engine/sync/scheduler.ts';
import { lineLogger, systemPorts } from '../engine/system-ports.ts';
import { controlChannel, type ClientPipe } from './control-channel.ts';
import { openLog } from './log-file.ts';
import { startSampleShop, type SampleShop } from './sample-shop.ts';

/**
 * The engine's own process. It speaks host-protocol on its control channel,
 * whoever hosts it, and serves each window on a pipe of its own.
 */
const channel = controlChannel();
const clients = new Map<number, ClientSession>();
let opened: OpenedEngine | null = null;
let scheduler: Scheduler | null = null;
let shop: SampleShop | null = null;

const send = (message: FromEngine): void => channel.send(fromEngineSchema.parse(message));

const vaultWaiters = new Map<number, { resolve(value: string | null): void; reject(error: unknown): void }>();
let nextVaultCall = 1;

function askVault(op: 'get' | 'set' | 'remove', key: string, value: string | null): Promise<string | null> {
  const id = nextVaultCall;
  nextVaultCall += 1;
  return new Promise((resolve, reject) => {
    vaultWaiters.set(id, { resolve, reject });
    send({ type: 'vault', id, op, key, value });
  });
}

const hostVault: Vault = {
  get: (key) => askVault('get', key, null),
  set: async (key, value) => {
    await askVault('set', key, value);
  },
  remove: async (key) => {
    await askVault('remove', key, null);
  },
};

async function initialise(message: Extract<ToEngine, { type: 'init' }>): Promise<void> {
  const log = lineLogger(openLog(message.logDir));
  try {
    opened = await openEngine({
      dir: message.workspaceDir,
      create: message.create,
      ports: systemPorts(hostVault, log),
      actor: 'user',
    });
    if (message.sample) shop = await startSampleShop(opened.engine);
    scheduler = new Scheduler(opened.engine);
    scheduler.start();
    send({ type: 'ready', workspaceId: opened.workspaceId });
  } catch (error) {
    log.error('the workspace did not open', {
      message: error instanceof Error ? error.message : String(error),
    });
    send({ type: 'failed', error: toErrorShape(error) });
  }
}

function openClient(clientId: number, pipe: ClientPipe): void {
  if (!opened) return;
  clients.get(clientId)?.close();
  const session = serveClient(
    opened.engine,
    { send: (message) => pipe.send(message) },
    { checkOutput: process.env['NODE_ENV'] !== 'production' },
  );
  clients.set(clientId, session);
  pipe.onMessage((message) => session.receive(message));
  pipe.onClose(() => {
    session.close();
    clients.delete(clientId);
  });
}

async function shutdown(): Promise<void> {
  for (const session of clients.values()) session.close();
  clients.clear();
  await scheduler?.stop();
  await opened?.close();
  await shop?.close();
  opened = null;
  send({ type: 'shutdown-done' });
  channel.end();
}

channel.onMessage((raw, pipe) => {
  const parsed = toEngineSchema.safeParse(raw);
  if (!parsed.success) return;
  const message = parsed.data;
  switch (message.type) {
    case 'init':
      void initialise(message);
      return;
    case 'client-open':
      if (pipe) openClient(message.clientId, pipe);
      return;
    case 'client-message':
    case 'client-close':
      // Relayed pipes are taken apart by the channel.
      return;
    case 'vault-reply': {
      const waiter = vaultWaiters.get(message.id);
      vaultWaiters.delete(message.id);
      if (message.ok) waiter?.resolve(message.value);
      else waiter?.reject(new CodedError('VAULT_LOCKED', message.error ?? 'The vault cannot be read'));
      return;
    }
    case 'power':
      if (message.state === 'resume') scheduler?.nudge();
      return;
    case 'shutdown':
      void shutdown();
  }
});

// An unexpected failure must not leave a half-alive engine: the host restarts it.
process.on('uncaughtException', (error) => {
  process.stderr.write(`engine died: ${error.stack ?? error.message}\n`);
  process.exit(70);
});
process.on('unhandledRejection', (reason) => {
  process.stderr.write(
    `engine died: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}\n`,
  );
  process.exit(70);
});

send({ type: 'hello', pid: process.pid, napi: process.versions['napi'] ?? '0' });
