import type { Account } from '#shared/contract/channels.ts';
import { currencyExponent } from '#shared/domain/money.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { CodedError, toErrorShape } from '#shared/errors/coded-error.ts';
import type { ChannelConnector, ChannelContext, Exchange, Table } from '../channels/contract.ts';
import type { Database } from '../db/database.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import { readAccountFile } from './account-file.ts';
import { driftCount } from './drift.ts';
import { recordFailure, type Activity } from './failures.ts';
import { tokenStore } from './token-store.ts';

export interface AccountRow {
  rid: number;
  id: string;
  platform: AccountPlatform;
  name: string;
  base_url: string;
  status: 'active' | 'paused' | 'auth_required';
  currency: string | null;
  time_zone: string;
  sample: number;
  last_pull_at_ms: number | null;
  last_push_at_ms: number | null;
  last_verified_at_ms: number | null;
  offline_since_ms: number | null;
  error_code: string | null;
  error_message: string | null;
  error_at_ms: number | null;
  batch_size: number | null;
}

const COLUMNS = `rid, id, platform, name, base_url, status, currency, time_zone, sample, last_pull_at_ms, last_push_at_ms,
  last_verified_at_ms, offline_since_ms, error_code, error_message, error_at_ms, batch_size`;

const everyAccount = sql<Record<string, never>, AccountRow>(
  `SELECT ${COLUMNS} FROM account WHERE removed_at_ms IS NULL ORDER BY rid`,
);
const oneAccount = sql<{ id: string }, AccountRow>(
  `SELECT ${COLUMNS} FROM account WHERE id = :id AND removed_at_ms IS NULL`,
  { hot: true },
);
const markSeen = sql<{ rid: number }>(
  `UPDATE account SET offline_since_ms = NULL, error_code = NULL, error_message = NULL, error_at_ms = NULL WHERE rid = :rid`,
);
const markFailed = sql<{ rid: number; code: string; message: string; at: number; offline: number }>(
  `UPDATE account SET error_code = :code, error_message = :message, error_at_ms = :at,
     offline_since_ms = CASE :offline WHEN 1 THEN coalesce(offline_since_ms, :at) ELSE NULL END,
     status = CASE WHEN :code IN ('CHANNEL_AUTH', 'CREDENTIALS_MISSING', 'VAULT_LOCKED') AND status = 'active' THEN 'auth_required' ELSE status END
   WHERE rid = :rid`,
);
const setShop = sql<{ rid: number; currency: string; exponent: number; zone: string | null }>(
  `UPDATE account SET currency = :currency, currency_exponent = :exponent, time_zone = coalesce(:zone, time_zone) WHERE rid = :rid`,
);

export function listAccounts(db: Database): AccountRow[] {
  return db.all(everyAccount, {});
}

export function requireAccount(db: Database, accountId: string): AccountRow {
  const row = db.get(oneAccount, { id: accountId });
  if (!row) throw new CodedError('NOT_FOUND', `There is no account ${accountId}`, { accountId });
  return row;
}

export function connectorFor(engine: Engine, account: AccountRow): ChannelConnector {
  const connector = findConnector(engine, account.platform, account.base_url);
  if (!connector) {
    throw new CodedError('CHANNEL_NOT_SUPPORTED', `${account.platform} is not connected to anything`, {
      accountId: account.id,
    });
  }
  return connector;
}

/** The connector for accounts at this address: the API's, or the one that works by files. */
export function findConnector(
  engine: Engine,
  platform: AccountPlatform,
  baseUrl: string,
): ChannelConnector | undefined {
  const connector = platform === 'local' ? undefined : engine.connectors.get(platform);
  const byFiles = connector?.byFiles;
  return byFiles?.applies(baseUrl) ? byFiles.connector : connector;
}

/** Key of an account's credentials in the vault. */
export const vaultKey = (accountId: string): string => `account:${accountId}`;

export async function readCredentials(engine: Engine, account: AccountRow): Promise<Record<string, string>> {
  const stored = await engine.ports.vault.get(vaultKey(account.id));
  if (!stored) {
    throw new CodedError(
      'CREDENTIALS_MISSING',
      `The keys of "${account.name}" are not on this machine; enter them again`,
      {
        accountId: account.id,
      },
    );
  }
  return JSON.parse(stored) as Record<string, string>;
}

export interface ContextOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onExchange?: (exchange: Exchange) => void;
  /** A download of orders that is being read; it is not kept. */
  readonly orders?: Table | undefined;
}

