import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { ShipRow } from '#shared/contract/orders.ts';
import { MAX_REPLY_ROWS } from '#shared/contract/envelope.ts';
import { BLOCKED_STATES, remaining, type OrderState } from '#shared/domain/order-states.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import { addOrderEvent } from './events.ts';
import { readLines, requireOrder, type StoredLine, type StoredOrder } from './order-rows.ts';
import { calledBy, readPerson } from './person.ts';
import { insertShipment } from './shipments.ts';
import { refreshOrder, type OrdersDeps, type StepCall } from './steps.ts';
import { readTrackingList, type TrackingRow } from './tracking-list.ts';

type Input = ParsedParams<'orders.shipMany'>;

const byName = sql<{ name: string }, { id: string; account: string }>(
  `SELECT DISTINCT id, account FROM (
     SELECT o.id, a.id AS account FROM sales_order o JOIN account a ON a.rid = o.account_rid
     WHERE o.number = :name COLLATE NOCASE AND a.removed_at_ms IS NULL
     UNION ALL
     SELECT o.id, a.id AS account FROM account a CROSS JOIN sales_order o ON o.account_rid = a.rid AND o.external_id = :name
     WHERE a.removed_at_ms IS NULL
     UNION ALL
     SELECT o.id, a.id AS account FROM sales_order o JOIN account a ON a.rid = o.account_rid
     WHERE o.id = :name AND a.removed_at_ms IS NULL)`,
  { hot: true },
);

const buyers = sql<{ ids: string }, { id: string; person: string | null }>(
  `SELECT o.id, person_open(o.id, h.sealed) AS person
   FROM json_each(:ids) r CROSS JOIN sales_order o ON o.id = r.value LEFT JOIN order_person h ON h.order_rid = o.rid`,
  { hot: true },
);

interface Planned {
  readonly row: ShipRow;
  readonly order: StoredOrder;
  readonly lines: readonly StoredLine[];
}

interface Plan {
  readonly ready: readonly Planned[];
  readonly problems: readonly ShipRow[];
  readonly total: number;
}

/** Judges every row of the list against the orders as they are now. */
function plan(db: Database, input: Input): Plan {
  const list: readonly TrackingRow[] = input.rows
    ? input.rows.map((row, index) => ({
        row: index + 1,
        order: row.order.trim(),
        tracking: row.tracking?.trim() ?? '',
        carrier: row.carrier?.trim() ?? '',
      }))
    : readTrackingList(input.text ?? '');
  const seen = new Set<number>();
  const ready: Planned[] = [];
  const problems: ShipRow[] = [];
  for (const row of list) {
    const judged = judge(db, input, row, seen);
    if ('order' in judged.found) ready.push({ row: judged.row, ...judged.found });
    else problems.push({ ...judged.row, problem: judged.found.problem });
  }
  return { ready, problems, total: list.length };
}

type Judged =
  | { readonly problem: NonNullable<ShipRow['problem']> }
  | { readonly order: StoredOrder; readonly lines: readonly StoredLine[] };

function judge(
  db: Database,
  input: Input,
  entry: TrackingRow,
  seen: Set<number>,
): { row: ShipRow; found: Judged } {
  const blank: ShipRow = {
    row: entry.row,
    order: entry.order,
    carrier: entry.carrier || (input.carrier?.trim() ?? ''),
    tracking: entry.tracking,
    orderId: null,
    customerName: '',
    state: null,
    units: 0,
    advanced: false,
    problem: null,
  };
  if (entry.order === '') return { row: blank, found: { problem: 'empty' } };
  const matches = matching(db, entry.order, input.accountId);
  const [match] = matches;
  if (!match) return { row: blank, found: { problem: 'unknown_order' } };
  if (matches.length > 1) return { row: blank, found: { problem: 'ambiguous' } };
  const order = requireOrder(db, match.id);
  const known = { ...blank, orderId: order.id, state: order.state };
  if (seen.has(order.rid)) return { row: known, found: { problem: 'repeated' } };
  seen.add(order.rid);
  if (order.disposition === 'shipped' || order.state === 'shipped' || order.state === 'returned')
    return { row: known, found: { problem: 'shipped' } };
  if ((BLOCKED_STATES as readonly OrderState[]).includes(order.state))
    return { row: known, found: { problem: 'blocked' } };
  if (order.merged === 1 || order.packages > 0) return { row: known, found: { problem: 'packages' } };
  const lines = readLines(db, order.rid);
  const packed = lines.reduce((sum, line) => sum + remaining('ship', line), 0);
  const all = lines.reduce((sum, line) => sum + line.quantity - line.shipped, 0);
  const units = input.advance ? all : packed;
  if (units === 0) return { row: known, found: { problem: 'not_packed' } };
  return { row: { ...known, units, advanced: units > packed }, found: { order, lines } };
}

