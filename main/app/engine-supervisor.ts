import type { EngineState } from '#shared/contract/bridge.ts';
import type { ToEngine } from '#shared/contract/host-protocol.ts';
import type { SecretVault } from '../secrets/keyfile-vault.ts';
import type { ClientPort, EngineHost } from './engine-host/engine-host.ts';
import { decideRestart } from './restart-policy.ts';

export interface SupervisorOptions {
  readonly startHost: () => EngineHost;
  readonly init: () => Extract<ToEngine, { type: 'init' }>;
  readonly vault: () => SecretVault;
  readonly onState: (state: EngineState) => void;
  readonly log: (message: string, data?: unknown) => void;
}

const SHUTDOWN_CAP_MS = 5_000;
/** An engine in the middle of a long statement answers when that is done. */
const ACTIVITY_CAP_MS = 10_000;

export type EngineActivity = { readonly inFlight: number; readonly jobs: number };

/** Keeps one engine alive: starts it, answers its vault calls, starts it again when it dies, and shuts it down in order. */
export class EngineSupervisor {
  private readonly options: SupervisorOptions;
  private host: EngineHost | null = null;
  private current: EngineState = { state: 'starting' };
  private deaths: number[] = [];
  private stopping = false;
  private timer: NodeJS.Timeout | null = null;
  private readonly settling: ((state: EngineState) => void)[] = [];
  private readonly asking: ((activity: EngineActivity | null) => void)[] = [];
  private readonly waiting: { clientId: number; port: ClientPort }[] = [];

  constructor(options: SupervisorOptions) {
    this.options = options;
  }

  get state(): EngineState {
    return this.current;
  }

  get pid(): number | undefined {
    return this.host?.pid;
  }

  start(): void {
    this.stopping = false;
    const host = this.options.startHost();
    this.host = host;
    this.setState(this.deaths.length > 0 ? { state: 'restarting' } : { state: 'starting' });
    host.onMessage((message) => {
      if (this.host !== host) return;
      switch (message.type) {
        case 'hello':
          host.send(this.options.init());
          return;
        case 'ready':
          this.setState({ state: 'ready' });
          for (const { clientId, port } of this.waiting.splice(0)) host.attach(clientId, port);
          return;
        case 'failed':
          this.options.log('engine failed to open the workspace', message.error);
          this.setState({ state: 'failed', code: message.error.code, message: message.error.message });
          return;
        case 'vault':
          void this.answerVault(host, message);
          return;
        case 'activity':
          for (const answer of this.asking.splice(0)) answer(message);
          return;
        case 'client-message':
        case 'shutdown-done':
          return;
      }
    });
    host.onExit((exit) => {
      if (this.host !== host) return;
      this.host = null;
      if (this.stopping) return;
      this.options.log('engine died', exit);
      this.died();
    });
  }

  private died(): void {
    // A workspace that does not open is not a crash: starting again would fail the same way.
    if (this.current.state === 'failed') return;
    const now = Date.now();
    this.deaths = [...this.deaths.slice(-9), now];
    const decision = decideRestart(this.deaths, now);
    if (!decision.restart) {
      this.setState({
        state: 'failed',
        code: 'ENGINE_UNAVAILABLE',
        message: 'The engine stopped three times within a minute',
      });
      return;
    }
    this.setState({ state: 'restarting' });
    this.timer = setTimeout(() => this.start(), decision.delayMs);
  }

  private async answerVault(
    host: EngineHost,
    call: { id: number; op: 'get' | 'set' | 'remove'; key: string; value: string | null },
  ): Promise<void> {
    try {
      const vault = this.options.vault();
      let value: string | null = null;
      if (call.op === 'get') value = await vault.get(call.key);
      else if (call.op === 'set') await vault.set(call.key, call.value ?? '');
      else await vault.remove(call.key);
      host.send({ type: 'vault-reply', id: call.id, ok: true, value });
    } catch (error) {
      host.send({
        type: 'vault-reply',
        id: call.id,
        ok: false,
        value: null,
        error: error instanceof Error ? error.message : 'The vault failed',
      });
    }
  }

  private setState(state: EngineState): void {
    this.current = state;
    this.options.onState(state);
    if (state.state === 'ready' || state.state === 'failed') {
      for (const resolve of this.settling.splice(0)) resolve(state);
    }
  }

  /** The next state that lasts: `ready` or `failed`. */
  private settled(): Promise<EngineState> {
    return new Promise((resolve) => {
      this.settling.push(resolve);
    });
  }

  /** Connects a window, now or as soon as the engine is ready. */
  attach(clientId: number, port: ClientPort): void {
    if (this.host && this.current.state === 'ready') this.host.attach(clientId, port);
    else this.waiting.push({ clientId, port });
  }

  /** What the engine is about; null when it does not say. */
  activity(): Promise<EngineActivity | null> {
    const host = this.host;
    if (!host || this.current.state !== 'ready') return Promise.resolve(null);
    return new Promise((resolve) => {
      const cap = setTimeout(() => resolve(null), ACTIVITY_CAP_MS);
      this.asking.push((activity) => {
        clearTimeout(cap);
        resolve(activity);
      });
      host.send({ type: 'activity' });
    });
  }

  power(state: 'suspend' | 'resume'): void {
    this.host?.send({ type: 'power', state });
  }

  /** Finish, checkpoint, close: the engine says when it is done, and is killed when it takes too long. */
  async stop(): Promise<void> {
    this.stopping = true;
    if (this.timer) clearTimeout(this.timer);
    const host = this.host;
    if (!host) return;
    await new Promise<void>((resolve) => {
      // The exit after the kill resolves: before it the workspace is still locked.
      const cap = setTimeout(() => {
        this.options.log('engine did not shut down in time');
        host.kill();
      }, SHUTDOWN_CAP_MS);
      host.onExit(() => {
        clearTimeout(cap);
        resolve();
      });
      host.send({ type: 'shutdown' });
    });
    this.host = null;
  }

  /** Stops and starts; resolves with whether that worked, once it is known. */
  async restart(): Promise<EngineState> {
    this.setState({ state: 'restarting' });
    await this.stop();
    this.deaths = [];
    const settled = this.settled();
    this.start();
    return settled;
  }
}
