import { CodedError } from '#shared/errors/coded-error.ts';
import type { ChannelContext } from '../contract.ts';
import { isLoopback } from '../kit/safe-url.ts';

/** One host a region; an account is a seller in one marketplace of it. */
export const REGION_HOSTS = {
  na: 'https://sellingpartnerapi-na.amazon.com',
  eu: 'https://sellingpartnerapi-eu.amazon.com',
  fe: 'https://sellingpartnerapi-fe.amazon.com',
} as const;
export type Region = keyof typeof REGION_HOSTS;

export interface Marketplace {
  readonly id: string;
  readonly country: string;
  readonly region: Region;
  readonly currency: string;
  /** Language of texts that carry none yet. */
  readonly language: string;
  readonly timeZone: string;
}

/** Marketplaces whose properties are known in advance; any other one is asked for its own. */
export const MARKETPLACES: readonly Marketplace[] = [
  market('ATVPDKIKX0DER', 'US', 'na', 'USD', 'en_US', 'America/Los_Angeles'),
  market('A2EUQ1WTGCTBG2', 'CA', 'na', 'CAD', 'en_CA', 'America/Toronto'),
  market('A1AM78C64UM0Y8', 'MX', 'na', 'MXN', 'es_MX', 'America/Mexico_City'),
  market('A2Q3Y263D00KWC', 'BR', 'na', 'BRL', 'pt_BR', 'America/Sao_Paulo'),
  market('A1F83G8C2ARO7P', 'GB', 'eu', 'GBP', 'en_GB', 'Europe/London'),
  market('A1PA6795UKMFR9', 'DE', 'eu', 'EUR', 'de_DE', 'Europe/Berlin'),
  market('A13V1IB3VIYZZH', 'FR', 'eu', 'EUR', 'fr_FR', 'Europe/Paris'),
  market('APJ6JRA9NG5V4', 'IT', 'eu', 'EUR', 'it_IT', 'Europe/Rome'),
  market('A1RKKUPIHCS9HS', 'ES', 'eu', 'EUR', 'es_ES', 'Europe/Madrid'),
  market('A1VC38T7YXB528', 'JP', 'fe', 'JPY', 'ja_JP', 'Asia/Tokyo'),
  market('A39IBJ37TRP1C6', 'AU', 'fe', 'AUD', 'en_AU', 'Australia/Sydney'),
];

function market(
  id: string,
  country: string,
  region: Region,
  currency: string,
  language: string,
  timeZone: string,
): Marketplace {
  return { id, country, region, currency, language, timeZone };
}

export function marketplaceOf(id: string): Marketplace | null {
  return MARKETPLACES.find((entry) => entry.id === id) ?? null;
}

/** The seller and the marketplace that an account stands for. */
export interface Seller {
  readonly sellerId: string;
  readonly marketplaceId: string;
  /** null when the marketplace is not among the known ones. */
  readonly marketplace: Marketplace | null;
}

/** Throws CREDENTIALS_MISSING. */
export function sellerOf({ credentials, accountId }: ChannelContext): Seller {
  const sellerId = credentials['sellerId']?.trim() ?? '';
  const marketplaceId = credentials['marketplaceId']?.trim() ?? '';
  if (sellerId === '' || marketplaceId === '') {
    throw new CodedError(
      'CREDENTIALS_MISSING',
      'The account needs the seller id (merchant token) and the id of one marketplace',
      { accountId },
    );
  }
  return { sellerId, marketplaceId, marketplace: marketplaceOf(marketplaceId) };
}

const TOKEN_URL = 'https://api.amazon.com/auth/o2/token';

/** The root of the API, ends with a slash. Throws CHANNEL_INVALID. */
export function apiRoot(baseUrl: string): URL {
  const trimmed = baseUrl.trim();
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(text)) {
    throw new CodedError('CHANNEL_INVALID', `"${trimmed}" is not the address of Amazon's API`, {
      baseUrl: trimmed,
    });
  }
  return new URL('/', text);
}

/** Where tokens come from: one address for all regions, or the simulator itself. */
export function tokenUrl(baseUrl: string): URL {
  const root = apiRoot(baseUrl);
  return isLoopback(root.hostname) ? new URL('auth/o2/token', root) : new URL(TOKEN_URL);
}
