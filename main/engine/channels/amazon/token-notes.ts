import type { TokenStore } from '../contract.ts';
import type { AmazonMemory } from './memory.ts';

/**
 * Changes an account's stored tokens on top of what is stored at that moment.
 * One change at a time per account: tokens and notes about money share a place,
 * and neither may overwrite the other with something older.
 */
export function updateTokens(
  memory: AmazonMemory,
  accountId: string,
  tokens: TokenStore,
  change: (stored: Readonly<Record<string, string>>) => Record<string, string>,
): Promise<void> {
  const before = memory.tokenWrites.get(accountId) ?? Promise.resolve();
  const write = async (): Promise<void> => tokens.write(change(await tokens.read()));
  const next = before.then(write, write);
  memory.tokenWrites.set(accountId, next);
  return next;
}
