import { v7 as uuid } from 'uuid';
import type { Result } from '#shared/contract/methods.ts';
import type { OrderDetail, OrderLine } from '#shared/contract/orders.ts';
import type { ShortReason } from '#shared/domain/order-states.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { EngineClient } from '../../../lib/engine-client.ts';
import { ScanQueue } from '../scanner/scan-queue.ts';
import type { KeptScan, ScanKeeper } from './kept-scans.ts';
import { inWalkOrder, left, lineBeside, lineInFocus, unitsLeft, type StationStep } from './station-lines.ts';
import { isBlocked, phaseOf } from './station-phase.ts';
import type { Said, StationState, Tone } from './station-state.ts';

type StationEngine = Pick<EngineClient, 'call'>;

const REST_MS = 120;
/** More steps back than anybody walks. */
const MAX_UNDO = 200;

/**
 * One walk through a batch of orders. Scans and keys are carried out strictly
 * one after the other, so what a person does during a slow moment happens in
 * the order in which they did it. Nothing here is the truth: every step is a
 * command of the engine, and the state shown is what the engine answered.
 */
export class StationSession {
  readonly step: StationStep;
  private readonly engine: StationEngine;
  private readonly queue: ScanQueue<() => Promise<void>>;
  private readonly listeners = new Set<() => void>();
  private state: StationState;
  private readonly toneListeners = new Set<(tone: Tone) => void>();
  private rest: ReturnType<typeof setTimeout> | undefined;
  private readonly keeper: ScanKeeper | null;
  /** Scans whose answer nobody has seen, in their order. */
  private readonly unanswered = new Map<string, KeptScan>();
  private leaving = false;

  /** Scans that `keeper` kept when the app ended are carried out first. */
  constructor(
    step: StationStep,
    orderIds: readonly string[],
    engine: StationEngine,
    keeper: ScanKeeper | null = null,
  ) {
    this.step = step;
    this.engine = engine;
    this.keeper = keeper;
    this.state = {
      orderIds,
      index: 0,
      order: null,
      lines: [],
      focus: null,
      phase: 'loading',
      said: null,
      undo: [],
      waiting: 0,
      finished: 0,
      error: null,
    };
    this.queue = new ScanQueue(async (work) => {
      try {
        await work();
      } catch (error) {
        this.refuse(error);
      }
      this.put({ waiting: this.queue.length - 1 });
    });
    this.enqueue(() => this.open(0));
    for (const scan of keeper?.kept ?? []) this.accept(scan);
  }

  readonly get = (): StationState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** Calls back for every sound that the station should make; returns what ends it. */
  onTone(listener: (tone: Tone) => void): () => void {
    this.toneListeners.add(listener);
    return () => {
      this.toneListeners.delete(listener);
    };
  }

  /** A code from the scanner: one unit of the line that it belongs to. */
  scan(code: string): void {
    // Made now, so that sending it again after a crash counts it once.
    this.accept({ scanId: uuid(), code, orderId: null });
  }

  private accept(scan: KeptScan): void {
    this.keepScan(scan);
    this.enqueue(async () => {
      try {
        await (scan.orderId === null || scan.orderId === this.state.order?.orderId
          ? this.carryOut(scan)
          : this.carryOutElsewhere(scan, scan.orderId));
      } finally {
        // Told to the person now, whatever came of it.
        this.unanswered.delete(scan.scanId);
        this.keeper?.keep([...this.unanswered.values()]);
      }
    });
  }

  private keepScan(scan: KeptScan): void {
    this.unanswered.set(scan.scanId, scan);
    this.keeper?.keep([...this.unanswered.values()]);
  }

  private async carryOut(scan: KeptScan): Promise<void> {
    const { code } = scan;
    const order = this.workable();
    if (!order) {
      this.say({ kind: 'not_now', code }, 'refused');
      return;
    }
    const answer = await this.send(scan, order.orderId);
    if (answer.outcome === 'wrong_item' || answer.outcome === 'too_many') {
      const expected = lineInFocus(this.step, this.state.lines, this.state.focus);
      this.say({ kind: answer.outcome, code, line: answer.line, expected }, 'refused');
      return;
    }
    if (!answer.line) throw new CodedError('INTERNAL', 'A scan was taken without a line');
    const { line } = answer;
    await this.took(
      order,
      order.items.map((item) => (item.lineId === line.lineId ? line : item)),
      { kind: 'taken', code, line, units: 1 },
      answer.commandId,
    );
  }

