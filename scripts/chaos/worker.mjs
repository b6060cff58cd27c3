// Works as people do, in the engine and in the shops, and remembers what has to come out.
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';
import { v7 } from 'uuid';
import { CONTENT, CONTENT_FIELDS, comparable, contentValue } from './content.mjs';
import { EngineDied, Refused } from './engine-handle.mjs';
import { Later } from './later.mjs';
import { OrderActions } from './order-actions.mjs';

const FIELDS = ['price', 'title', 'quantity'];
const PATIENCE_MS = 4_000;
/** Rows that people in the shop change too; the others are only ours. */
const isContested = (index) => index % 3 === 0;

/** A long call may be broken off by a kill or refused while a shop is down; what holds afterwards is proved at the end. */
async function whatever(work) {
  try {
    return await work;
  } catch (error) {
    if (error instanceof EngineDied || error instanceof Refused) return null;
    throw error;
  }
}

export class Worker {
  constructor({ engine, shops, folder, log }) {
    Object.assign(this, { engine, shops, folder, log });
    this.rows = [];
    /** What a cell that is only ours must have in the end, by `owner.field`. */
    this.expected = new Map();
    this.shipments = [];
    this.kinds = {};
    this.problems = [];
    this.background = null;
    this.down = new Map();
    this.later = new Later(this);
    this.actions = new OrderActions(this);
  }

  async begin() {
    for (const shop of this.shops) await shop.start();
    await this.engine.start();
    for (const { platform, url, credentials } of this.shops) {
      const account = { platform, name: platform, baseUrl: url, credentials };
      await this.engine.command('channels.add', account);
    }
    await this.engine.call('sync.pull', {});
    const { rows } = await this.engine.call('listings.query', { limit: 1_000 });
    rows.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const contested = new Set(rows.filter((_row, index) => isContested(index)).map((row) => row.productId));
    const locked = new Map();
    for (const shop of this.shops) {
      for (const [key, values] of Object.entries(await shop.ask('values')))
        locked.set(`${shop.platform} ${key}`, values.locked ?? []);
    }
    this.rows = rows.map((row) => ({
      ...row,
      contested: contested.has(row.productId),
      locked: [
        ...(locked.get(`${row.platform} ${keyOf(row)}`) ?? FIELDS),
        ...(row.quantity === null ? ['quantity'] : []),
      ],
    }));
  }

  pick(at, rows = this.rows) {
    return rows[Math.floor(at * rows.length)];
  }

  shopOf(row) {
    return this.shops.find((shop) => shop.platform === row.platform);
  }

  async take(step, number) {
    this.kinds[step.kind] = (this.kinds[step.kind] ?? 0) + 1;
    for (const [shop, until] of this.down) {
      if (number < until) continue;
      this.down.delete(shop);
      await shop.start();
    }
    await this[step.kind](step, number);
  }

  async edit({ at }) {
    const count = 1 + Math.floor(at[0] * 5);
    const changes = Array.from({ length: count }, (_, index) => {
      const row = this.pick(at[1 + index]);
      const field = FIELDS[Math.floor(at[6 + index] * FIELDS.length)];
      return { row, field, value: valueOf(field, at[11 + (index % 5)], 'desk') };
    }).filter(({ row, field }) => !row.locked.includes(field));
    if (changes.length === 0) return;
    const outcome = await this.engine.command('listings.edit', {
      changes: changes.map(({ row, field, value }) => ({ listingId: row.listingId, field, value })),
    });
    const refused = new Set(outcome.rejected.map(({ listingId, field }) => `${listingId}.${field}`));
    for (const change of changes) {
      if (!refused.has(`${change.row.listingId}.${change.field}`)) this.expect(change);
    }
  }

  /** Texts of products; in the shop somebody may write them, too. */
  async content({ at }) {
    const rows = this.rows.filter((row) => !row.locked.includes('title'));
    const changes = [0, 1].map((index) => {
      const row = this.pick(at[index], rows);
      const fields = CONTENT[row.platform];
      const field = fields[Math.floor(at[2 + index] * fields.length)];
      return { row, field, value: contentValue(field, at[4 + index], 'desk') };
    });
    const outcome = await this.engine.command('listings.edit', {
      changes: changes.map(({ row, field, value }) => ({ listingId: row.listingId, field, value })),
    });
    const refused = new Set(outcome.rejected.map(({ listingId, field }) => `${listingId}.${field}`));
    for (const change of changes) {
      if (!refused.has(`${change.row.listingId}.${change.field}`)) this.expect(change);
    }
  }

