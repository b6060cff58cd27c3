import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { OPEN_STATES, ORDER_STATES, type OrderState } from '#shared/domain/order-states.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { readOrders } from './order-rows.ts';
import { calledBy, readPerson } from './person.ts';
import { SEARCH_LIMIT, searchOrders } from './search-orders.ts';

type Query = ParsedParams<'orders.query'>;
type Sort = NonNullable<Query['sort']>;

const accountsInUse = sql<Record<string, never>, { rid: number; id: string; removed: number }>(
  `SELECT rid, id, removed_at_ms IS NOT NULL AS removed FROM account`,
);
const countByState = sql<{ accounts: string }, { state: OrderState; n: number }>(
  `SELECT c.state, sum(c.orders) AS n FROM json_each(:accounts) r CROSS JOIN order_count c ON c.account_rid = r.value
   GROUP BY c.state`,
  { hot: true },
);
const leavingByAccount = sql<{ states: string; from: number; to: number }, { account: number; n: number }>(
  `SELECT o.account_rid AS account, count(*) AS n
   FROM json_each(:states) s CROSS JOIN sales_order o
     ON o.state = s.value AND o.ship_by_at_ms >= :from AND o.ship_by_at_ms < :to
   GROUP BY o.account_rid`,
  { hot: true },
);

/** What leaves within this time is due soon; Today counts it the same way. */
const SOON_MS = 86_400_000;

/** When the orders asked for have to leave: at `from` or later, before `to`. */
interface Leaving {
  readonly from: number;
  readonly to: number;
}

const ALWAYS = Number.MIN_SAFE_INTEGER;

function leavingOf({ late, soon }: Query, nowMs: number): Leaving | null {
  if (!late && !soon) return null;
  return { from: late ? ALWAYS : nowMs, to: soon ? nowMs + SOON_MS : nowMs };
}

/** Up to this many orders are sorted as they come; above, an index in the wanted order is walked. */
const SORT_LIMIT = 20_000;

/**
 * One window of the queue. Its rows are found in an index alone and read
 * afterwards, so that a page costs the same however many orders there are.
 */
export function queryOrders(db: Database, input: Query, nowMs: number): Result<'orders.query'> {
  const known = db.all(accountsInUse, {});
  const accounts = known.filter(
    (account) => account.removed === 0 && (!input.accountId || account.id === input.accountId),
  );
  const scope: Scope = {
    rids: accounts.map((account) => account.rid),
    all: accounts.length === known.length,
  };
  const text = input.text?.trim() ?? '';
  return text !== '' || input.orderIds || input.tag !== undefined || input.urgent
    ? chosenOrders(db, input, text, scope, nowMs)
    : allOrders(db, input, scope, nowMs);
}

interface Scope {
  /** Accounts whose orders are shown. */
  readonly rids: readonly number[];
  /** True when there are no other accounts, so that nobody has to look at the account. */
  readonly all: boolean;
}

function allOrders(db: Database, input: Query, scope: Scope, nowMs: number): Result<'orders.query'> {
  const counts = new Map(
    db.all(countByState, { accounts: JSON.stringify(scope.rids) }).map(({ state, n }) => [state, n]),
  );
  const leaving = leavingOf(input, nowMs);
  const open = (span: Leaving): number =>
    db
      .all(leavingByAccount, { states: JSON.stringify(OPEN_STATES), ...span })
      .filter(({ account }) => scope.rids.includes(account))
      .reduce((sum, { n }) => sum + n, 0);
  const wanted = [...new Set<OrderState>(input.states ?? ORDER_STATES)].filter(
    (state) =>
      (counts.get(state) ?? 0) > 0 && (!leaving || (OPEN_STATES as readonly OrderState[]).includes(state)),
  );
  const inStates = wanted.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);
  const total = leaving ? leavingIn(db, wanted, scope, leaving) : inStates;
  const rids = wanted.length === 0 ? [] : page(db, input, wanted, inStates, scope, leaving);
  return {
    total,
    rows: readOrders(db, rids, nowMs),
    counts: Object.fromEntries([...counts].filter(([, n]) => n > 0)),
    late: open({ from: ALWAYS, to: nowMs }),
    soon: open({ from: nowMs, to: nowMs + SOON_MS }),
    capped: false,
  };
}

