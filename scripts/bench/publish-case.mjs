// A long publish queue against a shop in memory with a rate limit, on a clock
// that only waiting moves: what the limit allows is then known exactly.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { openEngine } from '../../main/engine/open-engine.ts';
import { dispatch } from '../../main/engine/rpc/dispatch.ts';
import { silentLogger, systemPorts } from '../../main/engine/system-ports.ts';
import { FakeShop } from '../../main/engine/testing/fake-shop.ts';
import { row } from './measure.mjs';

const PRODUCTS = 10_000;
/** Calls a second and at once. */
const LIMIT = { capacity: 1, perSecond: 5 };
const NOON = Date.UTC(2026, 10, 23, 12);

/** Counts and limits its calls; `atCall` runs within the call of that number. */
class LimitedShop extends FakeShop {
  calls = [];
  atCall = new Map();
  ms = 0;

  async pushListings(context, ops) {
    await context.limiter.take('call', LIMIT);
    this.calls.push(ops.map((op) => Object.keys(op.fields)));
    this.atCall.get(this.calls.length)?.();
    return this.timed(() => super.pushListings(context, ops));
  }

  async readListings(context, refs) {
    await context.limiter.take('call', LIMIT);
    this.calls.push([]);
    return this.timed(() => super.readListings(context, refs));
  }

  /** The shop's own time is not the engine's. */
  async timed(work) {
    const started = performance.now();
    const result = await work();
    this.ms += performance.now() - started;
    return result;
  }
}

/** Time goes on to the next moment that somebody waits for, once nobody has anything else to do. */
class VirtualClock {
  at;
  waits = [];
  constructor(at) {
    this.at = at;
  }

  now() {
    return this.at;
  }

  async sleep(ms, signal) {
    await new Promise((resolve) => {
      this.waits.push({ at: this.at + ms, resolve });
      // A wait lets other calls in, as a real one does.
      setImmediate(() => this.goOn());
    });
    signal?.throwIfAborted();
  }

  goOn() {
    this.waits.sort((a, b) => a.at - b.at);
    const next = this.waits.shift();
    if (!next) return;
    this.at = Math.max(this.at, next.at);
    next.resolve();
  }
}

/** 10,000 content ops leave; a stock change in the middle of it overtakes them. */
export async function publishQueue() {
  const dir = mkdtempSync(join(tmpdir(), 'quayside-bench-publish-'));
  const shop = new LimitedShop();
  for (let index = 0; index < PRODUCTS; index += 1) {
    const fields = { title: `P${index}`, sku: `S${index}`, price: 1_000, quantity: 5, status: 'publish' };
    shop.add(String(index), fields);
  }
  const clock = new VirtualClock(NOON);
  const secrets = new Map();
  const vault = {
    get: async (key) => secrets.get(key) ?? null,
    set: async (key, value) => void secrets.set(key, value),
    remove: async (key) => void secrets.delete(key),
  };
  const ports = {
    ...systemPorts(vault, silentLogger),
    clock,
  };
  const opened = await openEngine({ dir, create: true, ports, actor: 'bench', connectors: [shop] });
  const { engine } = opened;
  const call = (method, params) => {
    const by = { actor: 'bench', requestId: v7(), signal: new AbortController().signal };
    return dispatch(engine, method, params, by, { checkOutput: false });
  };
  try {
    await call('channels.add', {
      platform: 'woocommerce',
      name: 'Shop',
      baseUrl: 'https://shop.example',
      credentials: {},
    });
    await call('sync.pull', {});
    const { viewId } = await call('views.open', {});
    const selection = { viewId, spans: [[0, PRODUCTS - 1]] };
    const edits = [{ op: 'replace', field: 'title', find: 'P', replacement: 'Product ' }];
    await call('listings.bulkEdit', { selection, edits });
    let urgent = Promise.resolve();
    const asked = 20;
    shop.atCall.set(asked, () => {
      const edit = [{ op: 'set', field: 'quantity', value: 3 }];
      urgent = call('listings.bulkEdit', { selection: { viewId, spans: [[5, 5]] }, edits: edit }).then(() =>
        call('publish.run', { fields: ['quantity'] }),
      );
    });
    [shop.calls, shop.ms] = [[], 0];
    const virtual = clock.at;
    const cpuBefore = process.cpuUsage();
    const started = performance.now();
    const result = await call('publish.run', { fields: ['title'] });
    const ms = performance.now() - started - shop.ms;
    const { user, system } = process.cpuUsage(cpuBefore);
    const cpu = (user + system) / 1_000;
    if (result.verified < PRODUCTS) throw new Error(`only ${result.verified} ops were verified`);
    const seconds = (clock.at - virtual) / 1_000;
    const stockCall = shop.calls.findIndex((ops) => ops.some((fields) => fields.includes('quantity'))) + 1;
    await urgent;
    const share = Math.round((shop.calls.length / (seconds * LIMIT.perSecond + LIMIT.capacity)) * 1_000) / 10;
    return {
      rows: [
        row(
          `publish ${PRODUCTS.toLocaleString('en')} ops`,
          'engine time per op, reading back included',
          Math.round((ms / PRODUCTS) * 1_000) / 1_000,
          'ms',
          0.3,
          `${shop.calls.length} calls; ${Math.round((cpu / PRODUCTS) * 1_000) / 1_000} ms of processor time per op, the shop in memory included`,
        ),
        row('calls made', 'per cent of what the limit allows (at least 98)', share, '%', null),
        row('a stock change in the middle of it', 'calls until it leaves', stockCall - asked, 'calls', null),
      ],
      raw: { ms, cpu, seconds, calls: shop.calls.length, result },
    };
  } finally {
    await opened.close();
    rmSync(dir, { recursive: true, force: true });
  }
}
