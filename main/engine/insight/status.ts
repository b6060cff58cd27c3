import type { Result } from '#shared/contract/methods.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { peekRedo, peekUndo } from '../journal/undo.ts';
import { listAccounts } from '../sync/accounts.ts';

const counts = sql<
  Record<string, never>,
  { unpublished: number; pending: number; rejected: number; conflicts: number }
>(
  `SELECT
     count(*) FILTER (WHERE state = 'pending' AND released_at_ms IS NULL) AS unpublished,
     count(*) FILTER (WHERE state IN ('leased', 'sent', 'accepted', 'retry_wait', 'needs_verify') OR (state = 'pending' AND released_at_ms IS NOT NULL)) AS pending,
     count(*) FILTER (WHERE state = 'rejected') AS rejected,
     count(*) FILTER (WHERE state = 'conflict') AS conflicts
   FROM outbox o JOIN account a ON a.rid = o.account_rid
   WHERE a.removed_at_ms IS NULL AND state NOT IN ('verified', 'superseded') AND state <> 'cancelled'`,
);

export type OutboxCounts = { unpublished: number; pending: number; rejected: number; conflicts: number };

export function outboxCounts(engine: Engine): OutboxCounts {
  return engine.db.get(counts, {}) ?? { unpublished: 0, pending: 0, rejected: 0, conflicts: 0 };
}

/** What the status bar shows. Online is what the last talk with each shop says; nothing is guessed from the network card. */
export function readStatus(engine: Engine): Result<'status.get'> {
  const accounts = listAccounts(engine.db).filter((account) => account.platform !== 'local');
  const active = accounts.filter((account) => account.status === 'active');
  const reached = active.filter(
    (account) => account.offline_since_ms === null && account.last_pull_at_ms !== null,
  );
  const offline = active.filter((account) => account.offline_since_ms !== null);
  const verified = accounts.map((account) => account.last_verified_at_ms ?? 0);
  return {
    online: reached.length > 0 ? 'online' : offline.length > 0 ? 'offline' : 'unknown',
    ...outboxCounts(engine),
    lastVerifiedAt: Math.max(0, ...verified) || null,
    undo: peekUndo(engine.db),
    redo: peekRedo(engine.db),
    rev: engine.bus.rev,
    accounts: accounts.map((account) => ({
      accountId: account.id,
      name: account.name,
      platform: account.platform,
      status: account.status,
      offline: account.offline_since_ms !== null,
      lastPullAt: account.last_pull_at_ms,
    })),
    jobs: engine.jobs.runningJobs(),
  };
}
