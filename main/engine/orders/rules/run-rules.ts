import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { ruleTraceSchema, type OrderRule, type RuleTrace } from '#shared/contract/order-rules.ts';
import { OPEN_STATES } from '#shared/domain/order-states.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';
import { anyLocation } from '../../inventory/places.ts';
import type { CommandScope } from '../../journal/journal.ts';
import type { Ports } from '../../ports.ts';
import { addOrderEvent } from '../events.ts';
import { addTag, writeMark } from '../marks.ts';
import { requireOrder, type StoredOrder } from '../order-rows.ts';
import { refreshOrder, type OrdersDeps, type StepCall } from '../steps.ts';
import { evaluateRules, type OrderFacts } from './evaluate.ts';
import { readRules } from './rule-store.ts';

/** A dry run looks at so many open orders, those that leave first. */
const DRY_RUN = 2_000;
const EXAMPLES = 5;

const linesOf = sql<{ order: number }, { sku: string | null; quantity: number; weight: number | null }>(
  `SELECT l.sku, l.quantity, c.weight_g AS weight FROM order_line l
   LEFT JOIN customs_item c ON c.sku = l.sku AND c.removed_at_ms IS NULL
   WHERE l.order_rid = :order AND l.quantity > 0 ORDER BY l.position`,
  { hot: true },
);
const openOrders = sql<{ states: string; limit: number }, { id: string }>(
  `SELECT o.id FROM json_each(:states) s CROSS JOIN sales_order o INDEXED BY sales_order_queue ON o.state = s.value
   ORDER BY o.ship_by_at_ms, o.rid LIMIT :limit`,
);
const keepTrace = sql<{ order: number; command: number; at: number; trace: string }>(
  `INSERT INTO order_rule_trace (order_rid, command_rid, at_ms, trace) VALUES (:order, :command, :at, :trace)
   ON CONFLICT (order_rid, command_rid) DO UPDATE SET at_ms = excluded.at_ms, trace = excluded.trace`,
);
const newestTrace = sql<{ order: number }, { trace: string }>(
  `SELECT t.trace FROM order_rule_trace t JOIN command c ON c.rid = t.command_rid
   WHERE t.order_rid = :order AND c.undone_by_rid IS NULL ORDER BY t.command_rid DESC LIMIT 1`,
  { hot: true },
);
const orderId = sql<{ rid: number }, { id: string }>('SELECT id FROM sales_order WHERE rid = :rid');

export function factsOf(db: Database, order: StoredOrder): OrderFacts {
  const lines = db.all(linesOf, { order: order.rid });
  const heavy = lines.some(({ weight }) => weight === null);
  return {
    platform: order.platform,
    account: order.account,
    country: order.country ?? '',
    method: order.shipping_method,
    currency: order.currency,
    total: order.total_minor,
    lines: lines.length,
    units: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    weight: heavy ? null : lines.reduce((sum, { quantity, weight }) => sum + quantity * (weight ?? 0), 0),
    skus: lines.flatMap(({ sku }) => sku ?? []),
    tags: JSON.parse(order.tags) as string[],
  };
}

/** The latest run that stands: which rules matched, with what they looked at. */
export function traceOf(db: Database, orderRid: number): RuleTrace | null {
  const row = db.get(newestTrace, { order: orderRid });
  return row ? ruleTraceSchema.parse(JSON.parse(row.trace)) : null;
}

