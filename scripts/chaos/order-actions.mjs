// Cancellations and refunds: each happens once in the shop, or not at all.

/** Where nothing more happens to one. */
const ENDED = ['verified', 'rejected', 'taken_back', 'by_hand'];

export class OrderActions {
  constructor(worker) {
    this.worker = worker;
    /** By order: what was asked for. */
    this.asked = [];
    this.orders = new Set();
  }

  async take(step, number, kind) {
    const { worker } = this;
    const { rows } = await worker.again('orders.query', { states: ['ready'], limit: 200 });
    const free = rows.filter(({ orderId }) => !this.orders.has(orderId) && !worker.isShipped(orderId));
    free.sort((a, b) => (a.number < b.number ? -1 : 1));
    const order = worker.pick(step.at[0], free);
    if (!order) return;
    this.orders.add(order.orderId);
    // An amount of its own, so that the shop's books name the request.
    const amount = 100 + number;
    const input =
      kind === 'cancel'
        ? { reason: 'customer', restock: false, refund: false, notify: false }
        : { lines: [], shipping: false, amountMinor: amount, money: 'original', notify: false };
    // Some shops put the units back whatever one says.
    if (kind === 'cancel') await this.expectStock(order);
    const method = kind === 'cancel' ? 'orders.cancel' : 'orders.refund';
    const { actionId } = await worker.engine.command(method, { orderId: order.orderId, ...input });
    this.asked.push({ kind, order, actionId, amount });
    if (step.mine && step.at[1] < 0.3) await this.takeBack(actionId);
  }

  async takeBack(actionId) {
    try {
      await this.worker.engine.command('orders.takeBackAction', { actionId });
    } catch (error) {
      // It has left already.
      if (error.code !== 'INVALID_STATE') throw error;
    }
  }

  async expectStock(order) {
    const { items } = await this.worker.again('orders.get', { orderId: order.orderId });
    this.worker.restocked(items.map(({ listingId }) => listingId));
  }

  async states() {
    const found = [];
    for (const entry of this.asked) {
      const { actions } = await this.worker.again('orders.actions', { orderId: entry.order.orderId });
      const action = actions.find(({ actionId }) => actionId === entry.actionId);
      found.push({ ...entry, state: action?.state ?? 'lost', message: action?.message ?? '' });
    }
    return found;
  }

  async open() {
    return (await this.states()).filter(({ state }) => !ENDED.includes(state));
  }

  /** Counts of what became of them are returned. */
  async prove(add) {
    const counts = {};
    for (const { kind, order, amount, state, message } of await this.states()) {
      counts[`${kind} ${state}`] = (counts[`${kind} ${state}`] ?? 0) + 1;
      const name = `${kind} of ${order.platform} order ${order.number}`;
      if (!ENDED.includes(state)) add('order action does not end', `${name}: ${state} ${message}`);
      if (state === 'by_hand') continue;
      const { cancelled, refunds } = await this.worker
        .shopOf(order)
        .ask('orderIn', { order: order.externalId });
      const times = kind === 'cancel' ? Number(cancelled) : refunds.filter((paid) => paid === amount).length;
      const wanted = state === 'verified' ? 1 : 0;
      if (times !== wanted) add('order action done wrongly', `${name} is ${state}, done ${times} times`);
      if (kind === 'refund' && refunds.length !== wanted)
        add('paid back twice', `${name} (${amount}): ${refunds.join(', ')}`);
    }
    return counts;
  }
}
