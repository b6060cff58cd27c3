import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { createRecord, removeRecord, writeRecord } from '../inventory/record-log.ts';
import type { CommandScope } from '../journal/journal.ts';
import { addOrderEvent } from './events.ts';
import { readLines, requireOrder, type StoredLine, type StoredOrder } from './order-rows.ts';
import { assertOpen } from './assert-open.ts';
import type { OrdersDeps, StepCall } from './steps.ts';

const linesSchema = z.array(z.object({ line: z.number().int(), quantity: z.number().int().min(1) }));

export interface StoredPackage {
  rid: number;
  id: string;
  order_rid: number;
  number: number;
  lines: string;
  shipped: number;
}

const COLUMNS = 'rid, id, order_rid, number, lines, shipment_rid IS NOT NULL AS shipped FROM order_package';
const packagesOf = sql<{ order: number }, StoredPackage>(
  `SELECT ${COLUMNS} WHERE order_rid = :order AND removed_at_ms IS NULL ORDER BY number`,
);
const packageById = sql<{ id: string }, StoredPackage>(
  `SELECT ${COLUMNS} WHERE id = :id AND removed_at_ms IS NULL`,
);
const shipmentRid = sql<{ id: string }, { rid: number }>('SELECT rid FROM shipment WHERE id = :id');
const packageOfShipment = sql<{ shipment: number }, { rid: number }>(
  'SELECT rid FROM order_package WHERE shipment_rid = :shipment AND removed_at_ms IS NULL',
);

export function listPackages(db: Database, orderRid: number): StoredPackage[] {
  return db.all(packagesOf, { order: orderRid });
}

export function contentOf(parcel: StoredPackage): z.infer<typeof linesSchema> {
  return linesSchema.parse(JSON.parse(parcel.lines));
}

/**
 * Plans a part of an order as a package of its own. What no package has yet
 * goes into a second one, so that every unit that has not left is in exactly
 * one package.
 */
export function splitOrder(
  { journal, ports }: OrdersDeps,
  input: ParsedParams<'orders.split'>,
  call: StepCall,
): Result<'orders.split'> {
  const order = requireOrder(journal.db, input.orderId);
  const { result } = journal.run(
    {
      method: 'orders.split',
      label: `Split order ${order.number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      assertOpen(order, 'pack');
      if (order.merged === 1) {
        throw new CodedError(
          'INVALID_STATE',
          `Order ${order.number} is merged with others; take it out first`,
          {
            orderId: order.id,
          },
        );
      }
      const known = listPackages(scope.db, order.rid);
      const lines = readLines(scope.db, order.rid);
      const rest = known.find(({ shipped, number }) => shipped === 0 && number === lastNumber(known));
      const free = rest
        ? new Map(contentOf(rest).map(({ line, quantity }) => [line, quantity]))
        : unshipped(lines);
      const taken = take(order, lines, free, input.lines);
      if ([...free.values()].every((quantity) => quantity === 0)) {
        throw new CodedError(
          'BAD_INPUT',
          'A part has to stay behind: that is all that is left to be shipped',
          {
            orderId: order.id,
          },
        );
      }
      const left = [...free]
        .filter(([, quantity]) => quantity > 0)
        .map(([line, quantity]) => ({ line, quantity }));
      const number = rest ? rest.number : lastNumber(known) + 1;
      if (rest) removeRecord(scope, 'order_package', rest.rid);
      const put = (at: number, content: z.infer<typeof linesSchema>) =>
        createRecord(scope, ports, 'order_package', {
          order_rid: order.rid,
          number: at,
          lines: JSON.stringify(content),
        });
      const { id } = put(number, taken);
      put(number + 1, left);
      addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'split', { packages: number + 1 });
      scope.touch('orders', [order.rid]);
      return { packageId: id, commandId: scope.id };
    },
  );
  return result;
}

/** Takes the split back as far as nothing of it has left. */
export function unsplitOrder(
  { journal }: OrdersDeps,
  input: ParsedParams<'orders.unsplit'>,
  call: StepCall,
): Result<'orders.unsplit'> {
  const order = requireOrder(journal.db, input.orderId);
  const { result } = journal.run(
    {
      method: 'orders.unsplit',
      label: `Take the split of order ${order.number} back`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const open = listPackages(scope.db, order.rid).filter(({ shipped }) => shipped === 0);
      if (open.length === 0) {
        throw new CodedError('INVALID_STATE', `Order ${order.number} has no package that waits`, {
          orderId: order.id,
        });
      }
      for (const { rid } of open) removeRecord(scope, 'order_package', rid);
      addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'unsplit');
      scope.touch('orders', [order.rid]);
      return { commandId: scope.id };
    },
  );
  return result;
}

export function openPackage(db: Database, order: StoredOrder, packageId: string): StoredPackage {
  const parcel = db.get(packageById, { id: packageId });
  if (!parcel || parcel.order_rid !== order.rid) {
    throw new CodedError('NOT_FOUND', `Order ${order.number} has no such package`, { packageId });
  }
  if (parcel.shipped === 1) {
    throw new CodedError(
      'INVALID_STATE',
      `Package ${parcel.number} of order ${order.number} has left already`,
      {
        packageId,
      },
    );
  }
  return parcel;
}

/** What a package holds, as the lines of a step; what the shop took out since is left out. */
export function packageLines(
  parcel: StoredPackage,
  lines: readonly StoredLine[],
): { lineId: string; quantity: number }[] {
  return contentOf(parcel).flatMap(({ line: rid, quantity }) => {
    const line = lines.find((candidate) => candidate.rid === rid);
    const units = line ? Math.min(quantity, line.quantity - line.shipped) : 0;
    return line && units > 0 ? [{ lineId: line.id, quantity: units }] : [];
  });
}

export function markPackageShipped(scope: CommandScope, parcel: StoredPackage, shipmentId: string): void {
  const shipment = scope.db.get(shipmentRid, { id: shipmentId });
  if (shipment) writeRecord(scope, 'order_package', parcel.rid, { shipment_rid: shipment.rid });
}

/** A shipment that was taken back leaves its package waiting again. */
export function reopenPackage(scope: CommandScope, shipment: number): void {
  for (const { rid } of scope.db.all(packageOfShipment, { shipment })) {
    writeRecord(scope, 'order_package', rid, { shipment_rid: null });
  }
}

const lastNumber = (packages: readonly StoredPackage[]): number =>
  packages.reduce((last, { number }) => Math.max(last, number), 0);

function unshipped(lines: readonly StoredLine[]): Map<number, number> {
  return new Map(lines.map((line) => [line.rid, Math.max(0, line.quantity - line.shipped)]));
}

/** Takes what is asked for out of `free` and gives it back as a package's content. */
function take(
  order: StoredOrder,
  lines: readonly StoredLine[],
  free: Map<number, number>,
  wanted: ParsedParams<'orders.split'>['lines'],
): z.infer<typeof linesSchema> {
  const taken = new Map<number, number>();
  for (const { lineId, quantity } of wanted) {
    const line = lines.find(({ id }) => id === lineId);
    if (!line) throw new CodedError('NOT_FOUND', `Order ${order.number} has no such line`, { lineId });
    const left = free.get(line.rid) ?? 0;
    if (quantity > left) {
      throw new CodedError(
        'BAD_INPUT',
        `Only ${left} of ${line.sku ?? line.title} can go into a new package`,
        {
          lineId,
          left,
        },
      );
    }
    free.set(line.rid, left - quantity);
    taken.set(line.rid, (taken.get(line.rid) ?? 0) + quantity);
  }
  return [...taken].map(([line, quantity]) => ({ line, quantity }));
}
