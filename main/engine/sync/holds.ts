import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import type { Hold } from '#shared/contract/publish.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import type { Call } from './call.ts';

const every = sql<Record<string, never>, Hold>(
  'SELECT kind, value, reason, actor, at_ms AS at FROM hold ORDER BY kind, value',
);
const pausedAccounts = sql<Record<string, never>, Hold>(
  `SELECT 'account' AS kind, id AS value, '' AS reason, coalesce(paused_by, '') AS actor, coalesce(paused_at_ms, 0) AS at
   FROM account WHERE status = 'paused' AND removed_at_ms IS NULL ORDER BY name`,
);
const put = sql<{ kind: string; value: string; reason: string; actor: string; at: number }>(
  `INSERT INTO hold (kind, value, reason, actor, at_ms) VALUES (:kind, :value, :reason, :actor, :at)
   ON CONFLICT (kind, value) DO UPDATE SET reason = excluded.reason, actor = excluded.actor, at_ms = excluded.at_ms`,
);
const remove = sql<{ kind: string; value: string }>('DELETE FROM hold WHERE kind = :kind AND value = :value');
const platformHold = sql<{ platform: string }, Hold>(
  "SELECT kind, value, reason, actor, at_ms AS at FROM hold WHERE kind = 'platform' AND value = :platform",
  { hot: true },
);

/**
 * Condition over the outbox row `alias`: a paused SKU keeps it here. A change
 * of the product concerns all its variants, so one paused SKU holds it too.
 */
export function heldBySku(alias: string): string {
  return `(${alias}.kind = 'set' AND EXISTS (SELECT 1 FROM hold WHERE kind = 'sku') AND EXISTS (
    SELECT 1 FROM listing hl JOIN hold h ON h.kind = 'sku' AND h.value = hl.sku
    WHERE hl.product_rid = ${alias}.product_rid AND (${alias}.entity = 'product' OR hl.rid = ${alias}.entity_rid)))`;
}

const countHeldOps = sql<{ account: number }, { n: number }>(
  `SELECT count(*) AS n FROM outbox o WHERE o.account_rid = :account AND o.released_at_ms IS NOT NULL
     AND o.state IN ('pending', 'retry_wait') AND ${heldBySku('o')}`,
  { hot: true },
);

export function listHolds(db: Database): Hold[] {
  return [...db.all(pausedAccounts, {}), ...db.all(every, {})];
}

export function holdOfPlatform(db: Database, platform: AccountPlatform): Hold | null {
  return db.get(platformHold, { platform }) ?? null;
}

/** Keeps the changes of one SKU or channel here until {@link resumeSending}; what is on its way is still read back. */
export function pauseSending(
  engine: Engine,
  input: ParsedParams<'publish.pause'>,
  call: Call,
): Result<'publish.pause'> {
  const { kind, value } = target(input);
  const label = `Pause ${named(kind, value)}`;
  record(engine, 'publish.pause', label, call, (db, atMs) =>
    db.run(put, { kind, value, reason: input.reason ?? '', actor: call.actor, at: atMs }),
  );
  return { paused: listHolds(engine.db) };
}

export function resumeSending(
  engine: Engine,
  input: ParsedParams<'publish.resume'>,
  call: Call,
): Result<'publish.resume'> {
  const { kind, value } = target(input);
  record(engine, 'publish.resume', `Resume ${named(kind, value)}`, call, (db) =>
    db.run(remove, { kind, value }),
  );
  return { paused: listHolds(engine.db) };
}

function target(input: { sku?: string | undefined; platform?: string | undefined }): {
  kind: Hold['kind'];
  value: string;
} {
  return input.sku === undefined
    ? { kind: 'platform', value: input.platform ?? '' }
    : { kind: 'sku', value: input.sku };
}

function named(kind: Hold['kind'], value: string): string {
  return kind === 'sku' ? `SKU ${value}` : `channel ${value}`;
}

function record(
  engine: Engine,
  method: string,
  label: string,
  call: Call,
  write: (db: Database, atMs: number) => unknown,
): void {
  const options = { method, label, actor: call.actor, requestId: call.requestId };
  engine.journal.run({ ...options, reversible: false, keepEmpty: true }, (scope) => {
    write(scope.db, scope.atMs);
    scope.touch('outbox');
    scope.touch('accounts');
    return {};
  });
}

/** What is paused, and what the person said about it. */
export function holdText(hold: Pick<Hold, 'kind' | 'value' | 'reason'>): string {
  const what = hold.kind === 'sku' ? `SKU ${hold.value}` : `The channel ${hold.value}`;
  return `${what} is paused${hold.reason === '' ? '' : `: ${hold.reason}`}`;
}

/** Why nothing of an account leaves; null when neither it nor its channel is paused. */
export function heldText(
  db: Database,
  account: { readonly name: string; readonly status: string; readonly platform: AccountPlatform },
): string | null {
  if (account.status === 'paused') return `"${account.name}" is paused`;
  const hold = holdOfPlatform(db, account.platform);
  return hold && holdText(hold);
}

/** Number of released ops of an account that paused SKUs keep here. */
export function countHeld(db: Database, account: number): number {
  return db.get(countHeldOps, { account })?.n ?? 0;
}
