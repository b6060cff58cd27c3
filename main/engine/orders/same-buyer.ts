import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { requireOrder, type StoredOrder } from './order-rows.ts';
import { calledBy, readPerson } from './person.ts';

/** Orders that are looked at for the same buyer, the newest first. */
const LOOKED_AT = 200;

const byTokens = sql<{ match: string; limit: number }, { rid: number }>(
  'SELECT rowid AS rid FROM order_search WHERE order_search MATCH :match ORDER BY rowid DESC LIMIT :limit',
);
const idsOf = sql<{ rids: string; account: number; except: number }, { id: string }>(
  `SELECT o.id FROM json_each(:rids) r CROSS JOIN sales_order o ON o.rid = r.value
   WHERE o.account_rid = :account AND o.rid <> :except ORDER BY r.key`,
  { hot: true },
);
const sharedSkus = sql<{ one: number; other: number }, { sku: string }>(
  `SELECT DISTINCT a.sku FROM order_line a JOIN order_line b ON b.sku = a.sku AND b.order_rid = :other
   WHERE a.order_rid = :one AND a.quantity > 0 AND b.quantity > 0 ORDER BY a.sku`,
);

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase().replace(/\s+/gu, ' ');

/** Who an order goes to, as one text; null when the buyer cannot be read. Compared in memory and never stored. */
function buyerOf(order: StoredOrder): { buyer: string; place: string } | null {
  if (order.person === null) return null;
  const person = readPerson(order.person);
  const buyer = plain(person.email || calledBy(person));
  if (buyer === '') return null;
  const place = [
    person.name,
    person.company,
    person.line1,
    person.line2,
    person.city,
    person.postcode,
    person.country,
  ];
  return { buyer, place: place.map(plain).join('\n') };
}

export function sameAddress(one: StoredOrder, other: StoredOrder): boolean {
  const [a, b] = [buyerOf(one), buyerOf(other)];
  return a !== null && b !== null && a.buyer === b.buyer && a.place === b.place;
}

/** Other orders of the buyer in the same account, found by the index's keyed words and checked in memory. */
export function ordersOfBuyer(db: Database, order: StoredOrder): StoredOrder[] {
  const mine = buyerOf(order);
  if (!mine) return [];
  const tokens = db.sealing.tokens(mine.buyer);
  if (tokens === '') return [];
  const rids = db
    .all(byTokens, { match: `{customer} : "${tokens}"`, limit: LOOKED_AT })
    .map(({ rid }) => rid);
  return db
    .all(idsOf, { rids: JSON.stringify(rids), account: order.account_rid, except: order.rid })
    .map(({ id }) => requireOrder(db, id))
    .filter((other) => buyerOf(other)?.buyer === mine.buyer);
}

export function skusInCommon(db: Database, one: StoredOrder, other: StoredOrder): string[] {
  return db.all(sharedSkus, { one: one.rid, other: other.rid }).map(({ sku }) => sku);
}
