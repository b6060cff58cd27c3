import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { Ports } from '../ports.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { salePlaces, syncOrderStock } from './order-stock.ts';
import { createRecord, writeRecord } from './record-log.ts';

interface StoredRule {
  rid: number;
  since_ms: number | null;
  restock: number;
}

const ruleOf = sql<{ account: number }, StoredRule>(
  'SELECT rid, since_ms, restock FROM stock_sales_rule WHERE account_rid = :account AND removed_at_ms IS NULL',
  { hot: true },
);
const accountById = sql<{ id: string }, { rid: number; name: string }>(
  'SELECT rid, name FROM account WHERE id = :id AND removed_at_ms IS NULL',
);
/** What already left before is in the count that the ledger begins with. */
const remember = sql<{ account: number; since: number }>(
  `INSERT INTO stock_sale_line (line_rid, base, posted)
   SELECT l.rid, max(0, l.shipped - coalesce((SELECT sum(s.quantity) FROM shipment h JOIN shipment_line s ON s.shipment_rid = h.rid AND s.line_rid = l.rid
       WHERE h.order_rid = l.order_rid AND h.cancelled_at_ms IS NULL), 0)) AS gone, 0
   FROM sales_order o JOIN order_line l ON l.order_rid = o.rid
   WHERE o.account_rid = :account AND o.placed_at_ms < :since AND l.shipped > 0
   ON CONFLICT (line_rid) DO UPDATE SET base = max(base, excluded.base - posted)`,
);
const ordersSince = sql<{ account: number; since: number }, { rid: number }>(
  `SELECT rid FROM sales_order o WHERE account_rid = :account AND placed_at_ms >= :since
     AND EXISTS (SELECT 1 FROM order_line l WHERE l.order_rid = o.rid AND l.shipped > 0) ORDER BY placed_at_ms, rid`,
);
const lastCount = sql<Record<string, never>, { at: number | null }>(
  `SELECT max(at) AS at FROM (SELECT max(finished_at_ms) AS at FROM stock_count
   UNION ALL SELECT max(created_at_ms) FROM stock_document WHERE kind = 'opening')`,
);
const allRules = sql<
  Record<string, never>,
  {
    id: string;
    name: string;
    platform: string;
    since_ms: number | null;
    restock: number;
    posted: number;
    orders: number;
  }
>(
  `SELECT a.id, a.name, a.platform, r.since_ms, coalesce(r.restock, 0) AS restock,
     (SELECT coalesce(sum(x.posted), 0) FROM stock_order_sale d JOIN sales_order o ON o.rid = d.order_rid
        JOIN order_line l ON l.order_rid = o.rid JOIN stock_sale_line x ON x.line_rid = l.rid WHERE o.account_rid = a.rid) AS posted,
     (SELECT count(*) FROM stock_order_sale d JOIN sales_order o ON o.rid = d.order_rid WHERE o.account_rid = a.rid) AS orders
   FROM account a LEFT JOIN stock_sales_rule r ON r.account_rid = a.rid AND r.removed_at_ms IS NULL
   WHERE a.removed_at_ms IS NULL AND a.platform <> 'local' ORDER BY a.rid`,
);

export function salesRules(db: Database): Result<'channelStock.rules'> {
  return {
    earliest: db.get(lastCount, {})?.at ?? null,
    accounts: db.all(allRules, {}).map(({ id, name, since_ms, restock, posted, orders }) => ({
      accountId: id,
      name,
      since: since_ms,
      restock: restock === 1,
      posted,
      orders,
    })),
  };
}

/**
 * Says from when on what a shop reports as gone is posted; orders that are
 * here already follow in the same command. Nothing may be posted from before
 * the last count: the count has seen it.
 */
export function setSalesRule(
  { journal, ports }: InventoryDeps,
  input: ParsedParams<'channelStock.setRule'>,
  call: InventoryCall,
): Result<'channelStock.setRule'> {
  const account = journal.db.get(accountById, { id: input.accountId });
  if (!account) {
    throw new CodedError('NOT_FOUND', `There is no account ${input.accountId}`, {
      accountId: input.accountId,
    });
  }
  const { result, commandId } = journal.run(
    {
      method: 'channelStock.setRule',
      label: `Post what ${account.name} ships`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const earliest = scope.db.get(lastCount, {})?.at ?? null;
      if (input.since !== null && earliest !== null && input.since < earliest) {
        throw new CodedError(
          'INVALID_VALUE',
          'Stock was counted after this moment, so what left before is in the count already; choose a later moment',
          { field: 'since', earliest },
        );
      }
      return { posted: follow(scope, ports, account.rid, input.since, input.restock) };
    },
  );
  return { commandId, ...result };
}

/** Follows an account that nobody has decided about, from now on. */
export function followFromNow(scope: CommandScope, ports: Pick<Ports, 'newId'>, accountRid: number): void {
  if (!scope.db.get(ruleOf, { account: accountRid })) follow(scope, ports, accountRid, scope.atMs, undefined);
}

function follow(
  scope: CommandScope,
  ports: Pick<Ports, 'newId'>,
  accountRid: number,
  since: number | null,
  restock: boolean | undefined,
): number {
  const known = scope.db.get(ruleOf, { account: accountRid });
  const values = { since_ms: since, restock: restock === undefined ? undefined : restock ? 1 : 0 };
  if (known) writeRecord(scope, 'stock_sales_rule', known.rid, values);
  else {
    createRecord(scope, ports, 'stock_sales_rule', {
      account_rid: accountRid,
      since_ms: since,
      restock: values.restock ?? 0,
    });
  }
  if (since === null || (known && known.since_ms === since && values.restock === undefined)) return 0;
  scope.db.run(remember, { account: accountRid, since });
  const places = salePlaces(scope);
  return scope.db
    .all(ordersSince, { account: accountRid, since })
    .reduce((sum, { rid }) => sum + syncOrderStock(scope, ports, rid, { fresh: false, places }), 0);
}
