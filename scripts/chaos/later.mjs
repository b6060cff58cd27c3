// What keeps changes back: holds, and times at which they go live.
import { setTimeout as wait } from 'node:timers/promises';

/** A process that is killed under the request has to be up again by then. */
const SOON_MS = 10_000;
const LASTS_MS = 2_000;

export class Later {
  constructor(worker) {
    this.worker = worker;
    this.paused = null;
    this.schedules = [];
    /** A row is scheduled once and left alone otherwise, so that its end is known. */
    this.rows = new Set();
  }

  /** Pauses a channel, publishes, and sees that nothing of it left; some time later it goes on. */
  async hold({ at }, number) {
    await this.resume();
    const { worker } = this;
    await worker.joined();
    const shop = worker.pick(at[0], worker.shops);
    await worker.engine.command('publish.pause', { platform: shop.platform, reason: `step ${number}` });
    this.paused = shop;
    await this.quiet();
    const { writes } = shop;
    await worker.edit({ at });
    await worker.whatever('publish.run');
    if (shop.writes !== writes) {
      const detail = `${shop.platform}: ${shop.writes - writes} writes in step ${number}`;
      worker.problems.push({ what: 'sent although paused', detail });
    }
  }

  /** A batch that was on its way when the pause came still arrives: the runs of before have to end. */
  async quiet() {
    for (;;) {
      const { jobs } = await this.worker.again('status.get', {});
      if (!jobs.some(({ kind, state }) => kind === 'publish' && state === 'running')) return;
      await wait(200);
    }
  }

  async resume() {
    const shop = this.paused;
    this.paused = null;
    if (shop) await this.worker.engine.command('publish.resume', { platform: shop.platform });
  }

  async schedule({ at, mine }, number) {
    const { worker } = this;
    const free = worker.rows.filter(
      (row) => !row.contested && !row.locked.includes('price') && !this.rows.has(row.listingId),
    );
    // What is not ours alone or has an edit waiting would make the outcome a matter of time.
    const row = worker.pick(
      at[0],
      free.filter((entry) => !worker.expected.has(`${entry.listingId}.price`)),
    );
    if (!row || row.price === null) return;
    this.rows.add(row.listingId);
    row.locked = [...row.locked, 'price'];
    const value = `${800 + Math.floor(at[1] * 90)}.50`;
    const startAt = Date.now() + SOON_MS;
    const { scheduleId } = await worker.engine.command('publish.schedule', {
      label: `Step ${number}`,
      changes: [{ listingId: row.listingId, field: 'price', value }],
      startAt,
      ...(mine ? { endAt: startAt + LASTS_MS } : {}),
    });
    this.schedules.push({ scheduleId, row, value, ends: mine, before: row.price.minor / 100 });
  }

  /** Those whose time has not come yet, or passed unnoticed. */
  async open() {
    const { schedules } = await this.worker.again('publish.scheduled', {});
    return this.schedules.filter(({ scheduleId, ends }) => {
      const state = schedules.find((entry) => entry.scheduleId === scheduleId)?.state;
      return state !== 'done' && (ends || state !== 'live');
    });
  }

  /** Its value is live, or it was and the one before is back: once. */
  async prove(rows, add) {
    for (const { scheduleId } of await this.open()) add('schedule does not end', scheduleId);
    for (const { row, value, ends, before } of this.schedules) {
      const now = rows.find(({ listingId }) => listingId === row.listingId)?.price?.minor;
      const wanted = Math.round(Number(ends ? before : value) * 100);
      if (now !== wanted) add('schedule went wrong', `${row.platform} ${row.sku}: ${now}, not ${wanted}`);
    }
  }
}
