import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { PublishResult } from '#shared/contract/publish.ts';
import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { Table } from '../channels/contract.ts';
import type { Engine } from '../engine.ts';
import { noteGaps } from '../inventory/stock-gaps.ts';
import type { JobControl } from '../jobs/jobs.ts';
import {
  channelContext,
  connectorFor,
  listAccounts,
  noteFailure,
  noteReached,
  requireAccount,
  type AccountRow,
} from './accounts.ts';
import { applyConflictRules } from './conflict-rules.ts';
import { ExchangeLog } from './exchange-log.ts';
import { countHeld, heldText } from './holds.ts';
import { readOps, toConflict } from './op-rows.ts';
import { settleOp, trail } from './outbox.ts';
import type { PushTally } from './cell-fates.ts';
import { ListingPusher } from './push-listings.ts';
import { countOpenActions, pushOrderActions } from './push-order-actions.ts';
import { pushShipments } from './push-shipments.ts';
import { retrying } from './retry.ts';
import { scopeSql, type Scope } from './scope-sql.ts';
import { tryableAccounts } from './try-on-channel.ts';
import { publishEtas } from './publish-etas.ts';
import { validateOps } from './validate-ops.ts';

/** Ops whose findings are worked out for a preview; counts cover all. */
const PREVIEW_FINDINGS = 5_000;

export function previewPublish(
  engine: Engine,
  input: ParsedParams<'publish.preview'>,
): Result<'publish.preview'> {
  const { db } = engine;
  const { where, params } = scopeSql(engine, input);
  const totals = db.getComposed<{ total: number; listings: number }>(
    `SELECT count(*) AS total, count(DISTINCT o.product_rid) AS listings FROM outbox o WHERE ${where}`,
    params,
  );
  const groups = db.allComposed<{ accountId: string; accountName: string; field: string; count: number }>(
    `SELECT a.id AS accountId, a.name AS accountName, o.field, count(*) AS count
     FROM outbox o JOIN account a ON a.rid = o.account_rid WHERE ${where} GROUP BY a.rid, o.field ORDER BY a.name, o.field`,
    params,
  );
  const stakes = db.allComposed<{ accountId: string; currency: string; minor: number }>(
    `SELECT a.id AS accountId, coalesce(a.currency, 'EUR') AS currency, CAST(sum((l.price_minor - o.base) * max(coalesce(l.quantity, 1), 1)) AS INTEGER) AS minor
     FROM outbox o JOIN account a ON a.rid = o.account_rid JOIN listing l ON l.rid = o.entity_rid
     WHERE ${where} AND o.entity = 'listing' AND o.field = 'price' AND o.base IS NOT NULL AND l.price_minor IS NOT NULL
     GROUP BY a.rid`,
    params,
  );
  const page = readOps(
    db,
    where,
    { ...params, limit: input.limit ?? 200, offset: input.offset ?? 0 },
    'ORDER BY o.lane, o.rid LIMIT :limit OFFSET :offset',
  );
  const checked = validateOps(
    db,
    readOps(db, where, { ...params, limit: PREVIEW_FINDINGS }, 'ORDER BY o.rid LIMIT :limit'),
  );
  return {
    total: totals?.total ?? 0,
    listings: totals?.listings ?? 0,
    groups: groups.map((group) => ({
      ...group,
      stake: group.field === 'price' ? stakeOf(stakes, group.accountId) : null,
    })),
    ops: page.map(({ op }) => op),
    findings: checked.slice(0, 1_000).map(({ opId: _opId, ...finding }) => finding),
    findingsTotal: checked.length,
    moneyAtStake: sumByCurrency(stakes),
    canBeTried: tryableAccounts(engine, input).map((account) => account.id),
    etaMs: publishEtas(engine, where, params),
  };
}

type Stake = Result<'publish.preview'>['moneyAtStake'][number] & { readonly accountId: string };

function stakeOf(stakes: readonly Stake[], accountId: string): { minor: number; currency: string } | null {
  const found = stakes.find((stake) => stake.accountId === accountId);
  return found ? { minor: found.minor, currency: found.currency } : null;
}

function sumByCurrency(stakes: readonly Stake[]): { minor: number; currency: string }[] {
  const sums = new Map<string, number>();
  for (const { currency, minor } of stakes) sums.set(currency, (sums.get(currency) ?? 0) + minor);
  return [...sums].map(([currency, minor]) => ({ currency, minor }));
}