/** Runs the rules over one order inside a command; true when something of the order changed. */
function runOver(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  rules: readonly OrderRule[],
  order: StoredOrder,
): boolean {
  const { outcome, rules: traced } = evaluateRules(rules, factsOf(scope.db, order));
  const trace: RuleTrace = { at: scope.atMs, rules: traced };
  const { carrier, service, priority, hold, locationId } = outcome;
  let changed = 0;
  if ([carrier, service, priority, hold, locationId].some((value) => value !== undefined)) {
    const location_rid = locationId === undefined ? undefined : anyLocation(scope.db, locationId).rid;
    changed += writeMark(scope, ports, order.rid, { carrier, service, priority, hold, location_rid });
  }
  for (const tag of outcome.tags ?? []) if (addTag(scope, ports, order.rid, tag)) changed += 1;
  scope.db.run(keepTrace, {
    order: order.rid,
    command: scope.rid,
    at: scope.atMs,
    trace: JSON.stringify(trace),
  });
  if (changed === 0) return false;
  addOrderEvent(scope.db, order.rid, scope.atMs, 'rules', 'rules_applied', { changes: changed });
  refreshOrder(scope, order);
  return true;
}

/** For orders that just came in; nothing is read or written where there are no rules. */
export function rulesOnArrival(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  orderRids: readonly number[],
): void {
  if (orderRids.length === 0) return;
  const rules = readRules(scope.db).filter(({ enabled }) => enabled);
  if (rules.length === 0) return;
  for (const rid of orderRids) {
    const row = scope.db.get(orderId, { rid });
    const order = row && requireOrder(scope.db, row.id);
    if (order && order.state !== 'shipped') runOver(scope, ports, rules, order);
  }
}

export function applyRules(
  { journal, ports }: OrdersDeps,
  input: ParsedParams<'orderRules.apply'>,
  call: StepCall,
): Result<'orderRules.apply'> {
  const { result, commandId } = journal.run(
    {
      method: 'orderRules.apply',
      label: `Run the rules over ${input.orderIds.length} orders`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
      // The reasons are new even where nothing changes.
      keepEmpty: true,
    },
    (scope) => {
      const rules = readRules(scope.db);
      const orders = [...new Set(input.orderIds)].map((id) => requireOrder(scope.db, id));
      // What has left is not changed any more.
      const open = orders.filter(({ state }) => state !== 'shipped' && state !== 'returned');
      const changed = open.filter((order) => runOver(scope, ports, rules, order)).length;
      scope.touch(
        'orders',
        open.map(({ rid }) => rid),
      );
      return { orders: open.length, changed };
    },
  );
  return { ...result, commandId };
}

/** Counts what the rules would do to open orders, with a draft in the place of the rule that it changes. */
export function dryRunRules(
  db: Database,
  { draft }: ParsedParams<'orderRules.dryRun'>,
): Result<'orderRules.dryRun'> {
  const DRAFT = 'draft';
  const saved = readRules(db);
  const drafted: OrderRule[] = draft
    ? [{ ...draft, ruleId: draft.ruleId ?? DRAFT, position: saved.length + 1 }]
    : [];
  const known = saved.some(({ ruleId }) => ruleId === draft?.ruleId);
  const rules: OrderRule[] = known
    ? saved.map((rule) => (rule.ruleId === draft?.ruleId ? { ...rule, ...drafted[0] } : rule))
    : [...saved, ...drafted];
  const found = db.all(openOrders, {
    states: JSON.stringify([...OPEN_STATES, 'on_hold']),
    limit: DRY_RUN + 1,
  });
  const ids = found.slice(0, DRY_RUN);
  const counts = new Map(
    rules.map(({ ruleId }) => [ruleId, { matched: 0, set: 0, examples: [] as string[] }]),
  );
  for (const { id } of ids) {
    const order = requireOrder(db, id);
    for (const rule of evaluateRules(rules, factsOf(db, order)).rules) {
      const count = counts.get(rule.ruleId);
      if (!count || !rule.matched) continue;
      count.matched += 1;
      if (rule.set.length > 0) count.set += 1;
      if (count.examples.length < EXAMPLES) count.examples.push(order.number);
    }
  }
  return {
    orders: ids.length,
    capped: found.length > DRY_RUN,
    rules: rules.map(({ ruleId, name }) => ({
      ruleId: ruleId === DRAFT ? null : ruleId,
      name,
      ...(counts.get(ruleId) ?? { matched: 0, set: 0, examples: [] }),
    })),
  };
}
