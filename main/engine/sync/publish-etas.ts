import type { NamedParams } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { findConnector, requireAccount } from './accounts.ts';

/** A batch is read, sent and read back: three calls at a second each, cautiously. */
const BATCH_MS = 3_000;
const BATCH_SIZE = 40;

interface Due {
  readonly accountId: string;
  readonly products: number;
  readonly batch: number | null;
  readonly latest: number;
}

/**
 * Milliseconds that a publish of the ops of a scope (a condition over `o`) is
 * expected to take, by account: the work at the measured pace, after what has
 * to be waited for first. That is the moment a channel named (`Retry-After`),
 * kept with its limit or with an op that it refused for now.
 */
export function publishEtas(
  engine: Engine,
  where: string,
  params: NamedParams,
): { accountId: string; ms: number }[] {
  const now = engine.ports.clock.now();
  return engine.db
    .allComposed<Due>(
      `SELECT a.id AS accountId, count(DISTINCT o.product_rid) AS products, a.batch_size AS batch,
         coalesce(max(o.next_attempt_at_ms), 0) AS latest
       FROM outbox o JOIN account a ON a.rid = o.account_rid WHERE ${where} GROUP BY a.rid`,
      params,
    )
    .map(({ accountId, products, batch, latest }) => {
      const wait = Math.max(0, latest - now, closedUntil(engine, accountId) - now);
      return { accountId, ms: wait + Math.ceil(products / (batch ?? BATCH_SIZE)) * BATCH_MS };
    });
}

/** When the last of the limits that a publish needs opens again; 0 = all are open. */
function closedUntil(engine: Engine, accountId: string): number {
  const account = requireAccount(engine.db, accountId);
  const needed = findConnector(engine, account.platform, account.base_url)?.capabilities.publishLimits;
  const closed = engine.limiters
    .quotas(account.rid)
    .filter(({ operation }) => needed?.includes(operation) ?? true)
    .map((quota) => quota.closedUntil ?? 0);
  return Math.max(0, ...closed);
}