/** Validates, sends, reads back. Whatever cannot leave now stays released and leaves on the next run. */
export async function publish(
  engine: Engine,
  input: ParsedParams<'publish.run'>,
  signal: AbortSignal,
): Promise<PublishResult> {
  const released = release(engine, input);
  engine.ports.atPoint?.('publish.after-release');
  engine.bus.emit('outbox');
  return sendReleased(engine, { accountId: input.accountId, refused: released.refused, signal });
}

/** Publishes some cells alone, by field. */
export async function publishCells(
  engine: Engine,
  cells: readonly { readonly listingId: string; readonly field: ListingFieldName }[],
  signal: AbortSignal,
): Promise<PublishResult> {
  const refused: number[] = [];
  for (const [field, group] of Map.groupBy(cells, (cell) => cell.field)) {
    const listingIds = group.map((cell) => cell.listingId);
    refused.push(...release(engine, { listingIds, fields: [field] }).refused);
  }
  engine.bus.emit('outbox');
  return sendReleased(engine, { refused, signal });
}

/** Marks the waiting ops of a scope as free to leave; those that break a rule are rejected instead. */
function release(
  engine: Engine,
  scope: Scope & { includeWarnings?: boolean | undefined },
): { refused: number[] } {
  const { db } = engine;
  const { where, params } = scopeSql(engine, scope);
  const now = engine.ports.clock.now();
  return db.transaction(() => {
    const refused: number[] = [];
    let after = 0;
    for (;;) {
      const chunk = readOps(
        db,
        `${where} AND o.rid > :after`,
        { ...params, after, limit: 5_000 },
        'ORDER BY o.rid LIMIT :limit',
      );
      const last = chunk.at(-1);
      if (!last) break;
      after = last.row.rid;
      for (const finding of validateOps(db, chunk)) {
        const rid = Number(finding.opId);
        if (finding.severity !== 'error' || refused.includes(rid)) continue;
        settleOp(db, rid, 'rejected', now, finding.code, finding.message);
        trail(db, rid, now, 'rejected', `Not sent. ${finding.code}: ${finding.message}`);
        refused.push(rid);
      }
    }
    // A person asked for it: what was to wait for a later attempt is tried now.
    db.runComposed(
      `UPDATE outbox AS o SET released_at_ms = coalesce(o.released_at_ms, :now), next_attempt_at_ms = NULL WHERE ${where}`,
      { ...params, now },
    );
    if (!scope.listingIds && !scope.fields) {
      db.runComposed(
        `UPDATE outbox SET next_attempt_at_ms = NULL WHERE kind = 'ship' AND state IN ('retry_wait', 'needs_verify')
           AND (:account IS NULL OR account_rid = :account)`,
        { account: params['account'] ?? null },
      );
    }
    return { refused };
  });
}

interface SendOptions {
  readonly accountId?: string | undefined;
  readonly refused: readonly number[];
  readonly signal: AbortSignal;
  /** A download of orders that proves shipments, for an account by files. */
  readonly orders?: Table | undefined;
}

/** Sends what is released, of one account or all; one account's trouble never stops another. */
export async function sendReleased(
  engine: Engine,
  { accountId, refused, signal, orders }: SendOptions,
): Promise<PublishResult> {
  const tally: PushTally = { sent: 0, verified: 0, settled: new Set(refused) };
  const waiting: PublishResult['waiting'] = [];
  const accounts = (accountId ? [requireAccount(engine.db, accountId)] : listAccounts(engine.db)).filter(
    (account) => openOps(engine, account) + countOpenActions(engine, account) > 0,
  );
  if (accounts.length > 0) {
    await engine.jobs.run(
      'publish',
      accounts.map((account) => account.name).join(', '),
      signal,
      async (job) => {
        await Promise.all(
          accounts.map((account) => sendAccount(engine, account, job, tally, waiting, orders)),
        );
        if (job.signal.aborted)
          throw new CodedError('CANCELLED', 'Publishing was stopped; what was not sent stays in the queue');
        return { sent: tally.sent, verified: tally.verified };
      },
    );
  }
  engine.limiters.flush();
  engine.bus.emit('outbox');
  engine.bus.emit('listings');
  engine.bus.emit('accounts');
  return { sent: tally.sent, verified: tally.verified, ...outcomes(engine, tally), waiting };
}

