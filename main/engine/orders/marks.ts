import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { createRecord, removeRecord, writeRecord } from '../inventory/record-log.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import { addOrderEvent } from './events.ts';
import { requireOrder } from './order-rows.ts';
import { refreshOrder, type OrdersDeps, type StepCall } from './steps.ts';

type Ids = Pick<Ports, 'newId'>;

const markOf = sql<{ order: number }, { rid: number }>(
  'SELECT rid FROM order_mark WHERE order_rid = :order',
  {
    hot: true,
  },
);
const addMark = sql<{ id: string; order: number; at: number }>(
  'INSERT INTO order_mark (id, order_rid, created_at_ms) VALUES (:id, :order, :at)',
);
const tagOf = sql<{ order: number; tag: string }, { rid: number }>(
  'SELECT rid FROM order_tag WHERE order_rid = :order AND tag = :tag AND removed_at_ms IS NULL',
  { hot: true },
);
const tags = sql<Record<string, never>, { tag: string; orders: number }>(
  'SELECT tag, count(*) AS orders FROM order_tag WHERE removed_at_ms IS NULL GROUP BY tag ORDER BY tag LIMIT 1000',
);
const seal = sql<{ id: string; text: string }, { sealed: string | null }>(
  'SELECT hex(person_seal(:id, :text)) AS sealed',
);
const openNote = sql<{ order: number }, { note: string | null; stored: number }>(
  `SELECT CASE WHEN m.note IS NULL THEN NULL ELSE person_open(o.id, unhex(m.note)) END AS note, m.note IS NOT NULL AS stored
   FROM order_mark m JOIN sales_order o ON o.rid = m.order_rid WHERE m.order_rid = :order`,
);
const plan = sql<
  { order: number },
  { carrier: string | null; service: string | null; location: string | null }
>(
  `SELECT m.carrier, m.service, l.name AS location FROM order_mark m
   LEFT JOIN stock_location l ON l.rid = m.location_rid WHERE m.order_rid = :order`,
);

export interface Mark {
  readonly hold?: string | null | undefined;
  readonly priority?: number | undefined;
  readonly carrier?: string | undefined;
  readonly service?: string | undefined;
  readonly location_rid?: number | undefined;
}

/** The row that holds what is said about an order; an empty one says nothing, so making it is no change. */
function rowOf(scope: CommandScope, ports: Ids, orderRid: number): number {
  const known = scope.db.get(markOf, { order: orderRid });
  return known?.rid ?? scope.db.run(addMark, { id: ports.newId(), order: orderRid, at: scope.atMs }).rid;
}

export function writeMark(scope: CommandScope, ports: Ids, orderRid: number, mark: Mark): number {
  return writeRecord(scope, 'order_mark', rowOf(scope, ports, orderRid), mark);
}

/** True when the order did not have the tag. */
export function addTag(scope: CommandScope, ports: Ids, orderRid: number, tag: string): boolean {
  if (scope.db.get(tagOf, { order: orderRid, tag })) return false;
  createRecord(scope, ports, 'order_tag', { order_rid: orderRid, tag });
  return true;
}

function dropTag(scope: CommandScope, orderRid: number, tag: string): boolean {
  const row = scope.db.get(tagOf, { order: orderRid, tag });
  if (row) removeRecord(scope, 'order_tag', row.rid);
  return row !== undefined;
}

/** Holds, releases, prioritises and tags orders, as one command and one undo step. */
export function markOrders(
  { journal, ports }: OrdersDeps,
  input: ParsedParams<'orders.mark'>,
  call: StepCall,
): Result<'orders.mark'> {
  const { result, commandId } = journal.run(
    {
      method: 'orders.mark',
      label: labelOf(journal.db, input),
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      let changed = 0;
      for (const orderId of new Set(input.orderIds)) {
        const order = requireOrder(scope.db, orderId);
        if (input.hold && (order.state === 'shipped' || order.state === 'returned')) {
          throw new CodedError(
            'INVALID_STATE',
            `Order ${order.number} has been shipped; there is nothing to hold`,
            {
              orderId,
            },
          );
        }
        const { hold, priority } = input;
        let cells = 0;
        if (hold !== undefined || priority !== undefined) {
          cells += writeMark(scope, ports, order.rid, { hold, priority });
        }
        for (const tag of input.addTags ?? []) if (addTag(scope, ports, order.rid, tag)) cells += 1;
        for (const tag of input.removeTags ?? []) if (dropTag(scope, order.rid, tag)) cells += 1;
        if (cells === 0) continue;
        changed += 1;
        if (hold !== undefined && hold !== order.hold) {
          addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, hold === null ? 'released' : 'held', {
            reason: hold ?? '',
          });
        }
        refreshOrder(scope, order);
      }
      return { changed };
    },
  );
  return { ...result, commandId };
}

/**
 * A note of the staff may name the buyer, so it is sealed with the order's own
 * key, in the row and in the journal, and ends with the buyer's data.
 */
export function writeNote(
  { journal, ports }: OrdersDeps,
  input: ParsedParams<'orders.note'>,
  call: StepCall,
): Result<'orders.note'> {
  const order = requireOrder(journal.db, input.orderId);
  const { commandId } = journal.run(
    {
      method: 'orders.note',
      label: `Note on order ${order.number}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const text = input.text.trim();
      if ((readNote(scope.db, order.rid).text ?? '') === text) return {};
      const sealed = text === '' ? null : scope.db.get(seal, { id: order.id, text })?.sealed;
      if (sealed === undefined || sealed === '') {
        throw new CodedError(
          'INVALID_STATE',
          `A note could not be sealed: the buyer's data of order ${order.number} is destroyed or locked`,
          { orderId: order.id },
        );
      }
      const row = rowOf(scope, ports, order.rid);
      writeRecord(scope, 'order_mark', row, { note: sealed });
      scope.touch('orders', [order.rid]);
      return {};
    },
  );
  return { commandId };
}

/** The note, or null where there is none or its key is out of reach (`stored` tells them apart). */
export function readNote(
  db: Database,
  orderRid: number,
): { readonly text: string | null; readonly stored: boolean } {
  const row = db.get(openNote, { order: orderRid });
  return { text: row?.note ?? null, stored: row?.stored === 1 };
}

export function readPlan(
  db: Database,
  orderRid: number,
): { carrier: string; service: string; location: string } {
  const row = db.get(plan, { order: orderRid });
  return { carrier: row?.carrier ?? '', service: row?.service ?? '', location: row?.location ?? '' };
}

export function listTags(db: Database): Result<'orders.tags'> {
  return { tags: db.all(tags, {}) };
}

function labelOf(db: Database, { orderIds, hold, priority }: ParsedParams<'orders.mark'>): string {
  const verb =
    hold === null ? 'Release' : hold !== undefined ? 'Hold' : priority !== undefined ? 'Prioritise' : 'Tag';
  const [first] = orderIds;
  return orderIds.length === 1 && first !== undefined
    ? `${verb} order ${requireOrder(db, first).number}`
    : `${verb} ${orderIds.length} orders`;
}
