import type { Params, Result } from '#shared/contract/methods.ts';
import type { OrderDetail, OrderLine } from '#shared/contract/orders.ts';
import { orderState } from '#shared/domain/order-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { EngineClient } from '../../../lib/engine-client.ts';
import type { ScanKeeper } from './kept-scans.ts';
import { StationSession } from './station-session.ts';
import type { Tone } from './station-state.ts';

export function line(sku: string, quantity: number, picked = 0): OrderLine {
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
export class Warehouse {
  readonly orders = new Map<string, OrderDetail>();
  readonly scanned: string[] = [];
  private readonly answers = new Map<string, Result<'orders.scan'>>();
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
      buyer: 'known',
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
      hold: null,
      priority: 0,
      tags: [],
      merged: false,
      packages: 0,
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
      case 'orders.scan': {
        const scan = params as Params<'orders.scan'>;
        const answer = this.answers.get(scan.scanId) ?? this.scan(scan);
        this.answers.set(scan.scanId, answer);
        return answer;
      }
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

export async function idle(session: StationSession): Promise<void> {
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

export function start(step: 'pick' | 'pack', warehouse: Warehouse, keeper: ScanKeeper | null = null) {
  const session = new StationSession(step, [...warehouse.orders.keys()], warehouse, keeper);
  const tones: Tone[] = [];
  session.onTone((tone) => tones.push(tone));
  return { session, tones };
}
