import type { ParsedParams } from '#shared/contract/methods.ts';
import type { NamedParams } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { requireAccount } from './accounts.ts';

export type Scope = Pick<ParsedParams<'publish.run'>, 'accountId' | 'listingIds' | 'fields'>;

const WAITING = "o.state IN ('pending', 'retry_wait')";

interface ScopeSql {
  readonly where: string;
  readonly params: NamedParams;
}

/** Condition over `o` for the waiting cell changes of a scope. */
export function scopeSql(engine: Engine, scope: Scope): ScopeSql {
  const parts = ["o.kind = 'set'", WAITING];
  const params: Record<string, string | number> = {};
  if (scope.accountId) {
    parts.push('o.account_rid = :account');
    params['account'] = requireAccount(engine.db, scope.accountId).rid;
  }
  if (scope.fields) {
    parts.push('o.field IN (SELECT value FROM json_each(:fields))');
    params['fields'] = JSON.stringify(scope.fields);
  }
  if (scope.listingIds) {
    const chosen = 'SELECT x.rid FROM listing x WHERE x.id IN (SELECT value FROM json_each(:listings))';
    parts.push(
      `((o.entity = 'listing' AND o.entity_rid IN (${chosen})) OR (o.entity = 'product' AND o.entity_rid IN
        (SELECT x.product_rid FROM listing x WHERE x.id IN (SELECT value FROM json_each(:listings)))))`,
    );
    params['listings'] = JSON.stringify(scope.listingIds);
  }
  return { where: parts.join(' AND '), params };
}