  async paste({ at }) {
    const texts = [0, 1, 2, 3, 4].map((index) => [
      valueOf('title', at[2 + index], 'paste'),
      valueOf('price', at[7 + index], 'paste'),
    ]);
    const requestId = v7();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      try {
        // A view dies with its process; the request keeps its id, so that the paste happens once.
        const { viewId, count } = await this.engine.call('views.open', {});
        const fromRow = Math.floor(at[0] * Math.max(1, count - 6));
        const window = { viewId, from: fromRow, to: fromRow + 4, fields: ['title'] };
        const { rows } = await this.engine.call('views.rows', window);
        const block = rows.map(({ listingId }, index) => this.unlocked(listingId, texts[index]));
        const input = { viewId, fromRow, fields: ['title', 'price'], block, locale: 'en' };
        const outcome = await this.engine.call('listings.paste', input, requestId);
        this.expectPasted(rows, texts, outcome.rejected);
        return;
      } catch (error) {
        if (!(error instanceof EngineDied)) throw error;
      }
    }
    throw new Error('listings.paste did not survive ten processes');
  }

  /** A paste leaves cells alone that are not to be changed. */
  unlocked(listingId, [title, price]) {
    const locked = this.rows.find((row) => row.listingId === listingId)?.locked ?? FIELDS;
    return [locked.includes('title') ? null : title, locked.includes('price') ? null : price];
  }

  expectPasted(rows, texts, rejected) {
    const refused = new Set(rejected.map(({ listingId, field }) => `${listingId}.${field}`));
    rows.forEach(({ listingId }, index) => {
      const row = this.rows.find((candidate) => candidate.listingId === listingId);
      ['title', 'price'].forEach((field, column) => {
        if (row && !row.locked.includes(field) && !refused.has(`${listingId}.${field}`))
          this.expect({ row, field, value: texts[index][column] });
      });
    });
  }

  async undo() {
    await this.takeBack('history.undo');
  }

  async redo() {
    await this.takeBack('history.redo');
  }

  async takeBack(method) {
    try {
      const { commandId, target } = await this.engine.command(method, {});
      const shipment = this.shipments.find((candidate) => candidate.commandId === target);
      if (shipment) shipment.left = method === 'history.redo';
      await this.learnFrom(commandId);
    } catch (error) {
      // Nothing to take back.
      if (!(error instanceof Refused)) throw error;
    }
  }

  /** The cells that a command of ours changed have its values now, and had what we expected before. */
  async learnFrom(commandId) {
    const { changes } = await this.again('history.changes', { commandId, limit: 1_000 });
    for (const { listingId, field, before, after } of changes) {
      const row = this.rows.find((candidate) => candidate.listingId === listingId);
      if (!row || !this.isOurs(row, field)) continue;
      const cell = cellOf(row, field);
      const known = this.expected.get(cell);
      if (known !== undefined && !sameValue(field, known, before)) {
        this.problems.push({ what: 'wrong undo', detail: `${cell}: had ${before}, expected ${known}` });
      }
      this.expected.set(cell, after);
    }
  }

  /** A query, repeated until a process lives long enough. */
  async again(method, params) {
    for (;;) {
      try {
        return await this.engine.call(method, params);
      } catch (error) {
        if (!(error instanceof EngineDied)) throw error;
      }
    }
  }

  /** Whether nobody else changes this cell. */
  isOurs(row, field) {
    if (![...FIELDS, ...CONTENT_FIELDS].includes(field)) return false;
    return !row.contested && !(field === 'quantity' && row.restocked === true);
  }

  expect({ row, field, value }) {
    if (this.isOurs(row, field)) this.expected.set(cellOf(row, field), value);
  }

  /** A shop may put units back by itself: their number is not only ours any more. */
  restocked(listingIds) {
    for (const row of this.rows) {
      if (!listingIds.includes(row.listingId)) continue;
      row.restocked = true;
      this.expected.delete(cellOf(row, 'quantity'));
    }
  }

  isShipped(orderId) {
    return this.shipments.some(({ order }) => order.orderId === orderId);
  }

  async cancel(step, number) {
    await this.actions.take(step, number, 'cancel');
  }

  async refund(step, number) {
    await this.actions.take(step, number, 'refund');
  }

  async hold(step, number) {
    await this.later.hold(step, number);
  }

  async resume() {
    await this.later.resume();
  }

  async schedule(step, number) {
    await this.later.schedule(step, number);
  }

  async whatever(method) {
    return whatever(this.engine.call(method, {}));
  }

  async publish() {
    await this.publishInBackground();
    await this.join();
  }

  async publishInBackground() {
    await this.join();
    this.background = whatever(this.engine.call('publish.run', {}));
    this.background.catch(() => undefined);
  }

  /** A channel that shows values late keeps a publish waiting; work goes on beside it. */
  async join() {
    await Promise.race([this.background, wait(PATIENCE_MS, undefined, { ref: false })]);
    this.background = null;
  }

  /** Nothing runs beside us any more. */
  async joined() {
    await this.background;
    this.background = null;
  }

  /** Something is on its way when the process dies. */
  async publishKilled(step) {
    await this.join();
    await this.edit(step);
    await whatever(this.engine.start());
    const { delayMs } = step;
    const run = whatever(this.engine.call('publish.run', {}));
    await wait(delayMs);
    await this.engine.kill();
    await run;
  }

  async pull() {
    await whatever(this.engine.call('sync.pull', {}));
  }

  async pullKilled({ delayMs }) {
    await whatever(this.engine.start());
    const run = whatever(this.engine.call('sync.pull', { full: true }));
    await wait(delayMs);
    await this.engine.kill();
    await run;
  }

  async ship({ at }, number) {
    const { rows } = await this.again('orders.query', { states: ['ready'], limit: 200 });
    rows.sort((a, b) => (a.number < b.number ? -1 : 1));
    const order = this.pick(
      at[0],
      rows.filter(({ orderId }) => !this.actions.orders.has(orderId)),
    );
    if (!order) return;
    const shipment = { order, tracking: `T${number}X${order.number.replaceAll(/\W/g, '')}` };
    try {
      for (const step of ['orders.pick', 'orders.pack'])
        await this.engine.command(step, { orderId: order.orderId });
      const { commandId } = await this.engine.command('orders.ship', {
        orderId: order.orderId,
        carrier: 'DHL',
        tracking: shipment.tracking,
      });
      this.shipments.push({ ...shipment, commandId, left: true });
    } catch (error) {
      // A pull took the order away meanwhile.
      if (!(error instanceof Refused)) throw error;
      this.log(error.message);
    }
  }

  async shopEdit({ at }) {
    const contested = this.rows.filter((row) => row.contested);
    for (const index of [0, 1, 2]) {
      const row = this.pick(at[index], contested);
      const field = FIELDS[Math.floor(at[3 + index] * FIELDS.length)];
      if (row.locked.includes(field)) continue;
      const text = valueOf(field, at[6 + index], 'shop');
      const shop = this.shopOf(row);
      this.down.delete(shop);
      await shop.ask('edit', { key: keyOf(row), field, value: field === 'quantity' ? Number(text) : text });
    }
  }

  async fault({ at, fault, on }) {
    const shop = this.pick(at[0], this.shops);
    this.down.delete(shop);
    await shop.ask('fault', { fault, on, times: 1 + Math.floor(at[1] * 3), skip: Math.floor(at[2] * 4) });
  }

  /** A process that ends itself at a named point, and work that leads there. */
  async crashPoint(step, number) {
    await this.join();
    await this.engine.kill();
    const { crash } = step;
    await whatever(this.engine.start(`${crash}@${join(this.folder, `crash-${number}`)}`));
    if (crash.startsWith('pull')) return this.pull();
    if (crash.startsWith('ship')) await this.ship(step, number);
    else await this.edit(step);
    return this.publish();
  }

  async killEngine() {
    await this.engine.kill();
  }

  async killShop({ at }, number) {
    const shop = this.pick(at[0], this.shops);
    await shop.kill();
    this.down.set(shop, number + 1 + Math.floor(at[1] * 4));
  }

  async resolve({ mine }) {
    await whatever(this.engine.command('conflicts.resolve', { choice: mine ? 'mine' : 'theirs' }));
  }

  async retry() {
    await whatever(this.engine.call('publish.retry', {}));
  }
}

/** As the shops name a listing. */
export function keyOf(row) {
  const product = row.productExternalId ?? row.externalId;
  return `${product}|${row.externalId === null || row.externalId === product ? '' : row.externalId}`;
}

/** Texts belong to the product, the other fields to the listing. */
export function cellOf(row, field) {
  return `${field === 'title' || CONTENT_FIELDS.includes(field) ? row.productId : row.listingId}.${field}`;
}

export function sameValue(field, one, other) {
  if (field === 'title') return one === other;
  if (CONTENT_FIELDS.includes(field)) return comparable(one) === comparable(other);
  return Number(one) === Number(other);
}

function valueOf(field, at, where) {
  if (field === 'title') return `From the ${where} ${Math.floor(at * 10_000)}`;
  // Above every sale price of the shops.
  if (field === 'price') return `${900 + Math.floor(at * 90)}.${String(10 + (Math.floor(at * 8_900) % 90))}`;
  return String(1 + Math.floor(at * 80));
}
