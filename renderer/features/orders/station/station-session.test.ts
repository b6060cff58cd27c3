import { describe, expect, it } from 'vitest';
import type { Params, Result } from '#shared/contract/methods.ts';
import type { OrderDetail, OrderLine } from '#shared/contract/orders.ts';
import { orderState } from '#shared/domain/order-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { EngineClient } from '../../../lib/engine-client.ts';
import { StationSession } from './station-session.ts';
import type { Tone } from './station-state.ts';

function line(sku: string, quantity: number, picked = 0): OrderLine {
  return {
    lineId: sku,
    externalId: sku,
    sku,
    title: `The ${sku}`,
    variant: '',
    quantity,
    picked,
    packed: 0,
    shipped: 0,
    missing: 0,
    unitPrice: { minor: 100, currency: 'EUR' },
    listingId: null,
    gtin: null,
    image: null,
    bin: null,
  };
}

/** A warehouse in memory that answers as the engine does, with a history of whole orders for undo. */
class Warehouse {
  readonly orders = new Map<string, OrderDetail>();
  readonly scanned: string[] = [];
  private readonly history = new Map<string, OrderDetail>();
  private commands = 0;
  /** Set to fail the next call. */
  failure: CodedError | null = null;

  add(orderId: string, items: OrderLine[]): void {
    this.orders.set(orderId, {
      orderId,
      accountId: 'a',
      accountName: 'Shop',
      platform: 'woocommerce',
      externalId: orderId,
      number: orderId,
      state: orderState(null, items),
      channelStatus: 'processing',
      customerName: 'Ada',
      country: 'DE',
      total: { minor: 100, currency: 'EUR' },
      units: 1,
      lines: items.length,
      placedAt: 0,
      shipBy: null,
      late: false,
      due: null,
      missing: 0,
      readAt: 0,
      shipmentState: null,
      shipTo: {
        name: 'Ada',
        company: '',
        line1: '',
        line2: '',
        city: '',
        region: '',
        postcode: '',
        country: '',
        phone: '',
        email: '',
      },
      note: '',
      shippingMethod: '',
      items,
      shipments: [],
      events: [],
    });
  }

  read(orderId: string): OrderDetail {
    const order = this.orders.get(orderId);
    if (!order) throw new CodedError('NOT_FOUND', 'gone');
    return order;
  }

  readonly call = (async (method: string, params: unknown) => {
    await Promise.resolve();
    const { failure } = this;
    this.failure = null;
    if (failure) throw failure;
    switch (method) {
      case 'orders.get':
        return this.read((params as Params<'orders.get'>).orderId);
      case 'orders.scan':
        return this.scan(params as Params<'orders.scan'>);
      case 'orders.pick':
      case 'orders.pack': {
        const { orderId, lines = [] } = params as Params<'orders.pick'>;
        const [wanted] = lines;
        const column = method === 'orders.pick' ? 'picked' : 'packed';
        return this.change(orderId, wanted?.lineId ?? '', (item) => ({
          ...item,
          [column]: item[column] + (wanted?.quantity ?? 0),
        }));
      }
      case 'orders.shortPick': {
        const { orderId, lineId } = params as Params<'orders.shortPick'>;
        return this.change(orderId, lineId, (item) => ({ ...item, missing: item.quantity - item.picked }));
      }
      case 'orders.ship': {
        const { orderId } = params as Params<'orders.ship'>;
        return {
          ...this.change(orderId, null, (item) => ({ ...item, shipped: item.packed })),
          shipmentId: 's',
        };
      }
      case 'history.undo': {
        const before = this.history.get((params as Params<'history.undo'>).commandId ?? '');
        if (!before) throw new CodedError('NOT_FOUND', 'no such command');
        this.orders.set(before.orderId, before);
        return {};
      }
      default:
        throw new Error(method);
    }
  }) as EngineClient['call'];

  private scan({ orderId, step, code }: Params<'orders.scan'>): Result<'orders.scan'> {
    this.scanned.push(code);
    const order = this.read(orderId);
    const item = order.items.find((candidate) => candidate.sku === code);
    const open = item && (step === 'pick' ? item.quantity - item.picked : item.picked - item.packed);
    const base = { state: order.state, done: 0, total: 0, commandId: null, line: item ?? null };
    if (!item || !open) return { ...base, outcome: item ? 'too_many' : 'wrong_item' };
    const column = step === 'pick' ? 'picked' : 'packed';
    const { commandId, lines } = this.change(orderId, item.lineId, (old) => ({
      ...old,
      [column]: old[column] + 1,
    }));
    return {
      ...base,
      outcome: 'taken',
      commandId,
      line: lines.find((candidate) => candidate.lineId === item.lineId) ?? null,
    };
  }

