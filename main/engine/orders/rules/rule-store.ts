import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { ruleClauseSchema, ruleOutcomeSchema, type OrderRule } from '#shared/contract/order-rules.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/statement.ts';
import { anyLocation } from '../../inventory/places.ts';
import { createRecord, removeRecord, writeRecord } from '../../inventory/record-log.ts';
import type { CommandScope } from '../../journal/journal.ts';
import type { OrdersDeps, StepCall } from '../steps.ts';

interface StoredRule {
  rid: number;
  id: string;
  name: string;
  position: number;
  enabled: number;
  condition: string;
  outcome: string;
}

const all = sql<Record<string, never>, StoredRule>(
  `SELECT rid, id, name, position, enabled, condition, outcome FROM order_rule
   WHERE removed_at_ms IS NULL ORDER BY position, rid LIMIT 500`,
);
const clauses = z.array(ruleClauseSchema);

export function readRules(db: Database): (OrderRule & { readonly rid: number })[] {
  return db.all(all, {}).map((row) => ({
    rid: row.rid,
    ruleId: row.id,
    name: row.name,
    position: row.position,
    enabled: row.enabled === 1,
    when: clauses.parse(JSON.parse(row.condition)),
    outcome: ruleOutcomeSchema.parse(JSON.parse(row.outcome)),
  }));
}

export function listRules(db: Database): Result<'orderRules.list'> {
  return { rules: readRules(db).map(({ rid: _rid, ...rule }) => rule) };
}

export function saveRule(
  { journal, ports }: OrdersDeps,
  { ruleId, ...rule }: ParsedParams<'orderRules.save'>,
  call: StepCall,
): Result<'orderRules.save'> {
  if (rule.outcome.locationId !== undefined) anyLocation(journal.db, rule.outcome.locationId);
  const { result, commandId } = run(journal, 'orderRules.save', `Rule "${rule.name}"`, call, (scope) => {
    const rules = readRules(scope.db);
    const values = {
      name: rule.name,
      enabled: rule.enabled ? 1 : 0,
      condition: JSON.stringify(rule.when),
      outcome: JSON.stringify(rule.outcome),
    };
    if (ruleId !== undefined) {
      writeRecord(scope, 'order_rule', requireRule(rules, ruleId).rid, values);
      return { ruleId };
    }
    if (rules.length >= 500)
      throw new CodedError('INVALID_STATE', 'There are 500 rules already; remove one first');
    const position = rules.reduce((last, known) => Math.max(last, known.position), 0) + 1;
    return { ruleId: createRecord(scope, ports, 'order_rule', { ...values, position }).id };
  });
  return { ...result, commandId };
}

export function removeRule(
  { journal }: OrdersDeps,
  { ruleId }: ParsedParams<'orderRules.remove'>,
  call: StepCall,
): Result<'orderRules.remove'> {
  const { commandId } = run(journal, 'orderRules.remove', 'Remove a rule', call, (scope) => {
    removeRecord(scope, 'order_rule', requireRule(readRules(scope.db), ruleId).rid);
    return {};
  });
  return { commandId };
}

/** Rules that are not named keep their order after those that are. */
export function reorderRules(
  { journal }: OrdersDeps,
  { ruleIds }: ParsedParams<'orderRules.reorder'>,
  call: StepCall,
): Result<'orderRules.reorder'> {
  const { commandId } = run(journal, 'orderRules.reorder', 'Order of the rules', call, (scope) => {
    const rules = readRules(scope.db);
    const named = [...new Set(ruleIds)].map((id) => requireRule(rules, id));
    const rest = rules.filter((rule) => !named.includes(rule));
    [...named, ...rest].forEach((rule, index) =>
      writeRecord(scope, 'order_rule', rule.rid, { position: index + 1 }),
    );
    return {};
  });
  return { commandId };
}

function run<T>(
  journal: OrdersDeps['journal'],
  method: string,
  label: string,
  call: StepCall,
  body: (scope: CommandScope) => T,
): { readonly result: T; readonly commandId: string | null } {
  const spec = { method, label, actor: call.actor, requestId: call.requestId, reversible: true };
  return journal.run(spec, (scope) => {
    const result = body(scope);
    scope.touch('orders');
    return result;
  });
}

function requireRule<T extends OrderRule>(rules: readonly T[], ruleId: string): T {
  const rule = rules.find((candidate) => candidate.ruleId === ruleId);
  if (!rule) throw new CodedError('NOT_FOUND', 'There is no such rule', { ruleId });
  return rule;
}
