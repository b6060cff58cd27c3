import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { remaining, type FulfilmentStep, type OrderState } from '#shared/domain/order-states.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope, Journal } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import { assertOpen, BEFORE, WORD } from './assert-open.ts';
import { addOrderEvent } from './events.ts';
import {
  deriveState,
  readLines,
  requireOrder,
  toOrderLine,
  type StoredLine,
  type StoredOrder,
} from './order-rows.ts';
import { markPackageShipped, openPackage, packageLines } from './packages.ts';
import { insertShipment } from './shipments.ts';

export interface OrdersDeps {
  readonly journal: Journal;
  readonly ports: Pick<Ports, 'newId'>;
}

export interface StepCall {
  readonly actor: string;
  readonly requestId?: string | undefined;
}

const COLUMN = { pick: 'picked', pack: 'packed', ship: 'shipped' } as const;

const setState = sql<{ rid: number; state: string }>(
  'UPDATE sales_order SET state = :state WHERE rid = :rid',
);
type Lines = ParsedParams<'orders.pick'>['lines'];

export interface Take {
  readonly line: StoredLine;
  readonly quantity: number;
}

/** Pick or pack: raises the progress of lines, by all that may take the step or by what is named. */
export function advance(
  deps: OrdersDeps,
  step: 'pick' | 'pack',
  input: ParsedParams<'orders.pick'>,
  call: StepCall,
): Result<'orders.pick'> {
  const { journal } = deps;
  const order = requireOrder(journal.db, input.orderId);
  const label = step === 'pick' ? `Pick order ${order.number}` : `Pack order ${order.number}`;
  const { result } = journal.run(
    { method: `orders.${step}`, label, actor: call.actor, requestId: call.requestId, reversible: true },
    (scope) => {
      assertOpen(order, step);
      const takes = chooseLines(step, order, readLines(scope.db, order.rid), input.lines);
      writeTakes(scope, step, takes);
      addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, step === 'pick' ? 'picked' : 'packed', {
        units: unitsOf(takes),
      });
      return outcome(scope, order);
    },
  );
  return result;
}

/**
 * Ships packed lines: the shipment, the progress and the queued confirmation
 * are one transaction, so there is never one without the others.
 */
