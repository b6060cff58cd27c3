import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelConnector, ChannelContext, Poison, Table } from '../channels/contract.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { noteGaps } from '../inventory/stock-gaps.ts';
import type { JobControl } from '../jobs/jobs.ts';
import { applyRemoteOrders } from '../orders/apply-remote-orders.ts';
import {
  channelContext,
  connectorFor,
  listAccounts,
  noteFailure,
  noteReached,
  requireAccount,
  type AccountRow,
} from './accounts.ts';
import { RemoteApplier } from './apply-remote.ts';
import { applyConflictRules } from './conflict-rules.ts';
import { clearDrift } from './drift.ts';
import { sweepIds } from './sweep.ts';
import { retrying } from './retry.ts';

type PullResult = Result<'sync.pull'>;

const readCursor = sql<
  { account: number; resource: string },
  { value: string | null; complete: number; at_ms: number }
>('SELECT value, complete, at_ms FROM cursor WHERE account_rid = :account AND resource = :resource');
const writeCursor = sql<{
  account: number;
  resource: string;
  value: string | null;
  complete: number;
  at: number;
}>(
  `INSERT INTO cursor (account_rid, resource, value, complete, at_ms) VALUES (:account, :resource, :value, :complete, :at)
   ON CONFLICT (account_rid, resource) DO UPDATE SET value = excluded.value,
     complete = max(complete, excluded.complete), at_ms = excluded.at_ms`,
);
const quarantine = sql<{
  account: number;
  resource: string;
  external: string | null;
  reason: string;
  raw: string;
  at: number;
}>(
  // An order holds a buyer's data, whether it could be read or not.
  `INSERT INTO quarantine (account_rid, resource, external_id, reason, raw, at_ms)
   VALUES (:account, :resource, :external, :reason, CASE :resource WHEN 'orders'
     THEN coalesce(hex(person_seal('quarantine:' || :account || ':' || coalesce(:external, ''), :raw)), '') ELSE :raw END, :at)
   ON CONFLICT (account_rid, resource, external_id) DO UPDATE SET reason = excluded.reason, raw = excluded.raw, at_ms = excluded.at_ms`,
);
const releaseFromQuarantine = sql<{ account: number; resource: string; ids: string }>(
  `DELETE FROM quarantine WHERE account_rid = :account AND resource = :resource
   AND external_id IN (SELECT value FROM json_each(:ids))`,
);
const markPulled = sql<{ rid: number; at: number }>(
  'UPDATE account SET last_pull_at_ms = :at WHERE rid = :rid',
);
const countProducts = sql<{ account: number }, { n: number }>(
  'SELECT count(*) AS n FROM product WHERE account_rid = :account AND removed_at_ms IS NULL',
);

/** Up to this many products every pull also looks for deletions; larger shops do it on a full pull or twice a day. */
const SWEEP_EVERY_PULL = 2_000;
const SWEEP_AGE_MS = 12 * 3_600_000;

export interface PullExtra {
  /** A download of orders, for an account by files. */
  readonly orders?: Table | undefined;
}

/** Reads what changed in one shop or all of them. One shop's failure never stops another. */
export async function pull(
  engine: Engine,
  input: ParsedParams<'sync.pull'>,
  signal: AbortSignal,
  extra: PullExtra = {},
): Promise<PullResult> {
  const accounts = input.accountId
    ? [requireAccount(engine.db, input.accountId)]
    : listAccounts(engine.db).filter((account) => account.status !== 'paused');
  const result: PullResult = {
    listings: { added: 0, changed: 0, removed: 0 },
    orders: { added: 0, changed: 0, removed: 0 },
    quarantined: 0,
    conflicts: 0,
    drift: 0,
    failed: [],
  };
  await engine.jobs.run('pull', accounts.map((account) => account.name).join(', '), signal, async (job) => {
    for (const account of accounts) {
      if (account.platform === 'local') continue;
      try {
        await engine.locks.run(account.id, () =>
          new AccountPull(engine, account, job, result, extra).run(input.full ?? false),
        );
      } catch (error) {
        if (job.signal.aborted) throw new CodedError('CANCELLED', 'The pull was stopped');
        const { code, message } = noteFailure(engine, account, error, 'pull');
        if (accounts.length === 1 && input.accountId) throw error;
        result.failed.push({ accountId: account.id, code, message });
      }
    }
    return result;
  });
  engine.limiters.flush();
  return result;
}

class AccountPull {
  private readonly engine: Engine;
  private readonly account: AccountRow;
  private readonly job: JobControl;
  private readonly result: PullResult;
  private readonly extra: PullExtra;
  private done = 0;

  constructor(engine: Engine, account: AccountRow, job: JobControl, result: PullResult, extra: PullExtra) {
    this.extra = extra;
    this.engine = engine;
    this.account = account;
    this.job = job;
    this.result = result;
  }

