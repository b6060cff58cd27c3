import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { StockRule } from '#shared/domain/inventory/allocation.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { CommandScope } from '../journal/journal.ts';
import type { InventoryCall, InventoryDeps } from './caller.ts';
import { requireItem } from './places.ts';

interface StoredRule extends StockRule {
  rid: number;
  item_rid: number;
  account_rid: number;
  removed: number;
}

const COLUMNS = 'rid, item_rid, account_rid, buffer, floor, maximum, removed';
const newest = sql<{ item: number; account: number; before: number }, StoredRule>(
  `SELECT ${COLUMNS} FROM stock_rule WHERE item_rid = :item AND account_rid = :account AND rid < :before ORDER BY rid DESC LIMIT 1`,
  { hot: true },
);
const inForce = sql<
  Record<string, never>,
  StoredRule & { item: string | null; sku: string | null; account: string | null }
>(
  `SELECT r.rid, r.item_rid, r.account_rid, r.buffer, r.floor, r.maximum, r.removed, i.id AS item, i.sku, a.id AS account
   FROM stock_rule r LEFT JOIN stock_item i ON i.rid = r.item_rid LEFT JOIN account a ON a.rid = r.account_rid
   WHERE r.removed = 0 AND NOT EXISTS (
     SELECT 1 FROM stock_rule n WHERE n.item_rid = r.item_rid AND n.account_rid = r.account_rid AND n.rid > r.rid)
   ORDER BY r.item_rid, r.account_rid`,
);
const byCommand = sql<{ command: number }, StoredRule>(
  `SELECT ${COLUMNS} FROM stock_rule WHERE command_rid = :command`,
  { hot: true },
);
const insert = sql<{
  item: number;
  account: number;
  buffer: number;
  floor: number;
  maximum: number | null;
  removed: number;
  command: number;
}>(
  `INSERT INTO stock_rule (item_rid, account_rid, buffer, floor, maximum, removed, command_rid)
   VALUES (:item, :account, :buffer, :floor, :maximum, :removed, :command)`,
);
const accountByIdAny = sql<{ id: string }, { rid: number }>('SELECT rid FROM account WHERE id = :id', {
  hot: true,
});

const NEVER = Number.MAX_SAFE_INTEGER;

export function rules(db: Database): Result<'inventory.rules'> {
  return {
    rules: db.all(inForce, {}).map(({ buffer, floor, maximum, item, sku, account }) => ({
      buffer,
      floor,
      maximum,
      itemId: item,
      sku,
      accountId: account,
    })),
  };
}

/** Finds the rule of an item on an account: the pair's own, the item's, the account's, everybody's; else nothing is held back. */
export function ruleLookup(db: Database): (itemRid: number, accountRid: number) => StockRule {
  const known = new Map(db.all(inForce, {}).map((rule) => [`${rule.item_rid} ${rule.account_rid}`, rule]));
  return (item, account) => {
    const found =
      known.get(`${item} ${account}`) ??
      known.get(`${item} 0`) ??
      known.get(`0 ${account}`) ??
      known.get('0 0');
    return found
      ? { buffer: found.buffer, floor: found.floor, maximum: found.maximum }
      : { buffer: 0, floor: 0, maximum: null };
  };
}

export function setRule(
  { journal }: InventoryDeps,
  input: ParsedParams<'inventory.setRule'>,
  call: InventoryCall,
): Result<'inventory.setRule'> {
  const { commandId } = journal.run(
    {
      method: 'inventory.setRule',
      label: 'Change a stock rule',
      actor: call.actor,
      requestId: call.requestId,
      reversible: true,
    },
    (scope) => {
      const item = input.itemId === null ? 0 : requireItem(scope.db, input.itemId).rid;
      const account = input.accountId === null ? 0 : requireAccount(scope.db, input.accountId);
      const now = scope.db.get(newest, { item, account, before: NEVER });
      const standing = now && now.removed === 0 ? now : null;
      if (same(standing, input.rule)) return {};
      write(scope, item, account, input.rule);
      return {};
    },
  );
  return { commandId };
}

function requireAccount(db: Database, accountId: string): number {
  const account = db.get(accountByIdAny, { id: accountId });
  if (!account) throw new CodedError('NOT_FOUND', `There is no account ${accountId}`, { accountId });
  return account.rid;
}

function same(a: StockRule | null, b: StockRule | null): boolean {
  if (a === null || b === null) return a === b;
  return a.buffer === b.buffer && a.floor === b.floor && a.maximum === b.maximum;
}

function write(scope: CommandScope, item: number, account: number, rule: StockRule | null): void {
  scope.db.run(insert, {
    item,
    account,
    buffer: rule?.buffer ?? 0,
    floor: rule?.floor ?? 0,
    maximum: rule?.maximum ?? null,
    removed: rule ? 0 : 1,
    command: scope.rid,
  });
  scope.note(1);
  scope.touch('inventory');
}

/** Puts the rules before a command in force again, where no later one took its place. */
export function revertRules(scope: CommandScope, commandRid: number): number {
  let count = 0;
  const pairs = Map.groupBy(
    scope.db.all(byCommand, { command: commandRid }),
    (rule) => `${rule.item_rid} ${rule.account_rid}`,
  );
  // A return to a moment may have written several rules of a pair.
  for (const rules of pairs.values()) {
    const [first, last] = [rules[0], rules.at(-1)];
    if (!first || !last) continue;
    const pair = { item: last.item_rid, account: last.account_rid };
    const now = scope.db.get(newest, { ...pair, before: NEVER });
    if (!now || now.removed !== last.removed || !same(now, last)) continue;
    const former = scope.db.get(newest, { ...pair, before: first.rid });
    write(scope, pair.item, pair.account, former && former.removed === 0 ? former : null);
    count += 1;
  }
  return count;
}
