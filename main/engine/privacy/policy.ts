import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { PrivacyAccount } from '#shared/contract/privacy.ts';
import { CHANNEL_RETENTION_DAYS } from '#shared/domain/personal-data.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { requireAccount } from '../sync/accounts.ts';
import type { Call } from '../sync/call.ts';
import { countDue } from './due-orders.ts';

export interface Policy {
  readonly rid: number;
  readonly id: string;
  readonly name: string;
  readonly platform: AccountPlatform;
  /** Days after an order is closed; null = kept. */
  readonly days: number | null;
  readonly from: 'channel' | 'chosen';
}

/** Removed accounts too: their orders stay, and so does the rule. */
const everyPolicy = sql<
  Record<string, never>,
  { rid: number; id: string; name: string; platform: AccountPlatform; chosen: number; days: number | null }
>(
  `SELECT a.rid, a.id, a.name, a.platform, p.account_rid IS NOT NULL AS chosen, p.days
   FROM account a LEFT JOIN person_policy p ON p.account_rid = a.rid ORDER BY a.rid`,
);
const choose = sql<{ account: number; days: number | null }>(
  `INSERT INTO person_policy (account_rid, days) VALUES (:account, :days)
   ON CONFLICT (account_rid) DO UPDATE SET days = excluded.days`,
);
const unchoose = sql<{ account: number }>('DELETE FROM person_policy WHERE account_rid = :account');
const heldByAccount = sql<Record<string, never>, { account: number; n: number }>(
  `SELECT o.account_rid AS account, count(*) AS n
   FROM order_person h CROSS JOIN sales_order o ON o.rid = h.order_rid
   WHERE h.sealed IS NOT NULL GROUP BY o.account_rid`,
);

export function policies(db: Database): Policy[] {
  return db.all(everyPolicy, {}).map(({ chosen, days, ...account }) => ({
    ...account,
    days: chosen === 1 ? days : CHANNEL_RETENTION_DAYS[account.platform],
    from: chosen === 1 ? 'chosen' : 'channel',
  }));
}

export function privacyOverview(db: Database, nowMs: number): { accounts: PrivacyAccount[] } {
  const held = new Map(db.all(heldByAccount, {}).map(({ account, n }) => [account, n]));
  const accounts = policies(db).map((policy) => ({
    accountId: policy.id,
    accountName: policy.name,
    platform: policy.platform,
    days: policy.days,
    from: policy.from,
    held: held.get(policy.rid) ?? 0,
    due: countDue(db, policy, nowMs),
  }));
  return { accounts };
}

export function setPolicy(
  engine: Engine,
  input: ParsedParams<'privacy.setPolicy'>,
  call: Call,
): Result<'privacy.setPolicy'> {
  const { db, journal, ports } = engine;
  const account = requireAccount(db, input.accountId);
  const { days } = input;
  journal.run(
    {
      method: 'privacy.setPolicy',
      label: `Keep buyers' data of ${account.name}: ${days === undefined ? 'as the channel says' : days === null ? 'always' : `${days} days`}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
      keepEmpty: true,
    },
    (scope) => {
      if (days === undefined) scope.db.run(unchoose, { account: account.rid });
      else scope.db.run(choose, { account: account.rid, days });
      scope.touch('accounts');
      return {};
    },
  );
  return privacyOverview(db, ports.clock.now());
}