  /**
   * A scan that the engine got before the app ended, for an order that is not
   * on the screen: that scan may have been its last, so it is done by now.
   */
  private async carryOutElsewhere(scan: KeptScan, orderId: string): Promise<void> {
    const { code } = scan;
    const { outcome, line, commandId } = await this.send(scan, orderId);
    if (outcome === 'wrong_item' || outcome === 'too_many' || !line) {
      this.say({ kind: 'not_now', code }, 'refused');
      return;
    }
    const said = { kind: 'taken', code, line, units: 1 } as const;
    if (commandId) this.remember(orderId, commandId, line.lineId, said);
    this.say(said, 'taken');
  }

  private async send(scan: KeptScan, orderId: string): Promise<Result<'orders.scan'>> {
    if (scan.orderId !== orderId) this.keepScan({ ...scan, orderId });
    const { scanId, code } = scan;
    return await this.engine.call('orders.scan', { orderId, step: this.step, code, scanId });
  }

  /** By keyboard: units of the line on the screen. */
  take(amount: 'one' | 'all'): void {
    this.enqueue(async () => {
      const order = this.workable();
      const line = order && lineInFocus(this.step, this.state.lines, this.state.focus);
      if (!order || !line) return;
      const units = amount === 'one' ? 1 : left(this.step, line);
      const answer = await this.engine.call(this.step === 'pick' ? 'orders.pick' : 'orders.pack', {
        orderId: order.orderId,
        lines: [{ lineId: line.lineId, quantity: units }],
      });
      await this.took(order, answer.lines, { kind: 'taken', code: null, line, units }, answer.commandId);
    });
  }

  /** The rest of the line is not there: reported, and on to the next. */
  short(reason: ShortReason): void {
    this.enqueue(async () => {
      const order = this.workable();
      const line = order && lineInFocus(this.step, this.state.lines, this.state.focus);
      if (!order || !line || this.step !== 'pick') return;
      const units = left('pick', line);
      const answer = await this.engine.call('orders.shortPick', {
        orderId: order.orderId,
        lineId: line.lineId,
        reason,
      });
      await this.took(order, answer.lines, { kind: 'missing', line, units, reason }, answer.commandId);
    });
  }

  /** Takes the last step of this walk back, on whatever order it was. */
  undo(): void {
    this.enqueue(async () => {
      const last = this.state.undo.at(-1);
      if (!last) {
        this.say({ kind: 'nothing_to_undo' }, 'refused');
        return;
      }
      await this.engine.call('history.undo', { commandId: last.commandId });
      const index = this.state.orderIds.indexOf(last.orderId);
      this.put({ undo: this.state.undo.slice(0, -1) });
      await this.open(index, { back: true });
      this.put({ focus: last.lineId });
      this.say({ kind: 'undone', what: last.what }, 'undone');
    });
  }

  move(delta: 1 | -1): void {
    this.enqueue(async () => {
      const { lines, focus } = this.state;
      const current = lineInFocus(this.step, lines, focus)?.lineId ?? null;
      this.put({ focus: lineBeside(this.step, lines, current, delta) });
    });
  }

  /** Leaves the order as it is and goes on with the next one. */
  skip(): void {
    this.enqueue(() => this.open(this.state.index + 1));
  }

  ship(carrier: string, tracking: string): void {
    this.enqueue(async () => {
      const { order } = this.state;
      if (!order || this.state.phase !== 'ship') return;
      const { shipmentId, commandId } = await this.engine.call('orders.ship', {
        orderId: order.orderId,
        carrier,
        tracking,
      });
      this.remember(order.orderId, commandId, null, { kind: 'shipped', number: order.number });
      this.put({
        phase: 'shipped',
        order: await this.read(order.orderId),
        shipmentId,
        finished: this.state.finished + 1,
      });
      this.say({ kind: 'shipped', number: order.number }, 'complete');
    });
  }

