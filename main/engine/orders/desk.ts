import type { Result } from '#shared/contract/methods.ts';
import { addressHints } from '#shared/domain/address-hints.ts';
import type { Database } from '../db/database.ts';
import { readNote, readPlan } from './marks.ts';
import { isMergeable, mergedWith } from './merge.ts';
import { readLines, requireOrder, type StoredOrder } from './order-rows.ts';
import { contentOf, listPackages } from './packages.ts';
import { readPerson } from './person.ts';
import { traceOf } from './rules/run-rules.ts';
import { ordersOfBuyer, sameAddress, skusInCommon } from './same-buyer.ts';

/** Orders with an article in common that were placed within this time may be one order sent twice. */
const DUPLICATE_MS = 2 * 86_400_000;

type Desk = Result<'orders.desk'>;

export function orderDesk(db: Database, orderId: string): Desk {
  const order = requireOrder(db, orderId);
  const lines = readLines(db, order.rid);
  const merged = mergedWith(db, order.rid);
  const others = ordersOfBuyer(db, order);
  const note = readNote(db, order.rid);
  return {
    note: note.text,
    noteSealed: note.stored && note.text === null,
    ...readPlan(db, order.rid),
    address: order.person === null ? null : addressHints(readPerson(order.person)),
    duplicates: others
      .filter((other) => other.state !== 'cancelled' && near(order, other))
      .map((other) => ({ ...brief(other), skus: skusInCommon(db, order, other) }))
      .filter(({ skus }) => skus.length > 0),
    mergeable: isMergeable(order)
      ? others.filter((other) => isMergeable(other) && sameAddress(order, other)).map(brief)
      : [],
    packages: listPackages(db, order.rid).map((parcel) => ({
      packageId: parcel.id,
      number: parcel.number,
      shipped: parcel.shipped === 1,
      lines: contentOf(parcel).flatMap(({ line: rid, quantity }) => {
        const line = lines.find((candidate) => candidate.rid === rid);
        return line ? [{ lineId: line.id, title: line.title, quantity }] : [];
      }),
    })),
    merged: merged && { groupId: merged.groupId, orders: merged.orders.map(brief) },
    trace: traceOf(db, order.rid),
  };
}

const near = (one: StoredOrder, other: StoredOrder): boolean =>
  Math.abs(one.placed_at_ms - other.placed_at_ms) <= DUPLICATE_MS;

function brief(order: StoredOrder): Desk['mergeable'][number] {
  return { orderId: order.id, number: order.number, state: order.state, placedAt: order.placed_at_ms };
}