function accountFilter(scope: Scope): string {
  // Rids are integers of our own; inlined, they keep the index in play.
  return scope.all ? '' : ` AND account_rid IN (${scope.rids.join(', ')})`;
}

function leavingIn(db: Database, states: readonly OrderState[], scope: Scope, leaving: Leaving): number {
  return (
    db.getComposed<{ n: number }>(
      `SELECT count(*) AS n FROM sales_order
       WHERE state IN (SELECT value FROM json_each(:states))
         AND ship_by_at_ms >= :from AND ship_by_at_ms < :to${accountFilter(scope)}`,
      { states: JSON.stringify(states), ...leaving },
    )?.n ?? 0
  );
}

const KEYS: Record<Sort, string> = {
  shipBy: 'ship_by_at_ms',
  placedAt: 'placed_at_ms',
  number: 'number COLLATE NOCASE',
  total: 'total_minor',
};
const WALKS: Partial<Record<Sort, string>> = { placedAt: 'sales_order_placed', number: 'sales_order_number' };

function page(
  db: Database,
  input: Query,
  states: readonly OrderState[],
  inStates: number,
  scope: Scope,
  leaving: Leaving | null,
): number[] {
  const sort = input.sort ?? 'shipBy';
  const direction = input.direction === 'desc' ? 'DESC' : 'ASC';
  const window = { limit: input.limit ?? 100, offset: input.offset ?? 0 };
  const filter =
    accountFilter(scope) + (leaving ? ' AND ship_by_at_ms >= :from AND ship_by_at_ms < :to' : '');
  const params = { ...window, ...leaving };
  if (sort === 'shipBy') {
    // Each state comes sorted out of the index; the database merges them as they are read.
    const parts = states.map(
      (state) =>
        `SELECT rid, ship_by_at_ms AS at FROM sales_order INDEXED BY sales_order_queue WHERE state = '${state}'${filter}`,
    );
    return db
      .allComposed<{ rid: number }>(
        `${parts.join(' UNION ALL ')} ORDER BY at ${direction}, rid ${direction} LIMIT :limit OFFSET :offset`,
        params,
      )
      .map(({ rid }) => rid);
  }
  const walk = inStates > SORT_LIMIT && !leaving ? WALKS[sort] : undefined;
  const list = states.map((state) => `'${state}'`).join(', ');
  return db
    .allComposed<{ rid: number }>(
      `SELECT rid FROM sales_order INDEXED BY ${walk ?? 'sales_order_queue'} WHERE state IN (${list})${filter}
       ORDER BY ${KEYS[sort]} ${direction}, rid ${direction} LIMIT :limit OFFSET :offset`,
      params,
    )
    .map(({ rid }) => rid);
}

interface Found {
  rid: number;
  account_rid: number;
  state: OrderState;
  number: string;
  person: string | null;
  placed_at_ms: number;
  ship_by_at_ms: number | null;
  total_minor: number;
}

const foundByRid = sql<{ rids: string; named: number }, Found>(
  `SELECT o.rid, o.account_rid, o.state, o.number, o.placed_at_ms, o.ship_by_at_ms, o.total_minor,
     CASE WHEN :named THEN person_open(o.id, h.sealed) END AS person
   FROM json_each(:rids) r CROSS JOIN sales_order o ON o.rid = r.value LEFT JOIN order_person h ON h.order_rid = o.rid`,
  { hot: true },
);
const ridsById = sql<{ ids: string }, { rid: number }>(
  'SELECT o.rid FROM json_each(:ids) r CROSS JOIN sales_order o ON o.id = r.value',
  { hot: true },
);

const byTag = sql<{ tag: string; limit: number }, { rid: number }>(
  `SELECT order_rid AS rid FROM order_tag WHERE tag = :tag AND removed_at_ms IS NULL ORDER BY order_rid DESC LIMIT :limit`,
  { hot: true },
);
const byPriority = sql<{ limit: number }, { rid: number }>(
  `SELECT order_rid AS rid FROM order_mark WHERE priority IN (1, 2) AND priority <> 0 ORDER BY priority DESC, order_rid DESC LIMIT :limit`,
  { hot: true },
);