/** Shops write `#1001` where people type `1001`. */
function matching(db: Database, name: string, accountId: string | undefined): { id: string }[] {
  for (const candidate of new Set([name, `#${name}`, name.replace(/^#/, '')])) {
    const found = db
      .all(byName, { name: candidate })
      .filter(({ account }) => accountId === undefined || account === accountId);
    if (found.length > 0) return found;
  }
  return [];
}

export function shipPreview(db: Database, input: Input): Result<'orders.shipPreview'> {
  const { ready, problems, total } = plan(db, input);
  return {
    total,
    ready: ready.length,
    advanced: ready.filter(({ row }) => row.advanced).length,
    problems: problems.length,
    rows: withBuyers(db, [...problems, ...ready.map(({ row }) => row)].slice(0, MAX_REPLY_ROWS)),
  };
}

/** Ships all rows that can be, in one transaction and one undo step; the others come back with the reason. */
export function shipMany(deps: OrdersDeps, input: Input, call: StepCall): Result<'orders.shipMany'> {
  const { journal, ports } = deps;
  const { result, commandId } = journal.run(
    {
      method: 'orders.shipMany',
      label: 'Ship orders from a list',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const { ready, problems } = plan(scope.db, input);
      const lines = ready.flatMap((planned) => planned.lines);
      if (input.advance) {
        const full = lines.map((line) => ({ rid: line.rid, value: line.quantity }));
        scope.write('order_line', 'picked', full);
        scope.write('order_line', 'packed', full);
        scope.write(
          'order_line',
          'missing',
          lines.map((line) => ({ rid: line.rid, value: 0 })),
        );
      }
      const target = (line: StoredLine): number => (input.advance ? line.quantity : line.packed);
      scope.write(
        'order_line',
        'shipped',
        lines.map((line) => ({ rid: line.rid, value: target(line) })),
      );
      for (const { row, order, lines: own } of ready) {
        insertShipment(scope, ports, order, {
          carrier: row.carrier,
          tracking: row.tracking,
          complete: own.every((line) => target(line) >= line.quantity),
          takes: own
            .map((line) => ({ line, quantity: target(line) - line.shipped }))
            .filter(({ quantity }) => quantity > 0),
        });
        addOrderEvent(scope.db, order.rid, scope.atMs, call.actor, 'shipped', {
          units: row.units,
          carrier: row.carrier,
          tracking: row.tracking,
        });
        refreshOrder(scope, order);
      }
      return {
        shipped: ready.length,
        advanced: ready.filter(({ row }) => row.advanced).length,
        rejected: problems.slice(0, MAX_REPLY_ROWS),
        rejectedTotal: problems.length,
      };
    },
  );
  return { ...result, commandId, rejected: withBuyers(journal.db, result.rejected) };
}

/** Buyers are named on the way out: the journal keeps replies, and must not keep people. */
function withBuyers(db: Database, rows: readonly ShipRow[]): ShipRow[] {
  const ids = rows.flatMap(({ orderId }) => orderId ?? []);
  const names = new Map(
    db.all(buyers, { ids: JSON.stringify(ids) }).map(({ id, person }) => [id, calledBy(readPerson(person))]),
  );
  return rows.map((row) => ({ ...row, customerName: names.get(row.orderId ?? '') ?? '' }));
}