export function ship(
  deps: OrdersDeps,
  input: ParsedParams<'orders.ship'>,
  call: StepCall,
): Result<'orders.ship'> {
  const { journal, ports } = deps;
  const order = requireOrder(journal.db, input.orderId);
  const { result } = journal.run(
    {
      method: 'orders.ship',
      label: `Ship order ${order.number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      assertOpen(order, 'ship');
      assertShipsAlone(order, input);
      const lines = readLines(scope.db, order.rid);
      const parcel = input.packageId === undefined ? null : openPackage(scope.db, order, input.packageId);
      const takes = chooseLines('ship', order, lines, parcel ? packageLines(parcel, lines) : input.lines);
      writeTakes(scope, 'ship', takes);
      const complete = readLines(scope.db, order.rid).every((line) => line.shipped >= line.quantity);
      const shipmentId = insertShipment(scope, ports, order, {
        carrier: input.carrier?.trim() ?? '',
        tracking: input.tracking?.trim() ?? '',
        complete,
        takes,
      });
      if (parcel) markPackageShipped(scope, parcel, shipmentId);
      addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'shipped', {
        units: unitsOf(takes),
        carrier: input.carrier ?? '',
        tracking: input.tracking ?? '',
      });
      return { ...outcome(scope, order), shipmentId };
    },
  );
  return result;
}

/** A split order leaves package by package, a merged one with the others. */
function assertShipsAlone(order: StoredOrder, input: ParsedParams<'orders.ship'>): void {
  if (order.merged === 1) {
    throw new CodedError(
      'INVALID_STATE',
      `Order ${order.number} leaves in one package with others; ship them together, or take it out first`,
      { orderId: order.id },
    );
  }
  if (order.packages > 0 && input.packageId === undefined) {
    throw new CodedError(
      'INVALID_STATE',
      `Order ${order.number} is split; name the package that leaves, or take the split back first`,
      { orderId: order.id, packages: order.packages },
    );
  }
}

export function chooseLines(
  step: FulfilmentStep,
  order: StoredOrder,
  lines: readonly StoredLine[],
  wanted: Lines,
): Take[] {
  if (!wanted) {
    const takes = lines
      .map((line) => ({ line, quantity: remaining(step, line) }))
      .filter(({ quantity }) => quantity > 0);
    if (takes.length === 0) {
      throw new CodedError(
        'INVALID_STATE',
        `Nothing of order ${order.number} is left to be ${WORD[step]}: first it has to be ${BEFORE[step]}`,
        {
          orderId: order.id,
          state: order.state,
        },
      );
    }
    return takes;
  }
  const left = new Map(lines.map((line) => [line.rid, remaining(step, line)]));
  const takes = new Map<number, Take>();
  for (const item of wanted) {
    const line =
      lines.find((candidate) =>
        item.lineId
          ? candidate.id === item.lineId
          : item.sku !== undefined && sameSku(candidate, item.sku) && (left.get(candidate.rid) ?? 0) > 0,
      ) ??
      lines.find(
        (candidate) => item.lineId === undefined && item.sku !== undefined && sameSku(candidate, item.sku),
      );
    if (!line) {
      throw new CodedError(
        'NOT_FOUND',
        `Order ${order.number} has no line ${item.lineId ?? item.sku ?? ''}`,
        { orderId: order.id },
      );
    }
    const free = left.get(line.rid) ?? 0;
    const quantity = item.quantity ?? free;
    if (quantity < 1 || quantity > free) {
      throw new CodedError(
        'INVALID_STATE',
        `${free} of ${line.sku ?? line.title} can be ${WORD[step]}, not ${Math.max(1, quantity)}`,
        {
          orderId: order.id,
          lineId: line.id,
          free,
        },
      );
    }
    left.set(line.rid, free - quantity);
    takes.set(line.rid, { line, quantity: (takes.get(line.rid)?.quantity ?? 0) + quantity });
  }
  return [...takes.values()];
}

export function sameSku(line: StoredLine, code: string): boolean {
  const wanted = code.trim().toLowerCase();
  return [line.sku, line.listing_sku].some((sku) => sku !== null && sku.toLowerCase() === wanted);
}

export function writeTakes(scope: CommandScope, step: FulfilmentStep, takes: readonly Take[]): void {
  const column = COLUMN[step];
  scope.write(
    'order_line',
    column,
    takes.map(({ line, quantity }) => ({ rid: line.rid, value: line[column] + quantity })),
  );
  if (step === 'pick') foundAfterAll(scope, takes);
}

/** A unit that turned up is no longer missing. */
export function foundAfterAll(scope: CommandScope, takes: readonly Take[]): void {
  scope.write(
    'order_line',
    'missing',
    takes
      .filter(({ line, quantity }) => line.missing > line.quantity - line.picked - quantity)
      .map(({ line, quantity }) => ({ rid: line.rid, value: line.quantity - line.picked - quantity })),
  );
}

export function unitsOf(takes: readonly Take[]): number {
  return takes.reduce((sum, take) => sum + take.quantity, 0);
}

/** Derives and stores the order's state from its lines. */
export function refreshOrder(
  scope: CommandScope,
  order: Pick<StoredOrder, 'rid' | 'disposition'>,
): OrderState {
  const state = deriveState(scope.db, order);
  scope.db.run(setState, { rid: order.rid, state });
  scope.touch('orders', [order.rid]);
  return state;
}

export function outcome(scope: CommandScope, order: StoredOrder): Result<'orders.pick'> {
  const state = refreshOrder(scope, order);
  return {
    orderId: order.id,
    commandId: scope.id,
    state,
    lines: readLines(scope.db, order.rid).map((line) => toOrderLine(line, order.currency)),
  };
}