  private change(orderId: string, lineId: string | null, work: (item: OrderLine) => OrderLine) {
    const before = this.read(orderId);
    const items = before.items.map((item) => (lineId === null || item.lineId === lineId ? work(item) : item));
    this.commands += 1;
    const commandId = String(this.commands);
    this.history.set(commandId, before);
    const state = orderState(null, items);
    this.orders.set(orderId, { ...before, items, state });
    return { orderId, commandId, state, lines: items };
  }
}

async function idle(session: StationSession): Promise<void> {
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (session.get().waiting > 0) return;
      stop();
      resolve();
    };
    const stop = session.subscribe(look);
    look();
  });
}

function start(step: 'pick' | 'pack', warehouse: Warehouse) {
  const session = new StationSession(step, [...warehouse.orders.keys()], warehouse);
  const tones: Tone[] = [];
  session.onTone((tone) => tones.push(tone));
  return { session, tones };
}

describe('a pick station', () => {
  it('carries a burst over several orders, every scan in its order', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2), line('B', 1)]);
    warehouse.add('2', [line('A', 1)]);
    const { session, tones } = start('pick', warehouse);
    for (const code of ['A', 'B', 'A', 'A']) session.scan(code);
    await idle(session);
    expect(warehouse.scanned).toEqual(['A', 'B', 'A', 'A']);
    expect(warehouse.read('2').items[0]?.picked).toBe(1);
    expect(session.get()).toMatchObject({ phase: 'done', finished: 2 });
    expect(tones).toEqual(['taken', 'taken', 'complete', 'complete', 'done']);
  });

  it('refuses the wrong item and says what it expects', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2), line('B', 1)]);
    const { session, tones } = start('pick', warehouse);
    session.scan('X');
    await idle(session);
    expect(session.get().said).toMatchObject({ kind: 'wrong_item', code: 'X', expected: { sku: 'A' } });
    expect(tones).toEqual(['refused']);
    expect(session.get().undo).toEqual([]);
  });

  it('goes on without what is not there, and undo brings it back', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2), line('B', 1)]);
    const { session } = start('pick', warehouse);
    session.short('not_found');
    session.take('one');
    await idle(session);
    expect(session.get()).toMatchObject({ phase: 'done', finished: 1 });
    expect(warehouse.read('1').items).toMatchObject([{ missing: 2 }, { picked: 1 }]);
    session.undo();
    session.undo();
    await idle(session);
    expect(warehouse.read('1').items).toMatchObject([{ missing: 0 }, { picked: 0 }]);
    expect(session.get()).toMatchObject({ phase: 'working', index: 0, focus: 'A' });
    session.undo();
    await idle(session);
    expect(session.get().said?.kind).toBe('nothing_to_undo');
  });

  it('walks over orders that are done or gone, and stops at one that the shop stopped', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 1, 1)]);
    warehouse.add('2', [line('A', 1)]);
    warehouse.add('3', [line('A', 1)]);
    warehouse.orders.set('3', { ...warehouse.read('3'), state: 'cancelled' });
    const session = new StationSession('pick', ['1', 'gone', '2', '3'], warehouse);
    await idle(session);
    expect(session.get()).toMatchObject({ phase: 'working', index: 2 });
    session.scan('A');
    session.scan('A');
    await idle(session);
    expect(session.get()).toMatchObject({ phase: 'blocked', index: 3, said: { kind: 'not_now', code: 'A' } });
    session.skip();
    await idle(session);
    expect(session.get().phase).toBe('done');
  });

  it('tells a failure and works on', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2)]);
    const { session, tones } = start('pick', warehouse);
    await idle(session);
    warehouse.failure = new CodedError('DISK_FULL', 'no room');
    session.scan('A');
    session.scan('A');
    await idle(session);
    expect(tones).toEqual(['refused', 'taken']);
    expect(warehouse.read('1').items[0]?.picked).toBe(1);
  });
});

describe('a pack station', () => {
  it('closes a box only when everything picked is in it, and then asks for the carrier', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2, 2), line('B', 1, 1)]);
    const { session } = start('pack', warehouse);
    session.scan('A');
    session.scan('A');
    session.ship('DHL', 'T1');
    session.scan('A');
    await idle(session);
    // Shipping an open box does nothing; a third A is one too many.
    expect(session.get()).toMatchObject({ phase: 'working', said: { kind: 'too_many' } });
    expect(warehouse.read('1').items[0]).toMatchObject({ packed: 2, shipped: 0 });
    session.scan('B');
    await idle(session);
    expect(session.get().phase).toBe('ship');
    session.ship('DHL', 'T1');
    await idle(session);
    expect(session.get()).toMatchObject({ phase: 'shipped', shipmentId: 's', finished: 1 });
    session.undo();
    await idle(session);
    expect(session.get().phase).toBe('ship');
  });

  it('says when nothing is picked yet', async () => {
    const warehouse = new Warehouse();
    warehouse.add('1', [line('A', 2)]);
    const { session } = start('pack', warehouse);
    await idle(session);
    expect(session.get().phase).toBe('unpicked');
  });
});
