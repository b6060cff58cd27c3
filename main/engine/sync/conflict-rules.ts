import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { ConflictRule } from '#shared/contract/publish.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { listAccounts, requireAccount, type AccountRow } from './accounts.ts';
import type { Call } from './call.ts';
import { decide } from './conflicts.ts';
import { readOps, type OpDetail } from './op-rows.ts';
import { trail } from './outbox.ts';

/** Who decided, as the history names it. */
const ACTOR = 'rule';

const SELECT = `SELECT r.id AS ruleId, r.field, a.id AS accountId, r.sku_pattern AS skuPattern, r.choice, r.actor,
    r.at_ms AS at FROM conflict_rule r LEFT JOIN account a ON a.rid = r.account_rid`;
const every = sql<Record<string, never>, ConflictRule>(`${SELECT} ORDER BY r.field, a.name, r.sku_pattern`);
/** The narrowest first. */
const ofAccount = sql<{ account: number }, ConflictRule>(
  `${SELECT} WHERE r.account_rid IS NULL OR r.account_rid = :account
   ORDER BY r.sku_pattern IS NULL, length(r.sku_pattern) DESC, r.account_rid IS NULL`,
);
const put = sql<Record<string, string | number | null>>(
  `INSERT INTO conflict_rule (id, field, account_rid, sku_pattern, choice, actor, at_ms)
   VALUES (:id, :field, :account, :pattern, :choice, :actor, :at)
   ON CONFLICT (field, coalesce(account_rid, 0), coalesce(sku_pattern, ''))
   DO UPDATE SET choice = excluded.choice, actor = excluded.actor, at_ms = excluded.at_ms`,
);
const remove = sql<{ id: string }>('DELETE FROM conflict_rule WHERE id = :id');

export function listConflictRules(db: Database): ConflictRule[] {
  return db.all(every, {});
}

/** Remembers a decision, and decides by it what waits. A rule of the same scope is replaced. */
export function addConflictRule(
  engine: Engine,
  input: ParsedParams<'conflicts.addRule'>,
  call: Call,
): Result<'conflicts.addRule'> {
  const account = input.accountId === undefined ? null : requireAccount(engine.db, input.accountId);
  const spec = { method: 'conflicts.addRule', label: 'Add a conflict rule', ...who(call) };
  engine.journal.run({ ...spec, reversible: false, keepEmpty: true }, (scope) => {
    scope.db.run(put, {
      id: engine.ports.newId(),
      field: input.field,
      account: account?.rid ?? null,
      pattern: input.skuPattern ?? null,
      choice: input.choice,
      actor: call.actor,
      at: scope.atMs,
    });
    scope.touch('outbox');
    return {};
  });
  const concerned = account ? [account] : listAccounts(engine.db);
  const resolved = concerned.reduce((sum, each) => sum + applyConflictRules(engine, each), 0);
  return { rules: listConflictRules(engine.db), resolved };
}

export function removeConflictRule(
  engine: Engine,
  { ruleId }: ParsedParams<'conflicts.removeRule'>,
  call: Call,
): Result<'conflicts.removeRule'> {
  const spec = { method: 'conflicts.removeRule', label: 'Remove a conflict rule', ...who(call) };
  engine.journal.run({ ...spec, reversible: false, keepEmpty: true }, (scope) => {
    if (scope.db.run(remove, { id: ruleId }).changes === 0)
      throw new CodedError('NOT_FOUND', `There is no conflict rule ${ruleId}`, { ruleId });
    scope.touch('outbox');
    return {};
  });
  return { rules: listConflictRules(engine.db) };
}

/**
 * Decides the conflicts of an account that a rule covers, one command a
 * choice, so that the history shows them and what was taken can be undone.
 * Returns how many were decided.
 */
export function applyConflictRules(engine: Engine, account: AccountRow): number {
  const rules = engine.db.all(ofAccount, { account: account.rid });
  if (rules.every(({ choice }) => choice === 'ask')) return 0;
  const waiting = readOps(engine.db, "o.account_rid = :account AND o.state = 'conflict'", {
    account: account.rid,
  });
  let decided = 0;
  for (const choice of ['mine', 'theirs'] as const) {
    const ops = waiting.filter(({ row }) => ruleFor(rules, row)?.choice === choice);
    if (ops.length === 0) continue;
    const label = choice === 'mine' ? 'Keep my values by rule' : "Take the shop's values by rule";
    const spec = { method: 'conflicts.resolve', label, actor: ACTOR, keepEmpty: true };
    // Mine changes no cell: there is nothing to take back but the edit itself.
    engine.journal.run({ ...spec, reversible: choice === 'theirs' }, (scope) => {
      for (const { row } of ops) {
        const rule = ruleFor(rules, row);
        if (rule) trail(scope.db, row.rid, scope.atMs, 'rule', ruleText(rule));
      }
      decide(scope, ops, choice, true);
      return { resolved: ops.length };
    });
    decided += ops.length;
  }
  return decided;
}

/** `rules`: the narrowest first. */
function ruleFor(rules: readonly ConflictRule[], row: OpDetail['row']): ConflictRule | undefined {
  return rules.find(
    ({ field, skuPattern }) =>
      field === row.field && (skuPattern === null || fits(skuPattern, row.sku ?? '')),
  );
}

/** Whether a SKU is one of those that a pattern with * names; letters count as they are. */
export function fits(pattern: string, sku: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return sku === pattern;
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (sku.length < first.length + last.length || !sku.startsWith(first) || !sku.endsWith(last)) return false;
  let at = first.length;
  const end = sku.length - last.length;
  for (const part of rest) {
    const found = sku.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}

function ruleText({ field, skuPattern, choice }: ConflictRule): string {
  const which = skuPattern === null ? field : `${field} of ${skuPattern}`;
  return choice === 'mine'
    ? `The rule for ${which} keeps mine over the shop's value`
    : `The rule for ${which} takes the shop's value`;
}

function who(call: Call): { actor: string; requestId: string | undefined } {
  return { actor: call.actor, requestId: call.requestId };
}
