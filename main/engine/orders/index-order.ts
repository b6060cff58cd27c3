import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { readPerson, searchedBy } from './person.ts';

const find = sql<{ rid: number }, { number: string; skus: string | null; person: string | null }>(
  `SELECT o.number, person_open(o.id, h.sealed) AS person,
     (SELECT group_concat(coalesce(l.sku, ''), ' ') FROM order_line l WHERE l.order_rid = o.rid) AS skus
   FROM sales_order o LEFT JOIN order_person h ON h.order_rid = o.rid WHERE o.rid = :rid`,
  { hot: true },
);
const drop = sql<{ rid: number }>('DELETE FROM order_search WHERE rowid = :rid');
const add = sql<{ rid: number; number: string; customer: string; skus: string }>(
  `INSERT INTO order_search (rowid, number, customer, skus)
   VALUES (:rid, open_tokens(:number), person_tokens(:customer), open_tokens(:skus))`,
);

/** Brings the search index up to what is stored of an order; a purged buyer is not found any more. */
export function indexOrder(db: Database, rid: number): void {
  const order = db.get(find, { rid });
  if (!order) return;
  db.run(drop, { rid });
  db.run(add, {
    rid,
    number: order.number,
    customer: order.person === null ? '' : searchedBy(readPerson(order.person)),
    skus: order.skus ?? '',
  });
}