/** What a connector needs to talk to one shop, currency included: it is asked for once and kept. */
export async function channelContext(
  engine: Engine,
  account: AccountRow,
  options: ContextOptions = {},
): Promise<ChannelContext> {
  const context = await storedContext(engine, account, options);
  if (account.currency !== null) return context;
  const connector = connectorFor(engine, account);
  const shop = await connector.probe(context);
  // By files it is known once the first one is there.
  if (shop.currency === null && connector.byHand) return context;
  const currency = shop.currency ?? 'EUR';
  engine.db.run(setShop, {
    rid: account.rid,
    currency,
    exponent: currencyExponent(currency),
    zone: account.time_zone === 'UTC' ? shop.timeZone : null,
  });
  account.currency = currency;
  return { ...context, currency };
}

/** The same from what is stored alone: nobody is asked anything. */
export async function storedContext(
  engine: Engine,
  account: AccountRow,
  options: ContextOptions = {},
): Promise<ChannelContext> {
  const credentials = await readCredentials(engine, account);
  return {
    accountId: account.id,
    baseUrl: account.base_url,
    credentials,
    currency: account.currency ?? 'EUR',
    fetch: engine.ports.fetch,
    clock: engine.ports.clock,
    log: engine.ports.log,
    random: engine.ports.random,
    limiter: engine.limiters.of(account.rid, options.signal),
    tokens: tokenStore(engine.ports.vault, account.id),
    ...(findConnector(engine, account.platform, account.base_url)?.byHand
      ? { files: { listings: readAccountFile(engine.db, account.rid), orders: options.orders ?? null } }
      : {}),
    signal: options.signal,
    ...(options.onExchange ? { onExchange: options.onExchange } : {}),
  };
}

/** The shop answered: whatever was wrong before is over. */
export function noteReached(engine: Engine, account: AccountRow): void {
  if (account.error_code === null && account.offline_since_ms === null) return;
  engine.db.run(markSeen, { rid: account.rid });
  engine.bus.emit('accounts');
}

/** Remembers a failure where the account's card shows it; refused keys stop this account only. */
export function noteFailure(
  engine: Engine,
  account: AccountRow,
  error: unknown,
  activity: Activity,
): { code: string; message: string } {
  const shape = toErrorShape(error);
  const offline = shape.details?.['network'] === true;
  const { code, message } = shape;
  const at = engine.ports.clock.now();
  engine.db.transaction(() => {
    engine.db.run(markFailed, { rid: account.rid, code, message, at, offline: offline ? 1 : 0 });
    recordFailure(engine.db, account.rid, { at, activity, code, message });
  });
  engine.bus.emit('accounts');
  if (offline) engine.bus.emit('connectivity');
  return { code, message };
}

const counts = sql<
  { rid: number },
  { listings: number; openOrders: number; outbox: number; quarantined: number }
>(
  `SELECT
    (SELECT count(*) FROM listing WHERE account_rid = :rid AND removed_at_ms IS NULL) AS listings,
    (SELECT count(*) FROM sales_order WHERE account_rid = :rid AND state IN ('ready', 'picking', 'picked', 'packed')) AS openOrders,
    (SELECT count(*) FROM outbox WHERE account_rid = :rid AND state NOT IN ('verified', 'superseded') AND state <> 'cancelled') AS outbox,
    (SELECT count(*) FROM quarantine WHERE account_rid = :rid) AS quarantined`,
);

export function describeAccount(engine: Engine, row: AccountRow): Account {
  const connector = findConnector(engine, row.platform, row.base_url);
  const numbers = engine.db.get(counts, { rid: row.rid });
  return {
    accountId: row.id,
    platform: row.platform,
    name: row.name,
    baseUrl: row.base_url,
    status: row.status,
    currency: row.currency,
    timeZone: row.time_zone,
    listings: numbers?.listings ?? 0,
    openOrders: numbers?.openOrders ?? 0,
    outbox: numbers?.outbox ?? 0,
    lastPullAt: row.last_pull_at_ms,
    lastPushAt: row.last_push_at_ms,
    lastVerifiedAt: row.last_verified_at_ms,
    offline: row.offline_since_ms !== null,
    quarantined: numbers?.quarantined ?? 0,
    drifted: driftCount(engine.db, row.rid),
    lastError:
      row.error_code === null
        ? null
        : { code: row.error_code, message: row.error_message ?? '', at: row.error_at_ms ?? 0 },
    sample: row.sample === 1,
    byHand: connector?.byHand ?? false,
    limits: (connector?.capabilities.limits ?? []).map((limit) => ({ ...limit })),
  };
}
