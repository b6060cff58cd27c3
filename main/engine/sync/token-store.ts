import { z } from 'zod';
import { CodedError } from '#shared/errors/coded-error.ts';
import type { TokenStore } from '../channels/contract.ts';
import type { Vault } from '../ports.ts';

/** Key of an account's tokens in the vault. */
export const tokensKey = (accountId: string): string => `tokens:${accountId}`;

const tokensSchema = z.record(z.string(), z.string());

/** Tokens of one account in the vault. */
export function tokenStore(vault: Vault, accountId: string): TokenStore {
  return {
    read: async () => {
      const text = await vault.get(tokensKey(accountId));
      if (text === null) return {};
      try {
        return tokensSchema.parse(JSON.parse(text));
      } catch {
        throw new CodedError(
          'CREDENTIALS_MISSING',
          'The stored tokens cannot be read; sign in to the channel again',
          { accountId },
        );
      }
    },
    write: (tokens) => vault.set(tokensKey(accountId), JSON.stringify(tokens)),
  };
}
