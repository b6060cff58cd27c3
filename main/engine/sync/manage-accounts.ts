import type { ParsedParams, Result } from '#shared/contract/methods.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { sql } from '../db/statement.ts';
import type { Engine } from '../engine.ts';
import {
  channelContext,
  connectorFor,
  findConnector,
  noteFailure,
  noteReached,
  requireAccount,
  vaultKey,
} from './accounts.ts';
import type { ChannelConnector } from '../channels/contract.ts';
import type { Call } from './call.ts';
import { tokensKey } from './token-store.ts';

const insert = sql<{
  id: string;
  platform: string;
  name: string;
  url: string;
  zone: string;
  sample: number;
  at: number;
}>(
  `INSERT INTO account (id, platform, name, base_url, time_zone, sample, created_at_ms)
   VALUES (:id, :platform, :name, :url, :zone, :sample, :at)`,
);
const awaitSignIn = sql<{ id: string; message: string; at: number }>(
  `UPDATE account SET status = 'auth_required', error_code = 'CREDENTIALS_MISSING', error_message = :message,
     error_at_ms = :at WHERE id = :id`,
);
const notePause = sql<{ rid: number; by: string | null; at: number | null }>(
  'UPDATE account SET paused_by = :by, paused_at_ms = :at WHERE rid = :rid',
);
const update = sql<{ rid: number; name: string; url: string; status: string; zone: string }>(
  `UPDATE account SET name = :name, base_url = :url, status = :status, time_zone = :zone,
     error_code = NULL, error_message = NULL, error_at_ms = NULL, offline_since_ms = NULL WHERE rid = :rid`,
);
const remove = sql<{ rid: number; at: number }>('UPDATE account SET removed_at_ms = :at WHERE rid = :rid');
const dropOps = sql<{ rid: number; at: number }>(
  `UPDATE outbox SET state = 'cancelled', updated_at_ms = :at
   WHERE account_rid = :rid AND state NOT IN ('verified', 'superseded') AND state <> 'cancelled'`,
);
const unsent = sql<{ rid: number }, { n: number }>(
  "SELECT count(*) AS n FROM outbox WHERE account_rid = :rid AND state NOT IN ('verified', 'superseded') AND state <> 'cancelled'",
);
const duplicate = sql<{ platform: string; url: string; rid: number }, { id: string; name: string }>(
  'SELECT id, name FROM account WHERE platform = :platform AND base_url = :url AND removed_at_ms IS NULL AND rid <> :rid',
);