function openOps(engine: Engine, account: AccountRow): number {
  return (
    engine.db.getComposed<{ n: number }>(
      `SELECT count(*) AS n FROM outbox WHERE account_rid = :account AND
         (state IN ('leased', 'sent', 'accepted', 'needs_verify') OR (state IN ('pending', 'retry_wait') AND released_at_ms IS NOT NULL))`,
      { account: account.rid },
    )?.n ?? 0
  );
}

async function sendAccount(
  engine: Engine,
  account: AccountRow,
  job: JobControl,
  tally: PushTally,
  waiting: PublishResult['waiting'],
  orders?: Table,
): Promise<void> {
  const tell = (code: string, message: string, ops = openOps(engine, account)): void => {
    if (ops > 0)
      waiting.push({
        accountId: account.id,
        ops,
        code,
        message,
        nextAttemptAt: nextAttempt(engine, account),
      });
  };
  const held = heldText(engine.db, account);
  if (held !== null) {
    tell('INVALID_STATE', held);
    return;
  }
  const total = openOps(engine, account);
  const onProgress = (): void => {
    job.progress(tally.settled.size, Math.max(total, tally.settled.size));
    engine.bus.emit('outbox');
  };
  try {
    await engine.locks.run(account.id, async () => {
      const connector = connectorFor(engine, account);
      const exchanges = new ExchangeLog();
      const context = await retrying(engine.ports, job.signal, () =>
        channelContext(engine, account, {
          signal: job.signal,
          orders,
          onExchange: (one) => exchanges.add(one),
        }),
      );
      const options = { signal: job.signal, tally, onProgress, exchanges };
      // By hand a shipment is proven by a download of orders, and not tried before there is one.
      if (!connector.byHand || orders) await pushShipments(engine, account, connector, context, options);
      await pushOrderActions(engine, account, connector, context, job.signal);
      const pusher = new ListingPusher(engine, account, connector, context, options);
      await pusher.drain();
      // What a rule keeps was released already and leaves in the same run.
      if (applyConflictRules(engine, account) > 0) await pusher.drain();
      noteGaps(engine.db, account.id, engine.ports.clock.now());
      noteReached(engine, account);
    });
    const kept = countHeld(engine.db, account.rid);
    tell('INVALID_STATE', `Changes of paused SKUs stay in the queue of "${account.name}"`, kept);
    const later = openOps(engine, account) - kept;
    const byHand = connectorFor(engine, account).byHand ?? false;
    const why = byHand
      ? `They are on the list of "${account.name}": make them in the shop, then import its download`
      : `"${account.name}" takes the rest later`;
    tell('CHANNEL_RATE', why, later);
  } catch (error) {
    if (job.signal.aborted) {
      tell('CANCELLED', 'Publishing was stopped');
      return;
    }
    const { code, message } = noteFailure(engine, account, error, 'publish');
    if (toErrorShape(error).code === 'INTERNAL') {
      engine.ports.log.error('publish failed', {
        account: account.id,
        message,
        stack: error instanceof Error ? error.stack : undefined,
      });
    }
    tell(code, message);
  }
}

function nextAttempt(engine: Engine, account: AccountRow): number | null {
  return (
    engine.db.getComposed<{ at: number | null }>(
      "SELECT min(next_attempt_at_ms) AS at FROM outbox WHERE account_rid = :account AND state IN ('retry_wait', 'accepted')",
      { account: account.rid },
    )?.at ?? null
  );
}

function outcomes(engine: Engine, tally: PushTally): Pick<PublishResult, 'rejected' | 'conflicts'> {
  const rids = JSON.stringify([...tally.settled]);
  const rejected = readOps(
    engine.db,
    "o.rid IN (SELECT value FROM json_each(:rids)) AND o.state = 'rejected'",
    { rids },
  );
  const conflicts = readOps(
    engine.db,
    "o.rid IN (SELECT value FROM json_each(:rids)) AND o.state = 'conflict'",
    { rids },
  );
  return {
    rejected: rejected.map(({ op }) => ({
      listingId: op.listingId ?? op.orderId ?? '',
      field: op.field,
      code: op.code ?? 'CHANNEL_UNKNOWN',
      message: `${op.sku ?? op.title}: ${op.message ?? 'refused'}`,
    })),
    conflicts: conflicts.map(toConflict).filter((conflict) => conflict !== null),
  };
}
