import {
  fromEngineSchema,
  toEngineSchema,
  type FromEngine,
  type ToEngine,
} from '#shared/contract/host-protocol.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { Engine } from '../engine/engine.ts';
import { openEngine, type OpenedEngine } from '../engine/open-engine.ts';
import { restoreWorkspace } from '../engine/jobs/restore.ts';
import type { Vault } from '../engine/ports.ts';
import { serveClient, type ClientSession } from '../engine/rpc/server.ts';
import { Scheduler } from '../engine/sync/scheduler.ts';
import { lineLogger, systemPorts } from '../engine/system-ports.ts';
import type { ClientPipe, ControlChannel } from './control-channel.ts';
import { openLog } from './log-file.ts';

export interface EngineProcessOptions {
  readonly channel: ControlChannel;
  /** Starts the simulated shop of the sample store. */
  readonly startSample: (engine: Engine) => Promise<{ close(): Promise<void> }>;
  /** Parse replies too: development and tests. */
  readonly checkOutput: boolean;
  /** Told when work passes a named crash point. */
  readonly atPoint?: ((point: string) => void) | undefined;
}

/** How often it is looked whether the day's backup is due. */
const DAILY_LOOK_MS = 30 * 60_000;

/**
 * The engine behind a control channel: says `hello`, opens what `init` names,
 * serves each window on a pipe of its own, and closes in order on `shutdown`.
 * The same for every host.
 */
export function serveEngineProcess(options: EngineProcessOptions): void {
  const { channel } = options;
  const clients = new Map<number, ClientSession>();
  let opened: OpenedEngine | null = null;
  let scheduler: Scheduler | null = null;
  let sample: { close(): Promise<void> } | null = null;
  let daily: NodeJS.Timeout | undefined;
  let opening: Promise<void> = Promise.resolve();

  const send = (message: FromEngine): void => channel.send(fromEngineSchema.parse(message));
  const vault = new HostVault(send);

  const initialise = async (message: Extract<ToEngine, { type: 'init' }>): Promise<void> => {
    const log = lineLogger(openLog(message.logDir));
    try {
      if (message.restore !== null) restoreWorkspace(message.workspaceDir, message.restore, Date.now());
      opened = await openEngine({
        dir: message.workspaceDir,
        create: message.create,
        ports: {
          ...systemPorts(vault, log),
          ...(options.atPoint ? { atPoint: options.atPoint } : {}),
        },
        actor: 'user',
      });
      if (message.sample) sample = await options.startSample(opened.engine);
      scheduler = new Scheduler(opened.engine);
      scheduler.start();
      const { safety } = opened.engine;
      safety.daily();
      daily = setInterval(() => safety.daily(), DAILY_LOOK_MS);
      send({ type: 'ready', workspaceId: opened.workspaceId });
    } catch (error) {
      log.error('the workspace did not open', {
        message: error instanceof Error ? error.message : String(error),
      });
      await opened?.close();
      opened = null;
      send({ type: 'failed', error: toErrorShape(error) });
    }
  };

  const openClient = (clientId: number, pipe: ClientPipe): void => {
    if (!opened) return;
    void clients.get(clientId)?.close();
    const session = serveClient(
      opened.engine,
      { send: (message) => pipe.send(message) },
      { checkOutput: options.checkOutput },
    );
    clients.set(clientId, session);
    pipe.onMessage((message) => session.receive(message));
    pipe.onClose(() => {
      void session.close();
      if (clients.get(clientId) === session) clients.delete(clientId);
    });
  };

  const shutdown = async (): Promise<void> => {
    // A workspace that is just being opened is closed when it is open.
    await opening;
    clearInterval(daily);
    await Promise.all([scheduler?.stop(), ...[...clients.values()].map((session) => session.close())]);
    clients.clear();
    await opened?.close();
    await sample?.close();
    opened = null;
    send({ type: 'shutdown-done' });
    channel.end();
  };

  channel.onMessage((raw, pipe) => {
    const parsed = toEngineSchema.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.type) {
      case 'init':
        opening = initialise(message);
        return;
      case 'client-open':
        if (pipe) openClient(message.clientId, pipe);
        return;
      case 'client-message':
      case 'client-close':
        // Relayed pipes are taken apart by the channel.
        return;
      case 'vault-reply':
        vault.answer(message);
        return;
      case 'power':
        if (message.state === 'resume') scheduler?.nudge();
        return;
      case 'activity':
        if (opened) send({ type: 'activity', ...activity(opened.engine) });
        return;
      case 'shutdown':
        void shutdown();
    }
  });

  send({ type: 'hello', pid: process.pid, napi: process.versions['napi'] ?? '0' });
}

/** What should not be cut off by an update. */
function activity(engine: Engine): { inFlight: number; jobs: number } {
  const [inFlight = 0] = engine.db.pluck<number>('SELECT count(*) FROM outbox WHERE lease IS NOT NULL');
  const [jobs = 0] = engine.db.pluck<number>("SELECT count(*) FROM job WHERE state = 'running'");
  return { inFlight, jobs };
}

type VaultReply = Extract<ToEngine, { type: 'vault-reply' }>;

/** Secrets stay with the host; each call asks for one and waits for its answer. */
class HostVault implements Vault {
  private readonly send: (message: FromEngine) => void;
  private readonly waiting = new Map<number, PromiseWithResolvers<string | null>>();
  private nextId = 1;

  constructor(send: (message: FromEngine) => void) {
    this.send = send;
  }

  private ask(op: 'get' | 'set' | 'remove', key: string, value: string | null): Promise<string | null> {
    const id = this.nextId;
    this.nextId += 1;
    const waiter = Promise.withResolvers<string | null>();
    this.waiting.set(id, waiter);
    this.send({ type: 'vault', id, op, key, value });
    return waiter.promise;
  }

  answer(reply: VaultReply): void {
    const waiter = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    if (reply.ok) waiter?.resolve(reply.value);
    else waiter?.reject(new CodedError('VAULT_LOCKED', reply.error ?? 'The vault cannot be read'));
  }

  get(key: string): Promise<string | null> {
    return this.ask('get', key, null);
  }

  async set(key: string, value: string): Promise<void> {
    await this.ask('set', key, value);
  }

  async remove(key: string): Promise<void> {
    await this.ask('remove', key, null);
  }
}
