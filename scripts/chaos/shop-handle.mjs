// A shop seen from outside: started, killed and started again with what it had stored.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { inRoot } from '../paths.mjs';

const ENTRY = inRoot('scripts', 'chaos', 'shop-process.mjs');

export class ShopHandle {
  /** @param {{ platform: string, seed: number, folder: string, onTwice: (what: object) => void }} options */
  constructor(options) {
    this.options = options;
    this.platform = options.platform;
    this.port = 0;
    this.kills = 0;
    this.waiting = new Map();
    this.nextId = 1;
    this.child = null;
    /** Counted over all processes of this shop. */
    this.before = { faults: 0, writes: 0 };
    this.now = { faults: 0, writes: 0 };
  }

  async start() {
    if (this.child) return;
    const { platform, seed, folder } = this.options;
    const options = {
      seed,
      baseMs: Date.now() - 3_600_000,
      stateFile: join(folder, `${platform}.ndjson`),
      port: this.port,
    };
    const child = fork(ENTRY, [platform, JSON.stringify(options)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.child = child;
    const open = Promise.withResolvers();
    child.on('message', (message) => {
      if (message.type === 'open') open.resolve(message);
      else if (message.type === 'twice') this.options.onTwice({ platform, ...message });
      else if (message.type === 'count') this.now = { faults: message.faults, writes: message.writes };
      else this.settle(message);
    });
    child.once('exit', () => open.reject(new Error(`The ${platform} shop did not start`)));
    const { url, port, credentials } = await open.promise;
    Object.assign(this, { url, port, credentials });
  }

  settle({ id, result, error }) {
    const call = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  }

  /** Starts the shop when it is down. */
  async ask(action, input = null) {
    await this.start();
    const id = this.nextId;
    this.nextId += 1;
    const answer = Promise.withResolvers();
    this.waiting.set(id, answer);
    this.child.send({ id, action, input });
    return answer.promise;
  }

  async kill() {
    const { child } = this;
    if (!child) return;
    this.kills += 1;
    await this.end(child, 'SIGKILL');
  }

  async stop() {
    if (this.child) await this.end(this.child, 'SIGTERM');
  }

  async end(child, signal) {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
    this.child = null;
    this.before = { faults: this.faults, writes: this.writes };
    this.now = { faults: 0, writes: 0 };
  }

  get faults() {
    return this.before.faults + this.now.faults;
  }

  get writes() {
    return this.before.writes + this.now.writes;
  }
}
