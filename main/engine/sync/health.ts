import type { ChannelHealth } from '#shared/contract/channels.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { Engine } from '../engine.ts';
import { requireAccount, storedContext, type AccountRow } from './accounts.ts';
import { failuresOf } from './failures.ts';
import { heldText } from './holds.ts';

/** What a person should know about an account before something stops. */
export async function accountHealth(engine: Engine, accountId: string): Promise<ChannelHealth> {
  const account = requireAccount(engine.db, accountId);
  return {
    accountId,
    failures: failuresOf(engine.db, account.rid),
    quotas: engine.limiters.quotas(account.rid),
    expiresAt: await expiryOf(engine, account),
    held: heldText(engine.db, account),
  };
}

async function expiryOf(engine: Engine, account: AccountRow): Promise<number | null> {
  const connector = account.platform === 'local' ? undefined : engine.connectors.get(account.platform);
  if (!connector?.expiresAt) return null;
  try {
    return await connector.expiresAt(await storedContext(engine, account));
  } catch (error) {
    // Without keys on this machine there is nothing that could end; the account says so itself.
    if (error instanceof CodedError) return null;
    throw error;
  }
}
