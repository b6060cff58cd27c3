import type { Account } from '#shared/contract/channels.ts';

/** What the spreadsheet has to know of an account. */
export type ListingAccount = Pick<Account, 'accountId' | 'name' | 'platform' | 'currency'>;