/** Orders with the wanted tag or before others, the newest of many; null when neither is asked for. */
function markedOrders(
  db: Database,
  { tag, urgent }: Query,
): { readonly rids: Set<number>; readonly capped: boolean } | null {
  const limit = SEARCH_LIMIT + 1;
  const lists = [
    ...(tag === undefined ? [] : [db.all(byTag, { tag, limit })]),
    ...(urgent ? [db.all(byPriority, { limit })] : []),
  ].map((rows) => new Set(rows.map(({ rid }) => rid)));
  const [first, second] = lists;
  if (!first) return null;
  return {
    rids: second ? both(first, second) : first,
    capped: lists.some(({ size }) => size > SEARCH_LIMIT),
  };
}

/** Orders that a text, a mark or a list names: few enough to be filtered, counted and sorted here. */
function chosenOrders(
  db: Database,
  input: Query,
  text: string,
  scope: Scope,
  nowMs: number,
): Result<'orders.query'> {
  const marked = markedOrders(db, input);
  const listed = input.orderIds
    ? new Set(db.all(ridsById, { ids: JSON.stringify(input.orderIds) }).map(({ rid }) => rid))
    : null;
  const named = listed && marked ? both(marked.rids, listed) : (listed ?? marked?.rids ?? null);
  const search = text === '' ? null : searchOrders(db, text);
  const rids = search ? search.rids.filter((rid) => !named || named.has(rid)) : [...(named ?? [])];
  const found = db
    .all(foundByRid, {
      rids: JSON.stringify(rids),
      // Buyers are opened only where a short word has to be looked for in their names.
      named: (search?.shortWords.length ?? 0) > 0 ? 1 : 0,
    })
    .filter((order) => scope.rids.includes(order.account_rid) && contains(order, search?.shortWords ?? []));
  const counts = new Map<OrderState, number>();
  for (const order of found) counts.set(order.state, (counts.get(order.state) ?? 0) + 1);
  const leaves = (order: Found, { from, to }: Leaving): boolean =>
    (OPEN_STATES as readonly OrderState[]).includes(order.state) &&
    order.ship_by_at_ms !== null &&
    order.ship_by_at_ms >= from &&
    order.ship_by_at_ms < to;
  const leaving = leavingOf(input, nowMs);
  const shown = found
    .filter(
      (order) =>
        (!input.states || input.states.includes(order.state)) && (!leaving || leaves(order, leaving)),
    )
    .sort(comparison(input.sort ?? 'shipBy', input.direction === 'desc' ? -1 : 1));
  const offset = input.offset ?? 0;
  return {
    total: shown.length,
    rows: readOrders(
      db,
      shown.slice(offset, offset + (input.limit ?? 100)).map((order) => order.rid),
      nowMs,
    ),
    counts: Object.fromEntries(counts),
    late: found.filter((order) => leaves(order, { from: ALWAYS, to: nowMs })).length,
    soon: found.filter((order) => leaves(order, { from: nowMs, to: nowMs + SOON_MS })).length,
    capped: (search?.capped ?? false) || (marked?.capped ?? false),
  };
}

const both = (one: ReadonlySet<number>, other: ReadonlySet<number>): Set<number> =>
  new Set([...one].filter((rid) => other.has(rid)));

function contains(order: Found, words: readonly string[]): boolean {
  const text = `${order.number} ${calledBy(readPerson(order.person))}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function comparison(sort: Sort, sign: 1 | -1): (a: Found, b: Found) => number {
  const by: Record<Sort, (a: Found, b: Found) => number> = {
    // As in the index: an unknown time comes before all others.
    shipBy: (a, b) => (a.ship_by_at_ms ?? -Infinity) - (b.ship_by_at_ms ?? -Infinity) || 0,
    placedAt: (a, b) => a.placed_at_ms - b.placed_at_ms,
    number: (a, b) => compareText(a.number.toLowerCase(), b.number.toLowerCase()),
    total: (a, b) => a.total_minor - b.total_minor,
  };
  return (a, b) => sign * (by[sort](a, b) || a.rid - b.rid);
}
