// The real engine process behind its control channel; it may be killed at any moment.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { inRoot } from '../paths.mjs';

const ENTRY = inRoot('main', 'process', 'engine-entry.ts');

/** The process went away before it answered: what became of the call is not known. */
export class EngineDied extends Error {}

/** An error that the engine answered with. */
export class Refused extends Error {
  constructor(method, shape) {
    super(`${method}: ${shape.code} ${shape.message}`);
    this.code = shape.code;
  }
}

export class EngineHandle {
  /** @param {{ workspace: string, log: (line: string) => void }} options */
  constructor(options) {
    this.options = options;
    this.vault = new Map();
    this.waiting = new Map();
    this.nextId = 1;
    this.child = null;
    this.kills = 0;
    this.crashes = 0;
    this.starting = null;
  }

  get pid() {
    return this.child?.pid ?? null;
  }

  /** Starts a process unless one lives. `crash`: `point:N`, where it ends itself once. */
  async start(crash) {
    // A process that does not serve yet would drop what is sent to it.
    if (this.child && !this.starting) return;
    this.starting ??= this.spawn(crash).finally(() => {
      this.starting = null;
    });
    await this.starting;
  }

  async spawn(crash) {
    const env = { ...process.env };
    delete env.QUAYSIDE_CRASH_AT;
    if (crash) env.QUAYSIDE_CRASH_AT = crash;
    const child = fork(ENTRY, [], { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    let told = '';
    child.stderr.on('data', (chunk) => {
      told = `${told}${chunk}`.slice(-4_000);
    });
    const ready = Promise.withResolvers();
    ready.promise.catch(() => undefined);
    child.on('message', (message) => this.receive(child, message, ready));
    child.on('exit', (code, signal) => {
      if (this.child === child) this.child = null;
      if (signal === 'SIGKILL') this.crashes += 1;
      else if (code !== 0) this.options.log(`engine ended with ${code}: ${told}`);
      ready.reject(new EngineDied('died while opening'));
      for (const [id, call] of this.waiting) {
        if (call.child !== child) continue;
        this.waiting.delete(id);
        call.reject(new EngineDied(`died during ${call.method}`));
      }
    });
    this.child = child;
    child.send({
      type: 'init',
      workspaceDir: this.options.workspace,
      create: true,
      sample: false,
      vault: 'host',
      logDir: join(this.options.workspace, '..', 'logs'),
      restore: null,
    });
    await ready.promise;
    if (this.child === child) child.send({ type: 'client-open', clientId: 1 });
  }

  receive(child, message, ready) {
    if (message.type === 'ready') ready.resolve();
    else if (message.type === 'failed') {
      ready.reject(new Error(`the workspace did not open: ${message.error.code} ${message.error.message}`));
    } else if (message.type === 'vault') this.answerVault(child, message);
    else if (message.type === 'client-message') {
      const { id, ok, result, error } = message.data;
      const call = this.waiting.get(id);
      if (!call) return;
      this.waiting.delete(id);
      if (ok) call.resolve(result);
      else call.reject(new Refused(call.method, error));
    }
  }

  answerVault(child, { id, op, key, value }) {
    if (op === 'set') this.vault.set(key, value);
    if (op === 'remove') this.vault.delete(key);
    const found = op === 'get' ? (this.vault.get(key) ?? null) : null;
    if (child.connected) child.send({ type: 'vault-reply', id, ok: true, value: found });
  }

  /** One call to the process that lives now; rejects with EngineDied when it ends first. */
  async call(method, params = {}, requestId) {
    await this.start();
    const { child } = this;
    if (!child) throw new EngineDied('not running');
    const id = this.nextId;
    this.nextId += 1;
    const answer = Promise.withResolvers();
    this.waiting.set(id, { child, method, ...answer });
    const data = { v: 1, id, method, params, ...(requestId ? { requestId } : {}) };
    if (child.connected) child.send({ type: 'client-message', clientId: 1, data }, () => undefined);
    return answer.promise;
  }

  /** A command that happens exactly once, however often the process dies under it. */
  async command(method, params) {
    const requestId = v7();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      try {
        return await this.call(method, params, requestId);
      } catch (error) {
        if (!(error instanceof EngineDied)) throw error;
      }
    }
    throw new Error(`${method} did not survive ten processes`);
  }

  async kill() {
    const { child } = this;
    if (!child) return;
    this.kills += 1;
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  async stop() {
    await this.starting?.catch(() => undefined);
    const { child } = this;
    if (!child) return;
    const gone = once(child, 'exit');
    child.send({ type: 'shutdown' });
    await gone;
  }
}