  /**
   * Orders changed, here or outside of this station. The order is read again
   * once the hands rest: in the middle of a burst every answer is news enough.
   */
  refresh(): void {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      if (this.queue.length > 0) {
        this.refresh();
        return;
      }
      this.enqueue(async () => {
        const { order, phase } = this.state;
        if (!order || phase === 'done') return;
        const fresh = await this.read(order.orderId);
        if (phase === 'shipped') this.put({ order: fresh });
        else this.show(this.state.index, fresh);
      });
    }, REST_MS);
  }

  /** Leaves once the scans before it are carried out; asked twice, at once and without them. */
  leave(onLeave: () => void): void {
    if (this.queue.length === 0 || this.leaving) {
      this.unanswered.clear();
      this.keeper?.keep([]);
      onLeave();
      return;
    }
    this.leaving = true;
    this.enqueue(async () => {
      onLeave();
      await Promise.resolve();
    });
  }

  /** Carries out nothing that has not begun; what is unanswered stays kept for the next time. */
  close(): void {
    clearTimeout(this.rest);
    this.queue.stop();
    this.listeners.clear();
  }

  private enqueue(work: () => Promise<void>): void {
    this.queue.add(work);
    this.put({ waiting: this.queue.length });
  }

  private workable(): OrderDetail | null {
    return this.state.phase === 'working' ? this.state.order : null;
  }

  private async took(
    order: OrderDetail,
    items: readonly OrderLine[],
    said: Extract<Said, { kind: 'taken' | 'missing' }>,
    commandId: string | null,
  ): Promise<void> {
    if (commandId) this.remember(order.orderId, commandId, said.line.lineId, said);
    const line = items.find((item) => item.lineId === said.line.lineId) ?? said.line;
    this.put({ order: { ...order, items: [...items] }, lines: inWalkOrder(items), focus: said.line.lineId });
    const done = unitsLeft(this.step, items) === 0;
    this.say({ ...said, line }, said.kind === 'missing' ? 'undone' : done ? 'complete' : 'taken');
    if (!done) return;
    if (this.step === 'pick') {
      this.put({ finished: this.state.finished + 1 });
      await this.open(this.state.index + 1);
    } else {
      this.show(this.state.index, await this.read(order.orderId));
    }
  }

  private remember(orderId: string, commandId: string, lineId: string | null, what: Said): void {
    this.put({ undo: [...this.state.undo, { orderId, commandId, lineId, what }].slice(-MAX_UNDO) });
  }

  private async read(orderId: string): Promise<OrderDetail> {
    return await this.engine.call('orders.get', { orderId });
  }

  /** Goes to an order of the batch, over those that have nothing to do at this station. */
  private async open(from: number, options: { back?: boolean } = {}): Promise<void> {
    for (let index = from; index < this.state.orderIds.length; index += 1) {
      const orderId = this.state.orderIds[index] ?? '';
      try {
        const order = await this.read(orderId);
        const nothing = this.step === 'pick' && !isBlocked(order) && unitsLeft('pick', order.items) === 0;
        const gone = this.step === 'pack' && order.state === 'shipped';
        if ((nothing || gone) && !options.back) continue;
        this.put({ focus: null });
        this.show(index, order);
        return;
      } catch (error) {
        // Gone from the workspace: nothing to do about it here, the others wait.
        if (error instanceof CodedError && error.code === 'NOT_FOUND') continue;
        this.put({ index, phase: 'failed', error: toErrorShape(error) });
        throw error;
      }
    }
    this.put({ index: this.state.orderIds.length, order: null, lines: [], focus: null, phase: 'done' });
    this.sound('done');
  }

  private show(index: number, order: OrderDetail): void {
    const phase = phaseOf(this.step, order);
    this.put({ index, order, lines: inWalkOrder(order.items), phase, error: null, shipmentId: undefined });
  }

  private refuse(error: unknown): void {
    const shape = toErrorShape(error);
    this.say({ kind: 'error', error: shape }, 'refused');
    // The order may have changed under us (cancelled, shipped elsewhere): look again.
    if (shape.code === 'INVALID_STATE') this.refresh();
  }

  private say(said: Said, tone: Tone): void {
    this.put({ said: { ...said, count: (this.state.said?.count ?? 0) + 1 } });
    this.sound(tone);
  }

  private sound(tone: Tone): void {
    for (const listener of this.toneListeners) listener(tone);
  }

  private put(patch: Partial<StationState>): void {
    this.state = { ...this.state, ...patch };
    for (const listener of this.listeners) listener();
  }
}
