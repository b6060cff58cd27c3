import type { ChannelConnector, ChannelContext, IdPage } from '../channels/contract.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import type { JobControl } from '../jobs/jobs.ts';
import type { AccountRow } from './accounts.ts';
import { RemoteApplier } from './apply-remote.ts';
import { retrying } from './retry.ts';

const known = sql<
  { account: number },
  { rid: number; product: string; variant: string | null; read_at_ms: number | null }
>(
  `SELECT l.rid, p.external_id AS product, l.external_id AS variant, l.read_at_ms
   FROM listing l JOIN product p ON p.rid = l.product_rid
   WHERE l.account_rid = :account AND l.removed_at_ms IS NULL AND p.external_id IS NOT NULL`,
);
const closeProducts = sql<{ account: number; at: number }>(
  `UPDATE product SET removed_at_ms = :at
   WHERE account_rid = :account AND removed_at_ms IS NULL
     AND NOT EXISTS (SELECT 1 FROM listing l WHERE l.product_rid = product.rid AND l.removed_at_ms IS NULL)`,
);
const noteSweep = sql<{ account: number; at: number }>(
  `INSERT INTO cursor (account_rid, resource, value, complete, at_ms) VALUES (:account, 'ids', NULL, 1, :at)
   ON CONFLICT (account_rid, resource) DO UPDATE SET at_ms = excluded.at_ms`,
);

/**
 * Finds deletions: reads the ids that exist now and removes what is missing.
 * The whole set is read before anything is decided, so half an answer never
 * deletes; rows that were read after the sweep began are left alone.
 */
export async function sweepIds(
  engine: Engine,
  account: AccountRow,
  connector: ChannelConnector,
  context: ChannelContext,
  job: JobControl,
): Promise<number> {
  const startedAt = engine.ports.clock.now();
  const products = new Map<string, ReadonlySet<string>>();
  let cursor: string | null = null;
  for (;;) {
    const at: string | null = cursor;
    const page: IdPage = await retrying(engine.ports, job.signal, () => connector.pullIds(context, at));
    for (const product of page.products) products.set(product.externalId, new Set(product.variants));
    if (page.done) break;
    cursor = page.cursor;
  }
  let removed = 0;
  engine.journal.run(
    {
      method: 'sync.pull',
      label: `Deleted in ${account.name}`,
      actor: `channel:${account.name}`,
      reversible: false,
    },
    (scope) => {
      const applier = new RemoteApplier(scope, account, connector, engine.ports.newId);
      for (const row of scope.db.all(known, { account: account.rid })) {
        const variants = products.get(row.product);
        const exists = row.variant === null ? variants !== undefined : (variants?.has(row.variant) ?? false);
        if (!exists && (row.read_at_ms ?? 0) < startedAt) applier.remove(row.rid);
      }
      if (applier.counts.removed > 0) {
        scope.db.run(closeProducts, { account: account.rid, at: scope.atMs });
        scope.touch('listings');
      }
      scope.db.run(noteSweep, { account: account.rid, at: startedAt });
      removed = applier.counts.removed;
    },
  );
  return removed;
}