  async run(full: boolean): Promise<void> {
    const { engine, account, job } = this;
    const connector = connectorFor(engine, account);
    const context = await retrying(engine.ports, job.signal, () =>
      channelContext(engine, account, { signal: job.signal, orders: this.extra.orders }),
    );
    await this.products(connector, context, full);
    applyConflictRules(engine, account);
    await this.orders(connector, context);
    if (this.sweepIsDue(full)) {
      const removed = await sweepIds(engine, account, connector, context, job);
      this.result.listings.removed += removed;
    }
    noteGaps(engine.db, account.id, engine.ports.clock.now());
    engine.db.run(markPulled, { rid: account.rid, at: engine.ports.clock.now() });
    if (account.status === 'auth_required') {
      engine.db.runComposed("UPDATE account SET status = 'active' WHERE rid = :rid", { rid: account.rid });
    }
    noteReached(engine, account);
    engine.bus.emit('accounts');
  }

  private sweepIsDue(full: boolean): boolean {
    if (full) return true;
    const { db, ports } = this.engine;
    const products = db.get(countProducts, { account: this.account.rid })?.n ?? 0;
    if (products <= SWEEP_EVERY_PULL) return true;
    const last = db.get(readCursor, { account: this.account.rid, resource: 'ids' });
    return ports.clock.now() - (last?.at_ms ?? 0) > SWEEP_AGE_MS;
  }

  private async products(connector: ChannelConnector, context: ChannelContext, full: boolean): Promise<void> {
    const { engine, account, job } = this;
    if (full) clearDrift(engine.db, account.rid);
    let cursor = full
      ? null
      : (engine.db.get(readCursor, { account: account.rid, resource: 'listings' })?.value ?? null);
    for (;;) {
      const at = cursor;
      const page = await retrying(engine.ports, job.signal, () => connector.pullProducts(context, at));
      engine.ports.atPoint?.('pull.after-fetch');
      engine.journal.run(
        {
          method: 'sync.pull',
          label: `Changes in ${account.name}`,
          actor: `channel:${account.name}`,
          reversible: false,
        },
        (scope) => {
          const applier = new RemoteApplier(scope, account, connector, engine.ports.newId, full);
          for (const product of page.products) applier.apply(product);
          for (const externalId of page.removed ?? []) applier.removeProduct(externalId);
          this.remember(
            'listings',
            page.quarantined,
            page.products.map((product) => product.externalId),
          );
          this.advance('listings', page.cursor, page.done);
          this.result.listings.added += applier.counts.added;
          this.result.listings.changed += applier.counts.changed;
          this.result.listings.removed += applier.counts.removed;
          this.result.conflicts += applier.counts.conflicts;
          this.result.drift = (this.result.drift ?? 0) + applier.counts.drift;
          if (applier.touched.length > 0) {
            scope.touch('listings', applier.counts.added > 0 ? undefined : applier.touched);
            scope.touch('outbox');
          }
        },
      );
      engine.ports.atPoint?.('pull.after-page');
      this.done += page.products.length;
      job.progress(this.done, page.total);
      this.assertProgress('listings', at, page.cursor, page.done);
      if (page.done) return;
      cursor = page.cursor;
    }
  }

  private async orders(connector: ChannelConnector, context: ChannelContext): Promise<void> {
    const { engine, account, job } = this;
    let cursor = engine.db.get(readCursor, { account: account.rid, resource: 'orders' })?.value ?? null;
    for (;;) {
      const at = cursor;
      const page = await retrying(engine.ports, job.signal, () => connector.pullOrders(context, at));
      engine.ports.atPoint?.('pull.after-fetch');
      engine.journal.run(
        {
          method: 'sync.pull',
          label: `Orders of ${account.name}`,
          actor: `channel:${account.name}`,
          reversible: false,
        },
        (scope) => {
          const counts = applyRemoteOrders(engine, scope, account, page.orders);
          this.remember(
            'orders',
            page.quarantined,
            page.orders.map((order) => order.externalId),
          );
          this.advance('orders', page.cursor, page.done);
          this.result.orders.added += counts.added;
          this.result.orders.changed += counts.changed;
          this.result.orders.removed += counts.removed;
          if (counts.added + counts.changed + counts.removed > 0) scope.touch('orders');
        },
      );
      engine.ports.atPoint?.('pull.after-page');
      this.assertProgress('orders', at, page.cursor, page.done);
      if (page.done) return;
      cursor = page.cursor;
    }
  }

  private remember(
    resource: 'listings' | 'orders',
    poison: readonly Poison[],
    fine: readonly string[],
  ): void {
    const { db, ports } = this.engine;
    if (fine.length > 0) {
      db.run(releaseFromQuarantine, { account: this.account.rid, resource, ids: JSON.stringify(fine) });
    }
    for (const record of poison) {
      db.run(quarantine, {
        account: this.account.rid,
        resource,
        external: record.externalId,
        reason: record.reason,
        raw: record.raw.slice(0, 1_000_000),
        at: ports.clock.now(),
      });
    }
    this.result.quarantined += poison.length;
  }

  private advance(resource: 'listings' | 'orders', cursor: string, complete: boolean): void {
    this.engine.db.run(writeCursor, {
      account: this.account.rid,
      resource,
      value: cursor,
      complete: complete ? 1 : 0,
      at: this.engine.ports.clock.now(),
    });
  }

  /** A cursor that stands still would read the same page for ever. */
  private assertProgress(resource: string, before: string | null, after: string, done: boolean): void {
    if (done || before !== after) return;
    throw new CodedError(
      'CHANNEL_UNKNOWN',
      `Reading ${resource} of "${this.account.name}" does not get on; the shop repeats a page`,
      {
        accountId: this.account.id,
      },
    );
  }
}
