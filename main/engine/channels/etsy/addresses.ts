import { CodedError } from '#shared/errors/coded-error.ts';
import { isLoopback } from '../kit/safe-url.ts';

/** Where Etsy's API lives; an account without an address uses it. */
export const API_ADDRESS = 'https://api.etsy.com';
/** Where a person allows an app. */
export const CONSENT_ADDRESS = 'https://www.etsy.com/oauth/connect';

/** The root of an account's API. "api.etsy.com" and "https://openapi.etsy.com/v3/" both work. Throws BAD_INPUT. */
export function apiRoot(baseUrl: string): URL {
  const text = baseUrl.trim() || API_ADDRESS;
  const withScheme = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme)) {
    throw new CodedError('BAD_INPUT', `"${baseUrl}" is no address; leave ${API_ADDRESS}`, { baseUrl });
  }
  return new URL('/', withScheme);
}

/** The token endpoint: at a local server there too, otherwise Etsy's own. */
export function tokenAddress(baseUrl: string): URL {
  const root = apiRoot(baseUrl);
  return new URL('/v3/public/oauth/token', isLoopback(root.hostname) ? root : API_ADDRESS);
}

export function consentAddress(baseUrl: string): URL {
  const root = apiRoot(baseUrl);
  return isLoopback(root.hostname) ? new URL('/oauth/connect', root) : new URL(CONSENT_ADDRESS);
}