/** Adds an account. Keys go to the vault before the row exists, so no account is ever without keys it once had. */
export async function addAccount(
  engine: Engine,
  input: ParsedParams<'channels.add'>,
  call: Call,
  options: { sample: boolean } = { sample: false },
): Promise<Result<'channels.add'>> {
  const recalled = engine.journal.recall<{ result: { accountId: string } }>(call.requestId);
  if (recalled) return recalled.result.result;
  const baseUrl = checkedUrl(input.baseUrl);
  const connector = findConnector(engine, input.platform, baseUrl);
  if (!connector) {
    throw new CodedError('CHANNEL_NOT_SUPPORTED', `${input.platform} cannot be connected yet`, {
      platform: input.platform,
    });
  }
  checkCredentials(connector, input.credentials);
  await assertNoDuplicate(engine, connector, baseUrl, input.credentials, -1);
  const accountId = engine.ports.newId();
  await engine.ports.vault.set(vaultKey(accountId), JSON.stringify(input.credentials));
  const { result } = engine.journal.run(
    {
      method: 'channels.add',
      label: `Add account ${input.name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
      keepEmpty: true,
    },
    (scope) => {
      scope.db.run(insert, {
        id: accountId,
        platform: input.platform,
        name: input.name,
        url: baseUrl,
        zone: input.timeZone ?? 'UTC',
        sample: options.sample ? 1 : 0,
        at: scope.atMs,
      });
      if (lacksSignIn(connector, input.credentials)) {
        const message = `Nobody has signed in to "${input.name}" yet; sign in in the browser, then it is read`;
        scope.db.run(awaitSignIn, { id: accountId, message, at: scope.atMs });
      }
      scope.touch('accounts');
      return { accountId };
    },
  );
  return result;
}

/** Keys name the app; without a token of the shop nothing can be read before somebody signs in. */
function lacksSignIn(connector: ChannelConnector, credentials: Readonly<Record<string, string>>): boolean {
  const byToken = connector.optionalCredentialKeys?.includes('refreshToken') ?? false;
  return connector.signIn !== undefined && byToken && (credentials['refreshToken'] ?? '').trim() === '';
}

/** https, or http on this machine only: keys never travel in the clear. */
function checkedUrl(text: string): string {
  const url = new URL(text);
  const loopback = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback)) {
    throw new CodedError('INSECURE_URL', `${text} is not encrypted; use its https address`, {
      baseUrl: text,
    });
  }
  if (url.username || url.password) {
    throw new CodedError('BAD_INPUT', 'Leave user name and password out of the address', {
      baseUrl: url.origin,
    });
  }
  return url.href.replace(/[?#].*$/, '').replace(/\/+$/, '');
}

function checkCredentials(connector: ChannelConnector, credentials: Record<string, string>): void {
  const { credentialKeys, optionalCredentialKeys = [] } = connector;
  const keys = [...credentialKeys, ...optionalCredentialKeys];
  for (const key of credentialKeys) {
    if (!credentials[key]?.trim())
      throw new CodedError('CREDENTIALS_MISSING', `The ${key} is missing`, { key });
  }
  const unknown = Object.keys(credentials).filter((key) => !keys.includes(key));
  if (unknown.length > 0) {
    throw new CodedError('BAD_INPUT', `Unknown credentials: ${unknown.join(', ')}`, {
      unknown,
      expected: [...keys],
    });
  }
}

/** The keys in the vault; none when they are not on this machine. */
async function storedCredentials(engine: Engine, accountId: string): Promise<Record<string, string>> {
  const stored = await engine.ports.vault.get(vaultKey(accountId));
  return stored === null ? {} : (JSON.parse(stored) as Record<string, string>);
}

/** Two accounts of one shop would push against each other; shops that share an address are told apart by their keys. */
async function assertNoDuplicate(
  engine: Engine,
  connector: ChannelConnector,
  url: string,
  credentials: Record<string, string>,
  rid: number,
): Promise<void> {
  const mine = connector.shopIdentity?.(credentials);
  for (const other of engine.db.all(duplicate, { platform: connector.platform, url, rid })) {
    if (connector.shopIdentity) {
      const theirs = connector.shopIdentity(await storedCredentials(engine, other.id));
      if (mine === null || theirs !== mine) continue;
    }
    throw new CodedError(
      'BAD_INPUT',
      `"${other.name}" already uses ${url}; two accounts of one shop would push against each other`,
      { baseUrl: url },
    );
  }
}

export async function testAccount(
  engine: Engine,
  accountId: string,
  signal: AbortSignal,
): Promise<Result<'channels.test'>> {
  const account = requireAccount(engine.db, accountId);
  try {
    const context = await channelContext(engine, account, { signal });
    const shop = await connectorFor(engine, account).probe(context);
    if (account.status === 'auth_required') {
      engine.db.runComposed("UPDATE account SET status = 'active' WHERE rid = :rid", { rid: account.rid });
    }
    noteReached(engine, account);
    engine.bus.emit('accounts');
    return { ok: true, version: shop.version, currency: shop.currency, canWrite: shop.canWrite };
  } catch (error) {
    noteFailure(engine, account, error, 'test');
    throw error;
  }
}

export async function updateAccount(
  engine: Engine,
  input: ParsedParams<'channels.update'>,
  call: Call,
): Promise<Result<'channels.update'>> {
  const account = requireAccount(engine.db, input.accountId);
  const baseUrl = input.baseUrl === undefined ? account.base_url : checkedUrl(input.baseUrl);
  if (baseUrl !== account.base_url) {
    const connector = connectorFor(engine, account);
    const credentials = input.credentials ?? (await storedCredentials(engine, account.id));
    await assertNoDuplicate(engine, connector, baseUrl, credentials, account.rid);
  }
  if (input.credentials) {
    checkCredentials(connectorFor(engine, account), input.credentials);
    // Tokens of the former keys are worth nothing now.
    await engine.ports.vault.remove(tokensKey(account.id));
    await engine.ports.vault.set(vaultKey(account.id), JSON.stringify(input.credentials));
  }
  const resumed = input.paused === false || input.credentials !== undefined;
  const status = input.paused === true ? 'paused' : resumed ? 'active' : account.status;
  engine.journal.run(
    {
      method: 'channels.update',
      label: labelOf(account.name, input),
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
      keepEmpty: true,
    },
    (scope) => {
      scope.db.run(update, {
        rid: account.rid,
        name: input.name ?? account.name,
        url: baseUrl,
        status,
        zone: input.timeZone ?? account.time_zone,
      });
      if (status !== account.status)
        scope.db.run(notePause, { rid: account.rid, ...pausedBy(status, call.actor, scope.atMs) });
      scope.touch('accounts');
      // What is paused is listed beside the queue.
      scope.touch('outbox');
      return {};
    },
  );
  return {};
}

export async function removeAccount(
  engine: Engine,
  input: ParsedParams<'channels.remove'>,
  call: Call,
): Promise<Result<'channels.remove'>> {
  const account = requireAccount(engine.db, input.accountId);
  const waiting = engine.db.get(unsent, { rid: account.rid })?.n ?? 0;
  if (waiting > 0 && !input.discard) {
    throw new CodedError(
      'INVALID_STATE',
      `"${account.name}" has ${waiting} changes that were not sent; publish or discard them first`,
      {
        accountId: account.id,
        unsent: waiting,
      },
    );
  }
  engine.journal.run(
    {
      method: 'channels.remove',
      label: `Remove account ${account.name}`,
      actor: call.actor,
      requestId: call.requestId,
      reversible: false,
      keepEmpty: true,
    },
    (scope) => {
      scope.db.run(dropOps, { rid: account.rid, at: scope.atMs });
      scope.db.run(remove, { rid: account.rid, at: scope.atMs });
      scope.touch('accounts');
      scope.touch('listings');
      scope.touch('outbox');
      return {};
    },
  );
  await engine.ports.vault.remove(vaultKey(account.id));
  await engine.ports.vault.remove(tokensKey(account.id));
  return {};
}

function pausedBy(status: string, actor: string, atMs: number): { by: string | null; at: number | null } {
  return status === 'paused' ? { by: actor, at: atMs } : { by: null, at: null };
}

/** Pausing and resuming have names of their own. */
function labelOf(name: string, input: ParsedParams<'channels.update'>): string {
  const { accountId: _id, paused, ...rest } = input;
  if (paused === undefined || Object.values(rest).some((value) => value !== undefined))
    return `Change account ${name}`;
  return paused ? `Pause account ${name}` : `Resume account ${name}`;
}
